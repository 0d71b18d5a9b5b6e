// SPDX-License-Identifier: GPL-2.0-or-later
/* F2FS. Pure. Superblock at 1024, 3072 bytes, little-endian; a CRC32 where
 * the feature says so. Source: Linux, include/linux/f2fs_fs.h. */
#include "base/bytes.h"
#include "base/crc.h"
#include "probe/formats.h"

enum {
	SB = 0x400,
	SB_MAJOR = 4,
	SB_MINOR = 6,
	SB_BLOCK_LOG = 0x10,
	SB_CRC_OFFSET = 0x20,
	SB_BLOCKS = 0x24,
	SB_UUID = 0x6c,
	SB_LABEL = 0x7c, /* 512 units of UTF-16 */
	SB_LABEL_SIZE = 1024,
	SB_FEATURES = 0x884,
	SB_DEVICES = 0x899, /* path of the first of several devices */
	SB_CRC = 3068,
	SB_SIZE = 3072,
	FEATURE_CHECKSUM = 0x800,
};

/* The seed is the magic, and nothing is inverted. */
static bool checksum_holds(const uint8_t *sb)
{
	if (!(le32(sb + SB_FEATURES) & FEATURE_CHECKSUM))
		return true;
	return le32(sb + SB_CRC_OFFSET) == SB_CRC &&
	       crc32_update(le32(sb), sb, SB_CRC) == le32(sb + SB_CRC);
}

static int f2fs_check(struct probe *p, const uint8_t *sb,
		      const struct probe_magic *magic, struct probe_result *out)
{
	uint32_t block_log = le32(sb + SB_BLOCK_LOG);

	(void)magic;
	/* Version 1.0 had the following fields at other offsets. */
	if (le16(sb + SB_MAJOR) == 1 && !le16(sb + SB_MINOR)) {
		out->uuid[0] = '\0';
		return 1;
	}
	if (block_log < 9 || block_log > 16)
		return 0;
	/* With several devices the count is for all of them together. */
	if (!sb[SB_DEVICES] &&
	    !probe_fits(p, le64(sb + SB_BLOCKS), 1U << block_log))
		return 0;
	probe_set_label16(out, sb + SB_LABEL, SB_LABEL_SIZE, false);
	return checksum_holds(sb);
}

static const struct probe_magic f2fs_magic[] = {
	{ SB, 4, "\x10\x20\xf5\xf2" },
};

const struct probe_format probe_f2fs = {
	.type = "f2fs",
	.usage = PROBE_FILESYSTEM,
	.magics = 1,
	.magic = f2fs_magic,
	.super_offset = SB,
	.super_size = SB_SIZE,
	.uuid_offset = SB_UUID,
	.check = f2fs_check,
};
