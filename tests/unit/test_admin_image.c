// SPDX-License-Identifier: GPL-2.0-or-later
/* Initrds as files: archives in a row, packed ones, and what is in them. May
 * touch: a folder in /tmp; runs gzip. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "initrd.h"

/* Does something run pvroot in this archive? The next one begins empty. */
static void check_runs(bool expected)
{
	archive_end(&archive);
	initrd_look("cat");
	assert_int_equal(runner_is_there(&image.runner), expected);
	image_free(&image);
	archive.len = 0;
}

static void all_that_counts_is_found(void **state)
{
	(void)state;
	initrd_good();
	initrd_look("cat");
	assert_int_equal(image.error, 0);
	assert_string_equal(image.pvroot, "/usr/sbin/pvroot");
	assert_true(image.has_list);
	assert_true(image.has_modules);
	assert_false(image.builtin);
	assert_string_equal(image.version, "6.1");
	assert_int_equal(image.listed.count, 1);
	assert_string_equal(image.listed.at[0],
			    "/lib/modules/6.1/xen-blkfront.ko");
	assert_int_equal(image.modules.count, 2);
	assert_int_equal(image.drivers.count, 1);
	assert_string_equal(image.drivers.at[0],
			    "/usr/lib/modules/6.1/kernel/xen-blkfront.ko.xz");
	assert_int_equal(image.forbidden.count, 0);
}

static void a_packed_archive_is_unpacked(void **state)
{
	(void)state;
	initrd_good();
	initrd_look("gzip -c");
	assert_int_equal(image.error, 0);
	assert_string_equal(image.pvroot, "/usr/sbin/pvroot");
}

/* A hook counts where what calls it is there too. */
static void a_hook_without_its_caller_runs_nothing(void **state)
{
	(void)state;
	initrd_good();
	initrd_look("cat");
	assert_false(runner_is_there(&image.runner));
	image_free(&image);

	archive.len = 0;
	archive_add(&archive, "var/lib/dracut/hooks/cmdline/94-pvroot-ask.sh",
		    "hook");
	check_runs(false);
	archive_add(&archive, "var/lib/dracut/hooks/cmdline/94-pvroot-ask.sh",
		    "hook");
	archive_add(&archive, "usr/lib/dracut-lib.sh", "library");
	check_runs(true);
}

/* A unit that nothing wants does not run. */
static void a_unit_runs_where_a_target_wants_it(void **state)
{
	(void)state;
	archive_add(&archive, "usr/lib/systemd/system/pvroot.service", "unit");
	check_runs(false);
	archive_add(&archive, "usr/lib/systemd/system/pvroot.service", "unit");
	archive_add(
		&archive,
		"usr/lib/systemd/system/sysinit.target.wants/pvroot.service",
		"../pvroot.service");
	check_runs(true);
}

static void an_init_that_names_pvroot_runs_it(void **state)
{
	(void)state;
	archive_add(&archive, "init", "#!/bin/sh\nmount\n");
	check_runs(false);
	archive_add(&archive, "init", "#!/bin/nash\npvroot boot --nodes\n");
	check_runs(true);
}

static void what_is_no_archive_is_no_image(void **state)
{
	(void)state;
	initrd_look("cat"); /* nothing at all */
	assert_int_equal(image.error, -EUCLEAN);
	archive_put(&archive, "#!/bin/sh\n", 10);
	initrd_look("cat");
	assert_int_equal(image.error, -EUCLEAN);
	archive.len = 0;
	archive_put(&archive, "0707", 4);
	initrd_look("cat");
	assert_int_equal(image.error, -EUCLEAN);
}

static void what_the_unpacker_refuses_is_no_image(void **state)
{
	(void)state;
	archive_put(&archive, "\x1f\x8b no gzip at all", 18);
	initrd_look("cat");
	assert_int_equal(image.error, -EUCLEAN);
	assert_null(image.tool);
}

static void a_missing_file_is_an_error(void **state)
{
	(void)state;
	initrd_look_at("/gone");
	assert_int_equal(image.error, -ENOENT);
	initrd_look_at("/");
	assert_true(image.error < 0);
}

static void a_folder_called_pvroot_is_no_program(void **state)
{
	(void)state;
	archive_add_raw(&archive, 040755, "usr/sbin/pvroot", 16, "", 0);
	archive_add_raw(&archive, 0120777, "sbin/pvroot", 12, "busybox", 7);
	archive_add(&archive, "bin/pvroot", "");
	archive_end(&archive);
	initrd_look("cat");
	assert_int_equal(image.error, 0);
	assert_string_equal(image.pvroot, "");
}

/* mkinitfs puts a file where the system has it. */
static void the_place_in_alpines_image_counts(void **state)
{
	(void)state;
	archive_add(&archive, "usr/lib/pvroot/pvroot", "program");
	archive_end(&archive);
	initrd_look("cat");
	assert_string_equal(image.pvroot, "/usr/lib/pvroot/pvroot");
}

static void a_driver_of_the_kernel_itself_is_seen(void **state)
{
	(void)state;
	archive_add(&archive, "lib/modules/6.1/modules.builtin",
		    "kernel/fs/ext4/ext4.ko\nkernel/drivers/block/"
		    "xen-blkfront.ko\n");
	archive_end(&archive);
	initrd_look("cat");
	assert_true(image.builtin);
	assert_int_equal(image.drivers.count, 0);
}

