// SPDX-License-Identifier: GPL-2.0-or-later
/* `pvroot twin`, which does for what comes late what a boot does, and undoes
 * it.
 */
#include <errno.h>
#include <string.h>

#include "cmd/command.h"
#include "fixture.h"

#define MAC_A "00:16:3e:00:00:01"

static void bring_sda_back(struct fixture *f)
{
	fixture_ata(f, "sda", AHCI, 3, 0, &fixture_slash);
}

static void boot_with_a_twin(struct fixture *f)
{
	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_ahci(f, 3);
	fixture_ata(f, "sr0", AHCI, 5, 0, NULL);
	fixture_ata(f, "sda", AHCI, 3, 0, &fixture_slash);
	fixture_boot(f);
	assert_false(fixture_exists(f, "/sys/block/sda"));
}

static void udev_is_told_of_a_twin_and_of_nothing_else(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_ahci(f, 3);
	fixture_ata(f, "sda", AHCI, 3, 0, &fixture_slash);
	assert_int_equal(fixture_twin_command(f, "--udev", "/dev/sda"), 0);
	check_out(f, "PVROOT_TWIN=xvda\n");
	check_no_writes(f);
	assert_string_equal(f->kmsg, "");
	assert_int_equal(fixture_twin_command(f, "--udev", "xvda"), 1);
	check_out(f, "");
	assert_int_equal(fixture_twin_command(f, "--udev", "sdz"), 1);
	fixture_poke(f, "sda", 1);
	assert_int_equal(fixture_twin_command(f, "--udev", "sda"), 1);
	check_out(f, "");
}

/* udev tells of each program that fails, at each boot. */
static void for_udev_nothing_to_do_is_no_failure(void **state)
{
	struct fixture *f = *state;

	boot_with_a_twin(f);
	fixture_nic(f, "eth0", "devices/vif-0", MAC_A, true);
	assert_int_equal(fixture_twin_command(f, NULL, MAC_A), 1);
	assert_int_equal(fixture_twin_command(f, "--event", MAC_A), 0);
	assert_int_equal(fixture_twin_command(f, "--event", "xvda"), 0);
	assert_int_equal(fixture_twin_command(f, "--event", "sr0"), 0);
	assert_int_equal(fixture_twin_command(f, "--event", "sdz"), 0);
	assert_string_equal(f->kmsg, "");
	bring_sda_back(f);
	assert_int_equal(fixture_twin_command(f, "--event", "sda"), 0);
	check_wrote(f, "/sys/block/sda/device/delete", "1");
	fixture_cmdline(f, "root=LABEL=/ pvroot=off");
	assert_int_equal(fixture_twin_command(f, "--event", "xvda"), 0);
	assert_int_equal(fixture_twin_command(f, "--gone", "sda1"), 0);
	assert_int_equal(fixture_twin_command(f, NULL, "xvda"), 1);
	assert_int_equal(fixture_twin_command(f, "--event", NULL), 2);
}

static void a_twin_that_comes_late_is_taken_away(void **state)
{
	struct fixture *f = *state;

	boot_with_a_twin(f);
	bring_sda_back(f);
	assert_int_equal(fixture_twin_command(f, NULL, "/dev/sda"), 0);
	check_wrote(f, "/sys/block/sda/device/delete", "1");
	assert_false(fixture_exists(f, "/sys/block/sda"));
}

static void a_disk_without_a_twin_is_left_by_the_command(void **state)
{
	const struct image other = { .part = { { "ext4", "data", 0, 0 } } };
	struct fixture *f = *state;

	boot_with_a_twin(f);
	fixture_ata(f, "sdb", AHCI, 4, 0, &other);
	assert_int_equal(fixture_twin_command(f, NULL, "sdb"), 1);
	check_no_writes(f);
}

static void a_late_second_candidate_keeps_both(void **state)
{
	struct fixture *f = *state;

	boot_with_a_twin(f);
	bring_sda_back(f);
	fixture_piix(f, 1);
	fixture_ata(f, "sdb", PIIX, 1, 0, &fixture_slash);
	assert_int_equal(fixture_twin_command(f, "--udev", "sdb"), 1);
	assert_int_equal(fixture_twin_command(f, NULL, "sdb"), 1);
	assert_int_equal(fixture_twin_command(f, NULL, "sda"), 1);
	check_no_writes(f);
}

static void only_the_twin_that_was_named_goes(void **state)
{
	const struct image other = { .part = { { "ext4", "data", 0, 0 } } };
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_pv(f, "xvdb", 51728, &other);
	fixture_ahci(f, 3);
	fixture_ata(f, "sda", AHCI, 3, 0, &fixture_slash);
	fixture_ata(f, "sdb", AHCI, 4, 0, &other);
	assert_int_equal(fixture_twin_command(f, NULL, "sdb"), 0);
	assert_true(fixture_exists(f, "/sys/block/sda"));
	assert_false(fixture_exists(f, "/sys/block/sdb"));
}

