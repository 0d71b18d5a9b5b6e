/* SPDX-License-Identifier: GPL-2.0-or-later
 * The steps of the story, in their order. */
#ifndef PVROOT_STEPS_H
#define PVROOT_STEPS_H

enum boot_step {
	STEP_LOOK,
	STEP_PRELOAD,
	STEP_WAIT,
	STEP_SCAN,
	STEP_PAIR,
	STEP_RESOLVE,
	STEP_DETACH,
	STEP_SETTLE,
	STEP_NICS,
	STEP_COUNT,
};

/* Name of a step in the log and the report, and its purpose, for a person. */
struct step_name {
	const char *name, *purpose;
};

extern const struct step_name step_names[STEP_COUNT];

#endif
