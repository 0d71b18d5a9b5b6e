// SPDX-License-Identifier: GPL-2.0-or-later
/* The table of step names. Pure. */
#include "story/steps.h"

const struct step_name step_names[STEP_COUNT] = {
	[STEP_LOOK] = { "look", "read the command line" },
	[STEP_PRELOAD] = { "preload", "load the PV drivers" },
	[STEP_WAIT] = { "wait", "wait for PV disks" },
	[STEP_SCAN] = { "scan", "list the disks" },
	[STEP_PAIR] = { "pair", "prove twins" },
	[STEP_RESOLVE] = { "resolve", "find root=" },
	[STEP_DETACH] = { "detach", "take twins away" },
	[STEP_SETTLE] = { "settle", "may the boot go on?" },
	[STEP_NICS] = { "nics", "network twins" },
};
