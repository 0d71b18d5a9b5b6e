// SPDX-License-Identifier: GPL-2.0-or-later
/* Kernel names in use (/dev/sda2) lead to the PV disk where the letter can be
 * held, so that no other disk gets it. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cmd/command.h"
#include "fixture.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define HELD	 "/sys/block/loop3"
#define LINK_1	 "/run/pvroot/links/xvda1"
#define LINK_2	 "/run/pvroot/links/xvda2"

/* xvda and sda, a loop driver, and this list of names in the image. */
static struct fixture *guest(void **state, const char *names)
{
	struct fixture *f;

	fixture_teardown(state);
	fixture_setup(state);
	f = *state;
	fixture_twin(f, &fixture_slash);
	fixture_file(f, "/lib/pvroot/names", names);
	f->loops = true;
	return f;
}

static void check_link(struct fixture *f, const char *path,
		       const char *expected)
{
	char text[256];

	fixture_read(f, path, text, sizeof(text));
	assert_string_equal(text, expected);
}

static void a_kernel_name_in_use_leads_to_the_pv_disk(void **state)
{
	struct fixture *f = guest(state, "/etc/fstab:1 /dev/sda1\n"
					 "/etc/fstab:2 /dev/sda2\n");

	check_answers(f, "root=LABEL=/", 0, "root='/dev/xvda1'\n");
	assert_false(fixture_exists(f, "/sys/block/sda"));
	assert_true(fixture_exists(f, HELD));
	check_link(f, LINK_1, "PVROOT_LINK_3=sda1\n");
	check_link(f, LINK_2, "PVROOT_LINK_3=sda2\n");
	check_said(f, "/etc/fstab:2 names /dev/sda2: that is /dev/xvda2 from "
		      "now on");
	assert_false(fixture_exists(f, "/run/pvroot/old/xvda"));
}

static void a_name_that_nobody_uses_gets_no_link(void **state)
{
	struct fixture *f = guest(state, "/etc/fstab:2 /dev/sda2\n");

	fixture_boot(f);
	assert_false(fixture_exists(f, LINK_1));
	f = guest(state, "/etc/fstab:2 LABEL=x\n");
	fixture_boot(f);
	assert_false(fixture_exists(f, HELD));
	assert_false(fixture_exists(f, LINK_2));
}

/* udev makes links of these names, too. */
static void the_letter_in_root_or_resume_is_held(void **state)
{
	static const struct {
		const char *line, *answer;
	} rows[] = {
		{ "root=/dev/sda1", "root='/dev/xvda1'\n" },
		{ "root=LABEL=/ resume=/dev/sda2",
		  "root='/dev/xvda1'\nresume='/dev/xvda2'\n" },
	};
	size_t i;

	for (i = 0; i < COUNT(rows); i++) {
		struct fixture *f = guest(state, "");

		check_answers(f, rows[i].line, 0, rows[i].answer);
		assert_true(fixture_exists(f, HELD));
		check_link(f, i ? LINK_2 : LINK_1,
			   i ? "PVROOT_LINK_3=sda2\n" : "PVROOT_LINK_3=sda1\n");
		f = guest(state, "");
		f->loops = false;
		check_answers(f, rows[i].line, 0, rows[i].answer);
	}
}

/* Only what a boot needs is worth a name that LVM may reject the disk for. */
static void what_lvm_rejects_gets_no_link_for_a_tool(void **state)
{
	struct fixture *f = guest(state, "x reject ^/dev/sd\n"
					 "/etc/fstab:2 /dev/sda2\n"
					 "device.map later /dev/sda1\n");

	fixture_boot(f);
	assert_false(fixture_exists(f, "/sys/block/sda"));
	check_link(f, LINK_2, "PVROOT_LINK_3=sda2\n");
	assert_false(fixture_exists(f, LINK_1));
	f = guest(state, "x reject ^/dev/sd\ndevice.map later /dev/sda1\n");
	fixture_boot(f);
	assert_false(fixture_exists(f, HELD));
	f = guest(state, "x reject sd.*\ndevice.map later /dev/sda1\n");
	fixture_boot(f);
	assert_false(fixture_exists(f, HELD));
	f = guest(state, "x reject /dev/cdrom\ny reject ^/dev/sdb$\n"
			 "device.map later /dev/sda1\n");
	fixture_boot(f);
	check_link(f, LINK_1, "PVROOT_LINK_3=sda1\n");
}

