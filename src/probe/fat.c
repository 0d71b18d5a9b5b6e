// SPDX-License-Identifier: GPL-2.0-or-later
/* FAT12, FAT16 and FAT32 (vfat). Pure.
 * The boot sector is sector 0; the label is an entry of the root directory.
 * Source: Microsoft, FAT: General Overview of On-Disk Format, 1.03. */
#include <string.h>

#include "probe/bytes.h"
#include "probe/formats.h"

enum {
	BS_OEM = 0x03,
	BS_SECTOR_SIZE = 0x0b,
	BS_CLUSTER_SECTORS = 0x0d,
	BS_RESERVED = 0x0e, /* sectors before the first FAT */
	BS_FATS = 0x10,
	BS_ROOT_ENTRIES = 0x11,
	BS_SECTORS16 = 0x13,
	BS_MEDIA = 0x15,
	BS_FAT_SECTORS16 = 0x16,
	BS_SECTORS32 = 0x20,
	BS_16_SIGN = 0x26,
	BS_16_SERIAL = 0x27,
	BS_16_TYPE = 0x36,
	BS_32_FAT_SECTORS = 0x24,
	BS_32_ROOT_CLUSTER = 0x2c,
	BS_32_INFO_SECTOR = 0x30,
	BS_32_SERIAL = 0x43,
	BS_SIZE = 512,

	ENTRY_SIZE = 32,
	ENTRY_ATTRIBUTE = 0x0b,
	ENTRY_CLUSTER_HIGH = 0x14,
	ENTRY_CLUSTER_LOW = 0x1a,
	ATTRIBUTE_LABEL = 0x08,
	ATTRIBUTE_DIRECTORY = 0x10,
	ATTRIBUTE_LONG_NAME = 0x0f,
	ATTRIBUTES = 0x3f,
	LABEL_LEN = 11,
	/* A label is the first entry or nearly so. Entries looked at: */
	MAX_ENTRIES = 32768,
	CHUNK = 2048, /* bytes of a directory read at once */

	MAX_CLUSTERS_12 = 0xff4,
	MAX_CLUSTERS_16 = 0xfff4,
	MAX_CLUSTERS_32 = 0x0ffffff6,
};

struct fat {
	uint32_t sector_size;
	uint32_t cluster_size; /* bytes */
	uint64_t sectors;
	uint64_t table_start; /* bytes */
	uint64_t root_start;  /* sectors: the end of the FATs */
	uint32_t root_entries;
	uint64_t table_entries; /* of a FAT32 */
	bool is_32;
};

static bool power_of_two(uint32_t n)
{
	return n && !(n & (n - 1));
}

static bool plain_fields_hold(const uint8_t *bs)
{
	uint16_t sector_size = le16(bs + BS_SECTOR_SIZE);

	return bs[BS_FATS] && le16(bs + BS_RESERVED) &&
	       (bs[BS_MEDIA] >= 0xf8 || bs[BS_MEDIA] == 0xf0) &&
	       power_of_two(bs[BS_CLUSTER_SECTORS]) &&
	       power_of_two(sector_size) && sector_size >= 512 &&
	       sector_size <= 4096;
}

/* Fills *fat; false where the numbers contradict each other. */
static bool geometry(const uint8_t *bs, struct fat *fat)
{
	uint32_t fat_sectors = le16(bs + BS_FAT_SECTORS16);
	uint64_t meta, clusters, max;

	if (!plain_fields_hold(bs))
		return false;
	fat->is_32 = !fat_sectors && le32(bs + BS_32_FAT_SECTORS);
	if (!fat_sectors)
		fat_sectors = le32(bs + BS_32_FAT_SECTORS);
	fat->sector_size = le16(bs + BS_SECTOR_SIZE);
	fat->cluster_size = fat->sector_size * bs[BS_CLUSTER_SECTORS];
	fat->sectors = le16(bs + BS_SECTORS16);
	if (!fat->sectors)
		fat->sectors = le32(bs + BS_SECTORS32);
	fat->table_start = (uint64_t)le16(bs + BS_RESERVED) * fat->sector_size;
	fat->root_start =
		le16(bs + BS_RESERVED) + (uint64_t)fat_sectors * bs[BS_FATS];
	fat->root_entries = le16(bs + BS_ROOT_ENTRIES);
	fat->table_entries = (uint64_t)fat_sectors * fat->sector_size / 4;
	meta = fat->root_start +
	       (fat->root_entries * ENTRY_SIZE + fat->sector_size - 1) /
		       fat->sector_size;
	if (fat->sectors < meta)
		return false;
	clusters = (fat->sectors - meta) / bs[BS_CLUSTER_SECTORS];
	max = fat->is_32		   ? MAX_CLUSTERS_32
	      : clusters > MAX_CLUSTERS_12 ? MAX_CLUSTERS_16
					   : MAX_CLUSTERS_12;
	return clusters <= max;
}

/* A boot sector that says neither FAT nor MSDOS must at least end in 55 aa
 * and not be one of JFS or HPFS in disguise (OS/2 writes such). BitLocker
 * keeps a FAT's fields. */
static bool believable(const uint8_t *bs, bool named)
{
	if (!memcmp(bs + BS_OEM, "-FVE-FS-", 8))
		return false;
	if (named)
		return true;
	return bs[510] == 0x55 && bs[511] == 0xaa &&
	       memcmp(bs + BS_16_TYPE, "JFS     ", 8) &&
	       memcmp(bs + BS_16_TYPE, "HPFS    ", 8);
}