static void a_pv_disk_that_comes_late_takes_its_twin(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_ahci(f, 3);
	fixture_ata(f, "sda", AHCI, 3, 0, &fixture_slash);
	assert_int_equal(fixture_twin_command(f, NULL, "xvda"), 0);
	assert_false(fixture_exists(f, "/sys/block/sda"));
	assert_true(fixture_exists(f, "/sys/block/xvda"));
}

static void restore_brings_a_deleted_disk_back_for_good(void **state)
{
	struct fixture *f = *state;

	boot_with_a_twin(f);
	f->on_rescan = bring_sda_back;
	assert_int_equal(fixture_twin_command(f, "--restore", "sda"), 0);
	check_wrote(f, "/sys/class/scsi_host/host2/scan", "0 0 0");
	assert_true(fixture_exists(f, "/sys/block/sda"));
	assert_int_equal(fixture_twin_command(f, "--udev", "sda"), 1);
	assert_int_equal(fixture_twin_command(f, NULL, "sda"), 1);
	check_no_writes(f);
}

static void restore_gives_an_unbound_controller_its_driver_back(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_nic(f, "eth0", "devices/vif-0", MAC_A, false);
	fixture_rtl8139(f);
	fixture_nic(f, "eth1", "devices/pci0000:00/" RTL8139, MAC_A, false);
	fixture_boot(f);
	assert_int_equal(fixture_twin_command(f, "--restore", "eth1"), 0);
	check_wrote(f, "/sys/bus/pci/devices/" RTL8139 "/driver_override",
		    "\n");
	check_wrote(f, "/sys/bus/pci/drivers_probe", RTL8139);
}

/* libata counts on: the port that was ata3 is ata9 when its driver is back. */
static void what_came_back_with_its_controller_stays(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_file(f, "/run/pvroot/twins", "unbound sda " AHCI " ata3 0\n");
	fixture_ahci(f, 9);
	fixture_ata(f, "sda", AHCI, 9, 0, &fixture_slash);
	assert_int_equal(fixture_twin_command(f, "--restore", "sda"), 0);
	assert_int_equal(fixture_twin_command(f, "--udev", "sda"), 1);
	assert_int_equal(fixture_twin_command(f, NULL, "sda"), 1);
	check_no_writes(f);
}

/* What was said of one disk must not become word of all ports. */
static void restore_again_speaks_of_the_same_disk_only(void **state)
{
	const struct image other = { .part = { { "ext4", "data", 0, 0 } } };
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	fixture_pv(f, "xvdb", 51728, &other);
	fixture_ata(f, "sdb", AHCI, 4, 0, &other);
	fixture_file(f, "/run/pvroot/twins", "deleted sda " AHCI " ata3 0\n");
	fixture_file(f, "/sys/bus/pci/drivers_probe", "");
	assert_int_equal(fixture_twin_command(f, "--restore", "sda"), 0);
	assert_int_equal(fixture_twin_command(f, "--restore", "sda"), 0);
	assert_int_equal(fixture_twin_command(f, "--udev", "sda"), 1);
	assert_int_equal(fixture_twin_command(f, "--udev", "sdb"), 0);
}

static void restore_of_what_was_never_taken_says_so(void **state)
{
	struct fixture *f = *state;

	boot_with_a_twin(f);
	assert_int_equal(fixture_twin_command(f, "--restore", "sdq"), 1);
	assert_int_equal(fixture_twin_command(f, "--restore", ""), 1);
	assert_non_null(strstr(f->err, "nothing of that name was detached"));
	check_no_writes(f);
	fixture_file(f, "/run/pvroot/twins", "garbage\n deleted x y z\n\xff");
	assert_int_equal(fixture_twin_command(f, "--restore", "x"), 1);
	check_no_writes(f);
}

static void wrong_calls_of_twin_are_usage_errors(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(fixture_twin_command(f, NULL, NULL), 2);
	assert_int_equal(fixture_twin_command(f, "--udev", NULL), 2);
	assert_int_equal(fixture_twin_command(f, "--what", "sda"), 2);
	assert_int_equal(fixture_twin_command(f, NULL, "-x"), 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(udev_is_told_of_a_twin_and_of_nothing_else),
		FIXTURE_TEST(for_udev_nothing_to_do_is_no_failure),
		FIXTURE_TEST(a_twin_that_comes_late_is_taken_away),
		FIXTURE_TEST(a_disk_without_a_twin_is_left_by_the_command),
		FIXTURE_TEST(a_late_second_candidate_keeps_both),
		FIXTURE_TEST(only_the_twin_that_was_named_goes),
		FIXTURE_TEST(a_pv_disk_that_comes_late_takes_its_twin),
		FIXTURE_TEST(restore_brings_a_deleted_disk_back_for_good),
		FIXTURE_TEST(
			restore_gives_an_unbound_controller_its_driver_back),
		FIXTURE_TEST(what_came_back_with_its_controller_stays),
		FIXTURE_TEST(restore_again_speaks_of_the_same_disk_only),
		FIXTURE_TEST(restore_of_what_was_never_taken_says_so),
		FIXTURE_TEST(wrong_calls_of_twin_are_usage_errors),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
