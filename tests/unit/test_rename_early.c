// SPDX-License-Identifier: GPL-2.0-or-later
/* A vif gets its name at once, where udev does not listen yet: so two cards can
 * swap theirs, and systems without udev have them. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cmd/command.h"
#include "fixture.h"

#define MAC_A	   "00:16:3e:00:00:0a"
#define MAC_B	   "00:16:3e:00:00:0b"
#define MAC_C	   "00:16:3e:00:00:0c"
#define NIC_DEVICE "devices/pci0000:00/" RTL8139
#define LINK_A	   "/run/systemd/network/72-pvroot-00-16-3e-00-00-0a.link"
#define RULES	   "/dev/.udev/rules.d/72-pvroot.rules"

static const struct image slash = {
	.part = { { "ext3", "/", 0, 0 } },
};

/* Two PV cards whose names the record has the other way round. */
static void add_cards(struct fixture *f)
{
	fixture_pv(f, "xvda", 51712, &slash);
	fixture_nic(f, "eth0", "devices/vif-0", MAC_A, false);
	fixture_nic(f, "eth1", "devices/vif-1", MAC_B, false);
	fixture_file(f, "/lib/pvroot/nics", MAC_A " eth1\n" MAC_B " eth0\n");
}

static void check_card(struct fixture *f, const char *name, const char *mac)
{
	char path[FIXTURE_PATH], found[32];

	fixture_path(f, path, "/sys/class/net/%s/address", name);
	fixture_read(f, path, found, sizeof(found));
	assert_memory_equal(found, mac, strlen(mac));
}

static bool is_said(struct fixture *f, const char *text)
{
	return strstr(f->kmsg, text) != NULL;
}

/* Nothing was renamed, and udev is told nothing. */
static void check_as_before(struct fixture *f, const char *why)
{
	char text[256];

	check_card(f, "eth0", MAC_A);
	check_card(f, "eth1", MAC_B);
	fixture_read(f, LINK_A, text, sizeof(text));
	assert_string_equal(text, "");
	assert_true(is_said(f, why));
	assert_false(is_said(f, "from now on"));
}

/* udev listens, and renames the vif later: its twin need not wait for that. */
static void the_twin_of_a_card_that_has_its_name_promised_goes(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &slash);
	fixture_nic(f, "eth0", "devices/vif-0", MAC_A, false);
	fixture_rtl8139(f);
	fixture_nic(f, "eth1", NIC_DEVICE, MAC_A, false);
	fixture_file(f, "/lib/pvroot/names",
		     "/etc/network/interfaces:3 nic ens3\n");
	fixture_file(f, "/lib/pvroot/nics", MAC_A " ens3\n");
	fixture_file(f, "/run/udev/control", "");
	fixture_boot(f);
	assert_true(fixture_exists(f, "/sys/class/net/eth0"));
	assert_false(fixture_exists(f, "/sys/class/net/eth1"));
}

static void two_cards_swap_their_names(void **state)
{
	struct fixture *f = *state;
	char text[256];

	add_cards(f);
	fixture_boot(f);
	check_card(f, "eth1", MAC_A);
	check_card(f, "eth0", MAC_B);
	fixture_read(f, LINK_A, text, sizeof(text));
	assert_non_null(strstr(text, "\nName=eth1\n"));
	assert_true(is_said(f, "eth1 is the PV card (vif, " MAC_A ")"));
}

static void three_cards_hand_their_names_on(void **state)
{
	struct fixture *f = *state;

	add_cards(f);
	fixture_nic(f, "eth2", "devices/vif-2", MAC_C, false);
	fixture_file(f, "/lib/pvroot/nics",
		     MAC_A " eth1\n" MAC_B " eth2\n" MAC_C " eth0\n");
	fixture_boot(f);
	check_card(f, "eth1", MAC_A);
	check_card(f, "eth2", MAC_B);
	check_card(f, "eth0", MAC_C);
}

/* RHEL 5 has no udev that would read the rule. */
static void they_do_without_run(void **state)
{
	struct fixture *f = *state;

	add_cards(f);
	fixture_remove(f, "/run");
	fixture_boot(f);
	check_card(f, "eth1", MAC_A);
	check_card(f, "eth0", MAC_B);
	assert_true(fixture_exists(f, RULES));
}

/* Its socket has kept an event that says eth0 of the first card. */
static void where_udev_listens_they_keep_them(void **state)
{
	struct fixture *f = *state;

	add_cards(f);
	fixture_file(f, "/run/udev/control", "");
	fixture_boot(f);
	check_as_before(f, "another card has that name");
}

static void a_card_that_keeps_its_name_keeps_the_others(void **state)
{
	struct fixture *f = *state;

	add_cards(f);
	fixture_file(f, "/lib/pvroot/nics", MAC_A " eth1\n" MAC_B " eth2\n");
	fixture_nic(f, "eth2", "devices/vif-2", MAC_C, false);
	fixture_boot(f);
	check_as_before(f, "another card has that name");
	fixture_file(f, "/lib/pvroot/nics", MAC_A " eth1\n" MAC_B " eth0\n");
	fixture_file(f, "/sys/class/net/eth1/flags", "0x1003\n");
	fixture_boot(f);
	check_as_before(f, "it is up already");
}

