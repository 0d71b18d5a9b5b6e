/* SPDX-License-Identifier: GPL-2.0-or-later
 * What is known of one twin, and what the policy makes of it. */
#ifndef PVROOT_FATE_H
#define PVROOT_FATE_H

#include "policy/policy.h"
#include "twin/twins.h"

/* Could this twin go, by what is known now? Where it goes, *fd is an exclusive
 * open of it, to be closed when all is done; else -1. */
struct policy_fate twin_fate(const struct twins *t, const struct disk *disk,
			     int *fd);
/* Does keep= name this device, or its controller? */
bool twin_is_kept(const struct cmdline *cmd, const char *name, const char *pci);
/* Is there a loop device over exactly this device ("sda", "sda2")? */
bool twin_is_looped(const struct sys *sys, const char *device);
/* At most one process settles twins at a time. Returns what sys_unlock() takes;
 * where there is no lock to be had it goes on without. */
int twin_lock(const struct sys *sys);

#endif
