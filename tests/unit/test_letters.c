// SPDX-License-Identifier: GPL-2.0-or-later
/* A kernel's name of a disk is answered only where it is proven what it means,
 * and strict goes on with no other. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "fixture.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static const struct image slash = {
	.signature = 0x12345678,
	.part = { { "ext3", "/", "11111111-2222-3333-4444-555555555555", 0 },
		  { "swap", "SWAP-hda2", 0, 0 } },
};
static const struct image data = {
	.signature = 0x87654321,
	.part = { { "ext4", "data", "22222222-2222-3333-4444-555555555555",
		    0 } },
};
static const struct image lvm = {
	.part = { { "lvm", "", 0, 0 } },
};

/* ---- letters ---- */

static void unbound_piix(struct fixture *f)
{
	fixture_piix(f, 1);
	fixture_remove(f, "/sys/devices/pci0000:00/" PIIX "/driver");
}

static void letters_count_disks_not_places(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &slash);
	fixture_pv(f, "xvdc", 51744, &data);
	fixture_pv(f, "xvdd", 51760, &slash);
	unbound_piix(f);
	/* Chance has the first letter, where there are two. */
	check_answers(f, "root=/dev/sdc1", 0, "");
	check_answers(f, "root=/dev/sdb1", 0, "");
	check_answers(f, "root=/dev/sda1", 0, "");
	check_answers(f, "root=/dev/hdc1", 0, "root='/dev/xvdc1'\n");
}

static void behind_a_cdrom_letters_are_not_answered(void **state)
{
	struct fixture *f = *state;

	fixture_vbd(f, 768, false, "Initialising");
	fixture_pv(f, "xvdb", 51728, &slash);
	fixture_pv(f, "xvdc", 51744, &data);
	unbound_piix(f);
	check_answers(f, "root=/dev/sdb1", 0, "");
	check_answers(f, "root=/dev/sda1", 0, "");
	check_answers(f, "root=/dev/sdb1 pvroot=strict", 1, "");
}

static void with_their_driver_there_letters_are_proven(void **state)
{
	struct fixture *f = *state;

	fixture_vbd(f, 768, false, "Initialising");
	fixture_pv(f, "xvdb", 51728, &slash);
	fixture_pv(f, "xvdc", 51744, &data);
	fixture_piix(f, 1);
	fixture_ata(f, "sr0", PIIX, 1, 0, NULL);
	fixture_ata(f, "sda", PIIX, 1, 1, &slash);
	fixture_ata(f, "sdb", PIIX, 2, 0, &data);
	check_answers(f, "root=/dev/sdb1", 0, "root='/dev/xvdc1'\n");
	assert_true(fixture_exists(f, "/sys/block/sr0"));
}

static void
beside_a_passed_through_controller_letters_prove_nothing(void **state)
{
	static const struct controller_ids hba = { 0x1000, 0x0054, 0x1028,
						   0x1f10 };
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &slash);
	unbound_piix(f);
	fixture_pci(f, LSI, &hba, "");
	check_answers(f, "root=/dev/sda1", 0, "");
}

/* It may bring another disk than the host's definition says. */
static void a_controller_without_its_driver_proves_no_letter(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &slash);
	unbound_piix(f);
	check_answers(f, "root=/dev/sda1", 0, "");
}

/* Another guest in the place of this one: xvda, and PIIX without its driver. */
static struct fixture *fresh_guest(void **state)
{
	struct fixture *f;

	fixture_teardown(state);
	fixture_setup(state);
	f = *state;
	fixture_pv(f, "xvda", 51712, &slash);
	unbound_piix(f);
	return f;
}

/* vdev=xvda3 gives the guest a partition without its disk. */
static void a_vbd_of_a_partition_is_no_disk_at_a_place(void **state)
{
	struct fixture *f = fresh_guest(state);

	fixture_pv(f, "xvda9", 51721, &data);
	check_answers(f, "root=/dev/hda1", 0, "root='/dev/xvda1'\n");
}

/* hd letters are places, but where something has moved them. */
static void hd_letters_are_places_beside_twins_and_cdroms(void **state)
{
	struct fixture *f = fresh_guest(state);

	fixture_pv(f, "xvdb", 51728, &data);
	fixture_ide(f, "hdb", PIIX, 0, 1, "disk", &data);
	fixture_ide(f, "hdc", PIIX, 1, 0, "cdrom", NULL);
	check_answers(f, "root=/dev/hda1", 0, "root='/dev/xvda1'\n");
	fixture_ide(f, "hdd", PIIX, 1, 1, "disk", &data);
	check_answers(f, "root=/dev/hda1", 0, "");
}

/* Two PV disks at one place, or one that is on LSI: nothing says which. */
static void a_place_that_is_not_one_pv_disks_is_not_answered(void **state)
{
	struct fixture *f = fresh_guest(state);

	check_answers(f, "root=/dev/hda1", 0, "root='/dev/xvda1'\n");
	fixture_pv(f, "xvde", 768, &data); /* hda */
	check_answers(f, "root=/dev/hda1", 0, "");
	fixture_drop_vbd(f, 768);
	fixture_drop_disk(f, "xvde");
	fixture_drop_vbd(f, 51712);
	fixture_drop_disk(f, "xvda");
	fixture_pv(f, "xvda", 2048, &slash); /* sda */
	check_answers(f, "root=/dev/hda1", 0, "");
}

