// SPDX-License-Identifier: GPL-2.0-or-later
/* FAT12, FAT16 and FAT32 (vfat). Pure.
 * The boot sector is sector 0; the label is an entry of the root directory.
 * Source: Microsoft, FAT: General Overview of On-Disk Format, 1.03. */
#include <string.h>

#include "base/bytes.h"
#include "probe/formats.h"
#include "probe/part/fat_boot.h"

enum {
	BS_16_SIGN = 0x26,
	BS_16_SERIAL = 0x27,
	BS_32_ROOT_CLUSTER = 0x2c,
	BS_32_INFO_SECTOR = 0x30,
	BS_32_SERIAL = 0x43,
	BS_BITLOCKER = 0x1a8,
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
	/* Entries to look at; a label is usually the first or nearly so. */
	MAX_ENTRIES = 32768,
	CHUNK = 2048, /* bytes of a directory read at once */
};

/* BitLocker To Go shows a small FAT to those who do not know it: this GUID, as
 * libbde's documentation has it, says so. */
static const uint8_t bitlocker[] = { 0x3b, 0xd6, 0x67, 0x49, 0x29, 0x2e,
				     0xd8, 0x4a, 0x83, 0x99, 0xf6, 0xa3,
				     0x39, 0xe3, 0xd0, 0x01 };

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
	if (name[0] == 0x05) /* stands for e5, which marks a deleted entry */
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
static void search_chain(struct probe *p, const struct fat_boot *fat,
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
static bool info_holds(struct probe *p, const struct fat_boot *fat,
		       uint16_t sector)
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
	struct fat_boot fat;

	/* A file system that is larger than its device is one all the same:
	 * Linux mounts it. */
	if (!fat_boot_parse(bs, magic->len > 2, &fat) ||
	    !memcmp(bs + BS_BITLOCKER, bitlocker, sizeof(bitlocker)))
		return 0;
	if (fat.is_32) {
		if (!info_holds(p, &fat, le16(bs + BS_32_INFO_SECTOR)))
			return p->error;
		uuid_print_serial(out->uuid, bs + BS_32_SERIAL);
		search_chain(p, &fat, le32(bs + BS_32_ROOT_CLUSTER), out);
	} else {
		if ((bs[BS_16_SIGN] & 0xfe) == 0x28)
			uuid_print_serial(out->uuid, bs + BS_16_SERIAL);
		search(p, fat.root_start * fat.sector_size,
		       fat.root_entries * ENTRY_SIZE, out);
	}
	return p->error ? p->error : 1;
}

const struct probe_format probe_fat = {
	.type = "vfat",
	.usage = PROBE_FILESYSTEM,
	.magics = FAT_BOOT_MAGICS,
	.magic = fat_boot_magic,
	.super_size = BS_SIZE,
	.check = fat_check,
};
