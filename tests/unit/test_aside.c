// SPDX-License-Identifier: GPL-2.0-or-later
/* Where a disk is left on its old path, LVM and md must not find the PV path
 * either; and nobody who needs that path loses it. */
#include <errno.h>
#include <stdio.h>

#include "cmd/command.h"
#include "fixture.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define UNBIND	 "/sys/bus/xen/devices/vbd-51712/driver/unbind"
#define NAMES	 "/lib/pvroot/names"
#define WWID	 "/etc/lvm/devices/system.devices:3 /dev/sda2:sys_wwid\n"

/* xvda and sda, which LVM's list of devices keeps. */
static struct fixture *kept_twin(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	fixture_file(f, NAMES, WWID);
	return f;
}

static void check_there(struct fixture *f, bool twin, bool pv)
{
	assert_int_equal(fixture_exists(f, "/sys/block/sda"), twin);
	assert_int_equal(fixture_exists(f, "/sys/block/xvda"), pv);
}

static void the_pv_path_of_a_disk_on_its_old_path_goes(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	fixture_pv(f, "xvdb", 51728, &fixture_slash);
	fixture_file(f, NAMES, WWID);
	check_answers(f, "root=/dev/mapper/vg-root", 0, "");
	check_there(f, true, false);
	assert_true(fixture_exists(f, "/sys/block/xvdb"));
	check_wrote(f, UNBIND, "vbd-51712");
	assert_true(fixture_exists(f, "/run/pvroot/old/xvda"));
	check_said(f, "xvda is put aside, since its twin is in use: vbd-51712 "
		      "has no driver");
}

/* Somebody may use the PV disk by each of these. */
static void a_name_that_may_be_the_pv_disks_keeps_both(void **state)
{
	static const char *const names[] = {
		"/dev/xvda3",
		"/dev/xvdb1",
		"/dev/disk/../xvda3",
		"/dev/block/202:3",
		"/dev/somebodys-link",
		"/dev/disk/by-path/xen-vbd-51712",
		"/dev/disk/by-diskseq/4",
		"xvda3",
		"reject ^/dev/sda",
		"reject sd", /* LVM would find none */
	};
	struct fixture *f = *state;
	char text[256];
	size_t i;

	fixture_twin(f, &fixture_slash);
	for (i = 0; i < COUNT(names); i++) {
		snprintf(text, sizeof(text), WWID "/etc/fstab:3 %s\n",
			 names[i]);
		fixture_file(f, NAMES, text);
		check_answers(f, "root=/dev/mapper/vg-root", 0, "");
		check_there(f, true, true);
	}
	check_said(f, "xvda stays beside its twin (/etc/fstab:3): do not write "
		      "to both");
}

static void names_of_content_keep_nothing(void **state)
{
	static const char names[] = WWID
		"/etc/fstab:1 /dev/disk/by-uuid/1-2\n/etc/fstab:2 /dev/vg/x\n"
		"/etc/fstab:3 /dev/mapper/x\n/etc/fstab:4 /dev/md0\n"
		"/etc/fstab:5 /dev/disk/by-id/ata-QEMU_HARDDISK_QM00001\n"
		"/etc/fstab:6 later /dev/sr0\n/etc/interfaces:2 nic xvd0\n";
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	fixture_file(f, NAMES, names);
	check_answers(f, "root=/dev/mapper/vg-root", 0, "");
	check_there(f, true, false);
}

static void who_asks_for_the_pv_disk_gets_it(void **state)
{
	struct fixture *f = kept_twin(state);

	check_answers(f, "root=LABEL=/ resume=/dev/xvda2", 0,
		      "root='/dev/sda1'\n");
	check_there(f, true, true);
}

static void what_is_in_use_stays(void **state)
{
	struct fixture *f = kept_twin(state);

	fixture_in_use(f, "xvda");
	check_answers(f, "root=/dev/mapper/vg-root", 0, "");
	check_there(f, true, true);
	check_said(f, "xvda stays beside its twin (in use)");
}

static void an_unbind_that_fails_is_said(void **state)
{
	struct fixture *f = kept_twin(state);

	f->unbind_error = -EIO;
	check_answers(f, "root=/dev/mapper/vg-root", 0, "");
	check_there(f, true, true);
	check_said(f, "xvda stays beside its twin (input/output error)");
}

/* keep= is the owner's word; strict, and twins that stay for other reasons,
 * leave the PV path in use. */
static void no_other_twin_costs_its_pv_path(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	check_answers(f, "root=LABEL=/ pvroot=keep=sda", 0,
		      "root='/dev/xvda1'\n");
	check_there(f, true, true);
	fixture_file(f, NAMES, WWID);
	check_answers(f, "root=LABEL=/ pvroot=strict", 0,
		      "root='/dev/xvda1'\n");
	check_there(f, false, true);
}

