// SPDX-License-Identifier: GPL-2.0-or-later
/* root= and resume= to a PV device: what is found, what is refused, and what
 * that means in auto and in strict mode. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "fixture.h"

#define ROOT_UUID "11111111-2222-3333-4444-5555555555ab"
#define SWAP_UUID "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee"

static const struct image slash = {
	.signature = 0x12345678,
	.part = { { "ext3", "/", ROOT_UUID, 0 },
		  { "swap", "SWAP-hda2", SWAP_UUID, 0 } },
};
static const struct image data = {
	.signature = 0x87654321,
	.part = { { "ext4", "my data", "22222222-2222-3333-4444-555555555555",
		    0 } },
};
static const struct image whole = {
	.whole = 1,
	.part = { { "ext4", "whole", "33333333-2222-3333-4444-555555555555",
		    0 } },
};
static const struct image member_a = {
	.part = { { "btrfs", "pool", "44444444-2222-3333-4444-555555555555",
		    "00000000-0000-0000-0000-00000000000a" } },
};
static const struct image member_b = {
	.part = { { "btrfs", "pool", "44444444-2222-3333-4444-555555555555",
		    "00000000-0000-0000-0000-00000000000b" } },
};
static const struct image lvm = {
	.part = { { "lvm", "/", 0, 0 } },
};

static void boot_with(struct fixture *f, const char *cmdline)
{
	fixture_cmdline(f, cmdline);
	fixture_boot(f);
}

/* What the firmware of a controller wrote is the whole disk's. */
static void metadata_at_the_end_of_a_partition_makes_no_raid(void **state)
{
	static uint8_t bytes[IMAGE_LENGTH * 512];
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &slash);
	image_superblock(&slash.part[0], bytes, sizeof(bytes));
	memcpy(bytes + sizeof(bytes) - 1024, "Intel Raid ISM Cfg Sig. ", 24);
	fixture_bytes(f, "/dev/xvda1", bytes, sizeof(bytes));
	boot_with(f, "root=LABEL=/");
	check_out(f, "root='/dev/xvda1'\n");
}

static void tags_lead_to_the_pv_device_that_carries_them(void **state)
{
	static const char *const xvda1[] = {
		"root=LABEL=/",
		"root=\"LABEL=/\"",
		"root=UUID=" ROOT_UUID,
		"root=UUID=11111111-2222-3333-4444-5555555555AB",
		"root=/dev/disk/by-label/\\x2f",
		"root=/dev/disk/by-uuid/" ROOT_UUID,
		"root=PARTUUID=12345678-01",
		"root=/dev/disk/by-partuuid/12345678-01",
		"root=block:LABEL=/",
	};
	struct fixture *f = *state;
	size_t i;

	fixture_pv(f, "xvda", 51712, &slash);
	fixture_pv(f, "xvdb", 51728, &data);
	for (i = 0; i < sizeof(xvda1) / sizeof(xvda1[0]); i++)
		check_answers(f, xvda1[i], 0, "root='/dev/xvda1'\n");
	check_answers(f, "root=\"LABEL=my data\"", 0, "root='/dev/xvdb1'\n");
	check_answers(f, "root=PARTUUID=87654321-01", 0, "root='/dev/xvdb1'\n");
	check_answers(f, "root=PARTUUID=12345678-02/PARTNROFF=-1", 0,
		      "root='/dev/xvda1'\n");
}

static void what_is_right_already_is_not_repeated(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &slash);
	check_answers(f, "root=/dev/xvda1", 0, "");
	check_said(f, "root /dev/xvda1 -> /dev/xvda1 (ext3, vbd-51712)");
}

static void resume_leads_to_the_swap_area_not_a_file_system(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &slash);
	check_answers(f, "root=LABEL=/ resume=LABEL=SWAP-hda2", 0,
		      "root='/dev/xvda1'\nresume='/dev/xvda2'\n");
	check_answers(f, "root=LABEL=/ resume=UUID=" SWAP_UUID, 0,
		      "root='/dev/xvda1'\nresume='/dev/xvda2'\n");
	check_answers(f, "root=LABEL=/ resume=LABEL=/", 0,
		      "root='/dev/xvda1'\n");
	check_said(f, "resume LABEL=/ is on no PV disk");
	/* a swap file */
	check_answers(f, "root=LABEL=/ resume=LABEL=/ resume_offset=34816", 0,
		      "root='/dev/xvda1'\nresume='/dev/xvda1'\n");
	check_answers(f, "root=LABEL=SWAP-hda2", 0, "");
}

