// SPDX-License-Identifier: GPL-2.0-or-later
/* Lines of fstab, and the files of modprobe.d. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "admin/bootcfg/fstab.h"
#include "admin/bootcfg/module.h"

static char *text;
static struct fstab_line line;

/* The first line of it; of exactly its length. */
static bool first(const char *from)
{
	unsigned int number = 0;
	char *at;

	free(text);
	at = text = strdup(from);
	return fstab_next(&at, &number, &line);
}

static int end(void **state)
{
	(void)state;
	free(text);
	text = NULL;
	return 0;
}

static void a_line_has_its_fields(void **state)
{
	(void)state;
	assert_true(first("UUID=12-34 /\text4  defaults,ro 0 1\n"));
	assert_string_equal(line.spec, "UUID=12-34");
	assert_string_equal(line.place, "/");
	assert_string_equal(line.type, "ext4");
	assert_string_equal(line.options, "defaults,ro");
	assert_true(line.device);
	assert_false(line.swap);
	assert_false(line.optional);
}

static void fields_may_be_missing(void **state)
{
	(void)state;
	assert_true(first("/dev/sda1"));
	assert_string_equal(line.place, "");
	assert_string_equal(line.options, "");
	assert_true(line.device);
	assert_false(first(" \n\t\n# /dev/sda1 / ext4\n"));
	assert_false(first(""));
}

static void lines_are_counted_with_the_empty_ones(void **state)
{
	unsigned int number = 0;
	char *at;

	(void)state;
	at = text = strdup("# one\n\n/dev/a /\n#\n/dev/b /b\n");
	assert_true(fstab_next(&at, &number, &line));
	assert_int_equal(line.number, 3);
	assert_true(fstab_next(&at, &number, &line));
	assert_int_equal(line.number, 5);
	assert_string_equal(line.spec, "/dev/b");
	assert_false(fstab_next(&at, &number, &line));
}

static void octal_escapes_are_decoded(void **state)
{
	(void)state;
	assert_true(first("LABEL=a\\040b /mnt/c\\011d ext4 rw\n"));
	assert_string_equal(line.spec, "LABEL=a b");
	assert_string_equal(line.place, "/mnt/c\td");
	assert_true(first("LABEL=a\\134b /\\303\\251\n"));
	assert_string_equal(line.spec, "LABEL=a\\b");
	assert_string_equal(line.place, "/\xc3\xa9");
	assert_true(first("LABEL=a\\04 /b\\0\n"));
	assert_string_equal(line.spec, "LABEL=a\\04");
	assert_string_equal(line.place, "/b\\0");
	assert_true(first("LABEL=\\089 /\\\n"));
	assert_string_equal(line.spec, "LABEL=\\089");
	assert_true(first("\\000x /\\400\n"));
	assert_string_equal(line.spec, "\\000x");
	assert_string_equal(line.place, "/\\400");
}

static void what_is_no_device_is_told_apart(void **state)
{
	static const char *const others[] = {
		"proc /proc proc defaults",
		"//host/share /mnt cifs rw",
		"host:/share /mnt nfs rw",
		"/home /mnt none bind",
		"/home /mnt none ro,rbind",
		"tmpfs /tmp tmpfs",
		"/dev/shm /mnt none rbind",
		"/dev/shm /mnt none bind",
		"/dev/x /tmp tmpfs",
		"/a:/b /pool fuse.mergerfs",
		"/dev/a:/dev/b /pool fuse.mergerfs",
		"/mnt/disk* /all fuse",
		"/home/x.iso /iso iso9660 loop",
		"/swapfile none swap",
		"ID=x /mnt ext4",
	};
	static const char *const devices[] = {
		"/dev/sda1 / ext4",	   "LABEL=/ / ext4",
		"/dev/sda1 /e fuse.exfat", "/dev/sda1 /n fuse.ntfs",
		"PARTUUID=1-01 / ext4",	   "PARTLABEL=root / ext4",
		"/dev/sda1 / ext4 nobind", "/dev/sda1 / ext4 bindx,xbind",
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		assert_true(first(others[i]));
		assert_false(line.device);
	}
	for (i = 0; i < sizeof(devices) / sizeof(devices[0]); i++) {
		assert_true(first(devices[i]));
		assert_true(line.device);
	}
}

