// SPDX-License-Identifier: GPL-2.0-or-later
/* The names in use: what the commands that run in the real root do with them.
 * test_etc.c: which names the files of the configuration have. */
#include <stdio.h>
#include <string.h>

#include "cmd/command.h"
#include "find/inuse.h"
#include "fixture.h"

#define MAC	   "00:16:3e:00:00:01"
#define NIC_DEVICE "devices/pci0000:00/" RTL8139

static void udev_and_the_command_decide_alike(struct fixture *f)
{
	assert_int_equal(fixture_twin_command(f, "--udev", "sda"), 1);
	check_out(f, "");
	assert_int_equal(fixture_twin_command(f, NULL, "sda"), 1);
	check_no_writes(f);
}

static void a_twin_that_stays_is_not_hidden(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	fixture_cmdline(f, "root=LABEL=/ pvroot=keep=sda");
	udev_and_the_command_decide_alike(f);
	fixture_cmdline(f, "root=LABEL=/");
	fixture_file(f, "/etc/fstab", "/dev/sda2 none swap sw 0 0\n");
	udev_and_the_command_decide_alike(f);
	check_said(f, "/etc/fstab:1 names it (/dev/sda2)");
	fixture_remove(f, "/etc/fstab");
	fixture_in_use(f, "sda");
	udev_and_the_command_decide_alike(f);
}

/* In the real root, or an initrd whose udev has just met the disk. */
static void a_root_that_boot_has_answered_follows(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	fixture_cmdline(f, "root=/dev/sda1");
	assert_int_equal(fixture_twin_command(f, "--udev", "sda"),
			 1); /* nobody answered */
	fixture_file(f, "/run/pvroot/answers", "root=/dev/sda1\n");
	assert_int_equal(fixture_twin_command(f, "--udev", "sda"), 0);
	fixture_file(f, "/run/pvroot/answers", "root=/dev/sda11\n");
	assert_int_equal(fixture_twin_command(f, "--udev", "sda"), 1);
}

/* dracut's files are the initrd's own words; the real root's are not. */
static void a_root_in_the_images_own_lines_keeps_the_twin(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	fixture_cmdline(f, "quiet");
	fixture_file(f, "/etc/cmdline.d/root.conf", "root=/dev/sda1\n");
	assert_int_equal(fixture_twin_command(f, "--udev", "sda"), 0);
	fixture_file(f, "/lib/pvroot/modules", "");
	assert_int_equal(fixture_twin_command(f, "--udev", "sda"), 1);
}

static void boot_remembers_what_it_answered(void **state)
{
	struct fixture *f = *state;
	char text[128];

	fixture_twin(f, &fixture_slash);
	fixture_cmdline(f, "root=/dev/sda1 resume=LABEL=SWAP-hda2");
	fixture_boot(f);
	fixture_read(f, "/run/pvroot/answers", text, sizeof(text));
	assert_string_equal(text, "root=/dev/sda1\n");
	assert_false(fixture_exists(f, "/run/pvroot/old"));
}

/* root= then means the twin still. */
static void
udev_leads_an_unanswered_kernel_name_to_the_pv_partition(void **state)
{
	struct fixture *f = *state;
	char text[128];

	fixture_twin(f, &fixture_slash);
	fixture_folder(f, "/run/udev");
	fixture_file(f, "/sys/devices/vbd-51712/block/xvda/xvda1/uevent", "");
	fixture_cmdline(f, "root=/dev/sda1 resume=/dev/sda2");
	assert_int_equal(fixture_twin_command(f, "--udev", "sda"), 0);
	assert_int_equal(fixture_twin_command(f, NULL, "sda"), 0);
	/* A link that is made before udev has seen its end goes with it. */
	assert_false(fixture_exists(f, "/run/pvroot/links"));
	assert_int_equal(fixture_twin_command(f, "--gone", "sda2"), 0);
	assert_int_equal(fixture_twin_command(f, "--gone", "sda3"), 0);
	assert_int_equal(fixture_twin_command(f, "--gone", "sda1"), 0);
	fixture_read(f, "/run/pvroot/links/xvda1", text, sizeof(text));
	assert_string_equal(text, "PVROOT_LINK_1=sda1\n");
	fixture_read(f, "/run/pvroot/links/xvda2", text, sizeof(text));
	assert_string_equal(text, "PVROOT_LINK_2=sda2\n");
	check_wrote(f, "/sys/class/block/xvda1/uevent", "change");
	check_said(f, "root=/dev/sda1 -> /dev/xvda1: the name follows");
	/* What boot has answered needs no link. */
	fixture_remove(f, "/run/pvroot/links");
	fixture_file(f, "/run/pvroot/answers", "root=/dev/sda1\n");
	assert_int_equal(fixture_twin_command(f, "--gone", "sda1"), 0);
	assert_false(fixture_exists(f, "/run/pvroot/links"));
}

static void a_word_that_is_no_device_does_nothing(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	fixture_nic(f, "eth0", "devices/vif-0", MAC, false);
	fixture_rtl8139(f);
	fixture_nic(f, "eth1", NIC_DEVICE, MAC, false);
	assert_int_equal(fixture_twin_command(f, NULL, "sdz"), 1);
	check_no_writes(f);
	check_said(f, "twin sdz: no disk and no network card of that name");
	assert_int_equal(fixture_twin_command(f, NULL, "eth1"), 0);
	assert_false(fixture_exists(f, "/sys/class/net/eth1"));
}

