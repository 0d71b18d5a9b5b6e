// SPDX-License-Identifier: GPL-2.0-or-later
/* The reader of JSON, on sound and on broken text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json_read.h"

static const char report[] =
	"{\n \"n\" : 42, \"skip\": {\"n\": [1, {\"x\": \"}]\"}], \"m\": -1},\n"
	" \"text\": \"a\\\"b\\\\c\\u00e9\", \"yes\": true, \"no\": false,\n"
	" \"list\": [ {\"n\": 1}, {\"n\": 2}, \"three\" ], \"none\": [],\n"
	" \"last\": null }";

static void a_member_is_found_behind_others(void **state)
{
	struct json_value root = { report }, value;
	uint64_t n = 0;

	(void)state;
	assert_true(json_member(report, "last", &value));
	assert_memory_equal(value.at, "null", 4);
	assert_true(json_uint(&root, "n", &n));
	assert_int_equal(n, 42);
	assert_true(json_is_true(&root, "yes"));
	assert_false(json_is_true(&root, "no"));
	assert_false(json_is_true(&root, "gone"));
}

/* "m" is a member of a member; "ski" and "skipp" are not "skip". */
static void only_the_very_name_is_found(void **state)
{
	struct json_value value;

	(void)state;
	assert_false(json_member(report, "m", &value));
	assert_null(value.at);
	assert_false(json_member(report, "ski", &value));
	assert_false(json_member(report, "skipp", &value));
	assert_false(json_member(report, "", &value));
}

static void text_is_decoded_and_cut(void **state)
{
	struct json_value root = { report };
	char buf[16], small[4];

	(void)state;
	assert_true(json_text(&root, "text", buf, sizeof(buf)));
	assert_string_equal(buf, "a\"b\\c\xe9");
	assert_true(json_text(&root, "text", small, sizeof(small)));
	assert_string_equal(small, "a\"b");
	assert_false(json_text(&root, "n", buf, sizeof(buf)));
	assert_string_equal(buf, "");
}

static void arrays_are_walked_to_their_end(void **state)
{
	struct json_value value;
	uint64_t n = 0;
	char buf[16];

	(void)state;
	assert_true(json_member(report, "list", &value));
	value = json_first(&value);
	assert_true(json_uint(&value, "n", &n));
	assert_int_equal(n, 1);
	value = json_next(&value);
	assert_true(json_uint(&value, "n", &n));
	assert_int_equal(n, 2);
	value = json_next(&value);
	assert_true(json_text(&value, NULL, buf, sizeof(buf)));
	assert_string_equal(buf, "three");
	assert_null(json_next(&value).at);
	assert_true(json_member(report, "none", &value));
	assert_null(json_first(&value).at);
	assert_true(json_member(report, "n", &value));
	assert_null(json_first(&value).at);
}

static void numbers_that_do_not_fit_are_none(void **state)
{
	static const char *const bad[] = {
		"{\"n\": 18446744073709551616}",
		"{\"n\": -1}",
		"{\"n\": \"1\"}",
		"{\"n\": }",
		"{\"n\": 111111111111111111111111111111}",
		"{\"n\": 0000000000000000000000000000001}",
	};
	struct json_value value = { "{\"n\": 18446744073709551615}" };
	uint64_t n = 0;
	size_t i;

	(void)state;
	assert_true(json_uint(&value, "n", &n));
	assert_true(n == UINT64_MAX);
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		value.at = bad[i];
		assert_false(json_uint(&value, "n", &n));
	}
}

/* Cut off at every byte, in memory of exactly that size: never a wrong read,
 * never a value that is not there. */
static void text_that_is_cut_off_gives_no_wrong_value(void **state)
{
	size_t len, last = (size_t)(strstr(report, "\"last\"") - report);

	(void)state;
	for (len = 0; len < sizeof(report); len++) {
		char *copy = strndup(report, len), buf[16];
		struct json_value root = { copy }, value;

		if (json_member(copy, "last", &value))
			assert_true(len > last + 6);
		json_text(&root, "text", buf, sizeof(buf));
		if (json_member(copy, "list", &value))
			for (value = json_first(&value); value.at;)
				value = json_next(&value);
		free(copy);
	}
}

/* 16 are allowed; a thousand are no reason for a deep stack. */
static void what_is_nested_too_deep_is_no_value(void **state)
{
	char text[64];
	struct json_value value;
	int depth;

	(void)state;
	for (depth = 15; depth < 19; depth++) {
		snprintf(text, sizeof(text), "{\"a\":%.*s%.*s,\"b\":1}", depth,
			 "[[[[[[[[[[[[[[[[[[[[", depth, "]]]]]]]]]]]]]]]]]]]]");
		assert_int_equal(json_member(text, "b", &value), depth <= 16);
	}
}

static void what_is_no_object_has_no_member(void **state)
{
	static const char *const bad[] = { "",
					   "[1]",
					   "{",
					   "{}",
					   "{\"a\"}",
					   "{a:1}",
					   "{\"a\":1",
					   "{\"a\" 1}",
					   "x{\"b\":1}",
					   "{\"a\":]}",
					   "{\"a\":1 \"b\":2}" };
	struct json_value value;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(json_member(bad[i], "b", &value));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_member_is_found_behind_others),
		cmocka_unit_test(only_the_very_name_is_found),
		cmocka_unit_test(text_is_decoded_and_cut),
		cmocka_unit_test(arrays_are_walked_to_their_end),
		cmocka_unit_test(numbers_that_do_not_fit_are_none),
		cmocka_unit_test(text_that_is_cut_off_gives_no_wrong_value),
		cmocka_unit_test(what_is_nested_too_deep_is_no_value),
		cmocka_unit_test(what_is_no_object_has_no_member),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
