/* SPDX-License-Identifier: GPL-2.0-or-later
 * Growing lists of texts. Without memory the functions here end the program: a
 * person's command has nothing to save. Pure. */
#ifndef PVROOT_WORDS_H
#define PVROOT_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/json.h"

struct words {
	char **at;
	unsigned int count, room;
};

/* Adds a text unless it is there already. */
void words_add(struct words *words, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
bool words_has(const struct words *words, const char *text);
/* Joins the texts with between; cuts the result where it does not fit. Returns
 * buf. */
char *words_join(const struct words *words, const char *between, char *buf,
		 size_t size);
void words_free(struct words *words);

/* Room for one more element of size bytes, zeroed (see array_grow()). */
void array_extend(void *at, unsigned int count, unsigned int *room,
		  size_t size);
/* Returns zeroed memory; ends the program where there is none. */
void *memory_new(size_t size);
/* Returns a copy of a text, in memory of its own. */
char *memory_text(const char *text);

/* As an array of JSON. */
void words_json(struct json *json, const char *key, const struct words *words);

#endif
