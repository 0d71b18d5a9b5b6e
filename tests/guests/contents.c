// SPDX-License-Identifier: GPL-2.0-or-later
/* The bytes of the guest's disks: few pieces in a sea of zeros. Its writers are
 * its own, by the sources that src/probe/ names. Pure. */
#include <stdio.h>
#include <string.h>

#include "guests.h"

#define MIB	   (1ULL << 20)
#define PART_LONG  196608 /* sectors: 96 MiB, so that a ZFS label fits */
#define PIECES	   24
#define PIECE_SIZE 4096

struct piece {
	uint64_t at;
	unsigned int len;
	uint8_t data[PIECE_SIZE];
};

static struct {
	struct piece piece[PIECES];
	unsigned int pieces;
} rendered[MAX_CONTENTS];

uint64_t part_at(unsigned int number)
{
	return number ? 2048 + (uint64_t)(number - 1) * PART_LONG : 0;
}

uint64_t part_size(const struct content *c, unsigned int number)
{
	return number ? PART_LONG * 512ULL : c->size;
}

static void put16(uint8_t *p, unsigned int v)
{
	p[0] = (uint8_t)v;
	p[1] = (uint8_t)(v >> 8);
}

static void put32(uint8_t *p, uint32_t v)
{
	put16(p, v);
	put16(p + 2, v >> 16);
}

static void uuid_bytes(unsigned int number, uint8_t uuid[16])
{
	unsigned int i;

	for (i = 0; i < 16; i++)
		uuid[i] = (uint8_t)(0x11 * (i + 1) + number * (2 * i + 1));
}

static void uuid_print(const uint8_t u[16], char text[37])
{
	unsigned int i;

	for (i = 0; i < 16; i++) {
		bool dash = i == 4 || i == 6 || i == 8 || i == 10;

		text += sprintf(text, "%s%02x", dash ? "-" : "", u[i]);
	}
}

void uuid_text(unsigned int number, char text[37])
{
	uint8_t uuid[16];

	uuid_bytes(number, uuid);
	uuid_print(uuid, text);
}

/* A GUID of partition `number`, as it is said; stored, its first three parts
 * are little-endian. */
static void guid_bytes(const struct content *c, unsigned int number,
		       uint8_t uuid[16])
{
	uuid_bytes(1000 + c->id * 8 + number, uuid);
}

void partuuid_text(const struct content *c, unsigned int number, char text[37])
{
	uint8_t uuid[16];

	if (c->layout == LAYOUT_MBR) {
		sprintf(text, "%08x-%02x", 0xcafe0000U + c->id, number);
		return;
	}
	guid_bytes(c, number, uuid);
	uuid_print(uuid, text);
}

void partlabel_text(const struct content *c, unsigned int number, char *text)
{
	sprintf(text, "part%u-%u", c->id, number);
}

/* Bit by bit is too slow for a million guests. */
static void make_table(uint32_t poly, uint32_t table[256])
{
	unsigned int i, k;

	for (i = 0; i < 256; i++) {
		table[i] = i;
		for (k = 0; k < 8; k++)
			table[i] = table[i] >> 1 ^ (table[i] & 1 ? poly : 0);
	}
}

static uint32_t crc(uint32_t poly, uint32_t value, const uint8_t *p, size_t len)
{
	static uint32_t table[2][256];
	uint32_t *t = table[poly == 0xedb88320];

	if (!t[1])
		make_table(poly, t);
	while (len--)
		value = value >> 8 ^ t[(value ^ *p++) & 255];
	return value;
}

#define CRC32  0xedb88320
#define CRC32C 0x82f63b78

static uint8_t *add_piece(unsigned int content, uint64_t at, unsigned int len)
{
	struct piece *p = &rendered[content].piece[rendered[content].pieces++];

	p->at = at;
	p->len = len;
	return memset(p->data, 0, len);
}

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
	uint8_t *sb = add_piece(w->content, w->at + 1024, 1024);

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
	uint8_t *sb = add_piece(w->content, w->at, 4096);

	put32(sb + 1024, 1);
	put32(sb + 1028, (uint32_t)(w->size / 4096 - 1));
	uuid_bytes(w->part->uuid, sb + 1036);
	write_label(sb + 1052, w->part->label);
	memcpy(sb + 4086, "SWAPSPACE2", 10);
}

static void write_btrfs(const struct place *w)
{
	uint8_t *sb = add_piece(w->content, w->at + 65536, 4096);

	uuid_bytes(w->part->uuid, sb + 0x20);
	put32(sb + 0x30, 65536);
	memcpy(sb + 0x40, "_BHRfS_M", 8);
	put32(sb + 0x90, 4096);
	put32(sb + 0xd1, (uint32_t)w->size);
	uuid_bytes(500 + w->part->member, sb + 0x10b);
	write_label(sb + 0x12b, w->part->label);
	put32(sb, ~crc(CRC32C, ~0U, sb + 32, 4096 - 32));
}

static void write_lvm(const struct place *w)
{
	uint8_t *sb = add_piece(w->content, w->at + 512, 512);

	memcpy(sb, "LABELONE", 8);
	put32(sb + 8, 1);
	put32(sb + 20, 32);
	memcpy(sb + 24, "LVM2 001", 8);
	memset(sb + 32, 'a' + (int)(w->part->uuid % 26), 32);
	put32(sb + 16, crc(CRC32, 0xf597a6cf, sb + 20, 512 - 20));
}

