// SPDX-License-Identifier: GPL-2.0-or-later
/* The GUID partition table, primary or backup. Touches nothing but the
 * source. Header: one logical sector, at sector 1 and at the last one; the
 * numbers are little-endian and in logical sectors.
 * Source: UEFI specification 2.10, chapter 5.3. */
#include <string.h>

#include "base/bytes.h"
#include "base/crc.h"
#include "base/utf16.h"
#include "probe/part/mbr.h"

enum {
	H_SIZE = 12,
	H_CRC = 16,
	H_SELF = 24,
	H_FIRST_USABLE = 40,
	H_LAST_USABLE = 48,
	H_TABLE = 72,
	H_ENTRIES = 80,
	H_ENTRY_SIZE = 84,
	H_TABLE_CRC = 88,
	H_MIN_SIZE = 92,

	ENTRY_SIZE = 128,
	E_TYPE = 0,
	E_UUID = 16,
	E_START = 32,
	E_END = 40,
	E_NAME = 56,
	E_NAME_SIZE = 72,
	CHUNK = 2048,
	/* 128 is usual; the kernel cannot name more than 255 on one disk. */
	MAX_ENTRIES = 8192,
};

struct gpt {
	uint64_t first_usable, last_usable;
	uint64_t table; /* bytes */
	uint32_t entries;
	uint32_t table_crc;
};

/* The checksum of the header, in which its own field counts as zero. */
static bool header_crc_holds(const uint8_t *h, uint32_t size)
{
	static const uint8_t zero[4];
	uint32_t crc = crc32_update(~0U, h, H_CRC);

	crc = crc32_update(crc, zero, sizeof(zero));
	crc = crc32_update(crc, h + H_CRC + 4, size - H_CRC - 4);
	return ~crc == le32(h + H_CRC);
}

/* The header must be outside of the range that it gives to partitions. */
static bool range_holds(const struct gpt *gpt, uint64_t self, uint64_t last)
{
	return gpt->first_usable <= gpt->last_usable &&
	       gpt->last_usable <= last &&
	       !(gpt->first_usable < self && self < gpt->last_usable);
}

/* Reads and checks the header at logical sector self. Returns 1, 0 where it is
 * not valid, or -errno. */
static int read_header(struct probe_source *disk, uint64_t self,
		       struct gpt *gpt)
{
	uint64_t last = disk->size / disk->sector_size - 1;
	uint8_t h[4096];
	uint32_t size;
	uint64_t table;
	int rc =
		part_read(disk, self * disk->sector_size, h, disk->sector_size);

	if (rc <= 0)
		return rc;
	size = le32(h + H_SIZE);
	if (memcmp(h, "EFI PART", 8) || size < H_MIN_SIZE ||
	    size > disk->sector_size || !header_crc_holds(h, size) ||
	    le64(h + H_SELF) != self)
		return 0;
	gpt->first_usable = le64(h + H_FIRST_USABLE);
	gpt->last_usable = le64(h + H_LAST_USABLE);
	gpt->entries = le32(h + H_ENTRIES);
	gpt->table_crc = le32(h + H_TABLE_CRC);
	table = le64(h + H_TABLE);
	if (!range_holds(gpt, self, last) || table > last || !gpt->entries ||
	    gpt->entries > MAX_ENTRIES || le32(h + H_ENTRY_SIZE) != ENTRY_SIZE)
		return 0;
	gpt->table = table * disk->sector_size;
	return 1;
}

/* Reads the table in chunks. *crc is for all of it; fn (may be NULL) is called
 * for each used entry. Returns 1, 0 where the disk ends before, or -errno. */
static int
read_table(struct probe_source *disk, const struct gpt *gpt, uint32_t *crc,
	   int (*fn)(const uint8_t *entry, unsigned int number, void *ctx),
	   void *ctx)
{
	uint32_t size = gpt->entries * ENTRY_SIZE;
	uint8_t chunk[CHUNK];

	*crc = ~0U;
	for (uint32_t at = 0; at < size; at += CHUNK) {
		uint32_t len = size - at < CHUNK ? size - at : CHUNK;
		int rc = part_read(disk, gpt->table + at, chunk, len);

		if (rc <= 0)
			return rc;
		*crc = crc32_update(*crc, chunk, len);
		for (uint32_t i = 0; fn && i < len; i += ENTRY_SIZE)
			if (fn(chunk + i, (at + i) / ENTRY_SIZE + 1, ctx))
				return 1;
	}
	*crc = ~*crc;
	return 1;
}

struct emitter {
	const struct gpt *gpt;
	unsigned int factor;
	part_fn *fn;
	void *ctx;
};

/* GUIDs are stored with their first three parts little-endian. */
static void set_guid(char dst[UUID_TEXT_SIZE], const uint8_t *g)
{
	const uint8_t uuid[16] = { g[3],  g[2],	 g[1],	g[0], g[5],  g[4],
				   g[7],  g[6],	 g[8],	g[9], g[10], g[11],
				   g[12], g[13], g[14], g[15] };

	uuid_print(dst, uuid);
}

static int emit(const uint8_t *e, unsigned int number, void *ctx)
{
	static const uint8_t unused[16];
	const struct emitter *to = ctx;
	uint64_t start = le64(e + E_START);
	uint64_t end = le64(e + E_END);
	struct part_entry entry;

	if (!memcmp(e + E_TYPE, unused, sizeof(unused)) || end < start ||
	    start < to->gpt->first_usable || end > to->gpt->last_usable)
		return 0;
	memset(&entry, 0, sizeof(entry));
	entry.number = number;
	entry.start = start * to->factor;
	entry.size = (end - start + 1) * to->factor;
	set_guid(entry.uuid, e + E_UUID);
	utf16_decode(entry.name, sizeof(entry.name), e + E_NAME, E_NAME_SIZE,
		     false);
	return to->fn(&entry, to->ctx);
}

/* Returns 1 where the table at self is valid and was walked, 0 where it is not
 * valid, or -errno. */
static int walk_one(struct probe_source *disk, uint64_t self, part_fn *fn,
		    void *ctx)
{
	struct gpt gpt;
	struct emitter to = { &gpt, disk->sector_size / 512, fn, ctx };
	uint32_t crc;
	int rc = read_header(disk, self, &gpt);

	if (rc > 0)
		rc = read_table(disk, &gpt, &crc, NULL, NULL);
	if (rc <= 0)
		return rc;
	if (crc != gpt.table_crc)
		return 0;
	return read_table(disk, &gpt, &crc, emit, &to);
}

int gpt_walk(struct probe_source *disk, part_fn *fn, void *ctx)
{
	uint64_t sectors = disk->size / disk->sector_size;
	int rc;

	if (sectors < 3)
		return PART_NONE;
	rc = walk_one(disk, 1, fn, ctx);
	if (!rc)
		rc = walk_one(disk, sectors - 1, fn, ctx);
	return rc < 0 ? rc : rc ? PART_GPT : PART_NONE;
}
