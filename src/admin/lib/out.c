// SPDX-License-Identifier: GPL-2.0-or-later
/* Output for a person: collects text and writes it to standard output. */
#include "admin/lib/out.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "admin/lib/words.h"
#include "base/print.h"
#include "base/text.h"
#include "sys/admin.h"

#define CHUNK 4096
#define LINE  2048

static const char *const paints[] = {
	[PLAIN] = "\033[0m",   [BOLD] = "\033[1m", [GREEN] = "\033[32m",
	[YELLOW] = "\033[33m", [RED] = "\033[31m", [DIM] = "\033[2m",
};

void out_open(struct out *out)
{
	const char *no = getenv("NO_COLOR"), *term = getenv("TERM");

	memset(out, 0, sizeof(*out));
	out->colour = sys_is_terminal(1) && !(no && *no) &&
		      !(term && !strcmp(term, "dumb"));
}

static void put(struct out *out, const char *text, size_t len)
{
	while (out->room - out->used < len) {
		size_t room = 2 * out->room + CHUNK;
		char *more = memory_new(room);

		if (out->used)
			memcpy(more, out->text, out->used);
		free(out->text);
		out->text = more;
		out->room = room;
	}
	memcpy(out->text + out->used, text, len);
	out->used += len;
}

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') ||
	       ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

/* Labels and menu entries are untrusted. A text that looks like an escape is
 * escaped itself, so that it cannot be taken for another byte. */
static void put_safe(struct out *out, const char *text, size_t len, bool lines)
{
	const char *end = text + len;
	char escape[8];

	for (; text < end; text++) {
		unsigned char c = (unsigned char)*text;
		bool plain = (c >= ' ' && c < 0x7f) || (c == '\n' && lines);

		if (c == '\\' && end - text > 3 && text[1] == 'x' &&
		    is_hex(text[2]) && is_hex(text[3]))
			plain = false;
		if (plain) {
			put(out, text, 1);
		} else {
			text_format(escape, sizeof(escape), "\\x%02x", c);
			put(out, escape, 4);
		}
	}
}

void out_say(struct out *out, const char *fmt, ...)
{
	char line[LINE];
	va_list args;

	va_start(args, fmt);
	format_args(line, sizeof(line), fmt, args);
	va_end(args);
	put_safe(out, line, strlen(line), true);
}

void out_paint(struct out *out, enum paint paint)
{
	if (out->colour)
		put(out, paints[paint], strlen(paints[paint]));
}

void out_wrap(struct out *out, unsigned int column, unsigned int indent,
	      const char *text)
{
	unsigned int at = column;
	bool first = true; /* the next word begins a line */

	while (*text) {
		size_t len = strcspn(text, " ");

		if (!first && at + len + 1 > OUT_COLUMNS) {
			put(out, "\n", 1);
			out_say(out, "%*s", (int)indent, "");
			at = indent;
			first = true;
		}
		if (!first) {
			put(out, " ", 1);
			at++;
		}
		put_safe(out, text, len, false);
		at += (unsigned int)len;
		first = false;
		text += len;
		text += strspn(text, " ");
	}
	put(out, "\n", 1);
}

void out_cell(struct out *out, const char *text, unsigned int width)
{
	unsigned int len = (unsigned int)strlen(text);

	put_safe(out, text, len > width ? width - 1 : len, false);
	if (len > width)
		out_say(out, "~");
	else
		out_say(out, "%*s", (int)(width - len), "");
}

int out_close(struct out *out)
{
	int err = out->used ? sys_print(1, out->text, out->used) : 0;

	free(out->text);
	memset(out, 0, sizeof(*out));
	return err;
}

int out_json(struct json *json)
{
	int err = json->failed ? -ENOMEM : sys_print(1, json->text, json->used);

	if (!err)
		err = sys_print(1, "\n", 1);
	json_free(json);
	return err;
}
