// SPDX-License-Identifier: GPL-2.0-or-later
/* UUIDs and serial numbers as blkid prints them. Pure. */
#include "base/uuid.h"

#include <string.h>

#include "base/bytes.h"

static char *put_hex(char *dst, uint8_t byte, const char *digits)
{
	*dst++ = digits[byte >> 4];
	*dst++ = digits[byte & 15];
	return dst;
}

void uuid_print(char dst[UUID_TEXT_SIZE], const uint8_t uuid[16])
{
	static const uint8_t zero[16];
	const unsigned int dashes = 1 << 4 | 1 << 6 | 1 << 8 | 1 << 10;

	if (memcmp(uuid, zero, sizeof(zero))) {
		for (unsigned int i = 0; i < 16; i++) {
			if (dashes >> i & 1)
				*dst++ = '-';
			dst = put_hex(dst, uuid[i], "0123456789abcdef");
		}
	}
	*dst = '\0';
}

void uuid_print_serial(char dst[UUID_TEXT_SIZE], const uint8_t serial[4])
{
	const char *digits = "0123456789ABCDEF";

	if (le32(serial)) {
		dst = put_hex(dst, serial[3], digits);
		dst = put_hex(dst, serial[2], digits);
		*dst++ = '-';
		dst = put_hex(dst, serial[1], digits);
		dst = put_hex(dst, serial[0], digits);
	}
	*dst = '\0';
}
