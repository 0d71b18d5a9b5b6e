/* SPDX-License-Identifier: GPL-2.0-or-later
 * Collects what is known of one twin and asks the policy. */
#ifndef PVROOT_FATE_H
#define PVROOT_FATE_H

#include "dev/record.h"
#include "policy/policy.h"
#include "twin/twins.h"

/* May this twin go, by what is known now? If so, *fd is the twin opened
 * exclusively, to be closed at the end; otherwise -1. */
struct policy_fate twin_fate(const struct twins *t, const struct disk *disk,
			     int *fd);
/* Is there a loop device on exactly this device ("sda", "sda2")? */
bool twin_is_looped(const struct sys *sys, const char *device);
/* Did a person bring this device back? By its record, which has it by this PCI
 * address, or at this place (whichever is not NULL). */
bool twin_was_restored(const struct twins *t, const char *pci,
		       const struct place *place);
/* Records that a twin was taken away; without the record it cannot be restored,
 * and nothing else is lost. */
void twin_remember(const struct twins *t, const struct record *record);
/* Takes the lock under which twins are taken away, so that one process does it
 * at a time. Returns a descriptor for sys_unlock(), or -errno; the caller then
 * goes on without the lock. */
int twin_lock(const struct sys *sys);

#endif
