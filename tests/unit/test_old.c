// SPDX-License-Identifier: GPL-2.0-or-later
/* Guests that Debian cannot boot, by their sysfs: RHEL 5 (2.6.18) and RHEL 6
 * (2.6.32). The trees are written from the sources of those kernels; none of
 * them was booted here. */
#include <errno.h>
#include <string.h>

#include "cmd/command.h"
#include "fixture.h"

static const struct image data = { .part = { { "ext3", "data", 0, 0 } } };

static const char *const with_nodes[] = { "boot", "--nodes", NULL };
static const char *const ask_udev[] = { "twin", "--udev", "hda", NULL };

static void on_rhel_5_hda1_and_its_label_are_xvda1(void **state)
{
	struct fixture *f = *state;

	fixture_rhel5(f, &fixture_slash);
	fixture_cmdline(f, "ro root=/dev/hda1 resume=/dev/hda2");
	fixture_boot(f);
	check_out(f, "root='/dev/xvda1'\nresume='/dev/xvda2'\n");
	fixture_cmdline(f, "ro root=LABEL=/ pvroot=strict");
	fixture_boot(f);
	check_out(f, "root='/dev/xvda1'\n");
	assert_int_equal(f->status, 0);
}

/* Its PIIX_IDE has no way to let go of a disk. */
static void on_rhel_5_an_hda_that_stays_is_said(void **state)
{
	struct fixture *f = *state;

	fixture_rhel5(f, &fixture_slash);
	f->deaf = true;
	fixture_boot(f);
	check_said(f, "hda is xvda's twin: hidden");
	check_not_said(f, "unbound");
	check_reported(f, "\"twin\": \"hidden\"");
}

static void on_rhel_5_nodes_lead_to_the_pv_disk_and_hda_is_hidden(void **state)
{
	struct fixture *f = *state;
	char text[64];

	fixture_rhel5(f, &fixture_slash);
	f->deaf = true;
	fixture_cmdline(f, "ro root=/dev/hda1");
	fixture_remove(f, "/dev/xvda2");
	fixture_run(f, cmd_boot, with_nodes);
	assert_false(fixture_exists(f, "/dev/hda"));
	assert_false(fixture_exists(f, "/dev/hda2"));
	fixture_read(f, "/dev/xvda2", text, sizeof(text));
	assert_string_equal(text, "202:2");
	fixture_read(f, "/dev/root", text, sizeof(text));
	assert_string_equal(text, "202:1");
	assert_true(sys_readlink(&f->sys, "/dev/hda1", text, sizeof(text)) > 0);
	assert_string_equal(text, "xvda1");
	check_said(f, "hda is hidden: its nodes are gone from /dev");
}

/* The kernel's raidautorun asks for no node. */
static void on_rhel_5_a_hidden_hda_has_no_partitions_in_the_kernel(void **state)
{
	struct fixture *f = *state;

	fixture_rhel5(f, &fixture_slash);
	fixture_run(f, cmd_boot, with_nodes);
	assert_true(fixture_exists(f, "/sys/block/hda"));
	assert_false(fixture_exists(f, "/sys/block/hda/hda1"));
	assert_false(fixture_exists(f, "/sys/block/hda/hda2"));
	assert_true(fixture_exists(f, "/sys/block/xvda/xvda1"));
	check_not_said(f, "raidautorun");
	assert_int_equal(f->status, 0);
	/* Without them it is proven again, as udev asks in the real root. The
	 * node that pvroot makes for itself there is played by a link. */
	fixture_link(f, "/dev/hda", "xvda");
	fixture_run(f, cmd_twin, ask_udev);
	check_out(f, "PVROOT_TWIN=xvda\n");
}

static void on_rhel_5_a_partition_in_use_is_said(void **state)
{
	struct fixture *f = *state;

	fixture_rhel5(f, &fixture_slash);
	fixture_fail_open(f, "hda2", -EBUSY);
	fixture_run(f, cmd_boot, with_nodes);
	check_said(f, "hda2 stays in the kernel's list (in use)");
	assert_false(fixture_exists(f, "/sys/block/hda/hda1"));
	assert_false(fixture_exists(f, "/dev/hda2"));
}

