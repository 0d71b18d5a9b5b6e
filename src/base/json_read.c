// SPDX-License-Identifier: GPL-2.0-or-later
/* Reads JSON. Pure: every step ends at the text's NUL. */
#include "base/json_read.h"

#include <string.h>

#include "base/text.h"

#define MAX_DEPTH 16

static const char *skip_space(const char *s)
{
	while (*s == ' ' || *s == '\n' || *s == '\t' || *s == '\r')
		s++;
	return s;
}

/* Returns what follows the closing quote of a text; NULL where there is
 * none. */
static const char *skip_text(const char *s)
{
	for (s++; *s && *s != '"'; s++) {
		if (*s == '\\' && s[1])
			s++;
	}
	return *s ? s + 1 : NULL;
}

/* Returns what follows the value that begins at s; NULL where it is no
 * value. */
static const char *skip_value(const char *s)
{
	unsigned int depth = 0;

	do {
		s = skip_space(s);
		if (*s == '"') {
			s = skip_text(s);
		} else if (*s == '{' || *s == '[') {
			if (++depth > MAX_DEPTH)
				return NULL;
			s++;
		} else if (*s == '}' || *s == ']') {
			if (!depth--)
				return NULL;
			s++;
		} else if (*s) {
			size_t len = strcspn(s, ",:{}[]\" \n\t\r");

			s += len ? len : 1;
		}
		if (!s || (depth && !*s))
			return NULL;
	} while (depth);
	return s;
}

bool json_member(const char *text, const char *key, struct json_value *out)
{
	size_t len = strlen(key);
	const char *s = skip_space(text);

	out->at = NULL;
	if (*s++ != '{')
		return false;
	for (;;) {
		const char *name = skip_space(s), *end;

		end = *name == '"' ? skip_text(name) : NULL;
		if (!end)
			return false;
		s = skip_space(end);
		if (*s++ != ':')
			return false;
		s = skip_space(s);
		if ((size_t)(end - name) == len + 2 &&
		    !strncmp(name + 1, key, len)) {
			out->at = s;
			return true;
		}
		s = skip_value(s);
		s = s ? skip_space(s) : "";
		if (*s++ != ',')
			return false;
	}
}

struct json_value json_first(const struct json_value *array)
{
	struct json_value first = { NULL };
	const char *s = array->at ? array->at : "";

	if (*s == '[' && *(s = skip_space(s + 1)) && *s != ']')
		first.at = s;
	return first;
}

struct json_value json_next(const struct json_value *value)
{
	struct json_value next = { NULL };
	const char *s = skip_value(value->at);

	if (s && *(s = skip_space(s)) == ',')
		next.at = skip_space(s + 1);
	return next;
}

static bool pick(const struct json_value *value, const char *key,
		 struct json_value *out)
{
	*out = *value;
	return value->at && (!key || json_member(value->at, key, out));
}

/* json.c writes one byte as "\u00e9". */
static char decode(const char **s)
{
	static const char digits[] = "0123456789abcdef";
	unsigned int value = 0, i;

	if (**s != '\\')
		return *(*s)++;
	++*s;
	if (!**s)
		return '\\';
	if (**s != 'u')
		return *(*s)++;
	++*s;
	for (i = 0; i < 4 && **s && strchr(digits, **s); i++, ++*s)
		value = value << 4 |
			(unsigned int)(strchr(digits, **s) - digits);
	return (char)value;
}

bool json_text(const struct json_value *value, const char *key, char *buf,
	       size_t size)
{
	struct json_value found;
	size_t used = 0;
	const char *s;

	buf[0] = '\0';
	if (!pick(value, key, &found) || *found.at != '"')
		return false;
	for (s = found.at + 1; *s && *s != '"' && used < size - 1;)
		buf[used++] = decode(&s);
	buf[used] = '\0';
	return true;
}

bool json_uint(const struct json_value *value, const char *key, uint64_t *out)
{
	struct json_value found;
	char digits[24];
	size_t len;

	if (!pick(value, key, &found))
		return false;
	len = strspn(found.at, "0123456789");
	if (!len || len >= sizeof(digits))
		return false;
	memcpy(digits, found.at, len);
	digits[len] = '\0';
	return !text_u64(digits, 10, UINT64_MAX, out);
}

bool json_is_true(const struct json_value *value, const char *key)
{
	struct json_value found;

	return pick(value, key, &found) && !strncmp(found.at, "true", 4);
}
