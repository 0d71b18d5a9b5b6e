// SPDX-License-Identifier: GPL-2.0-or-later
/* Waiting, on the simulated clock: a disk is waited for as long as it
 * must be and no longer, whatever the events do. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "fixture.h"

#define DRIVERS	 "/sys/bus/xen/drivers/vbd"
#define BLKFRONT "/lib/modules/6.1/xen-blkfront.ko"

static void xvda_comes(struct fixture *f)
{
	fixture_folder(f, DRIVERS);
	fixture_remove(f, "/sys/devices/vbd-51712");
	fixture_remove(f, "/sys/bus/xen/devices/vbd-51712");
	fixture_pv(f, "xvda", 51712, &fixture_slash);
}

static void xvda_is_announced(struct fixture *f, unsigned int ms)
{
	fixture_uevent(f, ms, xvda_comes, "add", "block",
		       "/devices/vbd-51712/block/xvda");
}

/* A guest before its PV disk driver: one vbd, not accepted yet. */
static void driver_binds(struct fixture *f)
{
	fixture_folder(f, DRIVERS);
	fixture_link(f, "/sys/devices/vbd-51712/driver",
		     "../../bus/xen/drivers/vbd");
}

static void before_the_driver(struct fixture *f)
{
	fixture_remove(f, DRIVERS);
	fixture_vbd(f, 51712, false, "Initialising");
	fixture_module(f, BLKFRONT, 0);
	f->on_blkfront = driver_binds;
	f->uevents = true;
}

static uint64_t boot_ms(struct fixture *f)
{
	uint64_t before = f->now_us;

	fixture_boot(f);
	return (f->now_us - before) / 1000;
}

static void a_disk_that_is_there_is_not_waited_for(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	f->uevents = true;
	assert_true(boot_ms(f) < 10);
	check_out(f, "root='/dev/xvda1'\n");
}

static void the_announcement_of_the_disk_ends_the_wait(void **state)
{
	struct fixture *f = *state;
	uint64_t ms;

	before_the_driver(f);
	xvda_is_announced(f, 1500);
	ms = boot_ms(f);
	assert_in_range(ms, 1500, 1510);
	check_out(f, "root='/dev/xvda1'\n");
	check_reported(f, "\"modules_loaded\": 1");
}

/* xvda is in sysfs, but its partitions are still being read. */
static void a_disk_that_is_not_announced_yet_is_waited_for(void **state)
{
	struct fixture *f = *state;
	uint64_t ms;

	before_the_driver(f);
	f->on_blkfront = xvda_comes;
	fixture_uevent(f, 700, NULL, "add", "block",
		       "/devices/vbd-51712/block/xvda");
	ms = boot_ms(f);
	assert_in_range(ms, 700, 710);
	check_out(f, "root='/dev/xvda1'\n");
}

static void a_disk_just_before_the_deadline_is_taken(void **state)
{
	struct fixture *f = *state;

	before_the_driver(f);
	xvda_is_announced(f, 9900);
	boot_ms(f);
	check_out(f, "root='/dev/xvda1'\n");
}

static void the_deadline_is_kept_when_no_disk_comes(void **state)
{
	struct fixture *f = *state;
	uint64_t ms;

	before_the_driver(f);
	ms = boot_ms(f);
	assert_in_range(ms, 10000, 10100);
	check_said(f, "vbd-51712: no disk after 10 s (state Initialising)");
	check_out(f, "");
	assert_int_equal(f->status, 0);
	assert_true(f->sleeps < 100);
}

static void wait_sets_the_deadline(void **state)
{
	struct fixture *f = *state;
	uint64_t ms;

	before_the_driver(f);
	fixture_cmdline(f, "root=LABEL=/ pvroot=wait=2");
	ms = boot_ms(f);
	assert_in_range(ms, 2000, 2100);
	check_said(f, "no disk after 2 s");
}

static void wait_0_does_not_wait(void **state)
{
	struct fixture *f = *state;

	before_the_driver(f);
	fixture_cmdline(f, "root=LABEL=/ pvroot=wait=0");
	assert_true(boot_ms(f) < 10);
	check_said(f, "no disk after 0 s");
}

static void strict_stops_when_no_disk_comes(void **state)
{
	struct fixture *f = *state;

	before_the_driver(f);
	fixture_cmdline(f, "root=LABEL=/ pvroot=strict,wait=1");
	boot_ms(f);
	assert_int_equal(f->status, 1);
	check_out(f, "");
}

static void a_long_wait_says_that_it_goes_on(void **state)
{
	struct fixture *f = *state;

	before_the_driver(f);
	xvda_is_announced(f, 8000);
	boot_ms(f);
	check_said(f, "waiting for 1 PV disk(s), at most 10 s in all");
}

/* Its vbd never gets a driver on HVM. */
static void a_cdroms_vbd_is_never_waited_for(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_vbd(f, 5632, false, "Initialising");
	fixture_folder(f, "/sys/bus/xen/devices/vfb-0");
	fixture_folder(f, "/sys/bus/xen/devices/vbd-");
	fixture_folder(f, "/sys/bus/xen/devices/vbd-99999999999");
	f->uevents = true;
	assert_true(boot_ms(f) < 10);
}

