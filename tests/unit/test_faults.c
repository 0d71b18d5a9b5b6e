// SPDX-License-Identifier: GPL-2.0-or-later
/* What goes wrong around pvroot, in auto and in strict: auto goes on as well as
 * it can, strict goes on with a PV root or stops. Rows of tests/faults/table
 * name these tests. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "fault.h"

#define BLKFRONT "/lib/modules/6.1/xen-blkfront.ko"
#define DRIVERS	 "/sys/bus/xen/drivers/vbd"
#define ROOT	 "root='/dev/xvda1'\n"

/* ---- the driver ---- */

static int refusal;

static void driver_refuses(struct fixture *f)
{
	fixture_ahci(f, 3);
	fixture_ata(f, "sda", AHCI, 3, 0, &fixture_slash);
	fixture_remove(f, DRIVERS);
	fixture_vbd(f, 51712, false, "Initialising");
	fixture_module(f, BLKFRONT, refusal);
}

static void a_driver_that_does_not_load_leaves_root_or_stops(void **state)
{
	static const int errors[] = { -ENOENT, -ENOEXEC, -ENODEV,
				      -ENOMEM, -EINVAL,	 -EKEYREJECTED };
	unsigned int i;

	for (i = 0; i < sizeof(errors) / sizeof(errors[0]); i++) {
		refusal = errors[i];
		EXPECT(state, driver_refuses, "", 1,
		       "the PV disk driver did not load", 0, "kept");
		fault_fresh(state);
	}
}

/* ---- the backend ---- */

static void xvda_comes(struct fixture *f)
{
	fixture_folder(f, DRIVERS);
	fixture_remove(f, "/sys/devices/vbd-51712");
	fixture_remove(f, "/sys/bus/xen/devices/vbd-51712");
	fixture_pv(f, "xvda", 51712, &fixture_slash);
}

static void xvda_goes(struct fixture *f)
{
	fixture_drop_disk(f, "xvda");
	fixture_remove(f, "/sys/devices/vbd-51712");
	fixture_remove(f, "/sys/bus/xen/devices/vbd-51712");
}

static void one_vbd_waits(struct fixture *f)
{
	fixture_ahci(f, 3);
	fixture_ata(f, "sda", AHCI, 3, 0, &fixture_slash);
	fixture_vbd(f, 51712, true, "Initialising");
	f->uevents = true;
}

static void announce(struct fixture *f, unsigned int ms, fixture_fn *fn,
		     const char *action)
{
	fixture_uevent(f, ms, fn, action, "block",
		       "/devices/vbd-51712/block/xvda");
}

static void connects_at_1_s(struct fixture *f)
{
	one_vbd_waits(f);
	announce(f, 1000, xvda_comes, "add");
}

static void connects_at_9_s(struct fixture *f)
{
	one_vbd_waits(f);
	announce(f, 9000, xvda_comes, "add");
}

static void connects_after_the_deadline(struct fixture *f)
{
	one_vbd_waits(f);
	announce(f, 11000, xvda_comes, "add");
}

static void a_backend_within_the_deadline_is_waited_for(void **state)
{
	EXPECT(state, connects_at_1_s, ROOT, 0, NULL, 10, "gone");
	fault_fresh(state);
	EXPECT(state, connects_at_9_s, ROOT, 0, NULL, 10, "gone");
}

static void a_backend_after_the_deadline_is_too_late(void **state)
{
	EXPECT(state, connects_after_the_deadline, "", 1,
	       "no disk after 10 s (state Initialising)", 10, "kept");
}

static void connects_and_goes(struct fixture *f)
{
	one_vbd_waits(f);
	announce(f, 500, xvda_comes, "change");
	announce(f, 600, xvda_goes, "remove");
}

static void a_backend_that_goes_again_leaves_root_or_stops(void **state)
{
	EXPECT(state, connects_and_goes, "", 1, NULL, 10, "kept");
}

static void flaps(struct fixture *f)
{
	unsigned int i;

	one_vbd_waits(f);
	for (i = 0; i < 8; i++) {
		announce(f, 400 * i + 100, xvda_comes, "change");
		announce(f, 400 * i + 300, xvda_goes, "remove");
	}
	announce(f, 400 * i, xvda_comes, "add");
}

/* A disk that is announced is whole, however often it went before. */
static void a_vbd_that_flaps_is_taken_where_it_stays(void **state)
{
	EXPECT(state, flaps, ROOT, 0, NULL, 10, "gone");
}

static void one_of_200_never_comes(struct fixture *f)
{
	unsigned int i;

	fixture_twin(f, &fixture_slash);
	for (i = 1; i < 200; i++) {
		char name[16], device[64];
		uint32_t number = (1u << 28) + (i << 8);

		fixture_vbd(f, number, true,
			    i == 99 ? "Initialising" : "Connected");
		if (i == 99)
			continue;
		snprintf(name, sizeof(name), "xvd%c%c", 'a' + i / 26,
			 'a' + i % 26);
		snprintf(device, sizeof(device), "devices/vbd-%u", number);
		fixture_disk(f, name, device, "202:0", NULL);
	}
}