static void a_line_that_forbids_the_driver_is_kept(void **state)
{
	(void)state;
	archive_add(&archive, "etc/modprobe.d/x.conf",
		    "blacklist floppy\nblacklist xen_blkfront\n");
	archive_add(&archive, "etc/other.d/x.conf", "blacklist xen_blkfront\n");
	archive_end(&archive);
	initrd_look("cat");
	assert_int_equal(image.forbidden.count, 1);
	assert_string_equal(image.forbidden.at[0],
			    "etc/modprobe.d/x.conf: blacklist xen_blkfront");
}

/* What the image adds to the kernel's command line. */
static void check_lines(const char *expected)
{
	char line[CMDLINE_SIZE];

	archive_end(&archive);
	initrd_look("cat");
	assert_int_equal(image.error, 0);
	image_lines_join(&image.lines, line);
	assert_string_equal(line, expected);
	image_free(&image);
	archive.len = 0;
}

static void words_of_an_image_stand_in_the_order_of_a_boot(void **state)
{
	(void)state;
	archive_add(&archive, "etc/cmdline", "last\n");
	archive_add(&archive, "etc/cmdline.d/20-b.conf", "third");
	archive_add(&archive, "etc/cmdline.d/20-a.conf", "\"second -- \" -- x");
	archive_add(&archive, "conf/conf.d/resume",
		    "#RESUME=no\nRESUME=first # of all\n");
	archive_add(&archive, "conf/initramfs.conf", "RESUME=auto\n");
	archive_add(&archive, "etc/cmdline.d/20-c.old", "no");
	archive_add(&archive, "etc/cmdline.d/more/20-d.conf", "no");
	archive_add(&archive, "etc/cmdline.d/30-e.conf", "open=\"a");
	check_lines("resume=first \"second -- \"  third open=\"a\" last\n ");
}

/* init reads initramfs.conf, then conf.d by name; what is set last counts. */
static void the_last_resume_of_initramfs_tools_counts(void **state)
{
	(void)state;
	archive_add(&archive, "conf/initramfs.conf", "RESUME=/dev/one\n");
	archive_add(&archive, "conf/conf.d/resume", "RESUME=/dev/two\n");
	archive_add(&archive, "conf/conf.d/zz", "KEYMAP=n\n");
	check_lines("resume=/dev/two ");
	archive_add(&archive, "conf/initramfs.conf", "RESUME=/dev/one\n");
	archive_add(&archive, "conf/conf.d/resume", "RESUME=none\n");
	check_lines("");
	archive_add(&archive, "conf/conf.d/resume", "RESUME=auto\n");
	check_lines("");
}

static void the_last_archive_of_an_initrd_wins(void **state)
{
	(void)state;
	archive_add(&archive, "etc/cmdline.d/x.conf", "root=/dev/one");
	archive_add(&archive, "conf/conf.d/resume", "RESUME=/dev/one");
	archive_end(&archive);
	archive_add(&archive, "etc/cmdline.d/x.conf", "root=/dev/two");
	archive_add(&archive, "conf/conf.d/resume", "RESUME=none");
	check_lines("root=/dev/two ");
}

static void a_line_that_does_not_fit_is_left_out(void **state)
{
	char text[CMDLINE_SIZE + 1];

	(void)state;
	memset(text, 'x', sizeof(text));
	text[CMDLINE_SIZE] = '\0';
	archive_add(&archive, "etc/cmdline.d/1.conf", "fits");
	archive_add(&archive, "etc/cmdline.d/2.conf", text);
	check_lines("fits ");
	text[CMDLINE_SIZE - CMDLINE_END - 1] = '\0';
	archive_add(&archive, "etc/cmdline", text);
	text[CMDLINE_SIZE - CMDLINE_END - 1] = ' ';
	text[CMDLINE_SIZE - CMDLINE_END] = '\0';
	check_lines(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		INITRD_TEST(all_that_counts_is_found),
		INITRD_TEST(a_hook_without_its_caller_runs_nothing),
		INITRD_TEST(a_unit_runs_where_a_target_wants_it),
		INITRD_TEST(an_init_that_names_pvroot_runs_it),
		INITRD_TEST(a_packed_archive_is_unpacked),
		INITRD_TEST(what_is_no_archive_is_no_image),
		INITRD_TEST(what_the_unpacker_refuses_is_no_image),
		INITRD_TEST(a_missing_file_is_an_error),
		INITRD_TEST(a_folder_called_pvroot_is_no_program),
		INITRD_TEST(the_place_in_alpines_image_counts),
		INITRD_TEST(a_driver_of_the_kernel_itself_is_seen),
		INITRD_TEST(a_line_that_forbids_the_driver_is_kept),
		INITRD_TEST(words_of_an_image_stand_in_the_order_of_a_boot),
		INITRD_TEST(the_last_resume_of_initramfs_tools_counts),
		INITRD_TEST(the_last_archive_of_an_initrd_wins),
		INITRD_TEST(a_line_that_does_not_fit_is_left_out),
	};

	return cmocka_run_group_tests(tests, initrd_make_folder,
				      initrd_drop_folder);
}
