// SPDX-License-Identifier: GPL-2.0-or-later
/* NTFS. Pure. The boot sector is sector 0; the label is an attribute of the
 * fourth record of the MFT. Little-endian.
 * Source: Linux, fs/ntfs3/ntfs.h. */
#include <string.h>

#include "base/bytes.h"
#include "probe/formats.h"

enum {
	SECTOR_SIZE = 0x0b,
	CLUSTER_SECTORS = 0x0d, /* above 128: 256 less the power of two */
	MFT_CLUSTER = 0x30,
	RECORD_CLUSTERS = 0x40, /* below 0: the power of two of bytes */
	SERIAL = 0x48,
	BOOT_SIZE = 512,

	VOLUME_RECORD = 3,
	RECORD_ATTRIBUTES = 0x14,
	ATTRIBUTE_LENGTH = 4,
	ATTRIBUTE_VALUE_LENGTH = 0x10,
	ATTRIBUTE_VALUE = 0x14,
	ATTRIBUTE_SIZE = 0x18,
	VOLUME_NAME = 0x60,
};

/* The sizes of a cluster and of a record; 0: not valid. */
static uint32_t cluster_size(const uint8_t *sb)
{
	uint32_t sector = le16(sb + SECTOR_SIZE), n = sb[CLUSTER_SECTORS];

	if (n > 128)
		n = n < 240 ? 0 : 1U << (256 - n);
	return sector < 256 || sector > 4096 || (sector & (sector - 1)) ||
			       (n & (n - 1))
		       ? 0
		       : sector * n;
}

static uint32_t record_size(const uint8_t *sb, uint32_t cluster)
{
	int n = (int8_t)sb[RECORD_CLUSTERS];
	uint64_t size = n >= 0 ? (uint64_t)n * cluster : n > -13 ? 1U << -n : 0;

	return size < 512 || size > PROBE_SPARE_SIZE ? 0 : (uint32_t)size;
}

static void take_label(const uint8_t *record, uint32_t size,
		       struct probe_result *out)
{
	uint32_t at = le16(record + RECORD_ATTRIBUTES), len;

	for (; at + ATTRIBUTE_SIZE <= size; at += len) {
		const uint8_t *attribute = record + at;

		len = le32(attribute + ATTRIBUTE_LENGTH);
		if (!len || len > size - at)
			return;
		if (le32(attribute) == VOLUME_NAME) {
			uint32_t from = le16(attribute + ATTRIBUTE_VALUE);
			uint32_t n = le32(attribute + ATTRIBUTE_VALUE_LENGTH);

			if (from <= len && n <= len - from)
				probe_set_label16(out, attribute + from, n,
						  false);
			return;
		}
	}
}

static int ntfs_check(struct probe *p, const uint8_t *sb,
		      const struct probe_magic *magic, struct probe_result *out)
{
	uint32_t cluster = cluster_size(sb), size = record_size(sb, cluster);
	uint64_t mft = le64(sb + MFT_CLUSTER), serial = le64(sb + SERIAL);
	const uint8_t *record;
	int i;

	(void)magic;
	if (!cluster || !size || !probe_fits(p, mft, cluster))
		return 0;
	for (i = 0; i < 16; i++)
		out->uuid[i] = "0123456789ABCDEF"[serial >> (60 - 4 * i) & 15];
	out->uuid[i] = '\0';
	for (i = 0; i <= VOLUME_RECORD; i += VOLUME_RECORD) {
		record = probe_bytes(p, mft * cluster + (uint32_t)i * size,
				     size);
		if (!record || memcmp(record, "FILE", 4))
			return p->error;
	}
	take_label(record, size, out);
	return 1;
}

static const struct probe_magic magic[] = { { 3, 8, "NTFS    " } };

const struct probe_format probe_ntfs = {
	.type = "ntfs",
	.usage = PROBE_FILESYSTEM,
	.magics = 1,
	.magic = magic,
	.super_size = BOOT_SIZE,
	.check = ntfs_check,
};