static void of_many_vbds_the_last_one_counts(void **state)
{
	struct fixture *f = *state;
	unsigned int i;
	uint64_t ms;

	for (i = 0; i < 199; i++)
		fixture_vbd(f, (1u << 28) + (i << 8), false, "Initialising");
	before_the_driver(f);
	xvda_is_announced(f, 300);
	ms = boot_ms(f);
	assert_in_range(ms, 300, 310);
	check_out(f, "root='/dev/xvda1'\n");
}

static void forged_messages_are_ignored(void **state)
{
	struct fixture *f = *state;
	unsigned int i;
	uint64_t ms;

	before_the_driver(f);
	for (i = 0; i < 50; i++)
		fixture_noise(f, 10 * i, 0);
	xvda_is_announced(f, 900);
	ms = boot_ms(f);
	assert_in_range(ms, 900, 910);
}

static void lost_events_turn_the_wait_to_sysfs(void **state)
{
	struct fixture *f = *state;
	uint64_t ms;

	before_the_driver(f);
	fixture_noise(f, 100, -ENOBUFS);
	fixture_later(f, 1000, xvda_comes);
	ms = boot_ms(f);
	assert_in_range(ms, 1000, 1200);
	check_out(f, "root='/dev/xvda1'\n");
}

static void a_broken_socket_turns_the_wait_to_sysfs(void **state)
{
	struct fixture *f = *state;
	unsigned int i;
	uint64_t ms;

	before_the_driver(f);
	for (i = 0; i < 400; i++)
		fixture_noise(f, 0, -EBADF);
	fixture_later(f, 1000, xvda_comes);
	ms = boot_ms(f);
	assert_in_range(ms, 1000, 1300);
}

static void without_a_socket_the_wait_looks_at_sysfs(void **state)
{
	struct fixture *f = *state;
	uint64_t ms;

	before_the_driver(f);
	f->uevents = false;
	fixture_later(f, 1000, xvda_comes);
	ms = boot_ms(f);
	assert_in_range(ms, 1000, 1200);
	check_out(f, "root='/dev/xvda1'\n");
	assert_true(f->sleeps < 40);
}

static void events_of_others_cost_no_end_of_the_wait(void **state)
{
	struct fixture *f = *state;
	unsigned int i;
	uint64_t ms;

	before_the_driver(f);
	for (i = 0; i < 100; i++)
		fixture_uevent(f, 5 * i, NULL, "change", "usb", "/devices/x");
	fixture_uevent(f, 600, NULL, "add", "block", "/devices/pci/block/sdx");
	fixture_uevent(f, 650, NULL, "remove", "block",
		       "/devices/vbd-51712/block/xvda");
	xvda_is_announced(f, 800);
	ms = boot_ms(f);
	assert_in_range(ms, 800, 810);
}

static void xvda_goes(struct fixture *f)
{
	fixture_drop_disk(f, "xvda");
	fixture_remove(f, "/sys/devices/vbd-51712");
	fixture_remove(f, "/sys/bus/xen/devices/vbd-51712");
}

/* Connects, vanishes, and comes again within the deadline. */
static void a_disk_that_vanishes_again_stops_nothing(void **state)
{
	struct fixture *f = *state;

	before_the_driver(f);
	f->on_blkfront = xvda_comes;
	fixture_uevent(f, 100, xvda_goes, "remove", "xen",
		       "/devices/vbd-51712");
	boot_ms(f);
	assert_int_equal(f->status, 0);
	check_out(f, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(a_disk_that_is_there_is_not_waited_for),
		FIXTURE_TEST(the_announcement_of_the_disk_ends_the_wait),
		FIXTURE_TEST(a_disk_that_is_not_announced_yet_is_waited_for),
		FIXTURE_TEST(a_disk_just_before_the_deadline_is_taken),
		FIXTURE_TEST(the_deadline_is_kept_when_no_disk_comes),
		FIXTURE_TEST(wait_sets_the_deadline),
		FIXTURE_TEST(wait_0_does_not_wait),
		FIXTURE_TEST(strict_stops_when_no_disk_comes),
		FIXTURE_TEST(a_long_wait_says_that_it_goes_on),
		FIXTURE_TEST(a_cdroms_vbd_is_never_waited_for),
		FIXTURE_TEST(of_many_vbds_the_last_one_counts),
		FIXTURE_TEST(forged_messages_are_ignored),
		FIXTURE_TEST(lost_events_turn_the_wait_to_sysfs),
		FIXTURE_TEST(a_broken_socket_turns_the_wait_to_sysfs),
		FIXTURE_TEST(without_a_socket_the_wait_looks_at_sysfs),
		FIXTURE_TEST(events_of_others_cost_no_end_of_the_wait),
		FIXTURE_TEST(a_disk_that_vanishes_again_stops_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
