/* SPDX-License-Identifier: GPL-2.0-or-later
 * The boot sector of a FAT (512 bytes). It ends like a partition table, but is
 * none. */
#ifndef PVROOT_FAT_BOOT_H
#define PVROOT_FAT_BOOT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/fetch.h"

#define FAT_BOOT_MAGICS 9

/* The magics that it may have. One of more than two bytes says clearly that it
 * is a FAT ("named" below). */
extern const struct probe_magic fat_boot_magic[FAT_BOOT_MAGICS];

struct fat_boot {
	uint32_t sector_size;
	uint32_t cluster_size; /* bytes */
	uint64_t sectors;
	uint64_t table_start; /* bytes */
	uint64_t root_start;  /* sectors: the end of the FATs */
	uint32_t root_entries;
	uint64_t table_entries; /* of a FAT32 */
	bool is_32;
};

/* Reads the numbers of a boot sector; named: one of its magics names it.
 * Returns false where it is not a FAT's, or its numbers contradict each
 * other. */
bool fat_boot_parse(const uint8_t *bs, bool named, struct fat_boot *out);

/* Is this sector the boot sector of a FAT? */
bool fat_boot_is(const uint8_t *bs);

#endif
