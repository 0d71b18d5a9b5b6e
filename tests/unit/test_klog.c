// SPDX-License-Identifier: GPL-2.0-or-later
/* The kernel's log in the forms in which kernels give it away. */
#include <stdio.h>
#include <string.h>

#include "base/klog.h"
#include "fixture.h"

static char text[4096];

static void start(struct klog *log, size_t size)
{
	log->text = text;
	log->size = size;
	log->used = 0;
	text[0] = '\0';
}

static const char *lines(const char *given)
{
	static char copy[4096];
	struct klog log;

	start(&log, sizeof(text));
	strcpy(copy, given);
	klog_take_lines(&log, copy);
	assert_int_equal(strlen(text), log.used);
	return text;
}

static void a_record_of_kmsg_says_its_time(void **state)
{
	char record[] = "6,339,5140900,-;pvroot: root\n SUBSYSTEM=x\n";
	struct klog log;

	(void)state;
	start(&log, sizeof(text));
	klog_take_record(&log, record);
	assert_string_equal(text, "5.140900 pvroot: root\n");
}

static void old_lines_with_times_keep_them(void **state)
{
	(void)state;
	assert_string_equal(lines("<6>[    5.140900] pvroot: a [b] c\n"
				  "<4>[12345.000001] d"),
			    "5.140900 pvroot: a [b] c\n12345.000001 d\n");
}

/* RHEL 5 has no PRINTK_TIME. */
static void old_lines_without_times_are_read_too(void **state)
{
	(void)state;
	assert_string_equal(lines("<6>pvroot: root LABEL=/ -> /dev/xvda1\n"
				  "<4>XENBUS: Timeout\n"),
			    "- pvroot: root LABEL=/ -> /dev/xvda1\n"
			    "- XENBUS: Timeout\n");
}

static void a_bracket_in_the_text_is_no_time(void **state)
{
	(void)state;
	assert_string_equal(lines("<6>ACPI: Link [LNKA] (IRQs 5)\n[x] y\n"
				  "<6>[5.1 z\n<x>[] w\n"),
			    "- ACPI: Link [LNKA] (IRQs 5)\n- [x] y\n"
			    "- [5.1 z\n- <x>[] w\n");
}

static void a_bracket_that_closes_late_or_never_does_no_harm(void **state)
{
	char line[3000];

	(void)state;
	memset(line, '1', sizeof(line));
	line[0] = '[';
	line[950] = ']';
	line[sizeof(line) - 1] = '\0';
	lines(line);
	assert_int_equal(strlen(text), 32 + 1 + 900 + 1);
	line[950] = '1';
	lines(line);
	assert_int_equal(strlen(text), 2 + 900 + 1);
}

static void where_not_all_fits_the_newest_lines_stay(void **state)
{
	struct klog log;
	char line[32];
	int i;

	(void)state;
	start(&log, 256);
	for (i = 0; i < 100; i++) {
		snprintf(line, sizeof(line), "<6>line %d", i);
		klog_take_lines(&log, line);
	}
	assert_true(log.used < 256);
	assert_non_null(strstr(text, "- line 99\n"));
	assert_int_equal(strncmp(text, "- line ", 7), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_record_of_kmsg_says_its_time),
		cmocka_unit_test(old_lines_with_times_keep_them),
		cmocka_unit_test(old_lines_without_times_are_read_too),
		cmocka_unit_test(a_bracket_in_the_text_is_no_time),
		cmocka_unit_test(
			a_bracket_that_closes_late_or_never_does_no_harm),
		cmocka_unit_test(where_not_all_fits_the_newest_lines_stay),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
