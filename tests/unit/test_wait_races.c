// SPDX-License-Identifier: GPL-2.0-or-later
/* Waiting, where somebody else loads the driver at the same moment, where a
 * disk cannot be opened yet, and where sysfs cannot be read. */
#include <errno.h>
#include <string.h>

#include "fixture.h"

#define DRIVERS "/sys/bus/xen/drivers/vbd"

static uint64_t boot_ms(struct fixture *f)
{
	uint64_t before = f->now_us;

	fixture_boot(f);
	return (f->now_us - before) / 1000;
}

static void it_can_be_opened(struct fixture *f)
{
	f->fails = 0;
}

/* Its partitions are read under the lock that an open takes: as long as none
 * succeeds, nothing is known of them. */
static void a_disk_that_cannot_be_opened_yet_is_waited_for(void **state)
{
	struct fixture *f = *state;
	uint64_t ms;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	f->uevents = true;
	fixture_fail_open(f, "xvda", -ENXIO);
	fixture_fail_open(f, "xvda1", -ENXIO);
	fixture_later(f, 800, it_can_be_opened);
	ms = boot_ms(f);
	assert_in_range(ms, 800, 900);
	check_out(f, "root='/dev/xvda1'\n");
	assert_true(f->sleeps < 50);
}

static void nor_is_it_taken_without_a_socket(void **state)
{
	struct fixture *f = *state;
	uint64_t ms;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_fail_open(f, "xvda", -ENXIO);
	fixture_fail_open(f, "xvda1", -ENXIO);
	fixture_later(f, 800, it_can_be_opened);
	ms = boot_ms(f);
	assert_in_range(ms, 800, 900);
	check_out(f, "root='/dev/xvda1'\n");
}

static void
a_disk_that_never_opens_costs_the_deadline_and_is_named(void **state)
{
	struct fixture *f = *state;
	uint64_t ms;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_pv(f, "xvdb", 51728, &fixture_slash);
	fixture_fail_open(f, "xvdb", -EIO);
	fixture_fail_open(f, "xvdb1", -EIO);
	f->uevents = true;
	fixture_cmdline(f, "root=LABEL=/ pvroot=wait=2");
	ms = boot_ms(f);
	assert_in_range(ms, 2000, 2100);
	check_out(f, "root='/dev/xvda1'\n");
	check_said(f, "vbd-51728: xvdb is there, but could not be opened in "
		      "2 s");
	check_not_said(f, "backend did not connect");
}

/* A PV CD-ROM without a medium, where a driver takes such. */
static void an_empty_drive_has_no_partitions_to_wait_for(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_pv(f, "xvdc", 51744, &fixture_slash);
	fixture_fail_open(f, "xvdc", -ENOMEDIUM);
	fixture_fail_open(f, "xvdc1", -ENOMEDIUM);
	f->uevents = true;
	assert_true(boot_ms(f) < 10);
	check_out(f, "root='/dev/xvda1'\n");
}

/* udev, say, at the very moment: its event is gone before we listen. */
static void somebody_loads_the_driver(struct fixture *f)
{
	fixture_folder(f, DRIVERS);
	fixture_remove(f, "/sys/devices/vbd-51712");
	fixture_remove(f, "/sys/bus/xen/devices/vbd-51712");
	fixture_pv(f, "xvda", 51712, &fixture_slash);
}

static void
a_driver_that_comes_before_we_listen_does_not_cost_the_deadline(void **state)
{
	struct fixture *f = *state;

	fixture_remove(f, DRIVERS);
	fixture_vbd(f, 51712, false, "Initialising");
	f->uevents = true;
	f->on_uevent_open = somebody_loads_the_driver;
	assert_true(boot_ms(f) < 10);
	check_out(f, "root='/dev/xvda1'\n");
}

static void without_xenbus_the_disks_are_still_seen(void **state)
{
	struct fixture *f = *state;

	fixture_ahci(f, 1);
	fixture_ata(f, "sda", AHCI, 1, 0, &fixture_slash);
	fixture_remove(f, "/sys/bus/xen");
	fixture_cmdline(f, "root=LABEL=/ pvroot=strict");
	assert_true(boot_ms(f) < 10);
	assert_int_equal(f->status, 1);
	check_not_said(f, "disks in /sys");
	check_said(f, "seen: sda1: ext3 LABEL=\"/\"");
}

/* How often a text was said. */
static unsigned int times_said(struct fixture *f, const char *text)
{
	const char *at = f->kmsg;
	unsigned int count = 0;

	while ((at = strstr(at, text))) {
		at += strlen(text);
		count++;
	}
	return count;
}

static void what_cannot_be_read_is_said_once(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_refuse(f, "list /sys/block", -EIO, 100);
	fixture_boot(f);
	assert_int_equal(times_said(f, "disks in /sys: input/output error"), 1);
	check_out(f, "root='/dev/xvda1'\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(a_disk_that_cannot_be_opened_yet_is_waited_for),
		FIXTURE_TEST(nor_is_it_taken_without_a_socket),
		FIXTURE_TEST(
			a_disk_that_never_opens_costs_the_deadline_and_is_named),
		FIXTURE_TEST(an_empty_drive_has_no_partitions_to_wait_for),
		FIXTURE_TEST(
			a_driver_that_comes_before_we_listen_does_not_cost_the_deadline),
		FIXTURE_TEST(without_xenbus_the_disks_are_still_seen),
		FIXTURE_TEST(what_cannot_be_read_is_said_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
