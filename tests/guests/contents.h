/* SPDX-License-Identifier: GPL-2.0-or-later
 * Between contents.c, which has pieces of bytes, and formats.c, which writes
 * file systems into them. */
#ifndef GUESTS_CONTENTS_H
#define GUESTS_CONTENTS_H

#include "guests.h"

#define CRC32  0xedb88320
#define CRC32C 0x82f63b78

/* Zeroed; at is a byte offset on the disk. */
uint8_t *contents_piece(unsigned int content, uint64_t at, unsigned int len);
void contents_write_part(unsigned int content, unsigned int number);
uint32_t crc_update(uint32_t poly, uint32_t value, const uint8_t *p,
		    size_t len);
void uuid_bytes(unsigned int number, uint8_t uuid[16]);

static inline void put16(uint8_t *p, unsigned int v)
{
	p[0] = (uint8_t)v;
	p[1] = (uint8_t)(v >> 8);
}

static inline void put32(uint8_t *p, uint32_t v)
{
	put16(p, v);
	put16(p + 2, v >> 16);
}

#endif