static void write_luks(const struct place *w)
{
	uint8_t *h = add_piece(w->content, w->at, 592);

	memcpy(h, "LUKS\xba\xbe\0\1", 8);
	uuid_text(w->part->uuid, (char *)h + 168);
}

/* 1.2: 4 KiB from the start. */
static void write_md(const struct place *w)
{
	uint8_t *sb = add_piece(w->content, w->at + 4096, 512);
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
	uint8_t *list = add_piece(w->content, w->at + 16384, 64), *ring;
	unsigned int i;

	list[0] = list[1] = 1;
	list[11] = 1;
	ring = add_piece(w->content, w->at + 131072, 4096);
	for (i = 0; i < 4; i++)
		put32(ring + 1024 * i, 0x00bab10c);
}

static void write_part(unsigned int content, unsigned int number)
{
	static void (*const writers[FORMATS])(const struct place *w) = {
		[FORMAT_EXT3] = write_ext,  [FORMAT_EXT4] = write_ext,
		[FORMAT_SWAP] = write_swap, [FORMAT_BTRFS] = write_btrfs,
		[FORMAT_LVM] = write_lvm,   [FORMAT_LUKS] = write_luks,
		[FORMAT_MD] = write_md,	    [FORMAT_ZFS] = write_zfs,
	};
	const struct content *c = &guest.content[content];
	const struct part *p = &c->part[number ? number - 1 : 0];
	struct place w = { content, part_at(number) * 512, part_size(c, number),
			   p };

	if (writers[p->format])
		writers[p->format](&w);
}

/* ---- partition tables ---- */

static void write_mbr(unsigned int content, bool protective)
{
	const struct content *c = &guest.content[content];
	uint8_t *mbr = add_piece(content, 0, 512);
	unsigned int i;

	mbr[510] = 0x55;
	mbr[511] = 0xaa;
	if (protective) {
		mbr[446 + 4] = 0xee;
		put32(mbr + 446 + 8, 1);
		put32(mbr + 446 + 12, 0xffffffff);
		return;
	}
	put32(mbr + 440, 0xcafe0000U + c->id);
	for (i = 0; i < c->parts; i++) {
		uint8_t *entry = mbr + 446 + 16 * i;

		entry[4] = c->part[i].format == FORMAT_SWAP ? 0x82 : 0x83;
		put32(entry + 8, (uint32_t)part_at(i + 1));
		put32(entry + 12, PART_LONG);
	}
}

static void write_entry(const struct content *c, unsigned int number,
			uint8_t *entry)
{
	static const uint8_t order[16] = { 3, 2, 1,  0,	 5,  4,	 7,  6,
					   8, 9, 10, 11, 12, 13, 14, 15 };
	uint8_t guid[16];
	char label[32];
	unsigned int i;

	memset(entry, 0x11, 16);
	guid_bytes(c, number, guid);
	for (i = 0; i < 16; i++)
		entry[16 + i] = guid[order[i]];
	put32(entry + 32, (uint32_t)part_at(number));
	put32(entry + 40, (uint32_t)part_at(number + 1) - 1);
	partlabel_text(c, number, label);
	for (i = 0; label[i]; i++)
		entry[56 + 2 * i] = (uint8_t)label[i];
}

/* Four entries of 128 bytes are as good as 128 of them. */
static void write_gpt(unsigned int content)
{
	const struct content *c = &guest.content[content];
	uint8_t *table, *head;
	unsigned int i;

	write_mbr(content, true);
	table = add_piece(content, 1024, 512);
	for (i = 0; i < c->parts; i++)
		write_entry(c, i + 1, table + 128 * i);
	head = add_piece(content, 512, 512);
	memcpy(head, "EFI PART", 8);
	put32(head + 8, 0x10000);
	put32(head + 12, 92);
	put32(head + 24, 1);
	put32(head + 40, 34);
	put32(head + 48, (uint32_t)(c->size / 512 - 40));
	uuid_bytes(900 + c->id, head + 56);
	put32(head + 72, 2);
	put32(head + 80, 4);
	put32(head + 84, 128);
	put32(head + 88, ~crc(CRC32, ~0U, table, 512));
	put32(head + 16, ~crc(CRC32, ~0U, head, 92));
}

void contents_render(void)
{
	unsigned int i, k;

	for (i = 0; i < guest.contents; i++) {
		const struct content *c = &guest.content[i];

		rendered[i].pieces = 0;
		if (c->layout == LAYOUT_MBR)
			write_mbr(i, false);
		if (c->layout == LAYOUT_GPT)
			write_gpt(i);
		if (c->layout == LAYOUT_WHOLE)
			write_part(i, 0);
		for (k = 1; k <= c->parts; k++)
			write_part(i, k);
	}
}

void contents_read(unsigned int content, uint64_t at, uint8_t *buf, size_t len)
{
	unsigned int i;

	memset(buf, 0, len);
	for (i = 0; i < rendered[content].pieces; i++) {
		const struct piece *p = &rendered[content].piece[i];
		uint64_t from = p->at > at ? p->at : at;
		uint64_t to =
			p->at + p->len < at + len ? p->at + p->len : at + len;

		if (from < to)
			memcpy(buf + (from - at), p->data + (from - p->at),
			       to - from);
	}
}
