// SPDX-License-Identifier: GPL-2.0-or-later
/* Which network card has which name of the configuration: the record, what is
 * there now, and what a boot may add to it. */
#include "fixture.h"

#include <string.h>

#include "admin/bootcfg/cards.h"

#define INTERFACES "/etc/network/interfaces"
#define A	   "00:16:3e:00:00:0a"
#define B	   "00:16:3e:00:00:0b"

static struct cards cards;

/* A guest with a vif that the configuration calls eth0. */
static void guest(struct fixture *f, const char *record)
{
	fixture_vif(f, 0);
	fixture_nic(f, "eth0", "devices/vif-0", A, true);
	fixture_file(f, INTERFACES, "auto eth0\niface eth0 inet dhcp\n");
	if (record)
		fixture_file(f, CARDS_FILE, record);
}

static void check_cards(struct fixture *f, bool boot, const char *want)
{
	char text[CARDS_TEXT] = "";
	unsigned int i;

	if (boot)
		cards_read_boot(&cards, &f->sys);
	else
		cards_read(&cards, &f->sys);
	for (i = 0; i < cards.count; i++)
		cards_line(text, &cards.at[i]);
	assert_string_equal(text, want);
	cards_free(&cards);
}

static void what_is_there_and_configured_is_recorded(void **state)
{
	struct fixture *f = *state;

	guest(f, NULL);
	check_cards(f, false, A " eth0\n");
	fixture_file(f, INTERFACES, "auto eth1\niface eth1 inet dhcp\n");
	check_cards(f, false, "");
	fixture_file(f, INTERFACES, "auto eth0.7\niface eth0.7 inet dhcp\n");
	check_cards(f, false, A " eth0\n");
}

static void what_is_seen_replaces_a_record_of_its_mac_or_name(void **state)
{
	struct fixture *f = *state;

	guest(f, A " eth5\n" B " eth0\nno-mac eth7\n" B "\n");
	check_cards(f, false, A " eth0\n");
}

static void a_boot_does_not_contradict_the_record(void **state)
{
	struct fixture *f = *state;

	guest(f, B " eth0\n");
	fixture_vif(f, 1);
	fixture_nic(f, "eth1", "devices/vif-1", B, true);
	check_cards(f, true, B " eth0\n");
	fixture_file(f, INTERFACES, "auto eth0\nauto eth9\n");
	fixture_file(f, CARDS_FILE, A " eth9\n");
	check_cards(f, true, A " eth9\n");
	fixture_file(f, CARDS_FILE, A " eth8\n");
	check_cards(f, true, A " eth0\n");
}

static void a_boot_adds_only_cards_that_are_up(void **state)
{
	struct fixture *f = *state;

	guest(f, NULL);
	check_cards(f, true, A " eth0\n");
	fixture_file(f, "/sys/devices/vif-0/net/eth0/flags", "0x1002\n");
	check_cards(f, true, "");
}

static void an_address_that_somebody_set_is_not_the_cards(void **state)
{
	struct fixture *f = *state;

	guest(f, NULL);
	fixture_file(f, "/sys/devices/vif-0/net/eth0/addr_assign_type", "3\n");
	check_cards(f, false, "");
	fixture_folder(f, "/sys/devices/vif-0/net/eth0/bonding_slave");
	check_cards(f, false, A " eth0\n");
}

static void of_two_configured_cards_of_one_mac_neither_is_known(void **state)
{
	struct fixture *f = *state;

	guest(f, NULL);
	fixture_vif(f, 1);
	fixture_nic(f, "eth1", "devices/vif-1", A, true);
	check_cards(f, false, A " eth0\n");
	fixture_file(f, INTERFACES, "auto eth0\nauto eth1\n");
	check_cards(f, false, "");
}

static void a_card_that_is_passed_through_takes_no_name(void **state)
{
	static const struct controller_ids ids = { 0x8086, 0x1521, 0x8086, 1 };
	struct fixture *f = *state;

	guest(f, B " ens6\n");
	fixture_pci(f, "0000:00:06.0", &ids, "igb");
	fixture_nic(f, "ens6", "devices/pci0000:00/0000:00:06.0", A, true);
	fixture_file(f, INTERFACES, "auto eth0\nauto ens6\n");
	check_cards(f, true, B " ens6\n" A " eth0\n");
	check_cards(f, false, A " eth0\n");
}

static void an_image_gets_the_names_that_are_still_used(void **state)
{
	struct fixture *f = *state;
	char text[CARDS_TEXT];

	guest(f, B " eth9\n");
	cards_read(&cards, &f->sys);
	cards_for_image(&cards, text);
	assert_string_equal(text, A " eth0\n");
	cards_free(&cards);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(what_is_there_and_configured_is_recorded),
		FIXTURE_TEST(what_is_seen_replaces_a_record_of_its_mac_or_name),
		FIXTURE_TEST(a_boot_does_not_contradict_the_record),
		FIXTURE_TEST(a_boot_adds_only_cards_that_are_up),
		FIXTURE_TEST(an_address_that_somebody_set_is_not_the_cards),
		FIXTURE_TEST(
			of_two_configured_cards_of_one_mac_neither_is_known),
		FIXTURE_TEST(a_card_that_is_passed_through_takes_no_name),
		FIXTURE_TEST(an_image_gets_the_names_that_are_still_used),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
