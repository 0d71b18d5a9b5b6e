// SPDX-License-Identifier: GPL-2.0-or-later
/* The vif gets the name by which the configuration knows its card, its emulated
 * twin goes; and no card gets a name that is not proven to be its own. */
#include <stdio.h>
#include <string.h>

#include "cmd/command.h"
#include "fixture.h"

#define COUNT(a)   (sizeof(a) / sizeof((a)[0]))
#define MAC_A	   "00:16:3e:00:00:0a"
#define MAC_B	   "00:16:3e:00:00:0b"
#define NIC_DEVICE "devices/pci0000:00/" RTL8139
#define LINK_A	   "/run/systemd/network/72-pvroot-00-16-3e-00-00-0a.link"
#define LINK_B	   "/run/systemd/network/72-pvroot-00-16-3e-00-00-0b.link"
#define TWIN_A	   "/run/systemd/network/72-pvroot-00-16-3e-00-00-0a-twin.link"
#define RECORD	   "/lib/pvroot/nics"
#define NAMES	   "/lib/pvroot/names"

static const struct image slash = {
	.part = { { "ext3", "/", 0, 0 } },
};

/* A vif and its emulated twin, which udev has not named yet, and a
 * configuration of ens3. */
static void add_cards(struct fixture *f)
{
	fixture_pv(f, "xvda", 51712, &slash);
	fixture_nic(f, "eth0", "devices/vif-0", MAC_A, false);
	fixture_rtl8139(f);
	fixture_nic(f, "eth1", NIC_DEVICE, MAC_A, false);
	fixture_file(f, NAMES, "/etc/network/interfaces:3 nic ens3\n");
	fixture_file(f, RECORD, MAC_A " ens3\n");
}

static void check_file(struct fixture *f, const char *path, const char *text)
{
	char found[512];

	fixture_read(f, path, found, sizeof(found));
	assert_string_equal(found, text);
}

static void the_vif_gets_the_recorded_name_and_the_twin_goes(void **state)
{
	struct fixture *f = *state;

	add_cards(f);
	fixture_boot(f);
	check_file(f, LINK_A,
		   "[Match]\nMACAddress=" MAC_A "\nDriver=vif\n[Link]\n"
		   "Name=ens3\n"
		   "AlternativeNamesPolicy=database onboard slot path\n");
	check_file(f, TWIN_A,
		   "[Match]\nMACAddress=" MAC_A
		   "\nDriver=e1000 e1000e 8139cp 8139too "
		   "ne2k-pci pcnet32\n[Link]\n");
	check_said(f, "ens3 is the PV card (vif, " MAC_A ") from now on");
	assert_false(fixture_exists(f, "/sys/class/net/eth1"));
}

/* Its driver is loaded later, in the initrd or in the real root. */
static void a_twin_that_comes_later_goes_too(void **state)
{
	static const char *const argv[] = { "twin", MAC_A, NULL };
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &slash);
	fixture_nic(f, "eth0", "devices/vif-0", MAC_A, false);
	fixture_file(f, NAMES, "/etc/netplan/1.yaml:3 nic ens3.100\n");
	fixture_file(f, RECORD, MAC_A " ens3\n");
	fixture_boot(f);
	fixture_rtl8139(f);
	fixture_nic(f, "eth1", NIC_DEVICE, MAC_A, false);
	assert_int_equal(fixture_run(f, cmd_twin, argv), 0);
	assert_false(fixture_exists(f, "/sys/class/net/eth1"));
}

static void another_name_of_the_configuration_still_holds_it(void **state)
{
	struct fixture *f = *state;

	add_cards(f);
	fixture_file(f, NAMES,
		     "/etc/network/interfaces:3 nic ens3\n"
		     "/etc/network/interfaces:9 nic ens4\n");
	fixture_boot(f);
	assert_true(fixture_exists(f, "/sys/class/net/eth1"));
	check_said(f, "configures ens4");
}

static void refused(struct fixture *f, const char *why)
{
	fixture_boot(f);
	assert_false(fixture_exists(f, LINK_A));
	if (why)
		check_said(f, why);
	assert_true(fixture_exists(f, "/sys/class/net/eth1"));
}

static void without_a_record_all_is_as_it_was(void **state)
{
	struct fixture *f = *state;

	add_cards(f);
	fixture_remove(f, RECORD);
	refused(f, "configures ens3, which eth0 would not have");
}

static void a_record_of_another_mac_means_nothing(void **state)
{
	struct fixture *f = *state;

	add_cards(f);
	fixture_file(f, RECORD, MAC_B " ens3\n");
	refused(f, "configures ens3");
}

static void a_name_that_another_card_has_is_refused(void **state)
{
	struct fixture *f = *state;

	add_cards(f);
	fixture_nic(f, "ens3", "devices/pci0000:00/0000:00:1f.6", MAC_B, false);
	fixture_boot(f);
	assert_false(fixture_exists(f, LINK_A));
	check_said(f, "eth0 (" MAC_A ") is not called ens3, as the "
		      "configuration does: another card has that name");
}

