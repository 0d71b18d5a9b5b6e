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
		size_t room = out->room + CHUNK;
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

/* Labels and menu entries are untrusted. */
static void put_safe(struct out *out, const char *text)
{
	char escape[8];

	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;

		if ((c >= ' ' && c < 0x7f) || c == '\n') {
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
	put_safe(out, line);
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

	while (*text) {
		size_t len = strcspn(text, " ");

		if (at > indent && at + len + 1 > OUT_COLUMNS) {
			put(out, "\n", 1);
			out_say(out, "%*s", (int)indent, "");
			at = indent;
		} else if (at > column || (at > indent && column == indent)) {
			put(out, " ", 1);
			at++;
		}
		out_say(out, "%.*s", (int)len, text);
		at += (unsigned int)len;
		text += len;
		text += strspn(text, " ");
	}
	put(out, "\n", 1);
}

void out_cell(struct out *out, const char *text, unsigned int width)
{
	unsigned int len = (unsigned int)strlen(text);

	if (len > width)
		out_say(out, "%.*s~", (int)width - 1, text);
	else
		out_say(out, "%s%*s", text, (int)(width - len), "");
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
