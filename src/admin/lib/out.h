/* SPDX-License-Identifier: GPL-2.0-or-later
 * Output for a person: text of 80 columns, in colour only on a terminal,
 * without bytes that could disturb it. Collects it all and writes it once. */
#ifndef PVROOT_OUT_H
#define PVROOT_OUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/json.h"

#define OUT_COLUMNS 80

enum paint { PLAIN, BOLD, GREEN, YELLOW, RED, DIM };

struct out {
	bool colour;
	char *text;
	size_t used, room;
};

/* Colour where standard output is a terminal, NO_COLOR is not set (or empty)
 * and TERM is not "dumb". */
void out_open(struct out *out);
void out_say(struct out *out, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
void out_paint(struct out *out, enum paint paint);
/* Adds the words of text: the first line continues at column, the others start
 * at indent. */
void out_wrap(struct out *out, unsigned int column, unsigned int indent,
	      const char *text);
/* Adds text in width columns: cut, with "~" at its end, or filled with
 * spaces. */
void out_cell(struct out *out, const char *text, unsigned int width);
/* Writes it all to standard output. Returns 0 or -errno. */
int out_close(struct out *out);

/* Writes a whole JSON value and a newline to standard output, and frees it.
 * Returns 0 or -errno (-ENOMEM: there was no memory for all of it). */
int out_json(struct json *json);

#endif
