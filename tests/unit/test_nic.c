// SPDX-License-Identifier: GPL-2.0-or-later
/* NICs: the emulated one with a vif's address goes, every other stays; and
 * `pvroot twin`, which does the same for what comes late, and undoes it. */
#include <errno.h>
#include <string.h>

#include "cmd/command.h"
#include "fixture.h"

#define MAC_A	   "00:16:3e:00:00:01"
#define MAC_B	   "00:16:3e:00:00:02"
#define NIC_DEVICE "devices/pci0000:00/" RTL8139

static void add_nics(struct fixture *f, const char *mac, bool up)
{
	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_nic(f, "eth0", "devices/vif-0", MAC_A, false);
	fixture_rtl8139(f);
	fixture_nic(f, "eth1", NIC_DEVICE, mac, up);
}

static void expect_kept(struct fixture *f)
{
	fixture_boot(f);
	check_no_writes(f);
	assert_true(fixture_exists(f, "/sys/class/net/eth1"));
}

static void an_emulated_nic_with_a_vifs_address_is_unbound(void **state)
{
	struct fixture *f = *state;

	add_nics(f, MAC_A, false);
	fixture_boot(f);
	check_wrote(f, "/sys/bus/pci/devices/" RTL8139 "/driver_override",
		    "pvroot");
	check_wrote(f, "/sys/bus/pci/devices/" RTL8139 "/driver/unbind",
		    RTL8139);
	check_said(f, "eth1 is eth0's twin (" MAC_A "): " RTL8139 " unbound");
	assert_false(fixture_exists(f, "/sys/class/net/eth1"));
	assert_true(fixture_exists(f, "/sys/class/net/eth0"));
}

static void a_nic_that_outlives_its_unbind_is_not_called_unbound(void **state)
{
	struct fixture *f = *state;

	add_nics(f, MAC_A, false);
	f->deaf = true;
	fixture_boot(f);
	check_said(f, "but the kernel keeps it");
	check_not_said(f, RTL8139 " unbound");
}

static void a_nic_with_another_address_stays(void **state)
{
	struct fixture *f = *state;

	add_nics(f, MAC_B, false);
	expect_kept(f);
}

static void a_nic_that_is_up_stays_and_is_said(void **state)
{
	struct fixture *f = *state;

	add_nics(f, MAC_A, true);
	expect_kept(f);
	check_said(f, "eth1 is eth0's twin (" MAC_A "), but up or in use");
}

static void a_nic_in_a_bond_or_bridge_stays(void **state)
{
	static const char *const marks[] = { "master", "brport",
					     "bonding_slave", "upper_br0" };
	struct fixture *f = *state;
	char path[FIXTURE_PATH];
	size_t i;

	add_nics(f, MAC_A, false);
	for (i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		fixture_path(f, path, "/sys/class/net/eth1/%s", marks[i]);
		fixture_folder(f, path);
		expect_kept(f);
		fixture_remove(f, path);
	}
}

/* The bond gives its ports another address. */
static void the_twin_of_a_vif_in_a_bond_goes(void **state)
{
	static const char *const argv[] = { "twin", MAC_A, NULL };
	struct fixture *f = *state;

	add_nics(f, MAC_A, false);
	fixture_folder(f, "/sys/class/net/eth0/bonding_slave");
	fixture_file(f, "/sys/class/net/eth0/bonding_slave/perm_hwaddr",
		     MAC_A "\n");
	fixture_file(f, "/sys/class/net/eth0/address", MAC_B "\n");
	assert_int_equal(fixture_run(f, cmd_twin, argv), 0);
	assert_false(fixture_exists(f, "/sys/class/net/eth1"));
}

static void a_nic_whose_state_cannot_be_read_stays(void **state)
{
	struct fixture *f = *state;

	add_nics(f, MAC_A, false);
	fixture_remove(f, "/sys/class/net/eth1/flags");
	expect_kept(f);
}

