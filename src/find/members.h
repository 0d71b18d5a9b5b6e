/* SPDX-License-Identifier: GPL-2.0-or-later
 * Which disks carry a part of what root stands on? */
#ifndef PVROOT_MEMBERS_H
#define PVROOT_MEMBERS_H

#include "dev/disk.h"
#include "find/tag.h"
#include "sys/sys.h"

/* Does this disk, or a partition of it, carry a member of the kind that root
 * stands on: RAID for /dev/md0, ZFS for ZFS=, any for the device mapper's
 * names; a btrfs with this UUID where uuid is not ""? What cannot be read, and
 * what two formats claim, may be one. */
bool members_carried(const struct sys *sys, const struct disk *disk,
		     const struct tag *root, const char *uuid);

#endif
