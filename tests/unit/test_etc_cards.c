// SPDX-License-Identifier: GPL-2.0-or-later
/* Which names of network cards each file of the configuration has. */
#include <stdio.h>
#include <string.h>

#include "find/inuse.h"
#include "names.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define NM	 "/etc/NetworkManager/system-connections/"

static void services_name_cards(void **state)
{
	static const struct names_row rows[] = {
		{ "/etc/nftables.conf", "iifname { \"ens3\", \"lo\" } accept\n",
		  "/etc/nftables.conf:1 nic ens3\n" },
		{ "/etc/firewalld/zones/public.xml",
		  "<interface name=\"ens3\"/>\n",
		  "/etc/firewalld/zones/public.xml:1 nic ens3\n" },
		{ "/etc/iptables/rules.v4", "-A INPUT -i ens3 -j ACCEPT\n",
		  "/etc/iptables/rules.v4:1 nic ens3\n" },
		{ "/etc/dnsmasq.d/lan",
		  "interface=enp0s3\naddress=/email1.example/0.0.0.0\n"
		  "interface=enx00163e000001\ninterface=ens3.100\n",
		  "/etc/dnsmasq.d/lan:1 nic enp0s3\n"
		  "/etc/dnsmasq.d/lan:3 nic enx00163e000001\n"
		  "/etc/dnsmasq.d/lan:4 nic ens3\n" },
	};

	expect_rows(*state, rows, COUNT(rows));
}

static void each_way_to_configure_the_network_is_read(void **state)
{
	static const struct names_row rows[] = {
		{ "/etc/network/interfaces",
		  "auto lo\niface lo inet loopback\nallow-hotplug ens3\n"
		  "iface ens3 inet static\n  address 10.9.0.2\n"
		  "iface lan0 inet manual\n",
		  "/etc/network/interfaces:1 nic lo\n"
		  "/etc/network/interfaces:3 nic ens3\n"
		  "/etc/network/interfaces:6 nic lan0\n" },
		{ "/etc/netplan/01.yaml",
		  "network:\n  version: 2\n  ethernets:\n    ens3:\n"
		  "      dhcp4: true\n    lan7:\n      dhcp4: true\n"
		  "  vlans:\n    v1:\n      link: ens4\n",
		  "/etc/netplan/01.yaml:4 nic ens3\n"
		  "/etc/netplan/01.yaml:6 nic lan7\n"
		  "/etc/netplan/01.yaml:10 nic ens4\n" },
		{ "/etc/NetworkManager/system-connections/x.nmconnection",
		  "[connection]\nid=ens9\ninterface-name=ens3\n",
		  NM "x.nmconnection:2 nic ens9\n" NM
		     "x.nmconnection:3 nic ens3\n" },
		{ "/etc/systemd/network/10.network",
		  "[Match]\nName=ens3\n[Network]\nDHCP=yes\n",
		  "/etc/systemd/network/10.network:2 nic ens3\n" },
		{ "/etc/sysconfig/network-scripts/ifcfg-eth0", "DEVICE=eth0\n",
		  "/etc/sysconfig/network-scripts/ifcfg-eth0 nic eth0\n" },
		{ "/etc/sysconfig/network/ifcfg-eth0", "STARTMODE=auto\n",
		  "/etc/sysconfig/network/ifcfg-eth0 nic eth0\n" },
		{ "/etc/sysconfig/network/ifcfg-eth0.bak", "x\n", "" },
		{ NM "Wired connection 1.nmconnection",
		  "[connection]\ninterface-name=ens3\n",
		  "Wired_connection_1.nmconnection:2 nic ens3\n" },
		{ "/etc/network/interfaces.d/a b", "auto ens3\n",
		  "/etc/network/interfaces.d/a_b:1 nic ens3\n" },
		{ "/etc/conf.d/net", "config_lan0=\"10.0.0.2/24\"\n",
		  "/etc/conf.d/net:1 nic lan0\n" },
		{ "/etc/init.d/net.lan0", "x /dev/sda\n",
		  "/etc/init.d/net.lan0 nic lan0\n" },
		{ "/etc/dhcpcd.conf", "allowinterfaces ens* lan0\n",
		  "/etc/dhcpcd.conf:1 nic ens*\n"
		  "/etc/dhcpcd.conf:1 nic lan0\n" },
		{ "/etc/network/interfaces", "bridge_ports regex ens.* lan0\n",
		  "/etc/network/interfaces:1 nic ens*\n"
		  "/etc/network/interfaces:1 nic lan0\n" },
		{ "/etc/network/interfaces",
		  "source /etc/network/interfaces.d/*\n"
		  "source interfaces.d/*\nsource-directory /run/network/x\n",
		  "" },
	};

	expect_rows(*state, rows, COUNT(rows));
}

