// SPDX-License-Identifier: GPL-2.0-or-later
/* Turns labels and UUIDs as they are on disk into text. Pure. */
#include <string.h>

#include "probe/bytes.h"
#include "probe/format.h"

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

void probe_set_type(struct probe_result *out, const char *type)
{
	size_t len = strlen(type);

	if (len >= sizeof(out->type))
		len = sizeof(out->type) - 1;
	memcpy(out->type, type, len);
	out->type[len] = '\0';
}

void probe_set_label(struct probe_result *out, const uint8_t *s, size_t n)
{
	size_t len = 0;

	while (len < n && len < sizeof(out->label) - 1 && s[len]) {
		out->label[len] = (char)s[len];
		len++;
	}
	while (len && is_space(out->label[len - 1]))
		len--;
	out->label[len] = '\0';
}

/* One character as UTF-8; returns its length, 0 where it does not fit. */
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

size_t probe_utf8(char *dst, size_t size, const uint8_t *src, size_t n,
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

void probe_set_label16(struct probe_result *out, const uint8_t *s, size_t n,
		       bool big_endian)
{
	probe_utf8(out->label, sizeof(out->label), s, n, big_endian);
}

static char *put_hex(char *dst, uint8_t byte, const char *digits)
{
	*dst++ = digits[byte >> 4];
	*dst++ = digits[byte & 15];
	return dst;
}

void probe_set_uuid(char dst[PROBE_UUID_SIZE], const uint8_t uuid[16])
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

void probe_set_serial(char dst[PROBE_UUID_SIZE], const uint8_t serial[4])
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
