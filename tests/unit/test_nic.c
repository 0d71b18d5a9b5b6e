// SPDX-License-Identifier: GPL-2.0-or-later
/* NICs: the emulated one with a vif's address goes, every other stays. */
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
		FIXTURE_TEST(a_nic_behind_a_disk_controller_stays),
		FIXTURE_TEST(
			a_nic_that_outlives_its_unbind_is_not_called_unbound),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
