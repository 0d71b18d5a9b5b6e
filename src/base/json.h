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
	bool first;  /* no comma is due */
	bool failed; /* out of memory: the text is not whole */
};

/* key is NULL inside an array and at the top. */
void json_open(struct json *json, const char *key, char bracket);
void json_close(struct json *json, char bracket);
void json_string(struct json *json, const char *key, const char *value);
/* The first len bytes of value. */
void json_bytes(struct json *json, const char *key, const char *value,
		size_t len);
void json_number(struct json *json, const char *key, uint64_t value);
void json_bool(struct json *json, const char *key, bool value);
void json_free(struct json *json);

#endif
