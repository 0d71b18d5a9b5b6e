// SPDX-License-Identifier: GPL-2.0-or-later
/* Proves that our formatting says what libc's says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/print.h"

static int ours(char *dst, size_t size, const char *fmt, ...)
{
	va_list args;
	int len;

	va_start(args, fmt);
	len = format_args(dst, size, fmt, args);
	va_end(args);
	return len;
}

#define SAME(size, ...)                                                        \
	do {                                                                   \
		volatile size_t room = (size); /* no warning of cuts */        \
		char a[128], b[128];                                           \
		memset(a, 'x', sizeof(a));                                     \
		memset(b, 'x', sizeof(b));                                     \
		assert_int_equal(ours(a, room, __VA_ARGS__),                   \
				 snprintf(b, room, __VA_ARGS__));              \
		assert_memory_equal(a, b, sizeof(a));                          \
	} while (0)

static void strings_chars_and_percent_are_as_libc_writes_them(void **state)
{
	(void)state;
	SAME(128, "plain");
	SAME(128, "%s and %s, 100%%", "one", "");
	SAME(128, "%c%c", 'a', 'z');
	SAME(128, "%.3s|%.9s|%.0s", "abcdef", "abc", "abc");
	SAME(128, "%.*s|%-*s|%*s", 2, "abcdef", 6, "ab", 6, "ab");
	SAME(128, "%-22s|%12s", "left", "right");
}

static void numbers_are_as_libc_writes_them(void **state)
{
	(void)state;
	SAME(128, "%u %u %d %d", 0u, UINT32_MAX, INT32_MIN, INT32_MAX);
	SAME(128, "%d %5d %-5d|", -1, 42, 42);
	SAME(128, "%llu %llu", 0ull, (unsigned long long)UINT64_MAX);
	SAME(128, "%x %04x %02x %llx", 0xdeadu, 0x1au, 0x123u, 0xabcdef0123ull);
	SAME(128, "%06llu %7llu %03llu", 42ull, 42ull, 12345ull);
	SAME(128, "%*u|%08x", 7, 42u, 0xbeefu);
}

static void what_does_not_fit_is_cut_and_its_length_is_told(void **state)
{
	(void)state;
	SAME(1, "%s", "abc");
	SAME(3, "%s", "abc");
	SAME(4, "%s", "abc");
	SAME(5, "%u-%u", 123u, 456u);
	SAME(0, "%s", "abc");
}

static void nothing_is_read_through_a_null_string(void **state)
{
	const char *nothing = NULL;
	char text[32];

	(void)state;
	ours(text, sizeof(text), "%s", nothing);
	assert_string_equal(text, "(none)");
}

static void a_format_that_ends_in_percent_ends(void **state)
{
	const char *broken = "ab%";
	char text[32];

	(void)state;
	assert_int_equal(ours(text, sizeof(text), broken), 2);
	assert_string_equal(text, "ab");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			strings_chars_and_percent_are_as_libc_writes_them),
		cmocka_unit_test(numbers_are_as_libc_writes_them),
		cmocka_unit_test(
			what_does_not_fit_is_cut_and_its_length_is_told),
		cmocka_unit_test(nothing_is_read_through_a_null_string),
		cmocka_unit_test(a_format_that_ends_in_percent_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
