/* SPDX-License-Identifier: GPL-2.0-or-later
 * Collects what is known of one twin and asks the policy. */
#ifndef PVROOT_FATE_H
#define PVROOT_FATE_H

#include "policy/policy.h"
#include "twin/twins.h"

/* May this twin go, by what is known now? If so, *fd is the twin opened
 * exclusively, to be closed at the end; otherwise -1. */
struct policy_fate twin_fate(const struct twins *t, const struct disk *disk,
			     int *fd);
/* Does keep= name this device, or its controller? */
/* Is there a loop device on exactly this device ("sda", "sda2")? */
bool twin_is_looped(const struct sys *sys, const char *device);
/* Takes the lock under which twins are taken away, so that one process does it
 * at a time. Returns a descriptor for sys_unlock(), or -errno; the caller then
 * goes on without the lock. */
int twin_lock(const struct sys *sys);

#endif
