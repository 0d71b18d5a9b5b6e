// SPDX-License-Identifier: GPL-2.0-or-later
/* Names of disks that tools keep: GRUB's map, debconf's answers, smartd. */
#include "fixture.h"

#include <stdio.h>
#include <string.h>

#include "admin/bootcfg/tools.h"

static char found[512];

static void see(enum tool tool, const char *path, const char *name, void *ctx)
{
	size_t used = strlen(found);

	(void)ctx;
	assert_int_equal(path[0], '/');
	snprintf(found + used, sizeof(found) - used, "%d %s\n", tool, name);
}

static void check_tools(struct fixture *f, const char *want)
{
	found[0] = '\0';
	tools_read(&f->sys, see, NULL);
	assert_string_equal(found, want);
}

static void each_file_has_its_names(void **state)
{
	struct fixture *f = *state;

	check_tools(f, "");
	fixture_file(f, "/boot/grub/device.map", "(hd0) /dev/sda\n(fd0)\n");
	fixture_file(f, "/boot/grub2/device.map", "(hd0)\t/dev/hda");
	fixture_file(f, "/etc/smartd.conf",
		     "# /dev/sdz -a\nDEVICESCAN\n/dev/sdb -a # /dev/sdc\n");
	fixture_file(f, "/etc/default/grub_installdevice",
		     "/dev/sdd\nactivate\ngeneric_mbr\n");
	check_tools(f, "0 /dev/sda\n1 /dev/hda\n3 /dev/sdd\n4 /dev/sdb\n");
}

static void of_debconf_only_grubs_answer_counts(void **state)
{
	struct fixture *f = *state;

	fixture_file(f, "/var/cache/debconf/config.dat",
		     "Name: other\nValue: /dev/sdx\n\n"
		     "Name: grub-pc/install_devices\n"
		     "Value: /dev/sda, /dev/disk/by-id/ata-1\n\n"
		     "Name: grub-pc/timeout\nValue: /dev/sdy\n");
	check_tools(f, "2 /dev/sda\n2 /dev/disk/by-id/ata-1\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(each_file_has_its_names),
		FIXTURE_TEST(of_debconf_only_grubs_answer_counts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
