// SPDX-License-Identifier: GPL-2.0-or-later
/* NILFS2. Pure. Superblock at 1024, a second one 4096 bytes before the end;
 * little-endian, CRC32. The newer one with a valid checksum is used. Source:
 * Linux, include/uapi/linux/nilfs2_ondisk.h. */
#include "base/bytes.h"
#include "base/crc.h"
#include "probe/formats.h"

enum {
	SB = 0x400,
	SB_MAGIC = 6,
	SB_BYTES = 8, /* that the checksum covers */
	SB_SEED = 12,
	SB_SUM = 16,
	SB_DEVICE_SIZE = 32,
	SB_LAST_CHECKPOINT = 56,
	SB_UUID = 152,
	SB_LABEL = 168,
	SB_LABEL_SIZE = 80,
	SB_SIZE = 1024,
	MIN_SIZE = 1024 * 1024,
};

static bool checksum_holds(const uint8_t *sb)
{
	static const uint8_t zero[4];
	uint16_t bytes = le16(sb + SB_BYTES);
	uint32_t crc;

	if (bytes < SB_LABEL + SB_LABEL_SIZE || bytes > SB_SIZE)
		return false;
	crc = crc32_update(le32(sb + SB_SEED), sb, SB_SUM);
	crc = crc32_update(crc, zero, sizeof(zero));
	crc = crc32_update(crc, sb + SB_SUM + 4, bytes - SB_SUM - 4U);
	return crc == le32(sb + SB_SUM);
}

static bool first_holds(const struct probe *p, const uint8_t *sb)
{
	return le16(sb + SB_MAGIC) == 0x3434 &&
	       probe_fits(p, le64(sb + SB_DEVICE_SIZE), 1) &&
	       checksum_holds(sb);
}

/* The second superblock, if it is valid and its file system has exactly this
 * size: the end of a disk may also be the end of its last partition. */
static const uint8_t *second(struct probe *p)
{
	uint64_t sectors = p->src->size / 512;
	const uint8_t *sb = probe_bytes(p, (sectors - 8) * 512, SB_SIZE);

	if (!sb || le16(sb + SB_MAGIC) != 0x3434 ||
	    le64(sb + SB_DEVICE_SIZE) / 512 != sectors || !checksum_holds(sb))
		return NULL;
	return sb;
}

static void take(const uint8_t *sb, struct probe_result *out)
{
	probe_set_label(out, sb + SB_LABEL, SB_LABEL_SIZE);
	uuid_print(out->uuid, sb + SB_UUID);
}

static int nilfs2_check(struct probe *p, const uint8_t *sb,
			const struct probe_magic *magic,
			struct probe_result *out)
{
	const uint8_t *other;

	(void)magic;
	if (!first_holds(p, sb))
		return 0;
	other = second(p); /* unreadable or missing: the first is used */
	p->error = 0;
	if (other &&
	    le64(other + SB_LAST_CHECKPOINT) > le64(sb + SB_LAST_CHECKPOINT))
		take(other, out);
	return 1;
}

/* For a device on which only the second superblock is left. */
static int backup_check(struct probe *p, const uint8_t *sb,
			const struct probe_magic *magic,
			struct probe_result *out)
{
	(void)magic;
	if (first_holds(p, sb))
		return 0;
	sb = second(p);
	if (!sb)
		return p->error;
	take(sb, out);
	return 1;
}

static const struct probe_magic nilfs2_magic[] = {
	{ SB + SB_MAGIC, 2, "\x34\x34" },
};

const struct probe_format probe_nilfs2 = {
	.type = "nilfs2",
	.usage = PROBE_FILESYSTEM,
	.magics = 1,
	.magic = nilfs2_magic,
	.min_size = MIN_SIZE,
	.super_offset = SB,
	.super_size = SB_SIZE,
	.label_offset = SB_LABEL,
	.label_size = SB_LABEL_SIZE,
	.uuid_offset = SB_UUID,
	.check = nilfs2_check,
};

const struct probe_format probe_nilfs2_backup = {
	.type = "nilfs2",
	.usage = PROBE_FILESYSTEM,
	.min_size = MIN_SIZE,
	.super_offset = SB,
	.super_size = SB_SIZE,
	.check = backup_check,
};
