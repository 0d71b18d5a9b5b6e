// SPDX-License-Identifier: GPL-2.0-or-later
/* JFS. Pure. Superblock at 32 KiB, little-endian, no checksum.
 * Source: Linux, fs/jfs/jfs_superblock.h. */
#include "base/bytes.h"
#include "probe/formats.h"

enum {
	SB = 0x8000,
	SB_BLOCKS = 8, /* of the hardware's size */
	SB_BLOCK_SIZE = 16,
	SB_BLOCK_LOG = 20,
	SB_FACTOR_LOG = 22,
	SB_HARDWARE_SIZE = 24,
	SB_HARDWARE_LOG = 28,
	SB_UUID = 136,
	SB_LABEL = 152,
	SB_SIZE = 184,
	MIN_SIZE = 16 * 1024 * 1024,
};

static int jfs_check(struct probe *p, const uint8_t *sb,
		     const struct probe_magic *magic, struct probe_result *out)
{
	uint16_t block_log = le16(sb + SB_BLOCK_LOG);
	uint16_t hardware_log = le16(sb + SB_HARDWARE_LOG);

	(void)magic;
	(void)out;
	return block_log < 32 && hardware_log <= block_log &&
	       le32(sb + SB_BLOCK_SIZE) == 1U << block_log &&
	       le32(sb + SB_HARDWARE_SIZE) == 1U << hardware_log &&
	       block_log - hardware_log == le16(sb + SB_FACTOR_LOG) &&
	       probe_fits(p, le64(sb + SB_BLOCKS), 1U << hardware_log);
}

static const struct probe_magic jfs_magic[] = { { SB, 4, "JFS1" } };

const struct probe_format probe_jfs = {
	.type = "jfs",
	.usage = PROBE_FILESYSTEM,
	.magics = 1,
	.magic = jfs_magic,
	.min_size = MIN_SIZE,
	.super_offset = SB,
	.super_size = SB_SIZE,
	.label_offset = SB_LABEL,
	.label_size = 16,
	.uuid_offset = SB_UUID,
	.check = jfs_check,
};
