// SPDX-License-Identifier: GPL-2.0-or-later
/* The commands for a person: resolve, and what all say of a wrong call or of an
 * answer that does not arrive. Nothing is written to sysfs, nothing to the
 * kernel log. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cmd/command.h"
#include "fixture.h"

static int resolve_tag(struct fixture *f, const char *tag)
{
	const char *const argv[] = { "resolve", tag, NULL };

	return fixture_run(f, cmd_resolve, argv);
}

static void the_resolve_command_answers_as_boot_does(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	assert_int_equal(resolve_tag(f, "LABEL=/"), 0);
	check_out(f, "/dev/xvda1\n");
	assert_int_equal(resolve_tag(f, "/dev/sda2"), 0);
	check_out(f, "/dev/xvda2\n");
	assert_int_equal(resolve_tag(f, "LABEL=SWAP-hda2"), 0);
	check_out(f, "/dev/xvda2\n");
	assert_int_equal(resolve_tag(f, "LABEL=nowhere"), 1);
	check_out(f, "");
	assert_non_null(strstr(f->err, "LABEL=nowhere: on no PV disk"));
	assert_int_equal(resolve_tag(f, "/dev/mapper/x"), 2);
	assert_int_equal(resolve_tag(f, ""), 2);
	check_no_writes(f);
	fixture_pv(f, "xvdb", 51728, &fixture_slash);
	assert_int_equal(resolve_tag(f, "LABEL=/"), 1);
	assert_non_null(strstr(f->err, "xvda1, xvdb1"));
	assert_string_equal(f->kmsg, "");
	fixture_remove(f, "/sys/block");
	assert_int_equal(resolve_tag(f, "LABEL=/"), 1);
	assert_non_null(strstr(f->err, "is /sys mounted?"));
}

static int probe(struct fixture *f, const char *path)
{
	const char *const argv[] = { "probe", path, NULL };

	return fixture_run(f, cmd_probe, argv);
}

static void wrong_calls_are_usage_errors(void **state)
{
	static const char *const boot_words[] = { "boot", "now", NULL };
	static const char *const no_words[] = { "resolve", NULL };
	struct fixture *f = *state;

	assert_int_equal(fixture_run(f, cmd_boot, boot_words), 2);
	assert_non_null(strstr(f->err, "now; see pvroot --help"));
	assert_int_equal(fixture_run(f, cmd_resolve, no_words), 2);
	check_out(f, "");
}

/* A pipe that is closed, a disk that is full. */
static void an_answer_that_does_not_arrive_is_a_fault(void **state)
{
	static const char *const two[] = { "probe", "/dev/nowhere",
					   "/dev/xvda1", NULL };
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	f->mute = true;
	assert_int_equal(resolve_tag(f, "LABEL=/"), 2);
	assert_int_equal(probe(f, "/dev/xvda1"), 2);
	assert_int_equal(probe(f, "/dev/xvda"), 2);
	assert_int_equal(fixture_run(f, cmd_probe, two), 2);
	assert_int_equal(probe(f, "/dev/nowhere"), 1); /* nothing to say */
	f->mute = false;
	assert_int_equal(fixture_run(f, cmd_probe, two), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(the_resolve_command_answers_as_boot_does),
		FIXTURE_TEST(wrong_calls_are_usage_errors),
		FIXTURE_TEST(an_answer_that_does_not_arrive_is_a_fault),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
