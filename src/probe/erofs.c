// SPDX-License-Identifier: GPL-2.0-or-later
/* EROFS. Pure. Superblock at 1024, little-endian; a CRC32C over the rest of
 * its block where the feature says so. Source: Linux, fs/erofs/erofs_fs.h. */
#include "base/bytes.h"
#include "probe/formats.h"

enum {
	SB = 0x400,
	SB_CRC = 4,
	SB_COMPAT = 8,
	SB_BLOCK_LOG = 12,
	SB_BLOCKS = 36,
	SB_UUID = 48,
	SB_LABEL = 64,
	SB_SIZE = 128,
	COMPAT_CHECKSUM = 1,
};

static int erofs_check(struct probe *p, const uint8_t *sb,
		       const struct probe_magic *magic,
		       struct probe_result *out)
{
	uint8_t block_log = sb[SB_BLOCK_LOG];
	uint32_t crc = ~0U;
	uint32_t len;

	(void)magic;
	(void)out;
	if (block_log < 9 || block_log > 16 ||
	    !probe_fits(p, le32(sb + SB_BLOCKS), 1U << block_log))
		return 0;
	if (!(le32(sb + SB_COMPAT) & COMPAT_CHECKSUM))
		return 1;
	len = 1U << block_log;
	if (len > SB)
		len -= SB;
	if (!probe_crc32c(p, &crc, SB, len, SB_CRC))
		return p->error;
	return crc == le32(sb + SB_CRC);
}

static const struct probe_magic erofs_magic[] = {
	{ SB, 4, "\xe2\xe1\xf5\xe0" },
};

const struct probe_format probe_erofs = {
	.type = "erofs",
	.usage = PROBE_FILESYSTEM,
	.magics = 1,
	.magic = erofs_magic,
	.super_offset = SB,
	.super_size = SB_SIZE,
	.label_offset = SB_LABEL,
	.label_size = 16,
	.uuid_offset = SB_UUID,
	.check = erofs_check,
};