/* It takes over from the vif, whose MAC it has. */
static void a_passed_through_card_keeps_its_name(void **state)
{
	struct fixture *f = *state;

	add_cards(f);
	fixture_nic(f, "ens3", "devices/pci0000:00/0000:00:1f.6", MAC_A, false);
	fixture_boot(f);
	assert_false(fixture_exists(f, LINK_A));
	check_said(f, "is not called ens3, as the configuration does: another "
		      "card has that name");
}

static void the_name_that_udev_gives_by_itself_needs_no_file(void **state)
{
	struct fixture *f = *state;

	add_cards(f);
	fixture_file(f, NAMES, "/etc/network/interfaces:3 nic enX0\n");
	fixture_file(f, RECORD, MAC_A " enX0\n");
	fixture_boot(f);
	assert_false(fixture_exists(f, LINK_A));
	check_not_said(f, "enX0");
	assert_false(fixture_exists(f, "/sys/class/net/eth1"));
}

/* vif-0 would be enX0. */
static void a_name_that_udev_gives_to_another_is_refused(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &slash);
	fixture_nic(f, "eth0", "devices/vif-0", MAC_B, false);
	fixture_nic(f, "eth1", "devices/vif-1", MAC_A, false);
	fixture_file(f, RECORD, MAC_A " enX0\n");
	fixture_boot(f);
	assert_false(fixture_exists(f, LINK_A));
	check_said(f, "another card has that name");
	fixture_file(f, RECORD, MAC_A " enX0\n" MAC_B " enX1\n");
	fixture_boot(f);
	assert_true(fixture_exists(f, LINK_A));
	assert_true(fixture_exists(f, LINK_B));
}

static void what_is_recorded_twice_is_refused(void **state)
{
	struct fixture *f = *state;

	add_cards(f);
	fixture_nic(f, "eth2", "devices/vif-1", MAC_B, false);
	fixture_file(f, RECORD, MAC_A " ens3\n" MAC_A " ens4\n");
	refused(f, "recorded twice");
	fixture_file(f, RECORD, MAC_A " ens3\n" MAC_B " ens3\n");
	refused(f, "recorded twice");
	assert_false(fixture_exists(f, LINK_B));
}

static void two_pv_cards_of_one_mac_are_refused(void **state)
{
	struct fixture *f = *state;

	add_cards(f);
	fixture_nic(f, "eth2", "devices/vif-1", MAC_A, false);
	refused(f, "is not called ens3, as the configuration does: two PV "
		   "cards have this address");
}

/* As part of a bond it may be down. */
static void a_vif_that_is_up_or_enslaved_is_refused(void **state)
{
	struct fixture *f = *state;

	add_cards(f);
	fixture_folder(f, "/sys/class/net/eth0/master");
	refused(f, "it is up already");
	fixture_remove(f, "/sys/class/net/eth0/master");
	fixture_file(f, "/sys/class/net/eth0/flags", "0x1003\n");
	refused(f, "it is up already");
}

static void a_twin_that_stays_keeps_its_name(void **state)
{
	static const char *const words[] = { "eth1", RTL8139, "ens3" };
	struct fixture *f = *state;
	char line[96];
	size_t i;

	add_cards(f);
	for (i = 0; i < COUNT(words); i++) {
		snprintf(line, sizeof(line), "root=LABEL=/ pvroot=keep=%s",
			 words[i]);
		fixture_cmdline(f, line);
		refused(f, "is not called ens3");
	}
	fixture_cmdline(f, "root=LABEL=/");
	fixture_file(f, "/sys/class/net/eth1/flags", "0x1003\n");
	refused(f, "its emulated twin is up");
}

static void a_broken_record_names_nobody(void **state)
{
	static const char *const records[] = {
		"",
		"ens3\n",
		MAC_A "\n",
		MAC_A " ens3 more\n",
		MAC_A " ens3/..\n",
		MAC_A " ..\n",
		MAC_A " lo\n",
		MAC_A " a-name-of-16-chars\n",
		MAC_A " e\"s3\n",
		"00:16:3E:00:00:0A ens3\n",
		"00:16:3e:00:00:0 ens3\n",
	};
	struct fixture *f = *state;
	size_t i;

	add_cards(f);
	for (i = 0; i < COUNT(records); i++) {
		fixture_file(f, RECORD, records[i]);
		refused(f, NULL);
	}
}

/* The driver has taken the vif, the backend has not answered yet. */
static void add_vif_that_waits(struct fixture *f)
{
	fixture_pv(f, "xvda", 51712, &slash);
	fixture_vif(f, 0);
	fixture_file(f, RECORD, MAC_A " ens3\n");
}

static void vif_connects(struct fixture *f)
{
	fixture_nic(f, "eth0", "devices/vif-0", MAC_A, false);
	fixture_folder(f, "/sys/devices/vif-0/net");
}

static void a_vif_that_connects_is_waited_for(void **state)
{
	struct fixture *f = *state;
	uint64_t began;

	add_vif_that_waits(f);
	fixture_later(f, 200, vif_connects);
	began = f->now_us;
	fixture_boot(f);
	assert_true(fixture_exists(f, LINK_A));
	assert_true(f->now_us - began < 1000000);
}

