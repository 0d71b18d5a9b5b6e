/* SPDX-License-Identifier: GPL-2.0-or-later
 * Which disks carry a part of the stack below root? */
#ifndef PVROOT_MEMBERS_H
#define PVROOT_MEMBERS_H

#include "dev/disk.h"
#include "find/tag.h"
#include "sys/sys.h"

/* Does this disk, or a partition of it, carry a member of the kind that root
 * needs: RAID for /dev/md0, ZFS for ZFS=, any kind for a device mapper name;
 * where uuid is not "", a btrfs with this UUID? A device that cannot be read,
 * or that two formats claim, counts as one. */
bool members_carried(const struct sys *sys, const struct disk *disk,
		     const struct tag *root, const char *uuid);

#endif
