// SPDX-License-Identifier: GPL-2.0-or-later
/* exFAT. Pure. Boot sector at 0, little-endian; a checksum over the first
 * eleven sectors in the twelfth; the label is in the root directory.
 * Source: Microsoft, exFAT file system specification, 1.00. */
#include "base/bytes.h"
#include "probe/formats.h"

enum {
	BS_SECTORS = 72,
	BS_FAT_START = 80, /* sectors */
	BS_HEAP_START = 88,
	BS_CLUSTERS = 92,
	BS_ROOT_CLUSTER = 96,
	BS_SERIAL = 100,
	BS_FLAGS = 106, /* 2 bytes, and one at 112: change after the format */
	BS_SECTOR_LOG = 108,
	BS_CLUSTER_LOG = 109, /* sectors */
	BS_IN_USE = 112,
	BS_SIZE = 512,
	CHECKED_SECTORS = 11,

	ENTRY_SIZE = 32,
	ENTRY_LABEL = 0x83,
	LABEL_UNITS = 11,
	MAX_ENTRIES = 8192,
	FIRST_CLUSTER = 2,
	CHUNK = 512, /* no cluster is smaller */
};

/* The twelfth sector repeats the 4-byte checksum; only the first copy is
 * compared. */
static int checksum_holds(struct probe *p, uint32_t sector_size)
{
	uint32_t sum = 0;
	const uint8_t *s;

	for (uint32_t at = 0; at < CHECKED_SECTORS * sector_size; at += CHUNK) {
		s = probe_bytes(p, at, CHUNK);
		if (!s)
			return p->error;
		for (uint32_t i = 0; i < CHUNK; i++)
			if (at || (i != BS_FLAGS && i != BS_FLAGS + 1 &&
				   i != BS_IN_USE))
				sum = (sum << 31 | sum >> 1) + s[i];
	}
	s = probe_bytes(p, CHECKED_SECTORS * sector_size, 4);
	return s ? le32(s) == sum : p->error;
}

/* Looks for the label in one cluster. Returns true where the search is
 * over. */
static bool search(struct probe *p, uint64_t off, uint32_t size,
		   struct probe_result *out)
{
	for (uint32_t at = 0; at < size; at += CHUNK) {
		const uint8_t *dir = probe_bytes(p, off + at, CHUNK);

		for (size_t i = 0; dir && i < CHUNK; i += ENTRY_SIZE) {
			const uint8_t *e = dir + i;
			size_t units = e[1];

			if (e[0] == ENTRY_LABEL)
				probe_set_label16(out, e + 2,
						  2 * (units < LABEL_UNITS
							       ? units
							       : LABEL_UNITS),
						  false);
			if (!e[0] || e[0] == ENTRY_LABEL)
				return true;
		}
		if (!dir)
			return true;
	}
	return false;
}

static void find_label(struct probe *p, const uint8_t *bs,
		       struct probe_result *out)
{
	uint8_t sector_log = bs[BS_SECTOR_LOG];
	uint8_t log = (uint8_t)(sector_log + bs[BS_CLUSTER_LOG]);
	uint64_t fat = (uint64_t)le32(bs + BS_FAT_START) << sector_log;
	uint64_t heap = (uint64_t)le32(bs + BS_HEAP_START) << sector_log;
	uint32_t last = le32(bs + BS_CLUSTERS) + FIRST_CLUSTER - 1;
	uint32_t cluster = le32(bs + BS_ROOT_CLUSTER);
	uint64_t left = MAX_ENTRIES * ENTRY_SIZE;
	const uint8_t *next;

	while (cluster >= FIRST_CLUSTER && cluster <= last && left) {
		uint32_t size = left >> log ? 1U << log : (uint32_t)left;

		if (search(p,
			   heap + ((uint64_t)(cluster - FIRST_CLUSTER) << log),
			   size, out))
			return;
		left -= size;
		next = probe_bytes(p, fat + cluster * 4ULL, 4);
		if (!next)
			return;
		cluster = le32(next);
	}
}

static int exfat_check(struct probe *p, const uint8_t *bs,
		       const struct probe_magic *magic,
		       struct probe_result *out)
{
	uint8_t sector_log = bs[BS_SECTOR_LOG];

	(void)magic;
	if (sector_log < 9 || sector_log > 12 ||
	    bs[BS_CLUSTER_LOG] > 25 - sector_log ||
	    le32(bs + BS_CLUSTERS) > 0xfffffff5 ||
	    !probe_fits(p, le64(bs + BS_SECTORS), 1U << sector_log))
		return 0;
	uuid_print_serial(out->uuid, bs + BS_SERIAL);
	find_label(p, bs, out);
	if (p->error)
		return p->error;
	return checksum_holds(p, 1U << sector_log);
}

static const struct probe_magic exfat_magic[] = { { 3, 8, "EXFAT   " } };

const struct probe_format probe_exfat = {
	.type = "exfat",
	.usage = PROBE_FILESYSTEM,
	.magics = 1,
	.magic = exfat_magic,
	.super_size = BS_SIZE,
	.check = exfat_check,
};
