/* SPDX-License-Identifier: GPL-2.0-or-later
 * Does a device carry a tag, by what is known of it? Used by the boot, which
 * reads PV disks, and by status and check, which look at all devices. Pure. */
#ifndef PVROOT_MATCH_H
#define PVROOT_MATCH_H

#include "find/tag.h"
#include "probe/probe.h"

/* LABEL= and UUID=: on a file system or swap area, as usage says. */
bool match_superblock(const struct tag *tag, const struct probe_result *what,
		      enum probe_usage usage);
/* PARTUUID= and PARTLABEL=: of a partition with this UUID and name, "" where it
 * has none. Its offset, /PARTNROFF=N, is the caller's. */
bool match_partition(const struct tag *tag, const char *uuid, const char *name);

enum match_relation {
	MATCH_OTHER,  /* not of the same file system */
	MATCH_SISTER, /* another device of the same btrfs */
	MATCH_CLONE,  /* the same device of the same btrfs: a copy */
};

/* What are two devices to each other, by the UUIDs of their file system and of
 * the device itself? */
enum match_relation match_btrfs(const char *uuid, const char *uuid_sub,
				const struct probe_result *what);

#endif