static void one_that_never_connects_costs_three_seconds(void **state)
{
	struct fixture *f = *state;
	uint64_t began;

	add_vif_that_waits(f);
	began = f->now_us;
	fixture_boot(f);
	assert_false(fixture_exists(f, LINK_A));
	assert_true(f->now_us - began >= 3000000 &&
		    f->now_us - began < 4000000);
}

/* RHEL 6: no /run; its udev knows no .link files. */
static void without_run_it_is_a_rule(void **state)
{
	struct fixture *f = *state;

	add_cards(f);
	fixture_remove(f, "/run");
	fixture_boot(f);
	check_file(f, "/dev/.udev/rules.d/72-pvroot.rules",
		   "SUBSYSTEM==\"net\", ACTION==\"add\", DRIVERS==\"vif\", "
		   "ATTR{address}==\"" MAC_A "\", NAME=\"ens3\"\n");
	assert_false(fixture_exists(f, "/sys/class/net/eth1"));
}

static int restore(struct fixture *f, const char *name)
{
	const char *const argv[] = { "twin", "--restore", name, NULL };

	fixture_file(f, "/sys/bus/pci/drivers_probe", "");
	return fixture_run(f, cmd_twin, argv);
}

static void a_restored_twin_has_its_name_back(void **state)
{
	static const char *const argv[] = { "twin", MAC_A, NULL };
	struct fixture *f = *state;

	add_cards(f);
	fixture_boot(f);
	assert_int_equal(restore(f, "eth1"), 0);
	check_file(f, LINK_A, "");
	check_file(f, TWIN_A, "");
	assert_non_null(strstr(f->err, "its own name again"));
	fixture_nic(f, "eth1", NIC_DEVICE, MAC_A, false);
	assert_int_equal(fixture_run(f, cmd_twin, argv), 1);
	assert_true(fixture_exists(f, "/sys/class/net/eth1"));
}

/* The twin's own name is one that nobody has seen. */
static void it_is_restored_by_the_name_or_mac_of_its_pv_card(void **state)
{
	static const char *const names[] = { "ens3", MAC_A, RTL8139 };
	struct fixture *f = *state;
	size_t i;

	add_cards(f);
	fixture_boot(f);
	fixture_nic(f, "ens4", "devices/vif-1", MAC_B, false);
	for (i = 0; i < COUNT(names); i++)
		assert_int_equal(restore(f, names[i]), 0);
	assert_int_equal(restore(f, "ens4"), 1);
	assert_int_equal(restore(f, MAC_B), 1);
	assert_int_equal(restore(f, ""), 1);
	check_file(f, LINK_A, "");
}

static void without_run_its_line_goes_and_no_other(void **state)
{
	static const char other[] = "SUBSYSTEM==\"net\", ACTION==\"add\", "
				    "DRIVERS==\"vif\", ATTR{address}==\"" MAC_B
				    "\", NAME=\"ens4\"\n";
	struct fixture *f = *state;

	add_cards(f);
	fixture_nic(f, "eth2", "devices/vif-1", MAC_B, false);
	fixture_file(f, RECORD, MAC_B " ens4\n" MAC_A " ens3\n");
	fixture_remove(f, "/run");
	fixture_boot(f);
	assert_int_equal(restore(f, "eth1"), 0);
	check_file(f, "/dev/.udev/rules.d/72-pvroot.rules", other);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(the_vif_gets_the_recorded_name_and_the_twin_goes),
		FIXTURE_TEST(a_twin_that_comes_later_goes_too),
		FIXTURE_TEST(another_name_of_the_configuration_still_holds_it),
		FIXTURE_TEST(without_a_record_all_is_as_it_was),
		FIXTURE_TEST(a_record_of_another_mac_means_nothing),
		FIXTURE_TEST(a_name_that_another_card_has_is_refused),
		FIXTURE_TEST(a_passed_through_card_keeps_its_name),
		FIXTURE_TEST(the_name_that_udev_gives_by_itself_needs_no_file),
		FIXTURE_TEST(a_name_that_udev_gives_to_another_is_refused),
		FIXTURE_TEST(what_is_recorded_twice_is_refused),
		FIXTURE_TEST(two_pv_cards_of_one_mac_are_refused),
		FIXTURE_TEST(a_vif_that_is_up_or_enslaved_is_refused),
		FIXTURE_TEST(a_twin_that_stays_keeps_its_name),
		FIXTURE_TEST(a_broken_record_names_nobody),
		FIXTURE_TEST(a_vif_that_connects_is_waited_for),
		FIXTURE_TEST(one_that_never_connects_costs_three_seconds),
		FIXTURE_TEST(without_run_it_is_a_rule),
		FIXTURE_TEST(a_restored_twin_has_its_name_back),
		FIXTURE_TEST(it_is_restored_by_the_name_or_mac_of_its_pv_card),
		FIXTURE_TEST(without_run_its_line_goes_and_no_other),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