/* A name that is not plainly the disk's, or that somebody reads without
 * following links, keeps the twin. */
static void other_forms_keep_the_twin(void **state)
{
	static const char *const names[] = {
		"/etc/lvm/lvm.conf:3 /dev/sda2|\n",
		"/etc/mdadm.conf:1 /dev/sd*\n",
		"/etc/fstab:2 /dev/block/8:2\n",
		"md= /dev/sda2\n",
		"x= sda2\n",
		"/etc/lvm/devices/system.devices:3 /dev/sda2:sys_wwid\n",
		"/etc/fstab:2 /dev/sda99999999999\n",
		"/etc/fstab:1 /dev/sda2\n/etc/fstab:2 /dev/sda?\n",
	};
	size_t i;

	for (i = 0; i < COUNT(names); i++) {
		struct fixture *f = guest(state, names[i]);

		check_answers(f, "root=LABEL=/", 0, "root='/dev/sda1'\n");
		if (!fixture_exists(f, "/sys/block/sda") ||
		    fixture_exists(f, HELD))
			fail_msg("%s", names[i]);
	}
}

static void words_of_the_command_line_follow(void **state)
{
	struct fixture *f = guest(state, "");

	check_answers(f, "root=LABEL=/ cryptdevice=/dev/sda2:x", 0,
		      "root='/dev/xvda1'\n");
	check_link(f, LINK_2, "PVROOT_LINK_3=sda2\n");
}

/* sdb is another disk, which appears later. If the letter a were free it would
 * be called sda. */
static void another_disks_letter_holds_this_one(void **state)
{
	struct fixture *f = guest(state, "/etc/fstab:2 /dev/sdb1\n");

	check_answers(f, "root=LABEL=/", 0, "root='/dev/xvda1'\n");
	assert_true(fixture_exists(f, HELD));
	assert_false(fixture_exists(f, "/run/pvroot/links"));
}

/* A disk that appears later must not become sda where somebody means sdb. */
static void a_later_name_of_the_next_disk_holds_this_letter(void **state)
{
	struct fixture *f = guest(state, "/etc/fstab:4 later /dev/sdb1\n");

	check_answers(f, "root=LABEL=/", 0, "root='/dev/xvda1'\n");
	assert_false(fixture_exists(f, "/sys/block/sda"));
	assert_true(fixture_exists(f, HELD));
	f = guest(state, "/etc/fstab:4 later /dev/sdb1\n");
	f->loops = false;
	check_answers(f, "root=LABEL=/", 0, "root='/dev/xvda1'\n");
	assert_false(fixture_exists(f, "/sys/block/sda"));
}

static void a_name_that_no_boot_needs_follows_or_keeps_nothing(void **state)
{
	struct fixture *f =
		guest(state, "/etc/fstab:2 later /dev/sda2\n"
			     "/boot/grub/device.map later /dev/sda\n"
			     "/etc/fstab:3 later /dev/sd*\n"
			     "/etc/fstab:4 later /dev/sdb1\n");

	check_answers(f, "root=LABEL=/", 0, "root='/dev/xvda1'\n");
	check_link(f, LINK_2, "PVROOT_LINK_3=sda2\n");
	check_link(f, "/run/pvroot/links/xvda", "PVROOT_LINK_3=sda\n");
	assert_true(fixture_exists(f, HELD));
	f = guest(state, "/etc/fstab:2 later /dev/sda2\n");
	f->loops = false;
	check_answers(f, "root=LABEL=/", 0, "root='/dev/xvda1'\n");
	assert_false(fixture_exists(f, "/sys/block/sda"));
	assert_false(fixture_exists(f, "/run/pvroot/links"));
	/* A boot needs it too. */
	f = guest(state, "/etc/fstab:2 later /dev/sda2\n"
			 "/etc/fstab:3 /dev/sda2\n");
	f->loops = false;
	check_answers(f, "root=LABEL=/", 0, "root='/dev/sda1'\n");
}