static void what_stays_on_its_old_path_is_not_remembered(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	fixture_file(f, "/lib/pvroot/names", "/etc/fstab:3 /dev/sda2\n");
	check_answers(f, "root=/dev/sda1", 0, "");
	assert_false(fixture_exists(f, "/run/pvroot/answers"));
	assert_true(fixture_exists(f, "/run/pvroot/old/xvda"));
	fixture_remove(f, "/run/pvroot");
	fixture_bring_back(f, &fixture_slash);
	check_answers(f, "root=/dev/sda1 pvroot=strict", 0,
		      "root='/dev/xvda1'\n");
	assert_false(fixture_exists(f, "/run/pvroot/old"));
}

/* The disk was left on its old path when its twin had no driver yet; now udev
 * asks for the twin. */
static struct fixture *late_twin(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	fixture_file(f, "/lib/pvroot/modules", "");
	fixture_file(f, "/run/pvroot/old/xvda", "");
	fixture_cmdline(f, "root=/dev/mapper/vg-root");
	return f;
}

static void udev_asks(struct fixture *f, int status)
{
	static const char *const argv[] = { "twin", "sda", NULL };

	assert_int_equal(fixture_run(f, cmd_twin, argv), status);
}

/* Seen in a guest: swap by LABEL= was on xvda2, and the root on sda1. */
static void the_pv_path_goes_when_the_twin_comes(void **state)
{
	struct fixture *f = late_twin(state);

	udev_asks(f, 1);
	check_there(f, true, false);
	check_wrote(f, UNBIND, "vbd-51712");
	check_said(f, "xvda is put aside, since its twin is in use: vbd-51712 "
		      "has no driver");
}

static void in_the_real_root_it_is_too_late(void **state)
{
	struct fixture *f = late_twin(state);

	fixture_remove(f, "/lib/pvroot/modules");
	udev_asks(f, 1);
	check_there(f, true, true);
}

static void a_twin_that_comes_late_costs_no_pv_path_in_use(void **state)
{
	struct fixture *f = late_twin(state);

	fixture_in_use(f, "xvda");
	udev_asks(f, 1);
	check_there(f, true, true);
	check_said(f, "xvda stays beside its twin (in use)");
}

/* resume=/dev/xvda2, which boot has answered. */
static void a_late_twin_costs_nobody_a_pv_disk_by_name(void **state)
{
	struct fixture *f = late_twin(state);

	fixture_file(f, "/run/pvroot/answers", "resume=/dev/xvda2\n");
	udev_asks(f, 1);
	check_there(f, true, true);
}

/* keep= is no reason, nor is a name of which boot did not say it. */
static void a_late_twin_costs_no_other_pv_path(void **state)
{
	struct fixture *f = late_twin(state);

	fixture_remove(f, "/run/pvroot/old/xvda");
	fixture_file(f, "/run/pvroot/old/xvdb", "");
	fixture_cmdline(f, "root=LABEL=/ pvroot=keep=sda");
	udev_asks(f, 1);
	check_there(f, true, true);
	fixture_cmdline(f, "root=/dev/mapper/vg-root");
	fixture_file(f, NAMES, WWID);
	udev_asks(f, 1);
	check_there(f, true, true);
}

static void a_late_twin_goes_in_strict(void **state)
{
	struct fixture *f = late_twin(state);

	fixture_cmdline(f, "root=LABEL=/ pvroot=strict");
	udev_asks(f, 0);
	check_there(f, false, true);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(the_pv_path_of_a_disk_on_its_old_path_goes),
		FIXTURE_TEST(a_name_that_may_be_the_pv_disks_keeps_both),
		FIXTURE_TEST(names_of_content_keep_nothing),
		FIXTURE_TEST(who_asks_for_the_pv_disk_gets_it),
		FIXTURE_TEST(what_is_in_use_stays),
		FIXTURE_TEST(an_unbind_that_fails_is_said),
		FIXTURE_TEST(what_stays_on_its_old_path_is_not_remembered),
		FIXTURE_TEST(no_other_twin_costs_its_pv_path),
		FIXTURE_TEST(the_pv_path_goes_when_the_twin_comes),
		FIXTURE_TEST(in_the_real_root_it_is_too_late),
		FIXTURE_TEST(a_twin_that_comes_late_costs_no_pv_path_in_use),
		FIXTURE_TEST(a_late_twin_costs_nobody_a_pv_disk_by_name),
		FIXTURE_TEST(a_late_twin_costs_no_other_pv_path),
		FIXTURE_TEST(a_late_twin_goes_in_strict),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
