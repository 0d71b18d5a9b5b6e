/* SPDX-License-Identifier: GPL-2.0-or-later
 * Writes JSON into memory. Pure. */
#ifndef PVROOT_JSON_H
#define PVROOT_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct json {
	char *text; /* to be freed by json_free() */
	size_t used, room;
	bool first;  /* the next item needs no comma before it */
	bool failed; /* out of memory: the text is incomplete */
};

/* Nothing here returns an error: json->failed says at the end whether the text
 * is incomplete. Start with a zeroed struct json. key is NULL inside an array
 * and at the top. */

/* Begins an object or an array: bracket is '{' or '['. */
void json_open(struct json *json, const char *key, char bracket);
/* Ends it: '}' or ']'. */
void json_close(struct json *json, char bracket);
/* A text. The quote and the backslash get a backslash; a byte that is not
 * printable ASCII becomes \u00NN. */
void json_string(struct json *json, const char *key, const char *value);
/* The same for the first len bytes of value. */
void json_bytes(struct json *json, const char *key, const char *value,
		size_t len);
/* A whole number, in decimal. */
void json_number(struct json *json, const char *key, uint64_t value);
void json_bool(struct json *json, const char *key, bool value);
/* Gives the memory back; the struct can be used again. */
void json_free(struct json *json);

#endif
