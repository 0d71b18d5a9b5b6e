// SPDX-License-Identifier: GPL-2.0-or-later
/* The bytes of the guest's disks: a few pieces, all else is zero. The writers
 * share no code with src/probe/, only its sources. Pure. */
#include <stdio.h>
#include <string.h>

#include "contents.h"

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

void uuid_bytes(unsigned int number, uint8_t uuid[16])
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

/* A GUID of partition `number`, as it is printed; on disk its first three parts
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

/* A table, since bit by bit is too slow for a million guests. */
static void make_table(uint32_t poly, uint32_t table[256])
{
	unsigned int i, k;

	for (i = 0; i < 256; i++) {
		table[i] = i;
		for (k = 0; k < 8; k++)
			table[i] = table[i] >> 1 ^ (table[i] & 1 ? poly : 0);
	}
}

uint32_t crc_update(uint32_t poly, uint32_t value, const uint8_t *p, size_t len)
{
	static uint32_t table[2][256];
	uint32_t *t = table[poly == 0xedb88320];

	if (!t[1])
		make_table(poly, t);
	while (len--)
		value = value >> 8 ^ t[(value ^ *p++) & 255];
	return value;
}

uint8_t *contents_piece(unsigned int content, uint64_t at, unsigned int len)
{
	struct piece *p = &rendered[content].piece[rendered[content].pieces++];

	p->at = at;
	p->len = len;
	return memset(p->data, 0, len);
}

/* ---- partition tables ---- */

static void write_mbr(unsigned int content, bool protective)
{
	const struct content *c = &guest.content[content];
	uint8_t *mbr = contents_piece(content, 0, 512);
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

/* Four entries of 128 bytes are enough. */
static void write_gpt(unsigned int content)
{
	const struct content *c = &guest.content[content];
	uint8_t *table, *head;
	unsigned int i;

	write_mbr(content, true);
	table = contents_piece(content, 1024, 512);
	for (i = 0; i < c->parts; i++)
		write_entry(c, i + 1, table + 128 * i);
	head = contents_piece(content, 512, 512);
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
	put32(head + 88, ~crc_update(CRC32, ~0U, table, 512));
	put32(head + 16, ~crc_update(CRC32, ~0U, head, 92));
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
			contents_write_part(i, 0);
		for (k = 1; k <= c->parts; k++)
			contents_write_part(i, k);
		/* Makes all disks different, except byte copies. */
		if (c->layout != LAYOUT_BLANK)
			put32(contents_piece(i, 40960, 4), 1 + i);
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
