// SPDX-License-Identifier: GPL-2.0-or-later
/* Checked numbers and text. Pure. */
#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "fixture.h"

static void numbers_of_both_bases_are_read_whole(void **state)
{
	uint64_t n;

	(void)state;
	assert_int_equal(text_u64("0", 10, 100, &n), 0);
	assert_int_equal(n, 0);
	assert_int_equal(text_u64("0042\n", 10, 100, &n), 0);
	assert_int_equal(n, 42);
	assert_int_equal(text_u64("fFf", 16, 0xfff, &n), 0);
	assert_int_equal(n, 0xfff);
	assert_int_equal(text_u64("18446744073709551615", 10, UINT64_MAX, &n),
			 0);
	assert_true(n == UINT64_MAX);
}

static void a_number_above_the_limit_is_a_range_error(void **state)
{
	uint64_t n;

	(void)state;
	assert_int_equal(text_u64("100", 10, 100, &n), 0);
	assert_int_equal(text_u64("101", 10, 100, &n), -ERANGE);
	assert_int_equal(text_u64("9", 10, 5, &n), -ERANGE);
	assert_int_equal(text_u64("18446744073709551616", 10, UINT64_MAX, &n),
			 -ERANGE);
	assert_int_equal(text_u64("10000000000000000", 16, UINT64_MAX, &n),
			 -ERANGE);
}

static void what_is_no_number_is_refused(void **state)
{
	static const char *const bad[] = { "",	    "\n",   " 1",   "1 ",
					   "+1",    "-1",   "0x1",  "1a",
					   "1\n\n", "1\n2", "\xff", "a" };
	uint64_t n = 7;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(text_u64(bad[i], 10, 100, &n), -EINVAL);
	assert_int_equal(n, 7);
	assert_int_equal(text_u64("g", 16, 100, &n), -EINVAL);
}

static void text_that_does_not_fit_is_left_out_whole(void **state)
{
	char four[4] = "old";

	(void)state;
	assert_int_equal(text_copy(four, sizeof(four), "abc"), 0);
	assert_string_equal(four, "abc");
	assert_int_equal(text_copy(four, sizeof(four), "abcd"), -ENAMETOOLONG);
	assert_string_equal(four, "");
	assert_int_equal(text_format(four, sizeof(four), "%d", 123), 0);
	assert_int_equal(text_format(four, sizeof(four), "%d", 1234),
			 -ENAMETOOLONG);
	assert_string_equal(four, "");
}

static void length_stops_at_the_first_nul_or_the_end(void **state)
{
	(void)state;
	assert_int_equal(text_length("ab\0cd", 5), 2);
	assert_int_equal(text_length("abc", 2), 2);
	assert_int_equal(text_length("abc", 0), 0);
}

static void prefix_gives_what_follows(void **state)
{
	const char *rest = "untouched";

	(void)state;
	assert_false(text_prefix("roo", "root=", &rest));
	assert_string_equal(rest, "untouched");
	assert_true(text_prefix("root=", "root=", &rest));
	assert_string_equal(rest, "");
	assert_true(text_prefix("root=a", "root=", NULL));
}

static void chomp_takes_newlines_and_spaces_off_the_end_only(void **state)
{
	char s[] = " a b \n \n", empty[] = "\n \n";

	(void)state;
	text_chomp(s);
	assert_string_equal(s, " a b");
	text_chomp(empty);
	assert_string_equal(empty, "");
}

static void check_unescaped(const char *text, int ret, const char *want)
{
	char s[32];

	assert_int_equal(text_copy(s, sizeof(s), text), 0);
	assert_int_equal(text_unescape(s), ret);
	assert_string_equal(s, want);
}

static void unescape_decodes_bytes_and_leaves_the_rest(void **state)
{
	(void)state;
	check_unescaped("a\\x2fb\\x2F", 0, "a/b/");
	check_unescaped("\\x5cx2f", 0, "\\x2f");
	check_unescaped("\\x2", 0, "\\x2");
	check_unescaped("\\x2g\\y\\", 0, "\\x2g\\y\\");
	check_unescaped("", 0, "");
	check_unescaped("a\\x20\\x00b", -EINVAL, "a ");
	check_unescaped("a\\x00b", -EINVAL, "a");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_of_both_bases_are_read_whole),
		cmocka_unit_test(a_number_above_the_limit_is_a_range_error),
		cmocka_unit_test(what_is_no_number_is_refused),
		cmocka_unit_test(text_that_does_not_fit_is_left_out_whole),
		cmocka_unit_test(length_stops_at_the_first_nul_or_the_end),
		cmocka_unit_test(prefix_gives_what_follows),
		cmocka_unit_test(
			chomp_takes_newlines_and_spaces_off_the_end_only),
		cmocka_unit_test(unescape_decodes_bytes_and_leaves_the_rest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