/* By what only the emulated card has: any of them may be meant. */
static void a_card_that_is_matched_otherwise_may_be_any(void **state)
{
	static const struct names_row rows[] = {
		{ "/etc/netplan/x.yaml",
		  "network:\n  ethernets:\n    \"lan\":\n      match:\n"
		  "        name: ens*\n      set-name: x\n",
		  "/etc/netplan/x.yaml:3 nic lan\n"
		  "/etc/netplan/x.yaml:5 nic ens*\n" },
		{ "/etc/netplan/x.yaml",
		  "  ethernets:\n    a:\n      match: {driver: 8139cp}\n"
		  "    b:\n      match: {driver: xen_netfront}\n",
		  "/etc/netplan/x.yaml:2 nic a\n"
		  "/etc/netplan/x.yaml:3 nic /dev/?\n"
		  "/etc/netplan/x.yaml:4 nic b\n" },
		{ "/etc/netplan/x.yaml",
		  "  ethernets:\n    a:\n      match:\n        driver:\n"
		  "          - 8139*\n",
		  "/etc/netplan/x.yaml:2 nic a\n"
		  "/etc/netplan/x.yaml:4 nic /dev/?\n" },
		{ "/etc/netplan/x.yaml",
		  "  ethernets:\n    b:\n      match: {driver: xen_netfront}\n",
		  "/etc/netplan/x.yaml:2 nic b\n" },
		{ "/etc/systemd/network/a.network", "[Match]\nDriver=8139cp\n",
		  "/etc/systemd/network/a.network:2 nic /dev/?\n" },
		{ "/etc/systemd/network/a.network",
		  "[Match]\nPath=pci-0000:00:04.0\n",
		  "/etc/systemd/network/a.network:2 nic /dev/?\n" },
		{ "/etc/systemd/network/a.network.d/b.conf",
		  "Property=ID_NET_DRIVER=8139cp\n",
		  "/etc/systemd/network/a.network.d/b.conf:1 nic /dev/?\n" },
		{ "/etc/systemd/network/a.network",
		  "Driver=xen_netfront\nType=ether\nPath=\n", "" },
		{ NM "a", "[match]\npath=pci-0000:00:04.0;\n",
		  NM "a:2 nic /dev/?\n" },
		{ "/etc/network/interfaces", "source /etc/network/conf/*\n",
		  "/etc/network/interfaces:1 nic /dev/?\n" },
		{ "/etc/network/interfaces", "bridge_ports regex (ens|eth).*\n",
		  "/etc/network/interfaces:1 nic /dev/?\n" },
	};

	expect_rows(*state, rows, COUNT(rows));
}

/* The list in an image has one name a line, and no blank before it. */
static void an_image_reads_what_was_written(void **state)
{
	struct fixture *f = *state;
	struct inuse inuse = { 0 };

	fixture_file(f, NM "Wired connection 1.nmconnection",
		     "interface-name=ens3\n");
	fixture_file(f, "/lib/pvroot/names", names_of(f));
	inuse_add_image(&inuse, &f->sys);
	assert_int_equal(inuse.count, 1);
	assert_int_equal(inuse.at[0].kind, INUSE_NIC);
	assert_string_equal(inuse.at[0].name, "ens3");
	inuse_free(&inuse);
}

/* No list is endless: beyond it nobody knows what is meant. */
static void more_names_than_there_may_be_are_no_names(void **state)
{
	struct inuse inuse = { 0 };
	char name[16];
	unsigned int i;

	(void)state;
	for (i = 0; i < 1025; i++) {
		assert_false(inuse.lost);
		snprintf(name, sizeof(name), "eth%u", i);
		inuse_add(&inuse, "x", name, INUSE_NIC);
	}
	assert_true(inuse.lost);
	assert_int_equal(inuse.count, 1024);
	inuse_free(&inuse);
}

static void a_folder_among_files_hides_nothing(void **state)
{
	struct fixture *f = *state;

	fixture_folder(f, "/etc/network/interfaces.d/old");
	assert_string_equal(names_of(f), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(services_name_cards),
		FIXTURE_TEST(each_way_to_configure_the_network_is_read),
		FIXTURE_TEST(a_card_that_is_matched_otherwise_may_be_any),
		FIXTURE_TEST(an_image_reads_what_was_written),
		FIXTURE_TEST(more_names_than_there_may_be_are_no_names),
		FIXTURE_TEST(a_folder_among_files_hides_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
