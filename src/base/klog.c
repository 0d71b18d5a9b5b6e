// SPDX-License-Identifier: GPL-2.0-or-later
/* Turns both forms of the kernel's log into one. Pure. */
#include "base/klog.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#define LINE_SIZE 1024
#define TEXT_MAX  900 /* of a line: the rest is cut off */

/* Drops the older half where the next line does not fit. */
static void append(struct klog *log, const char *line)
{
	size_t len = strlen(line);

	if (len >= log->size / 2)
		return;
	if (log->used + len >= log->size) {
		size_t drop = log->size / 2;
		char *start = log->used > drop ? memchr(log->text + drop, '\n',
							log->used - drop)
					       : NULL;

		drop = start ? (size_t)(start + 1 - log->text) : log->used;
		memmove(log->text, log->text + drop, log->used - drop);
		log->used -= drop;
	}
	memcpy(log->text + log->used, line, len);
	log->used += len;
	log->text[log->used] = '\0';
}

void klog_take_record(struct klog *log, char *record)
{
	unsigned long long us = 0;
	char line[LINE_SIZE], *text = strchr(record, ';');
	char *comma = strchr(record, ',');

	comma = comma ? strchr(comma + 1, ',') : NULL;
	if (!text || !comma || comma > text)
		return;
	us = strtoull(comma + 1, NULL, 10);
	text++;
	text[strcspn(text, "\n")] = '\0';
	text_format(line, sizeof(line), "%llu.%06llu %.*s\n", us / 1000000,
		    us % 1000000, TEXT_MAX, text);
	append(log, line);
}

/* "[    5.140900] TEXT": cuts the time out and returns TEXT; NULL where the
 * line does not begin with one. */
static char *cut_time(char *line, char **time)
{
	char *at = line + (*line == '['), *end;

	at += strspn(at, " ");
	end = at + strspn(at, "0123456789.");
	if (*line != '[' || end == at || *end != ']')
		return NULL;
	*end++ = '\0';
	*time = at;
	return end + (*end == ' ');
}

static void take_line(struct klog *log, char *line)
{
	static char none[] = "-";
	char out[LINE_SIZE], *time = none, *text;

	/* <LEVEL>; a continuation of another line has none. */
	if (*line == '<' && line[1 + strspn(line + 1, "0123456789")] == '>')
		line = strchr(line, '>') + 1;
	text = cut_time(line, &time);
	text_format(out, sizeof(out), "%.32s %.*s\n", time, TEXT_MAX,
		    text ? text : line);
	append(log, out);
}

void klog_take_lines(struct klog *log, char *lines)
{
	char *line, *next;

	for (line = lines; line && *line; line = next) {
		next = strchr(line, '\n');
		if (next)
			*next++ = '\0';
		take_line(log, line);
	}
}