static void without_a_loop_driver_the_twin_stays(void **state)
{
	struct fixture *f = guest(state, "/etc/fstab:2 /dev/sda2\n");

	f->loops = false;
	check_answers(f, "root=LABEL=/", 0, "root='/dev/sda1'\n");
	assert_true(fixture_exists(f, "/sys/block/sda"));
}

static void a_letter_that_cannot_be_held_keeps_the_twin(void **state)
{
	struct fixture *f = guest(state, "/etc/fstab:2 /dev/sda2\n");

	f->hold_error = -EBUSY;
	fixture_boot(f);
	assert_true(fixture_exists(f, "/sys/block/sda"));
	check_said(f, "its names cannot be handed on");
	assert_false(fixture_exists(f, LINK_2));
}

static void strict_goes_on_without_the_letter(void **state)
{
	struct fixture *f = guest(state, "/etc/fstab:2 /dev/sda2\n");

	f->hold_error = -EBUSY;
	check_answers(f, "root=LABEL=/ pvroot=strict", 0,
		      "root='/dev/xvda1'\n");
	assert_false(fixture_exists(f, "/sys/block/sda"));
	check_said(f, "strict: sda's letter is not held");
}

static void keep_holds_a_disk_and_its_names(void **state)
{
	struct fixture *f = guest(state, "/etc/fstab:2 /dev/sda2\n");

	check_answers(f, "root=LABEL=/ pvroot=keep=sda", 0,
		      "root='/dev/sda1'\n");
	assert_false(fixture_exists(f, HELD));
}

static void a_twin_that_the_kernel_keeps_has_its_names(void **state)
{
	struct fixture *f = guest(state, "/etc/fstab:2 /dev/sda2\n");

	f->delete_error = -EIO;
	fixture_boot(f);
	check_said(f, "the kernel keeps it");
	assert_false(fixture_exists(f, HELD));
	check_link(f, LINK_2, "");
}

static void a_twin_that_is_brought_back_has_its_letter(void **state)
{
	static const char *const argv[] = { "twin", "--restore", "sda", NULL };
	struct fixture *f = guest(state, "/etc/fstab:2 /dev/sda2\n");

	fixture_boot(f);
	assert_true(fixture_exists(f, HELD));
	fixture_file(f, HELD "/loop/backing_file", "/sda (deleted)\n");
	fixture_run(f, cmd_twin, argv);
	assert_false(fixture_exists(f, HELD));
	check_link(f, LINK_2, "");
}

static void end_of_queue(struct fixture *f)
{
	fixture_remove(f, "/run/udev/queue");
}

/* Where a link is left, the kernel makes no node for the disk. */
static void it_comes_back_when_udev_has_deleted_the_links(void **state)
{
	static const char *const argv[] = { "twin", "--restore", "sda", NULL };
	struct fixture *f = guest(state, "/etc/fstab:2 /dev/sda2\n");
	uint64_t before;

	fixture_boot(f);
	fixture_file(f, "/run/udev/queue", "");
	before = f->now_us;
	fixture_later(f, 450, end_of_queue);
	fixture_run(f, cmd_twin, argv);
	assert_in_range(f->now_us - before, 450000, 1000000);
	fixture_file(f, "/run/udev/queue", "");
	before = f->now_us;
	fixture_run(f, cmd_twin, argv);
	assert_in_range(f->now_us - before, 1000000, 5000000);
}

/* After the initrd, as udev calls it. */
static void a_twin_that_comes_later_hands_its_names_on(void **state)
{
	static const char *const ask[] = { "twin", "--udev", "sda", NULL };
	static const char *const take[] = { "twin", "sda", NULL };
	struct fixture *f = guest(state, "");

	fixture_file(f, "/etc/fstab", "/dev/sda2 swap swap defaults 0 0\n");
	assert_int_equal(fixture_run(f, cmd_twin, ask), 0);
	check_out(f, "PVROOT_TWIN=xvda\n");
	assert_int_equal(fixture_run(f, cmd_twin, take), 0);
	check_link(f, LINK_2, "PVROOT_LINK_3=sda2\n");
	assert_true(fixture_exists(f, HELD));
}

