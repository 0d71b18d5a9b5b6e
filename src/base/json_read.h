/* SPDX-License-Identifier: GPL-2.0-or-later
 * Reads as much of JSON as pvroot's own report needs. Pure: hostile text gives
 * no value and is never read beyond its end. */
#ifndef PVROOT_JSON_READ_H
#define PVROOT_JSON_READ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct json_value {
	const char *at; /* its first byte in the text; NULL: there is none */
};

/* The member of the object that text is. */
bool json_member(const char *text, const char *key, struct json_value *out);
/* The first and the next value of an array; at is NULL at the end. */
struct json_value json_first(const struct json_value *array);
struct json_value json_next(const struct json_value *value);
/* Copies a text: the member key, or the value itself where key is NULL. Cut
 * where it does not fit. */
bool json_text(const struct json_value *value, const char *key, char *buf,
	       size_t size);
bool json_uint(const struct json_value *value, const char *key, uint64_t *out);
bool json_is_true(const struct json_value *value, const char *key);

#endif
