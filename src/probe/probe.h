/* SPDX-License-Identifier: GPL-2.0-or-later
 * Names what a block device holds, from its bytes alone. Opens nothing. */
#ifndef PVROOT_PROBE_H
#define PVROOT_PROBE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fetch.h"
#include "base/uuid.h"

#define PROBE_TYPE_SIZE	 24   /* "linux_raid_member" and its NUL */
#define PROBE_LABEL_SIZE 1537 /* F2FS: 512 UTF-16 units, 3 bytes each, NUL */

/* What probe_may_carry() reads first of any device, and mostly all. */
#define PROBE_HEAD_SIZE 4608

enum probe_usage {
	PROBE_FILESYSTEM,
	PROBE_SWAP,
	PROBE_MEMBER, /* of RAID, LVM, LUKS, ZFS, bcache: never mounted */
};

struct probe_result {
	char type[PROBE_TYPE_SIZE]; /* libblkid's TYPE: "ext4", "swap", … */
	enum probe_usage usage;
	char label[PROBE_LABEL_SIZE];  /* UTF-8, "" where there is none */
	char uuid[UUID_TEXT_SIZE];     /* as blkid prints it, or "" */
	char uuid_sub[UUID_TEXT_SIZE]; /* of this device of several, or "" */
	uint64_t devices; /* that a btrfs is on, as it says itself; others: 0 */
};

/* Names what src holds.
 * Returns 1 and fills *out; 0 where no known format is there; -EUCLEAN where
 * two formats claim the device (out->type names the first); -EIO and friends
 * where the device could not be read. */
int probe_superblock(struct probe_source *src, struct probe_result *out);

enum probe_field { PROBE_LABEL, PROBE_UUID };

/* The cheap question: may a file system or swap area on src carry this label
 * (or UUID)? Most devices are answered by one read of 4.5 KiB, any by few.
 * Returns 1 (perhaps: ask probe_superblock()), 0 (no), or -errno. "No" is
 * sure: what probe_superblock() would find, this does not miss. */
int probe_may_carry(struct probe_source *src, enum probe_field field,
		    const char *value);

/* Does this result carry it? Labels as they are, UUIDs without case. */
bool probe_carries(const struct probe_result *result, enum probe_field field,
		   const char *value);

#endif
