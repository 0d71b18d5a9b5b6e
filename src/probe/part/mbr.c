// SPDX-License-Identifier: GPL-2.0-or-later
/* The MBR with its logical partitions. Touches nothing but the source.
 * Sector 0: disk signature at 440 (4 bytes), four entries of 16 bytes at 446,
 * 55 aa at 510. An entry: boot flag at 0, type at 4, start at 8 and size at
 * 12, little-endian, in logical sectors. A logical partition's own table is
 * a sector of the same form. Source: Linux, block/partitions/msdos.c. */
#include "probe/part/mbr.h"

#include <string.h>

#include "base/bytes.h"
#include "probe/part/fat_boot.h"

enum {
	SIGNATURE = 440,
	TABLE = 446,
	ENTRY_SIZE = 16,
	ENTRIES = 4,
	MAGIC = 510,

	TYPE_DOS_EXTENDED = 0x05,
	TYPE_W95_EXTENDED = 0x0f,
	TYPE_LINUX_EXTENDED = 0x85,
	TYPE_GPT = 0xee,

	FIRST_LOGICAL = 5,
	/* Tables in a row that name no partition: the kernel's limit. */
	MAX_EMPTY_TABLES = 100,
	/* The kernel has no more minors than this for one disk. */
	MAX_PARTITIONS = 256,
};

struct slot {
	uint8_t type;
	uint64_t start, size; /* in logical sectors */
};

/* The state of a walk. */
struct mbr {
	struct probe_source *disk;
	uint32_t signature;
	unsigned int factor; /* 512-byte sectors a logical sector */
	part_fn *fn;
	void *ctx;
	unsigned int number;
	bool stopped;
	uint64_t starts[MAX_PARTITIONS]; /* of logical ones, against loops */
	size_t logicals;
};

static struct slot slot_at(const uint8_t *sector, size_t i)
{
	const uint8_t *entry = sector + TABLE + i * ENTRY_SIZE;

	return (struct slot){ entry[4], le32(entry + 8), le32(entry + 12) };
}

static bool is_extended(const struct slot *slot)
{
	return slot->type == TYPE_DOS_EXTENDED ||
	       slot->type == TYPE_W95_EXTENDED ||
	       slot->type == TYPE_LINUX_EXTENDED;
}

bool mbr_has_magic(const uint8_t *sector)
{
	return sector[MAGIC] == 0x55 && sector[MAGIC + 1] == 0xaa;
}

bool mbr_is_protective(const uint8_t *sector)
{
	for (size_t i = 0; i < ENTRIES; i++)
		if (slot_at(sector, i).type == TYPE_GPT)
			return true;
	return false;
}

/* The same tests as in libblkid and the kernel: AIX marks its disks with c9 c2
 * d4 c1, a boot flag is 00 or 80, and the boot sector of a FAT or NTFS is no
 * table. */
bool mbr_is_table(const uint8_t *sector)
{
	for (size_t i = 0; i < ENTRIES; i++)
		if (sector[TABLE + i * ENTRY_SIZE] & 0x7f)
			return false;
	return memcmp(sector, "\xc9\xc2\xd4\xc1", 4) &&
	       memcmp(sector + 3, "NTFS    ", 8) && !fat_boot_is(sector);
}

/* "ssssssss-nn", or "" where the disk has no signature. */
static void put_uuid(char *dst, uint32_t signature, unsigned int number)
{
	static const char digits[] = "0123456789abcdef";

	if (signature) {
		for (int shift = 28; shift >= 0; shift -= 4)
			*dst++ = digits[signature >> shift & 15];
		*dst++ = '-';
		*dst++ = digits[number >> 4 & 15];
		*dst++ = digits[number & 15];
	}
	*dst = '\0';
}

static void emit(struct mbr *m, uint64_t start, uint64_t size)
{
	struct part_entry entry;

	memset(&entry, 0, sizeof(entry));
	entry.number = m->number;
	entry.start = start * m->factor;
	entry.size = size * m->factor;
	put_uuid(entry.uuid, m->signature, m->number);
	m->stopped = m->fn(&entry, m->ctx) != 0;
}

/* A start that was seen before: this EBR points back to an earlier one. */
static bool seen_before(struct mbr *m, uint64_t start)
{
	for (size_t i = 0; i < m->logicals; i++)
		if (m->starts[i] == start)
			return true;
	if (m->logicals < MAX_PARTITIONS)
		m->starts[m->logicals++] = start;
	return false;
}

/* Emits the partitions of one table of the chain, which is at sector here and
 * may use room sectors of the extended partition. Returns how many. */
static int emit_logicals(struct mbr *m, const uint8_t *sector,
			 const struct slot *extended, uint64_t here,
			 uint64_t room)
{
	int count = 0;

	for (size_t i = 0; i < ENTRIES && !m->stopped; i++) {
		struct slot slot = slot_at(sector, i);
		uint64_t start = here + slot.start;

		if (!slot.size || is_extended(&slot))
			continue;
		/* Slots 3 and 4 usually contain junk. */
		if (i >= 2 &&
		    (slot.start + slot.size > room || start < extended->start ||
		     start + slot.size > extended->start + extended->size))
			continue;
		if (m->logicals == MAX_PARTITIONS || seen_before(m, start))
			continue;
		emit(m, start, slot.size);
		m->number++;
		count++;
	}
	return count;
}

static bool next_table(const uint8_t *sector, struct slot *next)
{
	for (size_t i = 0; i < ENTRIES; i++) {
		*next = slot_at(sector, i);
		if (next->size && next->start && is_extended(next))
			return true;
	}
	return false;
}

/* Follows the chain of an extended partition. Returns 0 or -errno. */
static int walk_extended(struct mbr *m, const struct slot *extended)
{
	uint64_t here = extended->start;
	uint64_t room = extended->size;
	int empty = 0;

	while (extended->start && !m->stopped && empty < MAX_EMPTY_TABLES) {
		uint8_t sector[MBR_SIZE];
		struct slot next;
		int rc = part_read(m->disk, here * m->disk->sector_size, sector,
				   sizeof(sector));

		if (rc < 0)
			return rc;
		if (!rc || !mbr_has_magic(sector))
			break;
		if (emit_logicals(m, sector, extended, here, room))
			empty = 0;
		else
			empty++;
		if (!next_table(sector, &next))
			break;
		here = extended->start + next.start;
		room = next.size;
	}
	return 0;
}

int mbr_walk(struct probe_source *disk, const uint8_t *sector, part_fn *fn,
	     void *ctx)
{
	struct mbr m = {
		.disk = disk,
		.signature = le32(sector + SIGNATURE),
		.factor = disk->sector_size / 512,
		.fn = fn,
		.ctx = ctx,
	};

	for (size_t i = 0; i < ENTRIES && !m.stopped; i++) {
		struct slot slot = slot_at(sector, i);

		m.number = (unsigned int)i + 1;
		if (slot.size)
			emit(&m, slot.start, slot.size);
	}
	m.number = FIRST_LOGICAL;
	for (size_t i = 0; i < ENTRIES && !m.stopped; i++) {
		struct slot slot = slot_at(sector, i);
		int rc = slot.size && is_extended(&slot)
				 ? walk_extended(&m, &slot)
				 : 0;

		if (rc < 0)
			return rc;
	}
	return PART_MBR;
}
