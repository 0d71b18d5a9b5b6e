// SPDX-License-Identifier: GPL-2.0-or-later
/* Old guests (RHEL 5 and 6) from the initrd on: what is left for the real root
 * where there is no /run, and what their configuration names. */
#include <string.h>

#include "cmd/command.h"
#include "dev/record.h"
#include "fixture.h"

static const char *const ask_udev[] = { "twin", "--udev", "hda", NULL };

/* RHEL 5 and 6 have no /run; nash carries /dev over. */
static void without_run_the_report_and_the_record_are_in_dev(void **state)
{
	struct fixture *f = *state;
	struct record record;
	char text[4096];

	fixture_twin(f, &fixture_slash);
	fixture_remove(f, "/run");
	fixture_boot(f);
	assert_false(fixture_exists(f, "/run"));
	fixture_read(f, "/dev/.pvroot/report.json", text, sizeof(text));
	assert_non_null(strstr(text, "\"twin\": \"detached\""));
	assert_int_equal(record_find(&f->sys, "sda", NULL, &record), 1);
	check_not_said(f, "/run");
	/* A root that has /run finds it, until there is a report there. */
	fixture_folder(f, "/run/pvroot");
	assert_int_equal(record_find(&f->sys, "sda", NULL, &record), 1);
	fixture_file(f, "/run/pvroot/report.json", "{}");
	assert_int_equal(record_find(&f->sys, "sda", NULL, &record), 0);
}

/* After a crash, or of a newer version. */
static void a_line_with_too_few_or_too_many_words_says_nothing(void **state)
{
	struct fixture *f = *state;
	struct record record;

	fixture_file(f, "/run/pvroot/twins",
		     "deleted sda " AHCI
		     " ata3 0 xvda\nrestored sda\nrestored sda " AHCI
		     " ata3 0 xvda 00:16:3e:00:00:01 more\n");
	assert_int_equal(record_find(&f->sys, "sda", NULL, &record), 1);
	assert_int_equal(record.state, RECORD_DELETED);
}

static void without_run_what_was_answered_is_in_dev(void **state)
{
	struct fixture *f = *state;
	char text[256];

	fixture_twin(f, &fixture_slash);
	fixture_remove(f, "/run");
	fixture_cmdline(f, "root=/dev/sda1");
	fixture_boot(f);
	fixture_read(f, "/dev/.pvroot/answers", text, sizeof(text));
	assert_string_equal(text, "root=/dev/sda1\n");
}

static void without_run_old_paths_are_marked_in_dev(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	fixture_remove(f, "/run");
	fixture_file(f, "/lib/pvroot/names", "/etc/fstab:3 /dev/sda2\n");
	fixture_boot(f);
	assert_true(fixture_exists(f, "/dev/.pvroot/old/xvda"));
}

/* As its ifcfg-eth0 has it, by name and by address; modprobe.conf's aliases are
 * names of modules. The vif is eth0 before the card's driver loads. */
static void on_rhel_5_the_card_beside_eth0_goes_by_its_address(void **state)
{
	static const char *const argv[] = { "twin", "00:16:3e:00:00:01", NULL };
	struct fixture *f = *state;

	fixture_rhel5(f, &fixture_slash);
	fixture_rtl8139(f);
	fixture_nic(f, "eth0", "devices/xen/vif-0", argv[1], true);
	fixture_nic(f, "eth1", "devices/pci0000:00/" RTL8139, argv[1], false);
	fixture_file(f, "/etc/sysconfig/network-scripts/ifcfg-eth0",
		     "DEVICE=eth0\nHWADDR=00:16:3E:00:00:01\nONBOOT=yes\n");
	fixture_file(f, "/etc/modprobe.conf",
		     "alias eth0 8139cp\nalias scsi_hostadapter ata_piix\n");
	fixture_run(f, cmd_twin, argv);
	assert_int_equal(f->status, 0);
	check_said(f, "eth1 is eth0's twin");
	assert_true(fixture_exists(f, "/sys/class/net/eth0"));
	assert_false(fixture_exists(f, "/sys/class/net/eth1"));
	assert_true(fixture_exists(f, "/sys/block/hda"));
}

/* fstab by the old name keeps the disk on its old path where the boot has made
 * no links; a device.map that names it does not. */
static void fstab_by_name_keeps_hda_and_device_map_does_not(void **state)
{
	struct fixture *f = *state;

	fixture_rhel5(f, &fixture_slash);
	fixture_file(f, "/boot/grub/device.map", "(hd0)     /dev/hda\n");
	fixture_file(f, "/etc/fstab",
		     "LABEL=/ / ext3 defaults 1 1\n"
		     "LABEL=SWAP-hda2 swap swap defaults 0 0\n");
	fixture_run(f, cmd_twin, ask_udev);
	check_out(f, "PVROOT_TWIN=xvda\n");
	fixture_file(f, "/etc/fstab",
		     "LABEL=/ / ext3 defaults 1 1\n"
		     "/dev/hda2 swap swap defaults 0 0\n");
	fixture_run(f, cmd_twin, ask_udev);
	check_out(f, "");
	assert_true(fixture_exists(f, "/dev/hda2"));
	assert_true(fixture_exists(f, "/sys/block/hda/hda2"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(without_run_the_report_and_the_record_are_in_dev),
		FIXTURE_TEST(
			a_line_with_too_few_or_too_many_words_says_nothing),
		FIXTURE_TEST(without_run_what_was_answered_is_in_dev),
		FIXTURE_TEST(without_run_old_paths_are_marked_in_dev),
		FIXTURE_TEST(
			on_rhel_5_the_card_beside_eth0_goes_by_its_address),
		FIXTURE_TEST(fstab_by_name_keeps_hda_and_device_map_does_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
