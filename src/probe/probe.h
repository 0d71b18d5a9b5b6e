/* SPDX-License-Identifier: GPL-2.0-or-later
 * Names what a block device holds, from its bytes alone. Opens nothing. */
#ifndef PVROOT_PROBE_H
#define PVROOT_PROBE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fetch.h"
#include "base/uuid.h"

#define PROBE_TYPE_SIZE	 32   /* "silicon_medley_raid_member" and its NUL */
#define PROBE_LABEL_SIZE 1537 /* F2FS: 512 UTF-16 units, 3 bytes each, NUL */

/* The first read of probe_may_carry(), mostly the only one. */
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
	uint64_t devices; /* of a btrfs, by its superblock; others: 0 */
};

/* Names what src holds.
 * Returns 1 and fills *out; 0 where no known format is there; -EUCLEAN where
 * two formats claim the device (out->type names the first); -EIO and friends
 * where the device could not be read. */
int probe_superblock(struct probe_source *src, struct probe_result *out);

enum probe_field { PROBE_LABEL, PROBE_UUID };

/* A cheap check: may a file system or swap area on src carry this label (or
 * UUID)? Most devices need one read of 4.5 KiB, all need only a few. Returns 1
 * (perhaps: ask probe_superblock()), 0 (no), or -errno. "No" is certain:
 * whatever probe_superblock() would find is not missed. */
int probe_may_carry(struct probe_source *src, enum probe_field field,
		    const char *value);

/* Does this result carry the value? Labels must be equal; UUIDs may differ in
 * case. */
bool probe_carries(const struct probe_result *result, enum probe_field field,
		   const char *value);

#endif