/* `echo - - - >scan` after a new disk was added on the host: the kernel shows
 * each twin again, under the first free letter. That one is another disk's name
 * in fstab, a backup disk that is not there now. */
static void what_a_rescan_shows_again_takes_no_others_name(void **state)
{
	static const char *const again[] = { "sdb", "sdb", "sdc" };
	struct fixture *f = guest(state, "/etc/fstab:1 /dev/sda1\n"
					 "/etc/fstab:2 /dev/sdb1\n"
					 "/etc/fstab:3 later /dev/sdc2\n");
	char before[FIXTURE_TEXT], after[FIXTURE_TEXT];
	size_t i;

	fixture_boot(f);
	check_link(f, LINK_1, "PVROOT_LINK_3=sda1\n");
	fixture_read(f, "/run/pvroot/twins", before, sizeof(before));
	for (i = 0; i < COUNT(again); i++) {
		fixture_ata(f, again[i], AHCI, 3, 0, &fixture_slash);
		assert_int_equal(fixture_twin_command(f, "--udev", again[i]),
				 0);
		assert_int_equal(fixture_twin_command(f, NULL, again[i]), 0);
		check_said(f, "is xvda's twin: deleted");
		check_link(f, LINK_1, "PVROOT_LINK_3=sda1\n");
		assert_false(fixture_exists(f, LINK_2));
		/* sda it is, for --restore and for what asks for sdb. */
		fixture_read(f, "/run/pvroot/twins", after, sizeof(after));
		assert_string_equal(after, before);
	}
	/* Its driver was loaded anew: the port has another number. */
	fixture_remove(f, "/sys/devices/pci0000:00/" AHCI);
	fixture_remove(f, "/sys/bus/pci/devices/" AHCI);
	fixture_remove(f, "/sys/bus/pci/drivers/ahci/" AHCI);
	fixture_ahci(f, 9);
	fixture_ata(f, "sdb", AHCI, 9, 0, &fixture_slash);
	assert_int_equal(fixture_twin_command(f, NULL, "sdb"), 0);
	check_link(f, LINK_1, "PVROOT_LINK_3=sda1\n");
	fixture_read(f, "/run/pvroot/twins", after, sizeof(after));
	assert_non_null(strstr(after, "deleted sda " AHCI " ata9 0 xvda\n"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(a_kernel_name_in_use_leads_to_the_pv_disk),
		FIXTURE_TEST(a_name_that_nobody_uses_gets_no_link),
		FIXTURE_TEST(the_letter_in_root_or_resume_is_held),
		FIXTURE_TEST(what_lvm_rejects_gets_no_link_for_a_tool),
		FIXTURE_TEST(other_forms_keep_the_twin),
		FIXTURE_TEST(words_of_the_command_line_follow),
		FIXTURE_TEST(another_disks_letter_holds_this_one),
		FIXTURE_TEST(a_later_name_of_the_next_disk_holds_this_letter),
		FIXTURE_TEST(
			a_name_that_no_boot_needs_follows_or_keeps_nothing),
		FIXTURE_TEST(without_a_loop_driver_the_twin_stays),
		FIXTURE_TEST(a_letter_that_cannot_be_held_keeps_the_twin),
		FIXTURE_TEST(strict_goes_on_without_the_letter),
		FIXTURE_TEST(keep_holds_a_disk_and_its_names),
		FIXTURE_TEST(a_twin_that_the_kernel_keeps_has_its_names),
		FIXTURE_TEST(a_twin_that_is_brought_back_has_its_letter),
		FIXTURE_TEST(it_comes_back_when_udev_has_deleted_the_links),
		FIXTURE_TEST(a_twin_that_comes_later_hands_its_names_on),
		FIXTURE_TEST(what_a_rescan_shows_again_takes_no_others_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