static void swap_and_what_a_boot_does_not_need_are_known(void **state)
{
	(void)state;
	assert_true(first("/dev/sda2 none swap sw 0 0"));
	assert_true(line.swap);
	assert_true(first("/dev/sda3 /data ext4 rw,nofail 0 0"));
	assert_true(line.optional);
	assert_true(first("/dev/sda3 /data ext4 noauto 0 0"));
	assert_true(line.optional);
	assert_true(first("/dev/sda3 /data ext4 nofails,xnoauto 0 0"));
	assert_false(line.optional);
	/* Mounted as soon as somebody looks, so its disk must be there. */
	assert_true(first("/dev/sda3 /d ext4 noauto,x-systemd.automount 0 0"));
	assert_false(line.optional);
	assert_true(first("/dev/sda3 /d ext4 nofail,x-systemd.automount 0 0"));
	assert_true(line.optional);
}

static void an_option_is_a_whole_word(void **state)
{
	(void)state;
	assert_true(fstab_option_has("a,bc,d", "bc"));
	assert_true(fstab_option_has("a", "a"));
	assert_true(fstab_option_has("x,d", "d"));
	assert_false(fstab_option_has("a,bc,d", "b"));
	assert_false(fstab_option_has("a,bc,d", "c"));
	assert_false(fstab_option_has("", "a"));
	assert_false(fstab_option_has(NULL, "a"));
}

static void the_driver_is_known_by_each_of_its_names(void **state)
{
	(void)state;
	assert_true(module_is_pv_disk_file("/lib/modules/6/xen-blkfront.ko"));
	assert_true(module_is_pv_disk_file("xen_blkfront.ko.zst"));
	assert_true(module_is_pv_disk_file("a/xen-vbd.ko"));
	assert_true(module_is_pv_disk_file("xenblk.ko"));
	assert_false(module_is_pv_disk_file("xen-platform-pci.ko"));
	assert_false(module_is_pv_disk_file("xen-blkfront"));
	assert_false(module_is_pv_disk_file("xen-blkfront2.ko"));
	assert_false(module_is_pv_disk_file("xen-blkfront.ko/a"));
	assert_false(module_is_pv_disk_file("xen-blkfron.ko"));
}

static void a_list_that_names_the_driver_is_seen(void **state)
{
	(void)state;
	assert_true(module_in_list("xen_blkfront"));
	assert_true(module_in_list("floppy,xen-platform-pci"));
	assert_false(module_in_list("floppy,xen-blkfront2,xen"));
	assert_false(module_in_list(",,"));
	assert_false(module_in_list(""));
}

static const char *forbidden(const char *from)
{
	free(text);
	text = strdup(from);
	return module_forbidden(text);
}

static void lines_that_forbid_the_driver_are_found(void **state)
{
	(void)state;
	assert_string_equal(forbidden("# x\nblacklist  xen-blkfront\n"),
			    "blacklist  xen-blkfront");
	assert_non_null(forbidden("install xen_vbd /bin/true"));
	assert_non_null(forbidden("install xenblk /usr/bin/false x"));
	assert_non_null(forbidden("install xen_platform_pci true"));
	assert_null(forbidden("install xen-blkfront /sbin/modprobe -i $@"));
	assert_null(
		forbidden("blacklist xen-netfront\noptions xen-blkfront x"));
	assert_null(forbidden("#blacklist xen-blkfront"));
	assert_null(forbidden("blacklist"));
}

#define TEST(name) cmocka_unit_test_teardown(name, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_line_has_its_fields),
		TEST(fields_may_be_missing),
		TEST(lines_are_counted_with_the_empty_ones),
		TEST(octal_escapes_are_decoded),
		TEST(what_is_no_device_is_told_apart),
		TEST(swap_and_what_a_boot_does_not_need_are_known),
		TEST(an_option_is_a_whole_word),
		TEST(the_driver_is_known_by_each_of_its_names),
		TEST(a_list_that_names_the_driver_is_seen),
		TEST(lines_that_forbid_the_driver_are_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
