// SPDX-License-Identifier: GPL-2.0-or-later
/* What pvroot says: log lines that no byte can break, JSON that is JSON. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "fixture.h"
#include "sys/log.h"

static void read_kmsg(struct fixture *f)
{
	fixture_read(f, "/dev/kmsg", f->kmsg, sizeof(f->kmsg));
}

static void a_line_has_a_level_a_name_and_one_end(void **state)
{
	struct fixture *f = *state;
	struct log log;

	log_open(&log, &f->sys, LOG_TO_KMSG);
	log_say(&log, LOG_ERR, "disk %d", 1);
	log_say(&log, LOG_INFO, "two");
	log_close(&log);
	read_kmsg(f);
	assert_string_equal(f->kmsg, "<3>pvroot: disk 1\n<6>pvroot: two\n");
}

static void bytes_that_could_disturb_a_terminal_are_escaped(void **state)
{
	struct fixture *f = *state;
	struct log log;

	log_open(&log, &f->sys, LOG_TO_KMSG);
	log_say(&log, LOG_INFO, "a\x1b[31m\nb\x7f\xc3\xa9\tc");
	log_close(&log);
	read_kmsg(f);
	assert_string_equal(f->kmsg, "<6>pvroot: a\\x1b[31m\\x0ab\\x7f\\xc3"
				     "\\xa9\\x09c\n");
}

static void a_line_too_long_is_cut_and_stays_one_line(void **state)
{
	struct fixture *f = *state;
	char text[3000];
	struct log log;

	memset(text, '\n', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	log_open(&log, &f->sys, LOG_TO_KMSG);
	log_say(&log, LOG_INFO, "%s", text);
	memset(text, 'x', sizeof(text) - 1);
	log_say(&log, LOG_INFO, "%s", text);
	log_close(&log);
	read_kmsg(f);
	assert_true(strlen(f->kmsg) < 2 * (LOG_LINE_SIZE + 16));
	assert_non_null(strstr(f->kmsg, "\\x0a\n<6>pvroot: xxxx"));
	assert_int_equal(f->kmsg[strlen(f->kmsg) - 1], '\n');
}

static void debug_lines_are_said_only_when_asked_for(void **state)
{
	struct fixture *f = *state;
	struct log log;

	log_open(&log, &f->sys, LOG_TO_KMSG);
	log_say(&log, LOG_DEBUG, "silent");
	log.debug = true;
	log_say(&log, LOG_DEBUG, "loud");
	log_close(&log);
	read_kmsg(f);
	assert_string_equal(f->kmsg, "<7>pvroot: loud\n");
}

static void without_kmsg_lines_go_to_standard_error(void **state)
{
	struct fixture *f = *state;
	struct log log;

	fixture_remove(f, "/dev/kmsg");
	log_open(&log, &f->sys, LOG_TO_KMSG);
	log_say(&log, LOG_WARN, "one");
	log_close(&log);
	assert_string_equal(f->err, "pvroot: one\n");
	f->err[0] = '\0';
	log_open(&log, &f->sys, LOG_TO_STDERR);
	log_say(&log, LOG_WARN, "two");
	log_close(&log);
	assert_string_equal(f->err, "pvroot: two\n");
	assert_false(fixture_exists(f, "/dev/kmsg"));
}

static void errors_have_words_and_unknown_ones_too(void **state)
{
	(void)state;
	assert_string_equal(log_errno(-ENOENT), "no such file");
	assert_string_equal(log_errno(-EBUSY), "in use");
	assert_non_null(log_errno(-12345));
	assert_true(*log_errno(-12345));
}

static char *compose(const char *label, size_t len)
{
	struct json json = { 0 };

	json_open(&json, NULL, '{');
	json_bytes(&json, "label", label, len);
	json_open(&json, "empty", '[');
	json_close(&json, ']');
	json_open(&json, "list", '[');
	json_number(&json, NULL, UINT64_MAX);
	json_bool(&json, NULL, true);
	json_open(&json, NULL, '{');
	json_close(&json, '}');
	json_close(&json, ']');
	json_bool(&json, "no", false);
	json_close(&json, '}');
	assert_false(json.failed);
	json.text = realloc(json.text, json.used + 1);
	json.text[json.used] = '\0';
	return json.text;
}

static void json_is_valid_whatever_bytes_it_holds(void **state)
{
	char bytes[256];
	char *text;
	int i;

	(void)state;
	for (i = 0; i < 256; i++)
		bytes[i] = (char)i;
	text = compose(bytes, sizeof(bytes));
	assert_true(json_is_valid(text));
	assert_non_null(strstr(text, "\\u0000\\u0001"));
	assert_non_null(strstr(text, "\\\"#"));
	assert_non_null(strstr(text, "[\\\\]"));
	assert_non_null(strstr(text, "\\u00ff"));
	assert_non_null(strstr(text, "18446744073709551615"));
	free(text);
}

static void json_grows_beyond_one_piece(void **state)
{
	char *big = calloc(1, 100001), *text;

	(void)state;
	memset(big, 'x', 100000);
	text = compose(big, 100000);
	assert_true(json_is_valid(text));
	assert_true(strlen(text) > 100000);
	free(text);
	free(big);
}

/* The checker itself must be able to say no. */
static void the_json_checker_refuses_what_is_not_json(void **state)
{
	static const char *const bad[] = { "",	       "{",	    "{}}",
					   "[1,]",     "{\"a\"}",   "{a:1}",
					   "[\"\n\"]", "01",	    "[1 2]",
					   "\"\\x\"",  "{\"a\":1,}" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(json_is_valid(bad[i]));
	assert_true(json_is_valid("{\"a\": [1, true, {}, \"\\u00e9\"]}\n"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(a_line_has_a_level_a_name_and_one_end),
		FIXTURE_TEST(bytes_that_could_disturb_a_terminal_are_escaped),
		FIXTURE_TEST(a_line_too_long_is_cut_and_stays_one_line),
		FIXTURE_TEST(debug_lines_are_said_only_when_asked_for),
		FIXTURE_TEST(without_kmsg_lines_go_to_standard_error),
		cmocka_unit_test(errors_have_words_and_unknown_ones_too),
		cmocka_unit_test(json_is_valid_whatever_bytes_it_holds),
		cmocka_unit_test(json_grows_beyond_one_piece),
		cmocka_unit_test(the_json_checker_refuses_what_is_not_json),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
