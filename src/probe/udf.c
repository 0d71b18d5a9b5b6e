// SPDX-License-Identifier: GPL-2.0-or-later
/* UDF. Pure. A recognition sequence from 32 KiB on has "NSR02" or "NSR03";
 * block 256 is an anchor that leads to the volume descriptors. Little-endian,
 * but for names in 16 bits. Source: ECMA-167, 2/8, 3/7 and 3/10; OSTA,
 * UDF 2.60, 2.1.3 and 2.2.2. */
#include <string.h>

#include "base/bytes.h"
#include "base/utf16.h"
#include "probe/formats.h"

enum {
	RECOGNITION = 0x8000,
	RECOGNITION_SIZE = 2048, /* or a block, where that is larger */
	RECOGNITION_MAX = 64,

	/* A descriptor begins with a tag: its kind and its own block. */
	TAG_BLOCK = 12,
	PRIMARY = 1,
	ANCHOR = 2,
	LOGICAL = 6,
	TERMINATING = 8,
	DESCRIPTOR_SIZE = 256, /* what is read of it */
	DESCRIPTORS_MAX = 64,

	ANCHOR_AT = 256,
	ANCHOR_LENGTH = 16,
	ANCHOR_BLOCK = 20,
	PRIMARY_SET = 72,
	LOGICAL_NAME = 84,

	/* A name: 8 or 16 bits a character, the characters, its length. */
	NAME_SIZE = 128,
	NAME_MAX_BYTES = NAME_SIZE - 2,
	UUID_BYTES = 16,
};

/* The first two are those of UDF itself. */
static const struct probe_magic udf_magic[] = {
	{ RECOGNITION + 1, 5, "NSR02" }, { RECOGNITION + 1, 5, "NSR03" },
	{ RECOGNITION + 1, 5, "BEA01" }, { RECOGNITION + 1, 5, "CD001" },
	{ RECOGNITION + 1, 5, "BOOT2" }, { RECOGNITION + 1, 5, "CDW02" },
	{ RECOGNITION + 1, 5, "TEA01" },
};
#define MAGICS (sizeof(udf_magic) / sizeof(udf_magic[0]))

/* Does the recognition sequence, in steps of that many bytes, name UDF? */
static bool is_recognised(struct probe *p, uint32_t step)
{
	for (uint32_t i = 0; i < RECOGNITION_MAX; i++) {
		const uint8_t *id = probe_bytes(p, udf_magic->offset + i * step,
						udf_magic->len);
		size_t k = 0;

		while (id && k < MAGICS &&
		       memcmp(id, udf_magic[k].bytes, udf_magic->len))
			k++;
		if (!id || k == MAGICS)
			return false;
		if (k < 2)
			return true;
	}
	return false;
}

/* Writes a name as UTF-8. Returns its length, 0 for none. */
static size_t decode(char *dst, size_t size, const uint8_t *name)
{
	uint8_t wide[2 * NAME_MAX_BYTES];
	uint32_t n = name[NAME_SIZE - 1];

	n = !n ? 0 : n - 1 > NAME_MAX_BYTES ? NAME_MAX_BYTES : n - 1;
	if (name[0] == 16)
		return utf16_decode(dst, size, name + 1, n, true);
	for (uint32_t i = 0; i < n; i++) {
		wide[2 * i] = 0;
		wide[2 * i + 1] = name[1 + i];
	}
	return utf16_decode(dst, size, wide, name[0] == 8 ? 2 * n : 0, true);
}

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') ||
	       ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

/* The volume set's name begins with 16 hexadecimal digits, of which the first
 * eight are a time. What is no digit, and all after it in its half, is shown by
 * its bytes: libblkid's rule. */
static void set_uuid(struct probe_result *out, const uint8_t *name)
{
	static const char digits[] = "0123456789abcdef";
	char id[NAME_SIZE] = "", *to = out->uuid;
	size_t same = 0;

	if (decode(id, sizeof(id), name) < UUID_BYTES / 2)
		return;
	while (same < UUID_BYTES && is_hex(id[same]))
		same++;
	same = same < UUID_BYTES / 2 ? 0
	       : same < UUID_BYTES   ? UUID_BYTES / 2
				     : UUID_BYTES;
	for (const char *c = id; to < out->uuid + UUID_BYTES; c++) {
		if (c < id + same) {
			*to++ = (char)(*c >= 'A' && *c <= 'F' ? *c | 0x20 : *c);
			continue;
		}
		*to++ = digits[(uint8_t)*c >> 4];
		*to++ = digits[*c & 15];
	}
	*to = '\0';
}

/* Reads count volume descriptors from block first on. Returns 1, 0 or -errno.
 */
static int read_names(struct probe *p, uint32_t block, uint32_t first,
		      uint32_t count, struct probe_result *out)
{
	for (uint32_t i = 0; i < count && i < DESCRIPTORS_MAX; i++) {
		uint64_t n = (uint64_t)first + i;
		const uint8_t *d = probe_bytes(p, n * block, DESCRIPTOR_SIZE);

		if (!d)
			return p->error;
		if (!le16(d) || le16(d) == TERMINATING ||
		    le32(d + TAG_BLOCK) != n)
			break;
		if (le16(d) == PRIMARY && !out->uuid[0])
			set_uuid(out, d + PRIMARY_SET);
		if (le16(d) == LOGICAL && !out->label[0])
			decode(out->label, sizeof(out->label),
			       d + LOGICAL_NAME);
	}
	return 1;
}

static int udf_check(struct probe *p, const uint8_t *sb,
		     const struct probe_magic *magic, struct probe_result *out)
{
	bool usual = is_recognised(p, RECOGNITION_SIZE);

	(void)sb;
	(void)magic;
	for (uint32_t block = 512; block <= 4096 && !p->error; block *= 2) {
		const uint8_t *d;

		if (block <= RECOGNITION_SIZE ? !usual
					      : !is_recognised(p, block))
			continue;
		d = probe_bytes(p, ANCHOR_AT * block, DESCRIPTOR_SIZE);
		if (d && le16(d) == ANCHOR && le32(d + TAG_BLOCK) == ANCHOR_AT)
			return read_names(p, block, le32(d + ANCHOR_BLOCK),
					  le32(d + ANCHOR_LENGTH) / block, out);
	}
	return p->error;
}

const struct probe_format probe_udf = {
	.type = "udf",
	.usage = PROBE_FILESYSTEM,
	.flags = PROBE_TOLERANT,
	.magics = MAGICS,
	.magic = udf_magic,
	.check = udf_check,
};
