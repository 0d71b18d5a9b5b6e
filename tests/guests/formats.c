// SPDX-License-Identifier: GPL-2.0-or-later
/* Writes as much of each format as makes a device valid: new code, from the
 * sources that src/probe/ names. Pure. */
#include <string.h>

#include "contents.h"

/* ---- one writer a format: at is where the device begins ---- */

struct place {
	unsigned int content;
	uint64_t at, size;
	const struct part *part;
};

static void write_label(uint8_t *to, const char *label)
{
	memcpy(to, label, strlen(label));
}

static void write_ext(const struct place *w)
{
	uint8_t *sb = contents_piece(w->content, w->at + 1024, 1024);

	put32(sb + 0x04, (uint32_t)(w->size / 1024));
	put16(sb + 0x38, 0xef53);
	put16(sb + 0x3a, 1);
	put32(sb + 0x4c, 1);
	put32(sb + 0x5c, 0x4);
	put32(sb + 0x60, w->part->format == FORMAT_EXT4 ? 0x42 : 0x2);
	uuid_bytes(w->part->uuid, sb + 0x68);
	write_label(sb + 0x78, w->part->label);
}

static void write_swap(const struct place *w)
{
	uint8_t *sb = contents_piece(w->content, w->at, 4096);

	put32(sb + 1024, 1);
	put32(sb + 1028, (uint32_t)(w->size / 4096 - 1));
	uuid_bytes(w->part->uuid, sb + 1036);
	write_label(sb + 1052, w->part->label);
	memcpy(sb + 4086, "SWAPSPACE2", 10);
}

/* The magic and numbers, but a wrong checksum: no tool accepts it. */
static void write_stale_exfat(const struct place *w)
{
	uint8_t *bs = contents_piece(w->content, w->at, 512);

	memcpy(bs + 3, "EXFAT   ", 8);
	put32(bs + 72, 4096);
	put32(bs + 80, 24);
	put32(bs + 88, 128);
	put32(bs + 92, 100);
	put32(bs + 96, 2);
	bs[108] = 9;
	bs[109] = 3;
}

static void write_btrfs(const struct place *w)
{
	uint8_t *sb = contents_piece(w->content, w->at + 65536, 4096);

	uuid_bytes(w->part->uuid, sb + 0x20);
	put32(sb + 0x30, 65536);
	memcpy(sb + 0x40, "_BHRfS_M", 8);
	put32(sb + 0x90, 4096);
	put32(sb + 0xd1, (uint32_t)w->size);
	uuid_bytes(500 + w->part->member, sb + 0x10b);
	write_label(sb + 0x12b, w->part->label);
	put32(sb, ~crc_update(CRC32C, ~0U, sb + 32, 4096 - 32));
	if (w->part->odd)
		write_stale_exfat(w);
}

static void write_nilfs(const struct place *w)
{
	uint64_t ends[2] = { 1024, (w->size / 512 - 8) * 512 };
	unsigned int i;

	for (i = w->part->odd; i < 2; i++) {
		uint8_t *sb = contents_piece(w->content, w->at + ends[i], 1024);

		put32(sb, 2);
		put16(sb + 6, 0x3434);
		put16(sb + 8, 1024);
		put32(sb + 32, (uint32_t)w->size);
		put32(sb + 56, 7);
		uuid_bytes(w->part->uuid, sb + 152);
		write_label(sb + 168, w->part->label);
		put32(sb + 16, crc_update(CRC32, 0, sb, 1024));
	}
}

static void write_lvm(const struct place *w)
{
	uint8_t *sb = contents_piece(w->content, w->at + 512, 512);

	memcpy(sb, "LABELONE", 8);
	put32(sb + 8, 1);
	put32(sb + 20, 32);
	memcpy(sb + 24, "LVM2 001", 8);
	memset(sb + 32, 'a' + (int)(w->part->uuid % 26), 32);
	put32(sb + 16, crc_update(CRC32, 0xf597a6cf, sb + 20, 512 - 20));
}

static void write_luks(const struct place *w)
{
	uint8_t *h = contents_piece(w->content, w->at, 592);

	memcpy(h, "LUKS\xba\xbe\0\1", 8);
	uuid_text(w->part->uuid, (char *)h + 168);
}

/* 1.2: 4 KiB from the start. */
static void write_md(const struct place *w)
{
	uint8_t *sb = contents_piece(w->content, w->at + 4096, 512);
	uint64_t sum = 0;
	unsigned int i;

	put32(sb, 0xa92b4efc);
	put32(sb + 4, 1);
	uuid_bytes(w->part->uuid, sb + 16);
	write_label(sb + 32, "md0");
	put32(sb + 144, 8);
	uuid_bytes(500 + w->part->member, sb + 168);
	for (i = 0; i < 256; i += 4)
		sum += sb[i] | sb[i + 1] << 8 | sb[i + 2] << 16 |
		       (uint32_t)sb[i + 3] << 24;
	put32(sb + 216, (uint32_t)sum + (uint32_t)(sum >> 32));
}

static void write_zfs(const struct place *w)
{
	uint8_t *list = contents_piece(w->content, w->at + 16384, 64), *ring;
	unsigned int i;

	list[0] = list[1] = 1;
	list[11] = 1;
	ring = contents_piece(w->content, w->at + 131072, 4096);
	for (i = 0; i < 4; i++)
		put32(ring + 1024 * i, 0x00bab10c);
}

void contents_write_part(unsigned int content, unsigned int number)
{
	static void (*const writers[FORMATS])(const struct place *w) = {
		[FORMAT_EXT3] = write_ext,    [FORMAT_EXT4] = write_ext,
		[FORMAT_SWAP] = write_swap,   [FORMAT_BTRFS] = write_btrfs,
		[FORMAT_NILFS] = write_nilfs, [FORMAT_LVM] = write_lvm,
		[FORMAT_LUKS] = write_luks,   [FORMAT_MD] = write_md,
		[FORMAT_ZFS] = write_zfs,
	};
	const struct content *c = &guest.content[content];
	const struct part *p = &c->part[number ? number - 1 : 0];
	struct place w = { content, part_at(number) * 512, part_size(c, number),
			   p };

	if (writers[p->format])
		writers[p->format](&w);
}
