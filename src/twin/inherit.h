/* SPDX-License-Identifier: GPL-2.0-or-later
 * What udev called a twin is what it calls the PV disk after it. */
#ifndef PVROOT_INHERIT_H
#define PVROOT_INHERIT_H

#include "dev/disk.h"
#include "find/inuse.h"
#include "sys/sys.h"

/* Writes the links of a twin that is about to go to the PV disk's file in
 * RECORD_NAMES, where udev's rule reads them at every event; its path as a
 * property of its own where a name in use goes on from there (by-uuid). Returns
 * 0, also where it has none; or -errno: nothing was written. */
int inherit_links(const struct sys *sys, const struct disk *twin,
		  const char *pv, const struct inuse *inuse);
/* Takes them away again. */
void inherit_nothing(const struct sys *sys, const char *pv);

/* Has the kernel announce the PV disk and its partitions again where udev has
 * seen them already, so that the links are made, or taken away. */
void inherit_announce(const struct sys *sys, const char *pv);

#endif