static const struct probe_magic fat_magic[] = {
	{ 0x52, 5, "MSWIN" },	 { 0x52, 8, "FAT32   " },
	{ 0x36, 5, "MSDOS" },	 { 0x36, 8, "FAT16   " },
	{ 0x36, 8, "FAT12   " }, { 0x36, 8, "FAT     " },
	{ 0, 1, "\xeb" },	 { 0, 1, "\xe9" },
	{ 510, 2, "\x55\xaa" },
};

enum { FAT_MAGICS = sizeof(fat_magic) / sizeof(fat_magic[0]) };

bool fat_is_boot_sector(const uint8_t *bs)
{
	struct fat fat;
	bool named = false;

	for (size_t i = 0; i < FAT_MAGICS; i++)
		named |= fat_magic[i].len > 2 &&
			 !memcmp(bs + fat_magic[i].offset, fat_magic[i].bytes,
				 fat_magic[i].len);
	return believable(bs, named) && geometry(bs, &fat);
}

enum entry { ENTRY_OTHER, ENTRY_LABEL, ENTRY_END };

static enum entry entry_kind(const uint8_t *entry)
{
	uint8_t attribute = entry[ENTRY_ATTRIBUTE] & ATTRIBUTES;

	if (!entry[0])
		return ENTRY_END;
	if (entry[0] == 0xe5 || attribute == ATTRIBUTE_LONG_NAME ||
	    le16(entry + ENTRY_CLUSTER_HIGH) || le16(entry + ENTRY_CLUSTER_LOW))
		return ENTRY_OTHER;
	return (attribute & (ATTRIBUTE_LABEL | ATTRIBUTE_DIRECTORY)) ==
			       ATTRIBUTE_LABEL
		       ? ENTRY_LABEL
		       : ENTRY_OTHER;
}

static void take_label(const uint8_t *entry, struct probe_result *out)
{
	uint8_t name[LABEL_LEN];

	memcpy(name, entry, LABEL_LEN);
	if (name[0] == 0x05) /* e5 is the mark of a deleted entry */
		name[0] = 0xe5;
	probe_set_label(out, name, LABEL_LEN);
}

/* Looks at size bytes of a directory from off. Returns true where the search
 * is over. */
static bool search(struct probe *p, uint64_t off, uint64_t size,
		   struct probe_result *out)
{
	for (uint64_t at = 0; at < size; at += CHUNK) {
		size_t len = size - at < CHUNK ? (size_t)(size - at) : CHUNK;
		const uint8_t *dir = probe_bytes(p, off + at, len);

		if (!dir)
			return true;
		for (size_t i = 0; i + ENTRY_SIZE <= len; i += ENTRY_SIZE) {
			enum entry kind = entry_kind(dir + i);

			if (kind == ENTRY_LABEL)
				take_label(dir + i, out);
			if (kind != ENTRY_OTHER)
				return true;
		}
	}
	return false;
}

/* Follows the root directory of a FAT32 from cluster to cluster. */
static void search_chain(struct probe *p, const struct fat *fat,
			 uint32_t cluster, struct probe_result *out)
{
	uint64_t data = fat->root_start * fat->sector_size;
	uint32_t left = MAX_ENTRIES * ENTRY_SIZE;

	while (cluster >= 2 && cluster < fat->table_entries &&
	       fat->cluster_size <= left) {
		const uint8_t *next;

		if (search(p,
			   data + (uint64_t)(cluster - 2) * fat->cluster_size,
			   fat->cluster_size, out))
			return;
		left -= fat->cluster_size;
		next = probe_bytes(p, fat->table_start + cluster * 4ULL, 4);
		if (!next)
			return;
		cluster = le32(next) & 0x0fffffff;
	}
}

/* FSInfo carries RRaA … rrAa, or zeros where a tool left it out. */
static bool info_holds(struct probe *p, const struct fat *fat, uint16_t sector)
{
	const uint8_t *info;

	if (!sector)
		return true;
	info = probe_bytes(p, (uint64_t)sector * fat->sector_size, 512);
	return info &&
	       (!memcmp(info, "RRaA", 4) || !memcmp(info, "RRdA", 4) ||
		!le32(info)) &&
	       (!memcmp(info + 484, "rrAa", 4) || !le32(info + 484));
}

static int fat_check(struct probe *p, const uint8_t *bs,
		     const struct probe_magic *magic, struct probe_result *out)
{
	struct fat fat;

	if (!believable(bs, magic->len > 2) || !geometry(bs, &fat) ||
	    !probe_fits(p, fat.sectors, fat.sector_size))
		return 0;
	if (fat.is_32) {
		if (!info_holds(p, &fat, le16(bs + BS_32_INFO_SECTOR)))
			return p->error;
		probe_set_serial(out->uuid, bs + BS_32_SERIAL);
		search_chain(p, &fat, le32(bs + BS_32_ROOT_CLUSTER), out);
	} else {
		if ((bs[BS_16_SIGN] & 0xfe) == 0x28)
			probe_set_serial(out->uuid, bs + BS_16_SERIAL);
		search(p, fat.root_start * fat.sector_size,
		       fat.root_entries * ENTRY_SIZE, out);
	}
	return p->error ? p->error : 1;
}

const struct probe_format probe_fat = {
	.type = "vfat",
	.usage = PROBE_FILESYSTEM,
	.magics = FAT_MAGICS,
	.magic = fat_magic,
	.super_size = BS_SIZE,
	.check = fat_check,
};
