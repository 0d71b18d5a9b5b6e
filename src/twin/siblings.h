/* SPDX-License-Identifier: GPL-2.0-or-later
 * What would be lost with a controller although it is no twin. */
#ifndef PVROOT_SIBLINGS_H
#define PVROOT_SIBLINGS_H

#include "dev/controller.h"
#include "dev/disk.h"
#include "sys/sys.h"

/* Looks for what the controller has, or may still get, besides disks that are
 * TWIN_PROVEN: another disk, a CD-ROM, another LUN or channel, a vbd whose
 * emulated device has not been seen. Sets name to the first ("sr0", "2:0:1:0",
 * "vbd-5632"), or to "" where there is none. An error counts as present. */
void siblings_find(const struct sys *sys, const struct disks *disks,
		   const char *pci, enum controller_kind kind,
		   char name[SYS_NAME_SIZE]);

#endif
