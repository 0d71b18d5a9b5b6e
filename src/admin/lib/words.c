// SPDX-License-Identifier: GPL-2.0-or-later
/* Growing lists of texts, lines and words. Pure, except that without memory it
 * ends the program with a message. */
#include "admin/lib/words.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/print.h"
#include "base/text.h"
#include "sys/sys.h"

#define TEXT_SIZE    1024
#define EXIT_UNKNOWN 2

static void __attribute__((noreturn)) out_of_memory(void)
{
	static const char line[] = "pvroot: out of memory\n";

	sys_print(2, line, sizeof(line) - 1);
	exit(EXIT_UNKNOWN);
}

void array_extend(void *at, unsigned int count, unsigned int *room, size_t size)
{
	if (array_grow(at, count, room, size))
		out_of_memory();
}

void *memory_new(size_t size)
{
	void *memory = calloc(1, size ? size : 1);

	if (!memory)
		out_of_memory();
	return memory;
}

char *memory_text(const char *text)
{
	char *copy = memory_new(strlen(text) + 1);

	return strcpy(copy, text);
}

void words_add(struct words *words, const char *fmt, ...)
{
	char text[TEXT_SIZE];
	va_list args;

	va_start(args, fmt);
	format_args(text, sizeof(text), fmt, args);
	va_end(args);
	if (words_has(words, text))
		return;
	array_extend(&words->at, words->count, &words->room,
		     sizeof(words->at[0]));
	words->at[words->count++] = memory_text(text);
}

bool words_has(const struct words *words, const char *text)
{
	unsigned int i;

	for (i = 0; i < words->count; i++) {
		if (!strcmp(words->at[i], text))
			return true;
	}
	return false;
}

char *words_join(const struct words *words, const char *between, char *buf,
		 size_t size)
{
	unsigned int i;

	buf[0] = '\0';
	for (i = 0; i < words->count; i++) {
		if (i)
			text_add(buf, between, size);
		text_add(buf, words->at[i], size);
	}
	return buf;
}

void words_free(struct words *words)
{
	unsigned int i;

	for (i = 0; i < words->count; i++)
		free(words->at[i]);
	free(words->at);
	memset(words, 0, sizeof(*words));
}

void words_json(struct json *json, const char *key, const struct words *words)
{
	unsigned int i;

	json_open(json, key, '[');
	for (i = 0; i < words->count; i++)
		json_string(json, NULL, words->at[i]);
	json_close(json, ']');
}