static void a_missing_resume_never_stops_a_strict_boot(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &slash);
	check_answers(f, "pvroot=strict root=LABEL=/ resume=LABEL=nowhere", 0,
		      "root='/dev/xvda1'\n");
}

static void sda1_with_a_twin_is_xvda1(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &slash);
	check_answers(f, "root=/dev/sda1 resume=/dev/sda2", 0,
		      "root='/dev/xvda1'\nresume='/dev/xvda2'\n");
}

static void sda1_with_a_twin_in_use_is_xvda1_still(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &slash);
	fixture_in_use(f, "sda");
	check_answers(f, "root=/dev/sda1", 0, "root='/dev/xvda1'\n");
}

/* The kernel has unplugged the emulated disk: the name means its place. */
static void
hda1_without_any_emulated_disk_is_the_disk_at_its_place(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &slash);
	fixture_pv(f, "xvdb", 51728, &data);
	check_answers(f, "root=/dev/hda1", 0, "root='/dev/xvda1'\n");
	check_answers(f, "root=/dev/hdb1", 0, "root='/dev/xvdb1'\n");
	check_answers(f, "root=/dev/hdc1", 0, "");
	check_answers(f, "root=/dev/sda3", 0, "");
}

static void sda1_that_is_no_twin_stays_sda1(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &slash);
	fixture_poke(f, "sda", 0);
	check_answers(f, "root=/dev/sda1", 0, "");
	check_said(f, "root /dev/sda1 is on no PV disk: left as it was");
	check_answers(f, "root=/dev/sda1 pvroot=strict", 1, "");
}

static void an_emulated_disk_with_the_label_is_never_the_answer(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &data);
	fixture_ahci(f, 3);
	fixture_ata(f, "sda", AHCI, 3, 0, &slash);
	check_answers(f, "root=LABEL=/", 0, "");
	check_answers(f, "root=UUID=" ROOT_UUID, 0, "");
	check_answers(f, "root=PARTUUID=12345678-01", 0, "");
	check_answers(f, "root=LABEL=/ pvroot=strict", 1, "");
	check_said(f, "<3>pvroot: root LABEL=/ is on no PV disk: strict");
}

static void two_pv_disks_with_one_label_are_refused_and_named(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &slash);
	fixture_pv(f, "xvdb", 51728, &slash);
	check_answers(f, "root=LABEL=/", 0, "pvroot_refused='xvda1 xvdb1'\n");
	check_said(f, "<3>pvroot: root LABEL=/ refused: 2 PV devices carry it "
		      "(xvda1, xvdb1)");
	check_reported(f, "\"ambiguous\": \"xvda1 xvdb1\"");
	check_answers(f, "root=LABEL=/ pvroot=strict", 1, "");
	check_answers(f, "root=UUID=" ROOT_UUID, 0,
		      "pvroot_refused='xvda1 xvdb1'\n");
	check_answers(f, "root=PARTUUID=12345678-01 pvroot=strict", 1, "");
	check_answers(f, "root=/dev/xvdb1 pvroot=strict", 0, "");
}

static void three_with_one_label_are_counted(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &slash);
	fixture_pv(f, "xvdb", 51728, &slash);
	fixture_pv(f, "xvdc", 51744, &slash);
	boot_with(f, "root=LABEL=/");
	check_said(f, "refused: 3 PV devices carry it (");
	check_not_said(f, "\\x");
}

static void members_of_one_btrfs_are_one_match(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &member_a);
	fixture_pv(f, "xvdb", 51728, &member_b);
	boot_with(f, "root=LABEL=pool pvroot=strict");
	assert_int_equal(f->status, 0);
	assert_non_null(strstr(f->out, "root='/dev/xvd"));
	assert_null(strstr(f->out, "refused"));
}

static void a_whole_disk_without_a_table_can_be_root(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &slash);
	fixture_pv(f, "xvdb", 51728, &whole);
	check_answers(f, "root=LABEL=whole", 0, "root='/dev/xvdb'\n");
	check_answers(f, "root=/dev/hdb", 0, "root='/dev/xvdb'\n");
}

/* The bytes in front of a partition table are a leftover. */
static void a_partitioned_disk_carries_no_label_itself(void **state)
{
	struct image leftover = slash;
	struct fixture *f = *state;
	char path[FIXTURE_PATH];

	fixture_pv(f, "xvda", 51712, &slash);
	leftover.whole = 1;
	leftover.part[0].label = "leftover";
	snprintf(path, sizeof(path), "%s/dev/xvda", f->dir);
	image_write(&leftover, path);
	check_answers(f, "root=LABEL=leftover", 0, "");
}

