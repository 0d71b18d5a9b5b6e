// SPDX-License-Identifier: GPL-2.0-or-later
/* Converts labels on disk to text. Pure. */
#include <string.h>

#include "base/utf16.h"
#include "probe/format.h"

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
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

void probe_set_label16(struct probe_result *out, const uint8_t *s, size_t n,
		       bool big_endian)
{
	utf16_decode(out->label, sizeof(out->label), s, n, big_endian);
}
