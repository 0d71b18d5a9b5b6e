// SPDX-License-Identifier: GPL-2.0-or-later
/* One tag on two PV devices: refused, and both named, whatever the two hold.
 * Only members of one btrfs that say that they are different ones may share
 * it. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

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
static const struct image only_backup = {
	.part = { { "nilfs2-backup", "/", POOL, 0 } },
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

/* Bytes of a device, as something that was there before left them. */
static void leave(struct fixture *f, const char *name, off_t at,
		  const void *bytes, size_t len)
{
	char path[FIXTURE_PATH + 8];
	int fd;

	snprintf(path, sizeof(path), "%s/dev/%s", f->dir, name);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	assert_true(fd >= 0);
	assert_int_equal(pwrite(fd, bytes, len, at), len);
	close(fd);
}

/* A boot sector of exFAT whose other sectors are overwritten. */
static void leave_exfat(struct fixture *f, const char *name)
{
	uint8_t bs[512] = "\xeb\x76\x90"
			  "EXFAT   ";

	bs[72] = 200; /* sectors, of 512 bytes */
	bs[80] = 24;
	bs[88] = 32;
	bs[92] = 100;
	bs[96] = 4;
	bs[108] = 9;
	leave(f, name, 0, bs, sizeof(bs));
}

static void a_stale_boot_sector_does_not_hide_the_second_carrier(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &slash);
	fixture_pv(f, "xvdb", 51728, &other_slash);
	leave_exfat(f, "xvdb1");
	check_refused(f, "LABEL=/", "xvda1", "xvdb1");
}

static void
a_lost_first_superblock_does_not_hide_the_second_carrier(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &slash);
	fixture_pv(f, "xvdb", 51728, &only_backup);
	check_refused(f, "LABEL=/", "xvda1", "xvdb1");
}

static void what_is_found_by_its_backup_alone_is_root(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvdb", 51728, &only_backup);
	check_answers(f, "root=LABEL=/", 0, "root='/dev/xvdb1'\n");
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
		FIXTURE_TEST(
			a_stale_boot_sector_does_not_hide_the_second_carrier),
		FIXTURE_TEST(
			a_lost_first_superblock_does_not_hide_the_second_carrier),
		FIXTURE_TEST(what_is_found_by_its_backup_alone_is_root),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
