// SPDX-License-Identifier: GPL-2.0-or-later
/* Btrfs, of one or several devices. Pure. Superblock at 64 KiB, 4096 bytes,
 * little-endian, its checksum in the first 32.
 * Source: Linux, include/uapi/linux/btrfs_tree.h (btrfs_super_block, and
 * btrfs_dev_item, which begins at 0xc9 and has this device's UUID at 0x42);
 * util-linux, libblkid/src/superblocks/btrfs.c reads UUID_SUB there. */
#include "base/bytes.h"
#include "base/crc.h"
#include "probe/formats.h"

enum {
	SB = 0x10000,
	SB_UUID = 0x20,
	SB_SELF = 0x30,
	SB_MAGIC = 0x40,
	SB_DEVICES = 0x88, /* 64 bits */
	SB_SECTOR_SIZE = 0x90,
	SB_CHECKSUM_TYPE = 0xc4,
	SB_DEVICE_BYTES = 0xd1,
	SB_DEVICE_UUID = 0x10b,
	SB_LABEL = 0x12b,
	SB_SEEN = 0x22b, /* the label's end */
	SB_SIZE = 4096,
	CHECKSUM_SIZE = 32,
	CHECKSUM_CRC32C = 0,
	MIN_SIZE = 1024 * 1024,
};

/* The other kinds (xxhash, SHA-256, BLAKE2b) are rare and need much code. A
 * superblock that uses one is accepted by its other fields alone. */
static bool checksum_holds(const uint8_t *sb)
{
	return le16(sb + SB_CHECKSUM_TYPE) != CHECKSUM_CRC32C ||
	       ~crc32c_update(~0U, sb + CHECKSUM_SIZE,
			      SB_SIZE - CHECKSUM_SIZE) == le32(sb);
}

static int btrfs_check(struct probe *p, const uint8_t *sb,
		       const struct probe_magic *magic,
		       struct probe_result *out)
{
	uint32_t sector = le32(sb + SB_SECTOR_SIZE);

	(void)magic;
	if (le64(sb + SB_SELF) != SB || sector < 512 ||
	    (sector & (sector - 1)) ||
	    !probe_fits(p, le64(sb + SB_DEVICE_BYTES), 1))
		return 0;
	uuid_print(out->uuid_sub, sb + SB_DEVICE_UUID);
	out->devices = le64(sb + SB_DEVICES);
	sb = probe_bytes(p, SB, SB_SIZE);
	return sb ? checksum_holds(sb) : p->error;
}

static const struct probe_magic btrfs_magic[] = {
	{ SB + SB_MAGIC, 8, "_BHRfS_M" },
};

const struct probe_format probe_btrfs = {
	.type = "btrfs",
	.usage = PROBE_FILESYSTEM,
	.magics = 1,
	.magic = btrfs_magic,
	.min_size = MIN_SIZE,
	.super_offset = SB,
	.super_size = SB_SEEN,
	.label_offset = SB_LABEL,
	.label_size = 256,
	.uuid_offset = SB_UUID,
	.check = btrfs_check,
};
