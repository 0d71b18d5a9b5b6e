/* SPDX-License-Identifier: GPL-2.0-or-later
 * Names what a block device holds, from its bytes alone. Opens nothing. */
#ifndef PVROOT_PROBE_H
#define PVROOT_PROBE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PROBE_TYPE_SIZE	 24   /* "linux_raid_member" and its NUL */
#define PROBE_LABEL_SIZE 1537 /* F2FS: 512 UTF-16 units, 3 bytes each, NUL */
#define PROBE_UUID_SIZE	 40 /* LVM: 38 and NUL; others 8-4-4-4-12 or shorter */

/* What probe_may_carry() reads first of any device, and mostly all. */
#define PROBE_HEAD_SIZE 4608

/* The bytes of one device. fetch() is the only way to them, so that a parser
 * sees a disk, a golden image and a fuzzer's buffer alike. */
struct probe_source {
	uint64_t size;	      /* bytes; nothing beyond is ever asked for */
	uint32_t sector_size; /* logical sector: 512 to 4096, a power of two */
	/* Fills buf[len] from byte offset off; returns 0 or -errno. */
	int (*fetch)(struct probe_source *src, uint64_t off, uint8_t *buf,
		     size_t len);
};

enum probe_usage {
	PROBE_FILESYSTEM,
	PROBE_SWAP,
	PROBE_MEMBER, /* of RAID, LVM, LUKS, ZFS, bcache: never mounted */
};

struct probe_result {
	char type[PROBE_TYPE_SIZE]; /* libblkid's TYPE: "ext4", "swap", … */
	enum probe_usage usage;
	char label[PROBE_LABEL_SIZE];	/* UTF-8, "" where there is none */
	char uuid[PROBE_UUID_SIZE];	/* as blkid prints it, or "" */
	char uuid_sub[PROBE_UUID_SIZE]; /* of this device of several, or "" */
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