static void a_passed_through_nic_stays(void **state)
{
	static const struct controller_ids real = { 0x8086, 0x10d3, 0x8086,
						    0xa01f };
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_nic(f, "eth0", "devices/vif-0", MAC_A, false);
	fixture_pci(f, RTL8139, &real, "e1000e");
	fixture_nic(f, "eth1", NIC_DEVICE, MAC_A, false);
	expect_kept(f);
}

static void keep_names_a_nic_or_its_function(void **state)
{
	struct fixture *f = *state;

	add_nics(f, MAC_A, false);
	fixture_cmdline(f, "root=LABEL=/ pvroot=keep=eth1");
	expect_kept(f);
	fixture_cmdline(f, "root=LABEL=/ pvroot=keep=" RTL8139);
	expect_kept(f);
}

/* udev may show it again at any time. */
static void why_a_nic_stays_is_said_once(void **state)
{
	static const char *const argv[] = { "twin", MAC_A, NULL };
	struct fixture *f = *state;

	add_nics(f, MAC_A, true);
	assert_int_equal(fixture_run(f, cmd_twin, argv), 1);
	check_said(f, "left alone");
	fixture_file(f, "/dev/kmsg", "");
	assert_int_equal(fixture_run(f, cmd_twin, argv), 1);
	check_not_said(f, "left alone");
	fixture_cmdline(f, "root=LABEL=/ pvroot=keep=eth1");
	assert_int_equal(fixture_run(f, cmd_twin, argv), 1);
	check_said(f, "keep= asks for it: left alone");
}

static void two_emulated_nics_without_a_vif_stay(void **state)
{
	struct fixture *f = *state;

	add_nics(f, MAC_B, false);
	fixture_remove(f, "/sys/class/net/eth0");
	fixture_nic(f, "eth2", NIC_DEVICE, MAC_B, false);
	expect_kept(f);
}

/* ---- pvroot twin ---- */

static int twin(struct fixture *f, const char *mode, const char *device)
{
	const char *const with[] = { "twin", mode, device, NULL };
	const char *const without[] = { "twin", device, NULL };

	f->writes = 0;
	fixture_file(f, "/dev/kmsg", "");
	return fixture_run(f, cmd_twin, mode ? with : without);
}

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
	assert_int_equal(twin(f, "--udev", "/dev/sda"), 0);
	check_out(f, "PVROOT_TWIN=xvda\n");
	check_no_writes(f);
	assert_string_equal(f->kmsg, "");
	assert_int_equal(twin(f, "--udev", "xvda"), 1);
	check_out(f, "");
	assert_int_equal(twin(f, "--udev", "sdz"), 1);
	fixture_poke(f, "sda", 1);
	assert_int_equal(twin(f, "--udev", "sda"), 1);
	check_out(f, "");
}

static void a_twin_that_comes_late_is_taken_away(void **state)
{
	struct fixture *f = *state;

	boot_with_a_twin(f);
	bring_sda_back(f);
	assert_int_equal(twin(f, NULL, "/dev/sda"), 0);
	check_wrote(f, "/sys/block/sda/device/delete", "1");
	assert_false(fixture_exists(f, "/sys/block/sda"));
}

static void a_disk_without_a_twin_is_left_by_the_command(void **state)
{
	const struct image other = { .part = { { "ext4", "data", 0, 0 } } };
	struct fixture *f = *state;

	boot_with_a_twin(f);
	fixture_ata(f, "sdb", AHCI, 4, 0, &other);
	assert_int_equal(twin(f, NULL, "sdb"), 1);
	check_no_writes(f);
}

static void a_late_second_candidate_keeps_both(void **state)
{
	struct fixture *f = *state;

	boot_with_a_twin(f);
	bring_sda_back(f);
	fixture_piix(f, 1);
	fixture_ata(f, "sdb", PIIX, 1, 0, &fixture_slash);
	assert_int_equal(twin(f, "--udev", "sdb"), 1);
	assert_int_equal(twin(f, NULL, "sdb"), 1);
	assert_int_equal(twin(f, NULL, "sda"), 1);
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
	assert_int_equal(twin(f, NULL, "sdb"), 0);
	assert_true(fixture_exists(f, "/sys/block/sda"));
	assert_false(fixture_exists(f, "/sys/block/sdb"));
}

