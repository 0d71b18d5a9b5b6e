/* SPDX-License-Identifier: GPL-2.0-or-later
 * Which devices a name (LABEL=/, /dev/sda1, /dev/mapper/…) means here. */
#ifndef PVROOT_NAMES_H
#define PVROOT_NAMES_H

#include "admin/survey/survey.h"
#include "find/tag.h"

struct named {
	unsigned int pv, other; /* how many devices of each kind carry it */
	bool known;		/* a name of the kinds that can be looked for */
	bool twin;   /* of the others, some are twins and are not counted */
	bool unsure; /* a device that could not be read may carry it too */
	struct volume *volume[2]; /* the first two of pv, or else of other */
	bool gone; /* a kernel name (sda1) of a disk that is not there */
};

/* usage: what it is wanted for; a label on swap is not a root. */
struct named names_find(struct survey *survey, const char *name,
			enum probe_usage usage);

#endif
