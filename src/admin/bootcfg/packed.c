// SPDX-License-Identifier: GPL-2.0-or-later
/* The packers that Linux knows, and the ends of what they packed. Reads from an
 * open file; its bytes are untrusted.
 * Sources: the kernel's lib/decompress.c, usr/Kconfig and
 * lib/xz/xz_dec_stream.c; RFC 1952 (gzip), RFC 8878 (zstd), the .xz file
 * format 1.2.0, and lz4's lz4_Frame_format.md, "Legacy frame". */
#include "admin/bootcfg/packed.h"

#include <errno.h>
#include <string.h>

#include "base/bytes.h"
#include "base/crc.h"
#include "sys/sys.h"

#define LZ4_LEGACY 0x184c2102
/* The most that a block of 8 MiB may take: LZ4_compressBound(). */
#define LZ4_BLOCK_MAX ((8 << 20) + (8 << 20) / 255 + 16)
#define ZSTD_FRAME    0xfd2fb528
#define XZ_FOOTER     12
#define XZ_CHECK_MAX  1 /* none, CRC32: lib/xz knows no other */
#define SCAN_SIZE     16384

static bool get(const struct packed_part *part, uint64_t at, void *buf,
		size_t len)
{
	return at <= part->end && len <= part->end - at &&
	       !sys_disk_read(part->fd, at, buf, len);
}

/* Blocks of a 32-bit length and so many bytes, until a length of 0. */
static int lz4_end(const struct packed_part *part, uint64_t *end)
{
	uint64_t at = part->at;
	uint8_t word[4];

	while (get(part, at, word, sizeof(word))) {
		uint32_t len = le32(word);

		if (len == LZ4_LEGACY) {
			at += 4;
			continue;
		}
		if (!len)
			break;
		if (len > LZ4_BLOCK_MAX)
			return -EUCLEAN;
		at += 4 + (uint64_t)len;
	}
	if (at > part->end)
		return -EUCLEAN;
	*end = at;
	return 0;
}

/* The length of a frame's header, by its descriptor. */
static unsigned int zstd_header(uint8_t descriptor)
{
	static const uint8_t dictionary[] = { 0, 1, 2, 4 };
	static const uint8_t content[] = { 0, 2, 4, 8 };
	bool single = descriptor & 0x20;
	unsigned int size = content[descriptor >> 6];

	if (single && !size)
		size = 1;
	return 5 + !single + dictionary[descriptor & 3] + size;
}

/* One frame: a header, blocks, perhaps a checksum. */
static int zstd_end(const struct packed_part *part, uint64_t *end)
{
	uint64_t at = part->at;
	uint8_t head[5];
	uint32_t block;

	if (!get(part, at, head, sizeof(head)) || le32(head) != ZSTD_FRAME)
		return -EUCLEAN;
	at += zstd_header(head[4]);
	do {
		uint8_t bytes[4] = { 0 };

		if (!get(part, at, bytes, 3))
			return -EUCLEAN;
		block = le32(bytes);
		/* A block of type 1 is one byte, repeated. */
		at += 3 + ((block >> 1 & 3) == 1 ? 1 : block >> 3);
	} while (!(block & 1));
	if (head[4] & 4)
		at += 4;
	if (at > part->end)
		return -EUCLEAN;
	*end = at;
	return 0;
}

/* Is there a stream's footer at these bytes: CRC32, size of the index, flags
 * (those of the header), "YZ"? */
static bool is_xz_footer(const uint8_t *at, const uint8_t *flags)
{
	return at[10] == 'Y' && at[11] == 'Z' && !memcmp(at + 8, flags, 2) &&
	       ~crc32_update(~0U, at + 4, 6) == le32(at);
}

/* Looks at every place of the part, step bytes from one to the next; is_it gets
 * width bytes. Returns 0 and the place behind them, or -ENOENT. */
static int scan(const struct packed_part *part, size_t width, unsigned int step,
		bool (*is_it)(const uint8_t *at, const uint8_t *with),
		const uint8_t *with, uint64_t *end)
{
	uint8_t buf[SCAN_SIZE];
	uint64_t from = part->at;

	while (from < part->end && part->end - from >= width) {
		size_t have = part->end - from < sizeof(buf)
				      ? (size_t)(part->end - from)
				      : sizeof(buf);
		size_t i;

		if (!get(part, from, buf, have))
			return -EIO;
		for (i = 0; i + width <= have; i += step) {
			if (is_it(buf + i, with)) {
				*end = from + i + width;
				return 0;
			}
		}
		from += i;
	}
	return -ENOENT;
}

/* A stream's length is a multiple of four, and its footer can be told. */
static int xz_end(const struct packed_part *part, uint64_t *end)
{
	uint8_t head[PACKED_HEAD];

	if (!get(part, part->at, head, sizeof(head)) ||
	    scan(part, XZ_FOOTER, 4, is_xz_footer, head + 6, end))
		return -EUCLEAN;
	return 0;
}

static bool is_gzip_trailer(const uint8_t *at, const uint8_t *with)
{
	return !memcmp(at, with, 8);
}

int packed_gzip_end(const struct packed_part *part, uint32_t crc, uint32_t size,
		    uint64_t *end)
{
	uint8_t trailer[8];
	unsigned int i;

	for (i = 0; i < 4; i++) {
		trailer[i] = (uint8_t)(crc >> 8 * i);
		trailer[4 + i] = (uint8_t)(size >> 8 * i);
	}
	return scan(part, sizeof(trailer), 1, is_gzip_trailer, trailer, end);
}

static const struct packer packers[] = {
	{ "\x1f\x8b", 2, { "gzip", "-dc", NULL }, NULL },
	{ "\x1f\x9e", 2, { "gzip", "-dc", NULL }, NULL },
	{ "\xfd"
	  "7zXZ",
	  6,
	  { "xz", "-dc", NULL },
	  xz_end },
	{ "\x28\xb5\x2f\xfd", 4, { "zstd", "-dqc", NULL }, zstd_end },
	{ "\x02\x21\x4c\x18", 4, { "lz4", "-dc", NULL }, lz4_end },
	{ "\x04\x22\x4d\x18", 4, { "lz4", "-dc", NULL }, NULL },
	{ "BZh", 3, { "bzip2", "-dc", NULL }, NULL },
	{ "\x5d\x00", 2, { "xz", "-dc", "--format=lzma", NULL }, NULL },
	{ "\x89LZO", 4, { "lzop", "-dc", NULL }, NULL },
};

const struct packer *packed_find(const uint8_t *head, size_t len)
{
	size_t i;

	for (i = 0; i < sizeof(packers) / sizeof(packers[0]); i++) {
		if (len >= packers[i].len &&
		    !memcmp(head, packers[i].magic, packers[i].len))
			return &packers[i];
	}
	return NULL;
}

const char *packed_refused(const uint8_t *head, size_t len)
{
	if (len >= PACKED_HEAD &&
	    !memcmp(head,
		    "\xfd"
		    "7zXZ",
		    6) &&
	    head[7] > XZ_CHECK_MAX)
		return "packed by xz with a check that Linux does not know; "
		       "it takes xz --check=crc32 only";
	if (len >= 4 && !memcmp(head, "\x04\x22\x4d\x18", 4))
		return "packed by lz4 in its frame format, which Linux does "
		       "not know; it takes lz4 -l only";
	return NULL;
}

bool packed_is_gzip(const struct packer *packer)
{
	return !strcmp(packer->argv[0], "gzip");
}