static void a_pv_disk_that_comes_late_takes_its_twin(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_ahci(f, 3);
	fixture_ata(f, "sda", AHCI, 3, 0, &fixture_slash);
	assert_int_equal(twin(f, NULL, "xvda"), 0);
	assert_false(fixture_exists(f, "/sys/block/sda"));
	assert_true(fixture_exists(f, "/sys/block/xvda"));
}

static void restore_brings_a_deleted_disk_back_for_good(void **state)
{
	struct fixture *f = *state;

	boot_with_a_twin(f);
	f->on_rescan = bring_sda_back;
	assert_int_equal(twin(f, "--restore", "sda"), 0);
	check_wrote(f, "/sys/class/scsi_host/host2/scan", "0 0 0");
	assert_true(fixture_exists(f, "/sys/block/sda"));
	assert_int_equal(twin(f, "--udev", "sda"), 1);
	assert_int_equal(twin(f, NULL, "sda"), 1);
	check_no_writes(f);
}

static void restore_gives_an_unbound_controller_its_driver_back(void **state)
{
	struct fixture *f = *state;

	add_nics(f, MAC_A, false);
	fixture_boot(f);
	assert_int_equal(twin(f, "--restore", "eth1"), 0);
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
	assert_int_equal(twin(f, "--restore", "sda"), 0);
	assert_int_equal(twin(f, "--udev", "sda"), 1);
	assert_int_equal(twin(f, NULL, "sda"), 1);
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
	assert_int_equal(twin(f, "--restore", "sda"), 0);
	assert_int_equal(twin(f, "--restore", "sda"), 0);
	assert_int_equal(twin(f, "--udev", "sda"), 1);
	assert_int_equal(twin(f, "--udev", "sdb"), 0);
}

static void restore_of_what_was_never_taken_says_so(void **state)
{
	struct fixture *f = *state;

	boot_with_a_twin(f);
	assert_int_equal(twin(f, "--restore", "sdq"), 1);
	assert_int_equal(twin(f, "--restore", ""), 1);
	assert_non_null(strstr(f->err, "nothing of that name was detached"));
	check_no_writes(f);
	fixture_file(f, "/run/pvroot/twins", "garbage\n deleted x y z\n\xff");
	assert_int_equal(twin(f, "--restore", "x"), 1);
	check_no_writes(f);
}

static void wrong_calls_of_twin_are_usage_errors(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(twin(f, NULL, NULL), 2);
	assert_int_equal(twin(f, "--udev", NULL), 2);
	assert_int_equal(twin(f, "--what", "sda"), 2);
	assert_int_equal(twin(f, NULL, "-x"), 2);
}

/* Its function is one of the device model's, but a disk controller. */
static void a_nic_behind_a_disk_controller_stays(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_nic(f, "eth0", "devices/vif-0", MAC_A, false);
	fixture_ahci(f, 3);
	fixture_nic(f, "eth1", "devices/pci0000:00/" AHCI, MAC_A, false);
	expect_kept(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(an_emulated_nic_with_a_vifs_address_is_unbound),
		FIXTURE_TEST(a_nic_with_another_address_stays),
		FIXTURE_TEST(a_nic_that_is_up_stays_and_is_said),
		FIXTURE_TEST(a_nic_in_a_bond_or_bridge_stays),
		FIXTURE_TEST(the_twin_of_a_vif_in_a_bond_goes),
		FIXTURE_TEST(a_nic_whose_state_cannot_be_read_stays),
		FIXTURE_TEST(a_passed_through_nic_stays),
		FIXTURE_TEST(keep_names_a_nic_or_its_function),
		FIXTURE_TEST(two_emulated_nics_without_a_vif_stay),
		FIXTURE_TEST(why_a_nic_stays_is_said_once),
		FIXTURE_TEST(udev_is_told_of_a_twin_and_of_nothing_else),
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
		FIXTURE_TEST(a_nic_behind_a_disk_controller_stays),
		FIXTURE_TEST(
			a_nic_that_outlives_its_unbind_is_not_called_unbound),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