static void what_belongs_to_lvm_carries_no_label_of_ours(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &lvm);
	check_answers(f, "root=LABEL=/", 0, "");
	boot_with(f, "root=LABEL=/ pvroot=strict");
	check_said(f, "seen: xvda1: LVM2_member");
}

static void a_label_that_is_nowhere_lists_all_that_was_seen(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &slash);
	fixture_ahci(f, 3);
	fixture_ata(f, "sdb", AHCI, 5, 0, &data);
	check_answers(f, "root=LABEL=typo", 0, "");
	check_said(f, "seen: xvda1: ext3 LABEL=\"/\" UUID=" ROOT_UUID);
	check_said(f, "seen: xvda2: swap LABEL=\"SWAP-hda2\"");
	check_said(f, "seen: sdb1: ext4 LABEL=\"my data\"");
	check_answers(f, "root=LABEL=typo pvroot=strict", 1, "");
}

static void an_unreadable_partition_does_not_hide_the_others(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &data);
	fixture_pv(f, "xvdb", 51728, &slash);
	fixture_fail_open(f, "xvda1", -EIO);
	check_answers(f, "root=LABEL=/", 0, "root='/dev/xvdb1'\n");
	boot_with(f, "root=LABEL=typo");
	check_said(f, "seen: xvda1: cannot be read: input/output error");
}

static void a_hostile_label_is_escaped_wherever_it_is_said(void **state)
{
	const struct image hostile = {
		.part = { { "ext3", "\x1b[2J\n'$(id)'", 0, 0 } },
	};
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &hostile);
	boot_with(f, "root=LABEL=typo");
	check_said(f, "\\x1b[2J\\x0a'$(id)'");
	check_not_said(f, "\x1b");
	assert_true(json_is_valid(f->report));
}

static void lvm_and_nfs_roots_pass_through(void **state)
{
	static const char *const others[] = {
		"root=/dev/mapper/vg-root",
		"root=/dev/md0",
		"root=ZFS=tank",
		"root=/dev/nfs",
		"root=nfs:10.0.0.1:/x",
	};
	struct fixture *f = *state;
	char line[128];
	size_t i;

	fixture_pv(f, "xvda", 51712, &slash);
	for (i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		check_answers(f, others[i], 0, "");
		check_said(f, "is left to the generator");
		snprintf(line, sizeof(line), "%s pvroot=strict", others[i]);
		check_answers(f, line, 0, "");
	}
}

/* vdev=xvda and vdev=hda in one guest: both say that they are the first. */
static void sda1_with_two_pv_disks_in_its_place_stays_sda1(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &slash);
	fixture_pv(f, "xvdb", 768, &data);
	check_answers(f, "root=/dev/sda1", 0, "");
	check_answers(f, "root=/dev/sda1 pvroot=strict", 1, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(metadata_at_the_end_of_a_partition_makes_no_raid),
		FIXTURE_TEST(tags_lead_to_the_pv_device_that_carries_them),
		FIXTURE_TEST(what_is_right_already_is_not_repeated),
		FIXTURE_TEST(resume_leads_to_the_swap_area_not_a_file_system),
		FIXTURE_TEST(a_missing_resume_never_stops_a_strict_boot),
		FIXTURE_TEST(sda1_with_a_twin_is_xvda1),
		FIXTURE_TEST(sda1_with_a_twin_in_use_is_xvda1_still),
		FIXTURE_TEST(
			hda1_without_any_emulated_disk_is_the_disk_at_its_place),
		FIXTURE_TEST(sda1_that_is_no_twin_stays_sda1),
		FIXTURE_TEST(
			an_emulated_disk_with_the_label_is_never_the_answer),
		FIXTURE_TEST(two_pv_disks_with_one_label_are_refused_and_named),
		FIXTURE_TEST(three_with_one_label_are_counted),
		FIXTURE_TEST(members_of_one_btrfs_are_one_match),
		FIXTURE_TEST(a_whole_disk_without_a_table_can_be_root),
		FIXTURE_TEST(a_partitioned_disk_carries_no_label_itself),
		FIXTURE_TEST(what_belongs_to_lvm_carries_no_label_of_ours),
		FIXTURE_TEST(a_label_that_is_nowhere_lists_all_that_was_seen),
		FIXTURE_TEST(an_unreadable_partition_does_not_hide_the_others),
		FIXTURE_TEST(a_hostile_label_is_escaped_wherever_it_is_said),
		FIXTURE_TEST(lvm_and_nfs_roots_pass_through),
		FIXTURE_TEST(sda1_with_two_pv_disks_in_its_place_stays_sda1),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
