/* SPDX-License-Identifier: GPL-2.0-or-later
 * Which vif is to get which name: for the boot, which gives it, and for
 * `pvroot check`, which says so before. */
#ifndef PVROOT_PLAN_H
#define PVROOT_PLAN_H

#include "base/cmdline.h"
#include "dev/nic.h"

#define PLAN_MAX 64

struct plan_line {
	const char *mac, *name;
	const struct nic *vif; /* NULL: nothing is to be done */
	const char *why;       /* … or this speaks against it */
};

struct plan {
	const struct sys *sys;
	const struct cmdline *cmd; /* keep= */
	const struct nics *nics;
	bool early; /* nothing listens for the kernel's events: names can be
		     * swapped */
	struct plan_line at[PLAN_MAX];
	unsigned int count;
};

/* Cuts text into lines of "MAC NAME"; what is anything else is passed over. The
 * text is changed, and must last as long as the plan. */
void plan_read(struct plan *plan, char *text);
/* Fills in vif and why of each line. */
void plan_decide(struct plan *plan);

#endif
