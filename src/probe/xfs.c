// SPDX-License-Identifier: GPL-2.0-or-later
/* XFS, versions 4 and 5. Pure. Superblock at 0, big-endian; version 5 has a
 * CRC32C (little-endian) over its sector.
 * Source: xfsprogs, libxfs/xfs_format.h (struct xfs_dsb). */
#include "base/bytes.h"
#include "probe/formats.h"

enum {
	SB_BLOCK_SIZE = 4,
	SB_BLOCKS = 8,
	SB_UUID = 32,
	SB_RT_EXTENT = 80, /* blocks */
	SB_GROUP_BLOCKS = 84,
	SB_GROUPS = 88,
	SB_VERSION = 100,
	SB_SECTOR_SIZE = 102,
	SB_INODE_SIZE = 104,
	SB_LABEL = 108,
	SB_BLOCK_LOG = 120,
	SB_SECTOR_LOG = 121,
	SB_INODE_LOG = 122,
	SB_INODES_PER_BLOCK_LOG = 123,
	SB_MAX_INODE_PERCENT = 127,
	SB_CRC = 224,
	SB_SIZE = 264,

	MIN_GROUP_BLOCKS = 64,
	MIN_RT_EXTENT = 4 * 1024, /* bytes */
	MAX_RT_EXTENT = 1024 * 1024 * 1024,
};

/* Is size 1 << log, and log in range? */
static bool log_holds(uint32_t size, uint8_t log, uint8_t min, uint8_t max)
{
	return log >= min && log <= max && size == 1U << log;
}

static bool sizes_hold(const uint8_t *sb)
{
	uint64_t rt_extent =
		(uint64_t)be32(sb + SB_RT_EXTENT) * be32(sb + SB_BLOCK_SIZE);

	return log_holds(be16(sb + SB_SECTOR_SIZE), sb[SB_SECTOR_LOG], 9, 15) &&
	       log_holds(be32(sb + SB_BLOCK_SIZE), sb[SB_BLOCK_LOG], 9, 16) &&
	       log_holds(be16(sb + SB_INODE_SIZE), sb[SB_INODE_LOG], 8, 11) &&
	       sb[SB_BLOCK_LOG] - sb[SB_INODE_LOG] ==
		       sb[SB_INODES_PER_BLOCK_LOG] &&
	       rt_extent >= MIN_RT_EXTENT && rt_extent <= MAX_RT_EXTENT &&
	       sb[SB_MAX_INODE_PERCENT] <= 100;
}

static bool groups_hold(const uint8_t *sb, uint64_t blocks)
{
	uint64_t groups = be32(sb + SB_GROUPS);
	uint64_t each = be32(sb + SB_GROUP_BLOCKS);

	return groups && blocks && blocks <= groups * each &&
	       blocks >= (groups - 1) * each + MIN_GROUP_BLOCKS;
}

static int xfs_check(struct probe *p, const uint8_t *sb,
		     const struct probe_magic *magic, struct probe_result *out)
{
	uint64_t blocks = be64(sb + SB_BLOCKS);
	uint32_t crc = ~0U;

	(void)magic;
	(void)out;
	if (!sizes_hold(sb) || !groups_hold(sb, blocks) ||
	    !probe_fits(p, blocks, be32(sb + SB_BLOCK_SIZE)))
		return 0;
	if ((be16(sb + SB_VERSION) & 15) < 5)
		return 1;
	if (!probe_crc32c(p, &crc, 0, be16(sb + SB_SECTOR_SIZE), SB_CRC))
		return p->error;
	return ~crc == le32(sb + SB_CRC);
}

static const struct probe_magic xfs_magic[] = { { 0, 4, "XFSB" } };

const struct probe_format probe_xfs = {
	.type = "xfs",
	.usage = PROBE_FILESYSTEM,
	.magics = 1,
	.magic = xfs_magic,
	.super_size = SB_SIZE,
	.label_offset = SB_LABEL,
	.label_size = 12,
	.uuid_offset = SB_UUID,
	.check = xfs_check,
};
