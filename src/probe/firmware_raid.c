// SPDX-License-Identifier: GPL-2.0-or-later
/* Members of the RAIDs that a disk controller's firmware makes of whole disks:
 * their metadata is in the last sectors, behind what looks like a file system
 * of its own. Pure. Source: dmraid 1.0.0.rc16, lib/format/ataraid; libblkid
 * takes the same. */
#include <string.h>

#include "base/bytes.h"
#include "base/text.h"
#include "probe/formats.h"

#define SECTOR 512

/* ---- sums, where a magic is too short ---- */

static uint16_t sum16(const uint8_t *sector, size_t len)
{
	uint32_t sum = 0;

	for (size_t i = 0; i < len; i += 2)
		sum += le16(sector + i);
	return (uint16_t)sum;
}

static bool is_via(const uint8_t *sector)
{
	uint8_t sum = 0;

	for (int i = 0; i < 50; i++)
		sum += sector[i];
	return sector[2] <= 2 && sum == sector[50];
}

static bool is_silicon(const uint8_t *sector)
{
	return sector[0x116] < 8 &&
	       !(uint16_t)(sum16(sector, 0x13e) + le16(sector + 0x13e));
}

static bool is_nvidia(const uint8_t *sector)
{
	uint32_t sum = 0;

	for (int i = 0; i < 120; i += 4)
		sum += le32(sector + i);
	return le32(sector + 8) == 120 / 4 && !sum;
}

static bool is_jmicron(const uint8_t *sector)
{
	return sector[0x30] <= 5 && sum16(sector, 128) <= 1;
}

static bool is_intel(const uint8_t *sector)
{
	return !memcmp(sector, "Intel Raid ISM Cfg Sig. ", 24);
}

static bool is_adaptec(const uint8_t *sector)
{
	return be32(sector) == 0x37fc4d1e;
}

/* ---- the kinds ---- */

static const struct {
	char type[16], magic[7];
	uint8_t back; /* sectors from the end */
	uint16_t at;  /* of the magic in that sector */
	uint8_t len;
	bool (*is_valid)(const uint8_t *sector);
} kinds[] = {
	{ "isw", "Intel R", 2, 0, 7, is_intel },
	{ "lsi_mega", "$XIDE$", 1, 0, 6, NULL },
	{ "via", "\x55\xaa", 1, 0, 2, is_via },
	{ "silicon_medley", "\0\0\0\x2f", 1, 0x60, 4, is_silicon },
	{ "nvidia", "NVIDIA ", 2, 0, 7, is_nvidia },
	{ "adaptec", "DPTM", 1, 256, 4, is_adaptec },
	{ "jmicron", "JM", 1, 0, 2, is_jmicron },
};

static int firmware_raid_check(struct probe *p, const uint8_t *sb,
			       const struct probe_magic *magic,
			       struct probe_result *out)
{
	const uint8_t *end, *sector;

	(void)sb, (void)magic;
	if (!p->src->whole)
		return 0;
	end = probe_end(p);
	if (!end)
		return p->error;
	end += PROBE_END_SIZE - p->src->size % SECTOR;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		sector = end - kinds[i].back * SECTOR;
		if (memcmp(sector + kinds[i].at, kinds[i].magic,
			   kinds[i].len) ||
		    (kinds[i].is_valid && !kinds[i].is_valid(sector)))
			continue;
		text_format(out->type, sizeof(out->type), "%s_raid_member",
			    kinds[i].type);
		return 1;
	}
	return 0;
}

const struct probe_format probe_firmware_raid = {
	.type = "",
	.usage = PROBE_MEMBER,
	.flags = PROBE_STOPS | PROBE_NOT_TINY,
	.super_size = 1,
	.check = firmware_raid_check,
};
