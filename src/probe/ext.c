// SPDX-License-Identifier: GPL-2.0-or-later
/* ext2, ext3, ext4 and an external journal (jbd). Pure.
 * Superblock at 1024, 1024 bytes, little-endian.
 * Source: Linux, Documentation/filesystems/ext4/super.rst. */
#include "base/bytes.h"
#include "base/crc.h"
#include "probe/formats.h"

enum {
	SB_BLOCKS = 0x04,
	SB_LOG_BLOCK_SIZE = 0x18,
	SB_COMPAT = 0x5c,
	SB_INCOMPAT = 0x60,
	SB_RO_COMPAT = 0x64,
	SB_UUID = 0x68,
	SB_LABEL = 0x78,
	SB_BLOCKS_HIGH = 0x150,
	SB_FLAGS = 0x160,
	SB_CHECKSUM_TYPE = 0x175,
	SB_CHECKSUM = 0x3fc,
	SB_SIZE = 0x400,

	COMPAT_HAS_JOURNAL = 0x4,
	INCOMPAT_FILETYPE = 0x2,
	INCOMPAT_RECOVER = 0x4,
	INCOMPAT_JOURNAL_DEVICE = 0x8,
	INCOMPAT_META_BG = 0x10,
	INCOMPAT_64BIT = 0x80,
	RO_COMPAT_METADATA_CSUM = 0x400,
	FLAG_TEST_FILE_SYSTEM = 0x4,
	CHECKSUM_CRC32C = 1,

	/* All that ext2 and ext3 understand. */
	EXT3_RO_COMPAT = 0x7,
	EXT2_INCOMPAT = INCOMPAT_FILETYPE | INCOMPAT_META_BG,
	EXT3_INCOMPAT = EXT2_INCOMPAT | INCOMPAT_RECOVER,
};

/* The oldest driver that understands all features, as libblkid says it. */
static const char *ext_type(const uint8_t *sb)
{
	uint32_t incompat = le32(sb + SB_INCOMPAT);
	uint32_t ro_compat = le32(sb + SB_RO_COMPAT);

	if (incompat & INCOMPAT_JOURNAL_DEVICE)
		return "jbd";
	if (le32(sb + SB_FLAGS) & FLAG_TEST_FILE_SYSTEM)
		return "ext4dev";
	if (incompat & ~(uint32_t)EXT3_INCOMPAT ||
	    ro_compat & ~(uint32_t)EXT3_RO_COMPAT)
		return "ext4";
	if (le32(sb + SB_COMPAT) & COMPAT_HAS_JOURNAL)
		return "ext3";
	/* Needs recovery but has no journal: libblkid gives this no type, and
	 * no driver mounts it. */
	return incompat & INCOMPAT_RECOVER ? NULL : "ext2";
}

static bool checksum_holds(const uint8_t *sb)
{
	if (!(le32(sb + SB_RO_COMPAT) & RO_COMPAT_METADATA_CSUM))
		return true;
	return sb[SB_CHECKSUM_TYPE] == CHECKSUM_CRC32C &&
	       crc32c_update(~0U, sb, SB_CHECKSUM) == le32(sb + SB_CHECKSUM);
}

static int ext_check(struct probe *p, const uint8_t *sb,
		     const struct probe_magic *magic, struct probe_result *out)
{
	uint64_t blocks = le32(sb + SB_BLOCKS);
	uint32_t log_size = le32(sb + SB_LOG_BLOCK_SIZE);
	const char *type = ext_type(sb);

	(void)magic;
	if (le32(sb + SB_INCOMPAT) & INCOMPAT_64BIT)
		blocks |= (uint64_t)le32(sb + SB_BLOCKS_HIGH) << 32;
	/* The kernel refuses blocks above 64 KiB and a device too small. */
	if (!type || !blocks || log_size > 6 ||
	    !probe_fits(p, blocks, 1024U << log_size))
		return 0;
	if (!checksum_holds(sb))
		return 0;
	probe_set_type(out, type);
	if (le32(sb + SB_INCOMPAT) & INCOMPAT_JOURNAL_DEVICE)
		out->usage = PROBE_MEMBER;
	return 1;
}

static const struct probe_magic ext_magic[] = {
	{ 0x400 + 0x38, 2, "\x53\xef" },
};

const struct probe_format probe_ext = {
	.type = "ext2",
	.usage = PROBE_FILESYSTEM,
	.magics = 1,
	.magic = ext_magic,
	.super_offset = 0x400,
	.super_size = SB_SIZE,
	.label_offset = SB_LABEL,
	.label_size = 16,
	.uuid_offset = SB_UUID,
	.check = ext_check,
};