static void bring_eth1_back(struct fixture *f)
{
	fixture_nic(f, "eth1", NIC_DEVICE, MAC, false);
}

static void a_nic_that_was_brought_back_is_left_alone(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_nic(f, "eth0", "devices/vif-0", MAC, false);
	fixture_rtl8139(f);
	fixture_nic(f, "eth1", NIC_DEVICE, MAC, false);
	assert_int_equal(fixture_twin_command(f, NULL, MAC), 0);
	f->on_rescan = bring_eth1_back;
	assert_int_equal(fixture_twin_command(f, "--restore", "eth1"), 0);
	assert_true(fixture_exists(f, "/sys/class/net/eth1"));
	assert_int_equal(fixture_twin_command(f, NULL, "eth1"), 1);
	check_no_writes(f);
	assert_true(fixture_exists(f, "/sys/class/net/eth1"));
}

/* Does the emulated card, called so, stay where the configuration names this
 * one, and the vif is called that? */
static bool stays(struct fixture *f, const char *card, const char *vif,
		  const char *named)
{
	char line[64], path[64];
	bool there;

	fixture_nic(f, vif, "devices/vif-0", MAC, false);
	fixture_nic(f, card, NIC_DEVICE, MAC, false);
	snprintf(line, sizeof(line), "/etc/network/interfaces:2 nic %s\n",
		 named);
	fixture_file(f, "/lib/pvroot/names", line);
	fixture_boot(f);
	snprintf(path, sizeof(path), "/sys/class/net/%s", card);
	there = fixture_exists(f, path);
	fixture_drop_nic(f, vif);
	fixture_drop_nic(f, card);
	return there;
}

static void a_nic_whose_name_the_network_uses_stays(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_rtl8139(f);
	assert_true(stays(f, "ens3", "enX0", "ens3"));
	check_said(f, "ens3 is enX0's twin (" MAC
		      "), but /etc/network/interfaces:2 configures ens3");
	/* In an initrd nobody has renamed it yet. */
	assert_true(stays(f, "eth1", "eth0", "ens3"));
	assert_true(stays(f, "eth1", "eth0", "ens3.100"));
	assert_true(stays(f, "eth1", "eth0", "lan0"));
	assert_true(stays(f, "eth1", "eth0", "eth1"));
	assert_true(stays(f, "eth1", "eth0", "ens*"));
	assert_true(stays(f, "eth1", "eth0", "en*"));
	/* Whatever it is called: the configuration goes by its driver. */
	assert_true(stays(f, "ens3", "enX0", "/dev/?"));
	assert_true(stays(f, "eth1", "eth0", "/dev/?"));
}

static void a_nic_whose_name_nobody_uses_goes(void **state)
{
	static const char *const harmless[] = { "eth0", "enX0",	 "lo",
						"br0",	"bond0", "eth7",
						"eth*", "eth0:1" };
	struct fixture *f = *state;
	size_t i;

	for (i = 0; i < sizeof(harmless) / sizeof(harmless[0]); i++) {
		fixture_pv(f, "xvda", 51712, &fixture_slash);
		fixture_rtl8139(f);
		if (stays(f, "eth1", "eth0", harmless[i]))
			fail_msg("kept for %s", harmless[i]);
		fixture_teardown(state);
		fixture_setup(state);
		f = *state;
	}
	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_rtl8139(f);
	assert_false(stays(f, "ens3", "enX0", "ens4"));
}

static void an_ip_parameter_names_its_card(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_nic(f, "eth0", "devices/vif-0", MAC, false);
	fixture_rtl8139(f);
	fixture_nic(f, "eth1", NIC_DEVICE, MAC, false);
	fixture_cmdline(f, "root=LABEL=/ ip=10.0.0.2::10.0.0.1:255.0.0.0:h:"
			   "ens3:none");
	fixture_boot(f);
	check_no_writes(f);
	check_said(f, "but ip= configures ens3");
	fixture_cmdline(f, "root=LABEL=/ rd.route=10.0.0.0/8:10.0.0.1:ens4");
	fixture_boot(f);
	check_no_writes(f);
	check_said(f, "but rd.route= configures ens4");
	fixture_cmdline(f, "root=LABEL=/ ip=dhcp");
	fixture_boot(f);
	assert_false(fixture_exists(f, "/sys/class/net/eth1"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(a_twin_that_stays_is_not_hidden),
		FIXTURE_TEST(a_root_that_boot_has_answered_follows),
		FIXTURE_TEST(a_root_in_the_images_own_lines_keeps_the_twin),
		FIXTURE_TEST(boot_remembers_what_it_answered),
		FIXTURE_TEST(
			udev_leads_an_unanswered_kernel_name_to_the_pv_partition),
		FIXTURE_TEST(a_word_that_is_no_device_does_nothing),
		FIXTURE_TEST(a_nic_that_was_brought_back_is_left_alone),
		FIXTURE_TEST(a_nic_whose_name_the_network_uses_stays),
		FIXTURE_TEST(a_nic_whose_name_nobody_uses_goes),
		FIXTURE_TEST(an_ip_parameter_names_its_card),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
