// SPDX-License-Identifier: GPL-2.0-or-later
/* A member of a Linux software RAID, never mounted. Pure. 0.90: 64 KiB aligned,
 * 64 to 128 KiB before the end, in the byte order of the machine. 1.x:
 * little-endian; 1.0 at 8 to 12 KiB before the end, 1.1 at 0, 1.2 at 4 KiB.
 * Source: Linux, include/uapi/linux/raid/md_p.h. */
#include "base/bytes.h"
#include "probe/formats.h"

enum {
	RESERVED = 0x10000,

	/* 0.90, in bytes */
	OLD_MINOR = 8,
	OLD_UUID0 = 20,
	OLD_SIZE = 32, /* KiB of data before the superblock */
	OLD_UUID1 = 52,
	OLD_CSUM = 152,
	OLD_BYTES = 4096,

	/* 1.x */
	NEW_MAJOR = 4,
	NEW_UUID = 16,
	NEW_NAME = 32,
	NEW_NAME_SIZE = 32,
	NEW_SELF = 144, /* sectors */
	NEW_DEVICE_UUID = 168,
	NEW_CSUM = 216,
	NEW_MAX_DEVICES = 220,
	NEW_HEADER = 256,
	NEW_BYTES = 4096,
	NEW_DEVICES = (NEW_BYTES - NEW_HEADER) / 2,
};

#define MD_MAGIC 0xa92b4efc

/* Adds the carry of the sum once, as the kernel does. The sum is of all words,
 * with the checksum itself as zero. */
static uint32_t fold(uint64_t sum)
{
	return (uint32_t)sum + (uint32_t)(sum >> 32);
}

static bool old_csum_holds(const uint8_t *sb, uint32_t (*read)(const uint8_t *))
{
	uint32_t want = read(sb + OLD_CSUM);
	uint64_t sum = 0;

	for (uint32_t i = 0; i < OLD_BYTES; i += 4)
		if (i != OLD_CSUM)
			sum += read(sb + i);
	return fold(sum) == want;
}

static bool new_csum_holds(const uint8_t *sb)
{
	uint32_t devices = le32(sb + NEW_MAX_DEVICES);
	uint64_t sum = 0;
	uint32_t size, i;

	if (devices > NEW_DEVICES)
		return false;
	size = NEW_HEADER + devices * 2;
	for (i = 0; i + 4 <= size; i += 4)
		if (i != NEW_CSUM)
			sum += le32(sb + i);
	if (i < size)
		sum += le16(sb + i);
	return fold(sum) == le32(sb + NEW_CSUM);
}

static uint32_t read_le32(const uint8_t *p)
{
	return le32(p);
}

static uint32_t read_be32(const uint8_t *p)
{
	return be32(p);
}

/* The UUID's words are printed most significant byte first. */
static void old_uuid(const uint8_t *sb, uint32_t (*read)(const uint8_t *),
		     struct probe_result *out)
{
	uint8_t uuid[16] = { 0 };
	int words = read(sb + OLD_MINOR) >= 90 ? 4 : 1;

	for (int i = 0; i < words; i++) {
		uint32_t at =
			i ? OLD_UUID1 + 4U * (uint32_t)(i - 1) : OLD_UUID0;
		uint32_t word = read(sb + at);

		for (int k = 0; k < 4; k++)
			uuid[i * 4 + k] = (uint8_t)(word >> (24 - 8 * k));
	}
	uuid_print(out->uuid, uuid);
}

static int try_old(struct probe *p, struct probe_result *out)
{
	uint64_t off = (p->src->size & ~(uint64_t)(RESERVED - 1)) - RESERVED;
	uint32_t (*read)(const uint8_t *) = read_le32;
	const uint8_t *sb = probe_bytes(p, off, 64);
	uint64_t size;

	if (!sb)
		return p->error;
	if (be32(sb) == MD_MAGIC)
		read = read_be32;
	else if (le32(sb) != MD_MAGIC)
		return 0;
	size = (uint64_t)read(sb + OLD_SIZE) << 10;
	if (size > off)
		return 0;
	/* At the end of a disk it may belong to the last partition. */
	if (probe_in_partition(p, off - size, size + RESERVED))
		return p->error;
	sb = probe_bytes(p, off, OLD_BYTES);
	if (!sb || !old_csum_holds(sb, read))
		return p->error;
	old_uuid(sb, read, out);
	return 1;
}

static int try_new(struct probe *p, uint64_t off, struct probe_result *out)
{
	const uint8_t *sb = probe_bytes(p, off, 64);

	if (!sb || le32(sb) != MD_MAGIC || le32(sb + NEW_MAJOR) != 1)
		return p->error;
	sb = probe_bytes(p, off, NEW_BYTES);
	if (!sb || le64(sb + NEW_SELF) != off / 512 || !new_csum_holds(sb))
		return p->error;
	uuid_print(out->uuid, sb + NEW_UUID);
	uuid_print(out->uuid_sub, sb + NEW_DEVICE_UUID);
	probe_set_label(out, sb + NEW_NAME, NEW_NAME_SIZE);
	return 1;
}

static int md_check(struct probe *p, const uint8_t *sb,
		    const struct probe_magic *magic, struct probe_result *out)
{
	uint64_t size = p->src->size;
	int rc = try_old(p, out);

	(void)sb;
	(void)magic;
	if (!rc)
		rc = try_new(p, (size & ~0xfffULL) - 0x2000, out);
	if (!rc)
		rc = try_new(p, 0, out);
	if (!rc)
		rc = try_new(p, 0x1000, out);
	return rc;
}

const struct probe_format probe_md = {
	.type = "linux_raid_member",
	.usage = PROBE_MEMBER,
	.flags = PROBE_STOPS | PROBE_NOT_TINY,
	.min_size = RESERVED + 1,
	.check = md_check,
};