static void on_rhel_5_an_hda_that_is_taken_meanwhile_is_said(void **state)
{
	struct fixture *f = *state;

	fixture_rhel5(f, &fixture_slash);
	fixture_in_use_behind(f, "hda", 1);
	fixture_run(f, cmd_boot, with_nodes);
	check_said(f, "hda keeps its nodes: in use; do not write to both");
	assert_true(fixture_exists(f, "/dev/hda1"));
	assert_true(fixture_exists(f, "/sys/block/hda/hda1"));
}

static void on_rhel_5_an_hda_in_use_or_kept_keeps_its_nodes(void **state)
{
	struct fixture *f = *state;

	fixture_rhel5(f, &fixture_slash);
	f->deaf = true;
	fixture_cmdline(f, "ro root=LABEL=/ pvroot=keep=hda");
	fixture_run(f, cmd_boot, with_nodes);
	assert_true(fixture_exists(f, "/dev/hda1"));
	fixture_cmdline(f, "ro root=LABEL=/");
	fixture_in_use(f, "hda");
	fixture_run(f, cmd_boot, with_nodes);
	assert_true(fixture_exists(f, "/dev/hda1"));
	check_not_said(f, "hda is hidden: its nodes");
}

static void no_node_goes(struct fixture *f)
{
	fixture_file(f, "/dev/sda", "");
	fixture_file(f, "/dev/sda1", "");
	fixture_file(f, "/dev/sda12", "");
	fixture_file(f, "/dev/sdaa", "");
	fixture_file(f, "/dev/sdap", "");
	fixture_file(f, "/dev/sdb1", "");
}

/* Nobody else takes them away there; the fixture's kernel does. */
static void nodes_of_a_twin_that_went_go_too(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	f->behind_delete = no_node_goes;
	fixture_cmdline(f, "ro root=/dev/sda1");
	fixture_run(f, cmd_boot, with_nodes);
	check_said(f, "sda is xvda's twin: deleted");
	assert_false(fixture_exists(f, "/dev/sda"));
	assert_false(fixture_exists(f, "/dev/sda12"));
	assert_true(fixture_exists(f, "/dev/sdaa"));
	assert_true(fixture_exists(f, "/dev/sdap"));
	assert_true(fixture_exists(f, "/dev/sdb1"));
	assert_true(fixture_exists(f, "/dev/sda1")); /* a link: root= */
}

static void without_nodes_asked_for_dev_is_left_as_it_is(void **state)
{
	struct fixture *f = *state;
	uint64_t before;

	fixture_rhel5(f, &fixture_slash);
	f->deaf = true;
	before = fixture_sum(f);
	fixture_boot(f);
	assert_true(fixture_sum(f) == before);
	assert_false(fixture_exists(f, "/dev/root"));
}

/* udev's rule calls so; nothing can take it away, and nothing needs to. */
static void a_hidden_twin_is_a_success_of_the_command(void **state)
{
	static const char *const twin[] = { "twin", "hda", NULL };
	struct fixture *f = *state;

	fixture_rhel5(f, &fixture_slash);
	assert_int_equal(fixture_run(f, cmd_twin, twin), 0);
	check_no_writes(f);
}

/* Before there was pvroot there was no xvda: LABEL= must not find it now,
 * beside the hda that fstab uses. */
static void a_named_hda_stays_and_the_pv_path_is_hidden(void **state)
{
	struct fixture *f = *state;

	fixture_rhel5(f, &fixture_slash);
	fixture_file(f, "/lib/pvroot/names", "/etc/mdadm.conf:3 /dev/hd*\n");
	fixture_cmdline(f, "ro root=LABEL=/");
	fixture_run(f, cmd_boot, with_nodes);
	assert_true(fixture_exists(f, "/dev/hda2"));
	assert_false(fixture_exists(f, "/dev/xvda1"));
	assert_false(fixture_exists(f, "/dev/xvda"));
	check_out(f, "root='/dev/hda1'\n");
	check_said(f, "xvda is hidden");
}

/* The disk is hidden, and keeps its letter. */
static void names_of_a_hidden_hda_lead_to_the_pv_disk(void **state)
{
	struct fixture *f = *state;
	char link[64], path[FIXTURE_PATH];

	fixture_rhel5(f, &fixture_slash);
	fixture_file(f, "/lib/pvroot/names", "/etc/fstab:3 /dev/hda2\n");
	fixture_cmdline(f, "ro root=LABEL=/");
	fixture_run(f, cmd_boot, with_nodes);
	check_out(f, "root='/dev/xvda1'\n");
	fixture_path(f, path, "/dev/hda2");
	assert_true(sys_readlink(&f->sys, path, link, sizeof(link)) > 0);
	assert_string_equal(link, "xvda2");
	assert_false(fixture_exists(f, "/dev/hda1"));
	check_said(f, "/etc/fstab:3 names /dev/hda2: that is /dev/xvda2");
}

