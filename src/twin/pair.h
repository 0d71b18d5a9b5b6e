/* SPDX-License-Identifier: GPL-2.0-or-later
 * Which emulated disk is the twin of which PV disk? */
#ifndef PVROOT_PAIR_H
#define PVROOT_PAIR_H

#include "dev/disk.h"
#include "sys/log.h"
#include "sys/sys.h"

/* Finds proven twins among the disks: sets twin to TWIN_PROVEN, and twin_of.
 * Logs why a disk in a twin's place is not one. Opens disks read-only. */
void pair_disks(const struct sys *sys, struct log *log, struct disks *disks);
/* The same after the initrd, where other pvroot processes may be taking disks
 * away meanwhile, for what is to be known of one disk, PV or not: only the
 * disks that could be in the same place, and those on its controller if that
 * can only go as a whole. */
void pair_one(const struct sys *sys, struct log *log, struct disks *disks,
	      unsigned int index);

#endif
