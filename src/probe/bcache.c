// SPDX-License-Identifier: GPL-2.0-or-later
/* A bcache device (backing or cache): a member, never mounted. Pure. Superblock
 * at 4096, little-endian, with a CRC64. Source: Linux,
 * drivers/md/bcache/bcache_ondisk.h (struct cache_sb_disk). */
#include <string.h>

#include "base/bytes.h"
#include "probe/formats.h"

enum {
	SB = 0x1000,
	SB_CHECKED = 8,
	SB_SELF = 8, /* sectors */
	SB_MAGIC = 24,
	SB_UUID = 40,
	SB_KEYS = 206, /* number of 8-byte buckets after the header */
	SB_HEADER = 208,
	SB_MAX_KEYS = 256,
	SB_SIZE = SB_HEADER + SB_MAX_KEYS * 8,
	MIN_SIZE = 8192,
};

/* CRC-64 of ECMA-182, most significant bit first, inverted at both ends. Bit by
 * bit, without a table: it is needed at most once in a boot. */
static uint64_t crc64(const uint8_t *data, size_t len)
{
	uint64_t crc = ~0ULL;

	while (len--) {
		crc ^= (uint64_t)*data++ << 56;
		for (int i = 0; i < 8; i++)
			crc = crc << 1 ^
			      (crc >> 63 ? 0x42f0e1eba9ea3693ULL : 0);
	}
	return ~crc;
}

static int bcache_check(struct probe *p, const uint8_t *sb,
			const struct probe_magic *magic,
			struct probe_result *out)
{
	uint16_t keys = le16(sb + SB_KEYS);

	(void)p;
	(void)magic;
	(void)out;
	return !memcmp(sb + SB_MAGIC + 8, "\x82\x65\xf5\x7f\x48\xba\x6d\x81",
		       8) &&
	       le64(sb + SB_SELF) == SB / 512 && keys <= SB_MAX_KEYS &&
	       crc64(sb + SB_CHECKED, SB_HEADER - SB_CHECKED + keys * 8U) ==
		       le64(sb);
}

static const struct probe_magic bcache_magic[] = {
	{ SB + SB_MAGIC, 8, "\xc6\x85\x73\xf6\x4e\x1a\x45\xca" },
};

const struct probe_format probe_bcache = {
	.type = "bcache",
	.usage = PROBE_MEMBER,
	.magics = 1,
	.magic = bcache_magic,
	.min_size = MIN_SIZE,
	.super_offset = SB,
	.super_size = SB_SIZE,
	.uuid_offset = SB_UUID,
	.check = bcache_check,
};