static void
one_that_cannot_be_renamed_gives_the_other_its_name_back(void **state)
{
	static const char *const calls[] = { "rename eth1", "rename eth0",
					     "rename pvroot0" };
	struct fixture *f = *state;
	size_t i;

	add_cards(f);
	for (i = 0; i < 3; i++) {
		fixture_refuse(f, calls[i], -EBUSY, 1);
		fixture_boot(f);
		check_as_before(f, "is not called eth1");
	}
}

static void a_free_name_is_given_at_once(void **state)
{
	struct fixture *f = *state;

	add_cards(f);
	fixture_file(f, "/lib/pvroot/nics", MAC_A " ens3\n");
	fixture_boot(f);
	check_card(f, "ens3", MAC_A);
	check_card(f, "eth1", MAC_B);
}

/* Its twin came first. udev renames the vif when the twin is gone. */
static void the_name_of_its_own_twin_is_left_to_udev(void **state)
{
	struct fixture *f = *state;
	char text[256];

	fixture_pv(f, "xvda", 51712, &slash);
	fixture_rtl8139(f);
	fixture_nic(f, "eth0", NIC_DEVICE, MAC_A, false);
	fixture_nic(f, "eth1", "devices/vif-0", MAC_A, false);
	fixture_file(f, "/lib/pvroot/nics", MAC_A " eth0\n");
	fixture_boot(f);
	fixture_read(f, LINK_A, text, sizeof(text));
	assert_non_null(strstr(text, "\nName=eth0\n"));
	assert_false(fixture_exists(f, "/sys/class/net/eth0"));
	check_card(f, "eth1", MAC_A);
}

/* udev has named none of these yet. */
static const struct controller_ids passed_through = { 0x8086, 0x100e, 0x8086,
						      0x001e };
static const struct controller_ids emulated = { 0x8086, 0x100e, 0x1af4,
						0x1100 };

static void check_free(struct fixture *f, const char *name, bool is_free)
{
	char line[64], text[256];

	snprintf(line, sizeof(line), MAC_A " %s\n", name);
	fixture_file(f, "/lib/pvroot/nics", line);
	fixture_remove(f, LINK_A);
	fixture_boot(f);
	fixture_read(f, LINK_A, text, sizeof(text));
	assert_int_equal(*text != '\0', is_free);
	assert_true(is_free || is_said(f, "another card has that name"));
}

static void the_name_of_a_passed_through_cards_place_is_its_own(void **state)
{
	struct fixture *f = *state;

	add_cards(f);
	fixture_pci(f, "0000:00:0c.0", &passed_through, "");
	check_free(f, "ens12", false);
	check_free(f, "ens12f1", false);
	fixture_pci(f, "0000:0a:0d.0", &passed_through, "");
	check_free(f, "enp10s13", false);
	check_free(f, "enp0s13", true);
	check_free(f, "enp0s12", false);
	check_free(f, "ens1", true);
	check_free(f, "ens123", true);
	check_free(f, "enp1s12", true);
}

/* e1000 and rtl8139 at once: the first has no vif, and stays what it is. */
static void only_the_twin_of_the_vif_goes(void **state)
{
	struct fixture *f = *state;

	add_cards(f);
	fixture_pci(f, "0000:00:0c.0", &emulated, "e1000");
	fixture_nic(f, "eth2", "devices/pci0000:00/0000:00:0c.0", MAC_C, false);
	fixture_rtl8139(f);
	fixture_nic(f, "eth3", NIC_DEVICE, MAC_A, false);
	check_free(f, "ens12", false);
	assert_true(fixture_exists(f, "/sys/class/net/eth2"));
	assert_false(fixture_exists(f, "/sys/class/net/eth3"));
}

/* Its driver comes later: it is most likely the vif's own twin. */
static void the_place_of_a_twin_is_no_rivals(void **state)
{
	struct fixture *f = *state;

	add_cards(f);
	fixture_pci(f, "0000:00:0c.0", &emulated, "");
	check_free(f, "ens12", true);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(
			the_twin_of_a_card_that_has_its_name_promised_goes),
		FIXTURE_TEST(two_cards_swap_their_names),
		FIXTURE_TEST(three_cards_hand_their_names_on),
		FIXTURE_TEST(they_do_without_run),
		FIXTURE_TEST(where_udev_listens_they_keep_them),
		FIXTURE_TEST(a_card_that_keeps_its_name_keeps_the_others),
		FIXTURE_TEST(
			one_that_cannot_be_renamed_gives_the_other_its_name_back),
		FIXTURE_TEST(a_free_name_is_given_at_once),
		FIXTURE_TEST(the_name_of_its_own_twin_is_left_to_udev),
		FIXTURE_TEST(
			the_name_of_a_passed_through_cards_place_is_its_own),
		FIXTURE_TEST(only_the_twin_of_the_vif_goes),
		FIXTURE_TEST(the_place_of_a_twin_is_no_rivals),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
