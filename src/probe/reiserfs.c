// SPDX-License-Identifier: GPL-2.0-or-later
/* ReiserFS 3.5 and 3.6. Pure. Superblock at 64 KiB (8 KiB in old ones),
 * little-endian, no checksum. Source: Linux, fs/reiserfs/reiserfs.h. */
#include "base/bytes.h"
#include "probe/formats.h"

enum {
	SB = 0x10000,
	SB_OLD = 0x2000,
	SB_BLOCKS = 0,
	SB_JOURNAL = 12, /* its first block */
	SB_BLOCK_SIZE = 44,
	SB_MAGIC = 52,
	SB_MAGIC_OLDEST = 20,
	SB_UUID = 84,
	SB_LABEL = 100,
	SB_SIZE = 116,
	MIN_SIZE = 128 * 1024,
};

static int reiserfs_check(struct probe *p, const uint8_t *sb,
			  const struct probe_magic *magic,
			  struct probe_result *out)
{
	bool old_place = magic->offset < SB;
	uint32_t block_size;

	if (old_place)
		sb = probe_bytes(p, SB_OLD, SB_SIZE);
	if (!sb)
		return p->error;
	/* Only the magics of 3.6 ("ReIsEr2Fs", "ReIsEr3Fs") have label and
	 * UUID. */
	if (magic->bytes[6] == 'F') {
		out->label[0] = '\0';
		out->uuid[0] = '\0';
	}
	block_size = le16(sb + SB_BLOCK_SIZE);
	if (block_size < 512 || block_size & (block_size - 1) ||
	    !probe_fits(p, le32(sb + SB_BLOCKS), block_size))
		return 0;
	/* A superblock inside the journal is an old copy (libblkid's rule). */
	return (old_place ? 8 : 64) / (block_size >> 9) <=
	       le32(sb + SB_JOURNAL) / 2;
}

static const struct probe_magic reiserfs_magic[] = {
	{ SB_OLD + SB_MAGIC, 8, "ReIsErFs" },
	{ SB + SB_MAGIC, 9, "ReIsEr2Fs" },
	{ SB + SB_MAGIC, 9, "ReIsEr3Fs" },
	{ SB + SB_MAGIC, 8, "ReIsErFs" },
	{ SB_OLD + SB_MAGIC_OLDEST, 8, "ReIsErFs" },
};

const struct probe_format probe_reiserfs = {
	.type = "reiserfs",
	.usage = PROBE_FILESYSTEM,
	.magics = sizeof(reiserfs_magic) / sizeof(reiserfs_magic[0]),
	.magic = reiserfs_magic,
	.min_size = MIN_SIZE,
	.super_offset = SB,
	.super_size = SB_SIZE,
	.label_offset = SB_LABEL,
	.label_size = 16,
	.uuid_offset = SB_UUID,
	.check = reiserfs_check,
};
