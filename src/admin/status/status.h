/* SPDX-License-Identifier: GPL-2.0-or-later
 * What `pvroot status` says of a survey, in three forms. */
#ifndef PVROOT_STATUS_H
#define PVROOT_STATUS_H

#include "admin/survey/survey.h"

#define NOTE_SIZE 512

enum status_exit {
	STATUS_GOOD = 0,     /* nothing to improve */
	STATUS_EMULATED = 1, /* an emulated path is used, a PV path is there */
	STATUS_UNKNOWN = 2,  /* it could not be found out */
};

struct verdict {
	enum status_exit exit;
	struct words emulated; /* devices, each with its reason */
	struct words unknown;
};

/* Judges a survey. Pure; ends the program where memory is short. The verdict is
 * to be freed by status_free(). */
void status_judge(struct survey *survey, struct verdict *verdict);
void status_free(struct verdict *verdict);

/* Is the disk, or a volume on it, mounted, swapped on or held? disk is an index
 * of survey->disks. */
bool status_disk_in_use(const struct survey *survey, int disk);
/* What became of a disk's twin, or why it has none; "" where there is nothing
 * to say. Cut at NOTE_SIZE. */
void status_disk_note(const struct survey *survey, int disk,
		      char note[NOTE_SIZE]);
void status_netdev_note(const struct survey *survey,
			const struct netdev *netdev, char note[NOTE_SIZE]);
const char *survey_proof_name(enum proof proof);

/* Each writes to standard output; returns 0 or -errno. */
int status_table(struct survey *survey, const struct verdict *verdict);
int status_json(struct survey *survey, const struct verdict *verdict);
int status_prometheus(struct survey *survey, const struct verdict *verdict);

/* The command; see cmd/command.h. */
int cmd_status(const struct sys *sys, int argc, char **argv);

#endif
