// SPDX-License-Identifier: GPL-2.0-or-later
/* The boot sector of a FAT, sector 0. Pure.
 * Source: Microsoft, FAT: General Overview of On-Disk Format, 1.03. */
#include "probe/part/fat_boot.h"

#include <string.h>

#include "base/bytes.h"

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
	BS_16_TYPE = 0x36,
	BS_32_FAT_SECTORS = 0x24,

	ENTRY_SIZE = 32, /* of the root directory */
	MAX_CLUSTERS_12 = 0xff4,
	MAX_CLUSTERS_16 = 0xfff4,
	MAX_CLUSTERS_32 = 0x0ffffff6,
};

const struct probe_magic fat_boot_magic[FAT_BOOT_MAGICS] = {
	{ 0x52, 5, "MSWIN" },	 { 0x52, 8, "FAT32   " },
	{ 0x36, 5, "MSDOS" },	 { 0x36, 8, "FAT16   " },
	{ 0x36, 8, "FAT12   " }, { 0x36, 8, "FAT     " },
	{ 0, 1, "\xeb" },	 { 0, 1, "\xe9" },
	{ 510, 2, "\x55\xaa" },
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
static bool geometry(const uint8_t *bs, struct fat_boot *fat)
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

/* A boot sector that contains neither FAT nor MSDOS must end in 55 aa and must
 * not be that of a JFS or HPFS (OS/2 gives them FAT fields). BitLocker has FAT
 * fields too. */
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

bool fat_boot_parse(const uint8_t *bs, bool named, struct fat_boot *out)
{
	return believable(bs, named) && geometry(bs, out);
}

bool fat_boot_is(const uint8_t *bs)
{
	struct fat_boot fat;
	bool named = false;

	for (size_t i = 0; i < FAT_BOOT_MAGICS; i++) {
		const struct probe_magic *magic = &fat_boot_magic[i];

		named |= magic->len > 2 &&
			 !memcmp(bs + magic->offset, magic->bytes, magic->len);
	}
	return fat_boot_parse(bs, named, &fat);
}
