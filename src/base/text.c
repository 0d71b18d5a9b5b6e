// SPDX-License-Identifier: GPL-2.0-or-later
/* Checked text and numbers. Pure: touches nothing but its arguments. */
#include "base/text.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>

#include "base/print.h"

static int digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return 16;
}

int text_u64(const char *s, unsigned int base, uint64_t max, uint64_t *out)
{
	uint64_t value = 0;

	if (!*s || *s == '\n')
		return -EINVAL;
	for (; *s && *s != '\n'; s++) {
		unsigned int digit = (unsigned int)digit_value(*s);

		if (digit >= base)
			return -EINVAL;
		if (digit > max || value > (max - digit) / base)
			return -ERANGE;
		value = value * base + digit;
	}
	if (*s == '\n' && s[1])
		return -EINVAL;
	*out = value;
	return 0;
}

int text_copy(char *dst, size_t size, const char *src)
{
	size_t len = strlen(src);

	if (len >= size) {
		dst[0] = '\0';
		return -ENAMETOOLONG;
	}
	memcpy(dst, src, len + 1);
	return 0;
}

int text_format(char *dst, size_t size, const char *fmt, ...)
{
	va_list args;
	int len;

	va_start(args, fmt);
	len = format_args(dst, size, fmt, args);
	va_end(args);
	if (len < 0 || (size_t)len >= size) {
		dst[0] = '\0';
		return -ENAMETOOLONG;
	}
	return 0;
}

size_t text_length(const char *s, size_t n)
{
	const char *end = memchr(s, '\0', n);

	return end ? (size_t)(end - s) : n;
}

bool text_is_word(const char *s, const char *also)
{
	const char *c = s;

	while ((*c >= '0' && *c <= '9') || *c == '-' || *c == '_' ||
	       ((*c | 0x20) >= 'a' && (*c | 0x20) <= 'z') ||
	       (*c && strchr(also, *c)))
		c++;
	return *s && !*c;
}

bool text_prefix(const char *s, const char *prefix, const char **rest)
{
	while (*prefix)
		if (*s++ != *prefix++)
			return false;
	if (rest)
		*rest = s;
	return true;
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool text_same(const char *a, const char *b)
{
	while (*a && lower(*a) == lower(*b)) {
		a++;
		b++;
	}
	return lower(*a) == lower(*b);
}

bool text_contains(const char *s, const char *part)
{
	for (; *s; s++) {
		if (text_prefix(s, part, NULL))
			return true;
	}
	return !*part;
}

void text_chomp(char *s)
{
	size_t len = strlen(s);

	while (len && (s[len - 1] == '\n' || s[len - 1] == ' '))
		s[--len] = '\0';
}

void text_tidy_path(char *path)
{
	char *to = path;

	while (*path) {
		if (path[0] == '/' && path[1] == '/')
			path++;
		else if (path[0] == '/' && path[1] == '.' && path[2] == '/')
			path += 2;
		else
			*to++ = *path++;
	}
	*to = '\0';
}

int text_unescape(char *s)
{
	char *to = s;
	int err = 0;

	while (*s && !err) {
		int high = s[0] == '\\' && s[1] == 'x' ? digit_value(s[2]) : 16;
		int low = high < 16 ? digit_value(s[3]) : 16;

		if (low > 15) {
			*to++ = *s++;
			continue;
		}
		if (high | low)
			*to++ = (char)(high << 4 | low);
		else
			err = -EINVAL;
		s += 4;
	}
	*to = '\0';
	return err;
}

void text_add(char *buf, const char *more, size_t size)
{
	size_t used = text_length(buf, size);

	while (*more && used + 1 < size)
		buf[used++] = *more++;
	buf[used < size ? used : size - 1] = '\0';
}

char *text_next_line(char **text)
{
	char *line = *text, *end;

	if (!line || !*line)
		return NULL;
	end = strchr(line, '\n');
	if (end)
		*end++ = '\0';
	*text = end;
	return line;
}

bool text_is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

char *text_next_word(char **line)
{
	char *s = *line, *word;

	while (text_is_blank(*s))
		s++;
	word = s;
	while (*s && !text_is_blank(*s))
		s++;
	if (*s)
		*s++ = '\0';
	*line = s;
	return word;
}

bool text_ends_with(const char *text, const char *end)
{
	size_t len = strlen(text), n = strlen(end);

	return len >= n && !strcmp(text + len - n, end);
}
