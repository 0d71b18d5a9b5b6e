/* SPDX-License-Identifier: GPL-2.0-or-later
 * Which devices a name (LABEL=/, /dev/sda1, /dev/mapper/…) means here. */
#ifndef PVROOT_NAMES_H
#define PVROOT_NAMES_H

#include "admin/survey/survey.h"
#include "find/tag.h"

struct named {
	unsigned int pv, other; /* how many PV and other devices carry it */
	bool known;  /* it is a kind of name that can be searched for */
	bool twin;   /* some of the others are twins and are not counted */
	bool unsure; /* a device that could not be read may carry it too */
	struct volume *volume[2]; /* the first two of pv, or else of other */
	bool gone; /* a kernel name (sda1) of a disk that is not there */
};

/* usage: only a device of this usage counts, since a label on swap is not a
 * root. */
struct named names_find(struct survey *survey, const char *name,
			enum probe_usage usage);

#endif
