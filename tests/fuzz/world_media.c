// SPDX-License-Identifier: GPL-2.0-or-later
/* The bytes of the disks of world.h. Pure. */
#include <stdio.h>
#include <string.h>

#include "image.h"
#include "base/crc.h"
#include "world.h"

#define TEMPLATES 8
#define GPT_BYTES (34 * 512)

static const struct image_part templates[TEMPLATES] = {
	{ 0 },
	{ "ext3", "/", "11111111-2222-3333-4444-555555555555", 0, 0 },
	{ "swap", "SWAP", "11111111-2222-3333-4444-666666666666", 0, 0 },
	{ "ext4", "data", "11111111-2222-3333-4444-777777777777", 0, 0 },
	{ "btrfs", "/", "11111111-2222-3333-4444-888888888888",
	  "11111111-2222-3333-4444-999999999999", 0 },
	{ "lvm", "pv", 0, 0, 0 },
	{ "ext2", "/", "11111111-2222-3333-4444-aaaaaaaaaaaa", 0, 0 },
	{ "zero", 0, 0, 0, 0 },
};

static uint8_t superblock[TEMPLATES][WORLD_SB];
static uint8_t gpt[GPT_BYTES];

static void put32(uint8_t *p, uint32_t v)
{
	memcpy(p, &v, sizeof(v)); /* little-endian, as the machine is */
}

/* Header in sector 1, entries from sector 2: UEFI 2.10, 5.3. */
static void make_gpt(void)
{
	uint8_t *head = gpt + 512;
	unsigned int i;

	for (i = 0; i < WORLD_PARTS; i++) {
		uint8_t *entry = gpt + 1024 + 128 * i;

		memset(entry, 0x11, 16);
		memset(entry + 16, 0xa0 + (int)i, 16);
		put32(entry + 32, WORLD_PART * (i + 1));
		put32(entry + 40, WORLD_PART * (i + 2) - 1);
		entry[56] = (uint8_t)('a' + i);
	}
	gpt[0x1be + 4] = 0xee;
	put32(gpt + 0x1be + 8, 1);
	put32(gpt + 0x1be + 12, 0xffffffff);
	gpt[510] = 0x55;
	gpt[511] = 0xaa;
	memcpy(head, "EFI PART", 8);
	put32(head + 8, 0x10000);
	put32(head + 12, 92);
	put32(head + 24, 1);
	put32(head + 40, 34);
	put32(head + 48, 16000);
	memset(head + 56, 0xdd, 16);
	put32(head + 72, 2);
	put32(head + 80, 128);
	put32(head + 84, 128);
	put32(head + 88, ~crc32_update(~0U, gpt + 1024, 128 * 128));
	put32(head + 16, ~crc32_update(~0U, head, 92));
}

void media_init(void)
{
	unsigned int i;

	if (gpt[510])
		return;
	make_gpt();
	for (i = 1; i < TEMPLATES; i++)
		image_superblock(&templates[i], superblock[i],
				 512 * WORLD_PART);
}

uint64_t media_size(const struct wdisk *d)
{
	uint64_t size = world.media[d->media].size, cut = d->cut * 512ULL;

	return size > cut ? size - cut : 0;
}

static uint64_t part_start(int part)
{
	return part ? 512ULL * WORLD_PART * (unsigned int)part : 0;
}

/* Copies the part of data, which begins at `at`, that lies in [off, off + len)
 * to buf. */
static void lay(uint8_t *buf, uint64_t off, size_t len, uint64_t at,
		const uint8_t *data, size_t size)
{
	uint64_t from = at > off ? at : off;
	uint64_t to = at + size < off + len ? at + size : off + len;

	if (from < to)
		memcpy(buf + (from - off), data + (from - at), to - from);
}

static void make_mbr(const struct media *m, uint8_t mbr[512])
{
	unsigned int i;

	memset(mbr, 0, 512);
	put32(mbr + 0x1b8, 0xcafe0000U + m->signature);
	for (i = 0; i < WORLD_PARTS; i++) {
		uint8_t *entry = mbr + 0x1be + 16 * i;

		if (!m->part[i])
			continue;
		entry[4] = 0x83;
		put32(entry + 8, WORLD_PART * (i + 1));
		put32(entry + 12, WORLD_PART);
	}
	mbr[510] = 0x55;
	mbr[511] = 0xaa;
}

void media_read(const struct wdisk *d, int part, uint64_t off, uint8_t *buf,
		size_t len)
{
	const struct media *m = &world.media[d->media];
	uint8_t mbr[512];
	unsigned int i;

	off += part_start(part);
	memset(buf, 0, len);
	if (m->layout == LAYOUT_WHOLE)
		lay(buf, off, len, 0, superblock[m->part[0]], WORLD_SB);
	if (m->layout == LAYOUT_GPT)
		lay(buf, off, len, 0, gpt, sizeof(gpt));
	if (m->layout == LAYOUT_MBR && off < 512) {
		make_mbr(m, mbr);
		lay(buf, off, len, 0, mbr, sizeof(mbr));
	}
	if (m->layout == LAYOUT_MBR || m->layout == LAYOUT_GPT)
		for (i = 0; i < WORLD_PARTS; i++)
			lay(buf, off, len, part_start((int)i + 1),
			    superblock[m->part[i]], WORLD_SB);
	for (i = 0; i < m->overs; i++)
		lay(buf, off, len, m->over[i].at, m->over[i].data,
		    m->over[i].len);
	if (d->has_patch)
		lay(buf, off, len, d->patch.at, d->patch.data, d->patch.len);
}

int media_parts(const struct wdisk *d)
{
	enum layout layout = world.media[d->media].layout;

	return layout == LAYOUT_MBR || layout == LAYOUT_GPT ? WORLD_PARTS : 0;
}

bool media_carries(const struct wdisk *d, int part, const char *tag)
{
	const struct media *m = &world.media[d->media];
	const struct image_part *t = &templates[m->part[part ? part - 1 : 0]];

	if (m->overs || d->has_patch)
		return true; /* it may be anything now */
	if (!strncmp(tag, "LABEL=", 6))
		return t->label && !strcmp(t->label, tag + 6);
	if (!strncmp(tag, "UUID=", 5))
		return t->uuid && !strcmp(t->uuid, tag + 5);
	return true;
}