static void of_200_vbds_one_that_never_comes_costs_the_deadline(void **state)
{
	struct fixture *f = *state;
	uint64_t before = f->now_us;

	EXPECT(state, one_of_200_never_comes, ROOT, 0,
	       "vbd-268460800: no disk after 2 s", 2, "gone");
	f = *state;
	assert_in_range(f->now_us - before, 2000000, 2200000);
}

/* ---- /proc, /sys, /dev, /run ---- */

static void read_only_sys(struct fixture *f)
{
	fixture_twin(f, &fixture_slash);
	f->unbind_error = f->delete_error = f->override_error = -EROFS;
}

static void a_read_only_sys_keeps_the_twin_loudly(void **state)
{
	EXPECT(state, read_only_sys, ROOT, 0, "the kernel keeps it (read-only)",
	       0, "kept");
}

static void no_node(struct fixture *f)
{
	fixture_twin(f, &fixture_slash);
	fixture_remove(f, "/dev/xvda1");
}

static void a_partition_without_a_node_leaves_root_or_stops(void **state)
{
	EXPECT(state, no_node, "", 1, "seen: xvda1: cannot be read", 0, NULL);
}

static void no_kmsg(struct fixture *f)
{
	fixture_twin(f, &fixture_slash);
	fixture_remove(f, "/dev/kmsg");
}

static void without_kmsg_the_story_goes_to_standard_error(void **state)
{
	struct fixture *f;

	EXPECT(state, no_kmsg, ROOT, 0, NULL, 0, "gone");
	f = *state;
	assert_non_null(strstr(f->err, "pvroot: root LABEL=/ -> /dev/xvda1"));
}

static void cut_off(struct fixture *f)
{
	fixture_twin(f, &fixture_slash);
	f->mute = true;
}

/* The hook reads nothing: a strict one must not take that for "as it was". */
static void an_answer_that_cannot_be_given_is_a_fault(void **state)
{
	struct fixture *f = *state;

	cut_off(f);
	assert_int_equal(fixture_boot(f), 2);
	fixture_in_earnest(f);
	assert_int_equal(fixture_boot(f), 2);
}

/* ---- sysfs that fails for a moment ---- */

/* NVMe: no SCSI bus tells of a namespace that the list of disks lacks. */
static void two_namespaces(struct fixture *f)
{
	static const struct controller_ids ids = { 0x1b36, 0x0010, 0x1af4,
						   0x1100 };
	static const struct image other = { .part = { { "ext4", "x", 0, 0 } } };

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_pci(f, NVME, &ids, "nvme");
	fixture_nvme(f, "nvme0n1", NVME, "nvme0", &fixture_slash);
	fixture_nvme(f, "nvme0n2", NVME, "nvme0", &other);
	f->uevents = true;
}

static void namespace_unreadable(struct fixture *f)
{
	two_namespaces(f);
	fixture_refuse(f, "link /sys/block/nvme0n2", -ENOMEM, 1);
}

static void list_cut_short(struct fixture *f)
{
	two_namespaces(f);
	fixture_refuse(f, "list /sys/block", -EIO, 1);
}

static void list_never_read(struct fixture *f)
{
	two_namespaces(f);
	fixture_refuse(f, "list /sys/block", -EIO, 1000);
}

static void half_a_list_of_disks_is_read_again(void **state)
{
	EXPECT(state, namespace_unreadable, ROOT, 0, "disks in /sys", 1, NULL);
	assert_true(fixture_exists(*state, "/sys/block/nvme0n2"));
	fault_fresh(state);
	EXPECT(state, list_cut_short, ROOT, 0, "disks in /sys", 1, NULL);
	assert_true(fixture_exists(*state, "/sys/block/nvme0n2"));
}

static void without_a_list_of_disks_nothing_is_taken(void **state)
{
	EXPECT(state, list_never_read, "", 1, "disks in /sys", 1, NULL);
	check_no_writes(*state);
}

static void search_breaks_off(struct fixture *f)
{
	fixture_twin(f, &fixture_slash);
	fixture_pv(f, "xvdb", 51728, &fixture_slash);
	fixture_refuse(f, "list /sys/block/xvdb", -EMFILE, 100);
}

/* xvda1 was found before, but what is on xvdb is not known. */
static void a_search_that_breaks_off_has_found_nothing(void **state)
{
	EXPECT(state, search_breaks_off, "", 1, "root LABEL=/: ", 0, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(a_driver_that_does_not_load_leaves_root_or_stops),
		FIXTURE_TEST(a_backend_within_the_deadline_is_waited_for),
		FIXTURE_TEST(a_backend_after_the_deadline_is_too_late),
		FIXTURE_TEST(a_backend_that_goes_again_leaves_root_or_stops),
		FIXTURE_TEST(a_vbd_that_flaps_is_taken_where_it_stays),
		FIXTURE_TEST(
			of_200_vbds_one_that_never_comes_costs_the_deadline),
		FIXTURE_TEST(a_read_only_sys_keeps_the_twin_loudly),
		FIXTURE_TEST(a_partition_without_a_node_leaves_root_or_stops),
		FIXTURE_TEST(without_kmsg_the_story_goes_to_standard_error),
		FIXTURE_TEST(an_answer_that_cannot_be_given_is_a_fault),
		FIXTURE_TEST(half_a_list_of_disks_is_read_again),
		FIXTURE_TEST(without_a_list_of_disks_nothing_is_taken),
		FIXTURE_TEST(a_search_that_breaks_off_has_found_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
