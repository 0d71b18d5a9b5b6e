// SPDX-License-Identifier: GPL-2.0-or-later
/* A physical volume of LVM2: a member, never mounted. Pure. Its label is in one
 * of the first four sectors, little-endian, with a CRC32. Source: LVM2,
 * lib/label/label.h and lib/format_text/layout.h. */
#include <string.h>

#include "base/bytes.h"
#include "base/crc.h"
#include "probe/formats.h"

enum {
	L_SECTOR = 8,
	L_CRC = 16,
	L_CHECKED = 20, /* to the end of the sector */
	L_TYPE = 24,
	L_UUID = 32,
	L_UUID_SIZE = 32,
	SECTOR = 512,
	SECTORS = 4 * SECTOR,
};

#define LVM_CRC_SEED 0xf597a6cf

/* Groups of characters with "-" between: six, five times four, six. */
static void set_uuid(char *dst, const uint8_t *src)
{
	for (int i = 0; i < L_UUID_SIZE; i++) {
		if (i >= 6 && i <= 26 && (i - 6) % 4 == 0)
			*dst++ = '-';
		*dst++ = (char)src[i];
	}
	*dst = '\0';
}

static int lvm_check(struct probe *p, const uint8_t *sb,
		     const struct probe_magic *magic, struct probe_result *out)
{
	uint32_t off = magic->offset - L_TYPE;
	const uint8_t *label = sb + off;

	(void)p;
	if (memcmp(label, "LABELONE", 8) ||
	    le64(label + L_SECTOR) != off / SECTOR ||
	    crc32_update(LVM_CRC_SEED, label + L_CHECKED, SECTOR - L_CHECKED) !=
		    le32(label + L_CRC))
		return 0;
	set_uuid(out->uuid, label + L_UUID);
	return 1;
}

/* libblkid's order. */
static const struct probe_magic lvm_magic[] = {
	{ 0x218, 8, "LVM2 001" },
	{ 0x018, 8, "LVM2 001" },
	{ 0x418, 8, "LVM2 001" },
	{ 0x618, 8, "LVM2 001" },
};

const struct probe_format probe_lvm = {
	.type = "LVM2_member",
	.usage = PROBE_MEMBER,
	.flags = PROBE_STOPS | PROBE_NOT_TINY,
	.magics = 4,
	.magic = lvm_magic,
	.super_size = SECTORS,
	.check = lvm_check,
};
