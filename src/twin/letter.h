/* SPDX-License-Identifier: GPL-2.0-or-later
 * The kernel names (sda, sda2) of a twin that goes. */
#ifndef PVROOT_LETTER_H
#define PVROOT_LETTER_H

#include "twin/twins.h"

/* For a twin (open as fd) whose letter a name in use needs: has a loop device
 * hold the letter, and writes the kernel names in use to the PV disk's files in
 * RECORD_LINKS, where udev's rule reads them at every event. Sets *loop to the
 * device's number, -1 for none. Returns 0, also where nothing is to do; or
 * -errno: the letter is not held. */
int letter_hold(const struct twins *t, const struct disk *twin, int fd,
		int *loop);
/* Takes the links of a PV disk's partitions away again. */
void letter_forget(const struct sys *sys, const char *pv);
/* Gives back the letter of a disk that is to come back. */
void letter_release(const struct sys *sys, const char *name);

#endif