/* Udev 095 makes no nodes for it, where the boot has made the links. */
static void a_hidden_hda_is_ignored_where_its_names_are_linked(void **state)
{
	static const char *const ask_hda[] = { "twin", "--udev", "hda", NULL };
	struct fixture *f = *state;

	fixture_rhel5(f, &fixture_slash);
	fixture_file(f, "/etc/fstab", "/dev/hda2 swap swap defaults 0 0\n");
	assert_int_equal(fixture_run(f, cmd_twin, ask_hda), 1);
	fixture_folder(f, "/run/pvroot/links"); /* another disk's */
	assert_int_equal(fixture_run(f, cmd_twin, ask_hda), 1);
	fixture_remove(f, "/dev/hda2");
	fixture_link(f, "/dev/hda2", "xvda2");
	assert_int_equal(fixture_run(f, cmd_twin, ask_hda), 0);
	check_out(f, "PVROOT_TWIN=xvda\n");
}

static void an_ide_disk_without_a_pv_disk_keeps_its_nodes(void **state)
{
	struct fixture *f = *state;

	fixture_rhel5(f, &fixture_slash);
	fixture_ide(f, "hdb", PIIX, 0, 1, "disk", &data);
	fixture_run(f, cmd_boot, with_nodes);
	assert_true(fixture_exists(f, "/dev/hdb1"));
	assert_true(fixture_exists(f, "/sys/block/hdb"));
}

static void xenbus_finds_xvda(struct fixture *f)
{
	fixture_rhel5(f, &fixture_slash);
}

/* insmod xen-vbd returns before xenbus has found a single device. */
static void on_rhel_5_an_empty_xenbus_is_waited_for(void **state)
{
	struct fixture *f = *state;
	uint64_t before = f->now_us;

	fixture_remove(f, "/sys/hypervisor");
	fixture_remove(f, "/sys/bus/xen/drivers/vbd");
	fixture_module(f, "/lib/xen-vbd.ko", 0);
	f->uevents = true;
	fixture_uevent(f, 400, xenbus_finds_xvda, "add", "xen",
		       "/devices/xen/vbd-51712");
	fixture_uevent(f, 600, NULL, "add", "block", "/block/xvda");
	fixture_boot(f);
	assert_in_range((f->now_us - before) / 1000, 400, 10300);
	check_out(f, "root='/dev/xvda1'\n");
}

/* vdev=hda: insmod xen-vbd has waited, and the kernel has given the vbd back.
 */
static void on_rhel_5_a_vbd_that_was_given_back_is_not_waited_for(void **state)
{
	struct fixture *f = *state;
	uint64_t before = f->now_us;

	fixture_rhel5(f, &fixture_slash);
	fixture_remove(f, "/sys/block/xvda");
	fixture_remove(f, "/sys/bus/xen/devices/vbd-51712");
	fixture_remove(f, "/sys/devices/xen");
	fixture_cmdline(f, "ro root=LABEL=/ pvroot=debug");
	f->uevents = true;
	fixture_run(f, cmd_boot, with_nodes);
	assert_in_range((f->now_us - before) / 1000, 0, 100);
	check_out(f, "");
	check_said(f, "with vdev=hda this kernel's IDE driver has its number; "
		      "ide0=noprobe on the kernel command line, or vdev=xvda");
	check_not_said(f, "the host offers none");
	check_said(f, "the PV disk driver is there already");
	check_not_said(f, "built in");
	assert_true(fixture_exists(f, "/dev/hda1"));
}

/* ide0=noprobe and vdev=hda: the PV disk has the old name, and no twin. */
static void on_rhel_5_a_pv_disk_may_be_called_hda(void **state)
{
	struct fixture *f = *state;

	fixture_rhel5(f, &fixture_slash);
	fixture_drop_disk(f, "hda");
	fixture_drop_disk(f, "xvda");
	fixture_remove(f, "/sys/bus/xen/devices/vbd-51712");
	fixture_vbd(f, 768, true, "4");
	fixture_old_disk(f, "hda", "devices/xen/vbd-768", "3:0",
			 &fixture_slash);
	fixture_cmdline(f, "ro root=LABEL=/ ide0=noprobe");
	fixture_run(f, cmd_boot, with_nodes);
	check_out(f, "root='/dev/hda1'\n");
	assert_true(fixture_exists(f, "/dev/root"));
	assert_true(fixture_exists(f, "/dev/hda1"));
	check_not_said(f, "twin");
}

