// SPDX-License-Identifier: GPL-2.0-or-later
/* Writes JSON into memory. Pure. */
#include "base/json.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#define CHUNK 2048

static void put(struct json *json, const char *bytes, size_t len)
{
	if (json->failed)
		return;
	if (json->room - json->used < len) {
		size_t room = json->room + (len > CHUNK ? len : CHUNK);
		char *more = realloc(json->text, room);

		if (!more) {
			json->failed = true;
			return;
		}
		json->text = more;
		json->room = room;
	}
	memcpy(json->text + json->used, bytes, len);
	json->used += len;
}

static void put_text(struct json *json, const char *text)
{
	put(json, text, strlen(text));
}

/* A byte that is not printable ASCII is written as the code point of the same
 * number, so that the text is valid JSON for any label. */
static void put_quoted(struct json *json, const char *s, size_t len)
{
	char escape[8];

	put(json, "\"", 1);
	for (; len; s++, len--) {
		unsigned char c = (unsigned char)*s;

		if (c == '"' || c == '\\') {
			put(json, "\\", 1);
			put(json, s, 1);
		} else if (c >= ' ' && c < 0x7f) {
			put(json, s, 1);
		} else {
			text_format(escape, sizeof(escape), "\\u%04x", c);
			put(json, escape, 6);
		}
	}
	put(json, "\"", 1);
}

static void begin(struct json *json, const char *key)
{
	if (json->used && !json->first)
		put(json, ",", 1);
	if (json->used)
		put(json, "\n", 1);
	json->first = false;
	if (!key)
		return;
	put_quoted(json, key, strlen(key));
	put(json, ": ", 2);
}

void json_open(struct json *json, const char *key, char bracket)
{
	begin(json, key);
	put(json, &bracket, 1);
	json->first = true;
}

void json_close(struct json *json, char bracket)
{
	put(json, &bracket, 1);
	json->first = false;
}

void json_bytes(struct json *json, const char *key, const char *value,
		size_t len)
{
	begin(json, key);
	put_quoted(json, value, len);
}

void json_string(struct json *json, const char *key, const char *value)
{
	json_bytes(json, key, value, strlen(value));
}

void json_number(struct json *json, const char *key, uint64_t value)
{
	char text[24];

	begin(json, key);
	text_format(text, sizeof(text), "%llu", (unsigned long long)value);
	put_text(json, text);
}

void json_bool(struct json *json, const char *key, bool value)
{
	begin(json, key);
	put_text(json, value ? "true" : "false");
}

void json_free(struct json *json)
{
	free(json->text);
	memset(json, 0, sizeof(*json));
}