/* It may be mounted, or named in a configuration, as sda: the two would be one
 * disk in use twice. */
static void a_place_with_an_unproven_disk_is_not_answered(void **state)
{
	static const struct image blank = { .signature = 0 };
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &blank);
	fixture_pv(f, "xvdb", 51728, &slash);
	fixture_piix(f, 1);
	fixture_ata(f, "sda", PIIX, 1, 0, &blank);
	check_answers(f, "root=/dev/hda", 0, "");
	check_answers(f, "root=/dev/hdb1", 0, "root='/dev/xvdb1'\n");
}

/* What pvroot took away itself is known by its record. */
static void a_record_answers_for_the_disk_that_it_names(void **state)
{
	static const struct controller_ids hba = { 0x1000, 0x0054, 0x1028,
						   0x1f10 };
	static const struct {
		const char *record, *out;
	} rows[] = {
		{ "deleted sdb " AHCI " ata3 0 xvda\n", "root='/dev/xvda1'\n" },
		{ "restored sdb " AHCI " ata3 0 xvda\n", "" },
		{ "deleted sdb " AHCI " ata3 0 xvdz\n", "" },
		{ "deleted sdb " AHCI " ata3 0 -\n", "" },
		{ "deleted sdb " AHCI " ata3 0\n", "" },
		{ "deleted sdb " AHCI " ata3 0 xvda more\n", "" },
	};
	size_t i;

	for (i = 0; i < COUNT(rows); i++) {
		struct fixture *f = fresh_guest(state);

		fixture_pci(f, LSI, &hba, ""); /* no letter can be counted */
		fixture_file(f, "/run/pvroot/twins", rows[i].record);
		check_answers(f, "root=/dev/sdb1", 0, rows[i].out);
	}
}

/* ---- strict ---- */

static void strict_stops_at_an_emulated_root_however_it_is_named(void **state)
{
	static const char *const words[] = {
		"root=8:1",
		"root=8:17",
		"root=811",
		"root=/dev/disk/by-path/pci-" AHCI "-ata-1-part1",
		"root=/dev/disk/by-path/pci-" AHCI "-ata-2",
		"root=/dev//sda1",
		"root=/dev/disk/by-id/ata-x-part1",
		"root=/dev/mine",
	};
	struct fixture *f = *state;
	char line[128];
	size_t i;

	fixture_pv(f, "xvda", 51712, &slash);
	fixture_ahci(f, 3);
	fixture_ata(f, "sda", AHCI, 4, 0, &data); /* no twin of anything */
	for (i = 0; i < COUNT(words); i++) {
		snprintf(line, sizeof(line), "%s pvroot=strict", words[i]);
		check_answers(f, line, 1, "");
	}
}

static void strict_lvm_needs_that_no_emulated_disk_carries_it(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &lvm);
	fixture_ahci(f, 3);
	fixture_ata(f, "sda", AHCI, 4, 0, &slash);
	check_answers(f, "root=/dev/mapper/vg-root pvroot=strict", 0, "");
	check_answers(f, "root=/dev/vg/root pvroot=strict", 0, "");
	fixture_ata(f, "sdb", AHCI, 5, 0, &lvm);
	check_answers(f, "root=/dev/mapper/vg-root pvroot=strict", 1, "");
	check_said(f, "strict: sdb is emulated, still there, and carries");
	check_answers(f, "root=/dev/md0 pvroot=strict", 0, "");
	check_answers(f, "root=nfs:10.0.0.1:/x pvroot=strict", 0, "");
	check_answers(f, "root=/dev/vg/root", 0, "");
	check_answers(f, "root=ZFS=tank pvroot=strict", 0, "");
}

static void strict_lvm_does_not_go_on_beside_what_it_cannot_read(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &lvm);
	fixture_ahci(f, 3);
	fixture_ata(f, "sda", AHCI, 4, 0, &slash);
	fixture_fail_open(f, "sda1", -EIO);
	check_answers(f, "root=/dev/mapper/vg-root pvroot=strict", 1, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(
			beside_a_passed_through_controller_letters_prove_nothing),
		FIXTURE_TEST(letters_count_disks_not_places),
		FIXTURE_TEST(behind_a_cdrom_letters_are_not_answered),
		FIXTURE_TEST(with_their_driver_there_letters_are_proven),
		FIXTURE_TEST(a_controller_without_its_driver_proves_no_letter),
		FIXTURE_TEST(a_vbd_of_a_partition_is_no_disk_at_a_place),
		FIXTURE_TEST(hd_letters_are_places_beside_twins_and_cdroms),
		FIXTURE_TEST(a_place_that_is_not_one_pv_disks_is_not_answered),
		FIXTURE_TEST(a_place_with_an_unproven_disk_is_not_answered),
		FIXTURE_TEST(a_record_answers_for_the_disk_that_it_names),
		FIXTURE_TEST(
			strict_stops_at_an_emulated_root_however_it_is_named),
		FIXTURE_TEST(strict_lvm_needs_that_no_emulated_disk_carries_it),
		FIXTURE_TEST(
			strict_lvm_does_not_go_on_beside_what_it_cannot_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
