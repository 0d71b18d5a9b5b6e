// SPDX-License-Identifier: GPL-2.0-or-later
/* Converts UTF-16, as disks hold it, to UTF-8. Pure. */
#include "base/utf16.h"

#include <string.h>

#include "base/bytes.h"

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static void trim_end(char *s)
{
	size_t len = strlen(s);

	while (len && is_space(s[len - 1]))
		s[--len] = '\0';
}

/* Writes one character as UTF-8. Returns its length, 0 where it does not
 * fit. */
static size_t put_utf8(char *dst, size_t room, uint32_t c)
{
	static const uint8_t lead[5] = { 0, 0, 0xc0, 0xe0, 0xf0 };
	size_t len = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;

	if (len > room)
		return 0;
	for (size_t i = len - 1; i > 0; i--, c >>= 6)
		dst[i] = (char)(0x80 | (c & 0x3f));
	dst[0] = (char)(lead[len] | c);
	return len;
}

static uint32_t unit(const uint8_t *p, bool big_endian)
{
	return big_endian ? be16(p) : le16(p);
}

size_t utf16_decode(char *dst, size_t size, const uint8_t *src, size_t n,
		    bool big_endian)
{
	size_t len = 0;

	for (size_t i = 0; i + 2 <= n; i += 2) {
		uint32_t c = unit(src + i, big_endian);
		uint32_t low = 0;
		size_t put;

		if (!c)
			break;
		if (c >> 10 == 0xd800 >> 10 && i + 4 <= n)
			low = unit(src + i + 2, big_endian);
		if (low >> 10 == 0xdc00 >> 10) {
			c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
			i += 2;
		}
		put = put_utf8(dst + len, size - 1 - len, c);
		if (!put)
			break;
		len += put;
	}
	dst[len] = '\0';
	trim_end(dst);
	return strlen(dst);
}