/* 2.6.32: no guest_type, no ata folders, sda's PV disk is xvde. */
static void make_rhel6(struct fixture *f, uint32_t number, const char *name)
{
	static const struct controller_ids piix = { 0x8086, 0x7010, 0x5853,
						    0x0001 };

	fixture_remove(f, "/sys/hypervisor/guest_type");
	fixture_pv(f, name, number, &fixture_slash);
	fixture_pci(f, PIIX, &piix, "ata_piix");
	fixture_folder(f, "/sys/devices/pci0000:00/" PIIX "/host0");
	fixture_folder(f, "/sys/devices/pci0000:00/" PIIX "/host1");
	fixture_remove(f, "/sys/devices/pci0000:00/" PIIX "/driver_override");
}

static void on_rhel_6_hosts_are_the_channels(void **state)
{
	struct fixture *f = *state;

	make_rhel6(f, 768, "xvda");
	fixture_scsi(f, "sda", PIIX, 0, 0, &fixture_slash);
	fixture_boot(f);
	check_said(f, "sda is xvda's twin: deleted");
	check_out(f, "root='/dev/xvda1'\n");
}

static void on_rhel_6_the_second_channel_is_hdc(void **state)
{
	struct fixture *f = *state;

	make_rhel6(f, 5632, "xvdc");
	fixture_scsi(f, "sda", PIIX, 1, 0, &fixture_slash);
	fixture_boot(f);
	check_said(f, "sda is xvdc's twin");
}

static void on_rhel_6_root_sda1_is_xvde1(void **state)
{
	struct fixture *f = *state;

	make_rhel6(f, 2048, "xvde");
	fixture_lsi(f);
	fixture_scsi(f, "sda", LSI, 2, 0, &fixture_slash);
	fixture_cmdline(f, "root=/dev/sda1 pvroot=strict");
	fixture_boot(f);
	check_out(f, "root='/dev/xvde1'\n");
	assert_int_equal(f->status, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(on_rhel_5_hda1_and_its_label_are_xvda1),
		FIXTURE_TEST(on_rhel_5_an_hda_that_stays_is_said),
		FIXTURE_TEST(
			on_rhel_5_nodes_lead_to_the_pv_disk_and_hda_is_hidden),
		FIXTURE_TEST(
			on_rhel_5_a_hidden_hda_has_no_partitions_in_the_kernel),
		FIXTURE_TEST(on_rhel_5_a_partition_in_use_is_said),
		FIXTURE_TEST(on_rhel_5_an_hda_that_is_taken_meanwhile_is_said),
		FIXTURE_TEST(on_rhel_5_an_hda_in_use_or_kept_keeps_its_nodes),
		FIXTURE_TEST(nodes_of_a_twin_that_went_go_too),
		FIXTURE_TEST(without_nodes_asked_for_dev_is_left_as_it_is),
		FIXTURE_TEST(a_hidden_twin_is_a_success_of_the_command),
		FIXTURE_TEST(a_named_hda_stays_and_the_pv_path_is_hidden),
		FIXTURE_TEST(names_of_a_hidden_hda_lead_to_the_pv_disk),
		FIXTURE_TEST(
			a_hidden_hda_is_ignored_where_its_names_are_linked),
		FIXTURE_TEST(an_ide_disk_without_a_pv_disk_keeps_its_nodes),
		FIXTURE_TEST(on_rhel_5_an_empty_xenbus_is_waited_for),
		FIXTURE_TEST(
			on_rhel_5_a_vbd_that_was_given_back_is_not_waited_for),
		FIXTURE_TEST(on_rhel_5_a_pv_disk_may_be_called_hda),
		FIXTURE_TEST(on_rhel_6_hosts_are_the_channels),
		FIXTURE_TEST(on_rhel_6_the_second_channel_is_hdc),
		FIXTURE_TEST(on_rhel_6_root_sda1_is_xvde1),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
