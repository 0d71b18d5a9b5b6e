// SPDX-License-Identifier: GPL-2.0-or-later
/* One tag on two PV devices: refused, and both named, whatever the two hold.
 * Only members of one btrfs that say that they are different ones may share
 * it. */
#include <stdio.h>
#include <string.h>

#include "fixture.h"

#define POOL "44444444-2222-3333-4444-555555555555"
#define SUB  "00000000-0000-0000-0000-00000000000"

static const struct image member_a = {
	.signature = 0x12345678,
	.part = { { "btrfs", "pool", POOL, SUB "a" } },
};
static const struct image member_b = {
	.signature = 0x87654321,
	.part = { { "btrfs", "pool", POOL, SUB "b" } },
};
static const struct image member_c = {
	.part = { { "btrfs", "pool", POOL, SUB "c" } },
};
static const struct image nameless = {
	.part = { { "btrfs", "pool", POOL, 0 } },
};
static const struct image slash = {
	.part = { { "ext4", "/", "11111111-2222-3333-4444-555555555555", 0 } },
};
static const struct image other_slash = {
	.part = { { "btrfs", "/", POOL, SUB "a" } },
};
static const struct image third_slash = {
	.part = { { "btrfs", "/", POOL, SUB "b" } },
};

/* In both modes; the kernel lists disks in any order, and so are they named. */
static void check_refused(struct fixture *f, const char *tag, const char *one,
			  const char *other)
{
	char line[128], want[64], turned[64];

	snprintf(want, sizeof(want), "pvroot_refused='%s %s'\n", one, other);
	snprintf(turned, sizeof(turned), "pvroot_refused='%s %s'\n", other,
		 one);
	snprintf(line, sizeof(line), "root=%s", tag);
	fixture_cmdline(f, line);
	assert_int_equal(fixture_boot(f), 0);
	check_out(f, strcmp(f->out, turned) ? want : turned);
	snprintf(line, sizeof(line), "root=%s pvroot=strict", tag);
	check_answers(f, line, 1, "");
	check_said(f, "refused: 2 PV devices carry it");
}

static void two_clones_of_one_btrfs_are_refused(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &member_a);
	fixture_pv(f, "xvdb", 51728, &member_a);
	check_refused(f, "LABEL=pool", "xvda1", "xvdb1");
	check_refused(f, "UUID=" POOL, "xvda1", "xvdb1");
	check_refused(f, "PARTUUID=12345678-01", "xvda1", "xvdb1");
}

static void the_clones_are_named_not_the_third_member(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &member_a);
	fixture_pv(f, "xvdb", 51728, &member_b);
	fixture_pv(f, "xvdc", 51744, &member_b);
	check_refused(f, "LABEL=pool", "xvdb1", "xvdc1");
}

static void a_member_behind_two_clones_changes_nothing(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &member_a);
	fixture_pv(f, "xvdb", 51728, &member_a);
	fixture_pv(f, "xvdc", 51744, &member_c);
	check_refused(f, "LABEL=pool", "xvda1", "xvdb1");
}

static void members_that_do_not_say_which_they_are_are_refused(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &nameless);
	fixture_pv(f, "xvdb", 51728, &nameless);
	check_refused(f, "LABEL=pool", "xvda1", "xvdb1");
}

static void three_different_members_are_one_match(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &member_a);
	fixture_pv(f, "xvdb", 51728, &member_b);
	fixture_pv(f, "xvdc", 51744, &member_c);
	fixture_cmdline(f, "root=LABEL=pool pvroot=strict");
	assert_int_equal(fixture_boot(f), 0);
	assert_non_null(strstr(f->out, "root='/dev/xvd"));
	check_not_said(f, "refused");
}

/* What counts is the file system, not its place among the matches. */
static void members_behind_another_file_system_count_once(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &third_slash);
	fixture_pv(f, "xvdb", 51728, &other_slash);
	fixture_pv(f, "xvdc", 51744, &slash);
	fixture_cmdline(f, "root=LABEL=/");
	assert_int_equal(fixture_boot(f), 0);
	check_said(f, "refused: 2 PV devices carry it");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(two_clones_of_one_btrfs_are_refused),
		FIXTURE_TEST(the_clones_are_named_not_the_third_member),
		FIXTURE_TEST(a_member_behind_two_clones_changes_nothing),
		FIXTURE_TEST(
			members_that_do_not_say_which_they_are_are_refused),
		FIXTURE_TEST(three_different_members_are_one_match),
		FIXTURE_TEST(members_behind_another_file_system_count_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
