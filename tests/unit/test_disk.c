// SPDX-License-Identifier: GPL-2.0-or-later
/* The scan of /sys/block: what is a disk, where it is, its partitions. */
#include <errno.h>
#include <stdio.h>
#include <sys/sysmacros.h>

#include "fixture.h"

static void every_kind_of_disk_is_found_at_its_place(void **state)
{
	struct fixture *f = *state;
	struct disks disks = { 0 };
	int i;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_ahci(f, 3);
	fixture_ata(f, "sda", AHCI, 3, 0, &fixture_slash);
	fixture_ata(f, "sr0", AHCI, 4, 0, NULL);
	fixture_disk(f, "loop0", "devices/virtual", "7:0", NULL);
	fixture_disk(f, "dm-0", "devices/virtual", "254:0", NULL);
	assert_int_equal(disks_scan(&disks, &f->sys), 0);
	assert_int_equal(disks.count, 3);
	i = disks_find(&disks, "xvda");
	assert_true(i >= 0 && disk_is_pv(&disks.at[i]));
	assert_int_equal(disks.at[i].vdev.bus, VDEV_XVD);
	i = disks_find(&disks, "sda");
	assert_true(i >= 0 && !disk_is_pv(&disks.at[i]));
	assert_string_equal(disks.at[i].place.port, "ata3");
	i = disks_find(&disks, "sr0");
	assert_true(i >= 0 && disks.at[i].cdrom);
	assert_int_equal(disks_find(&disks, "loop0"), -1);
	disks_free(&disks);
	assert_int_equal(disks.count, 0);
}

static void a_second_scan_keeps_what_went_and_adds_what_came(void **state)
{
	struct fixture *f = *state;
	struct disks disks = { 0 };

	fixture_ahci(f, 3);
	fixture_ata(f, "sda", AHCI, 3, 0, &fixture_slash);
	disks_scan(&disks, &f->sys);
	fixture_drop_disk(f, "sda");
	fixture_pv(f, "xvda", 51712, &fixture_slash);
	disks_scan(&disks, &f->sys);
	assert_int_equal(disks.count, 2);
	assert_int_equal(disks_find(&disks, "sda"), 0);
	assert_int_equal(disks_find(&disks, "xvda"), 1);
	disks_free(&disks);
}

static void two_hundred_disks_are_all_kept(void **state)
{
	struct fixture *f = *state;
	struct disks disks = { 0 };
	unsigned int i;

	for (i = 0; i < 200; i++) {
		char device[64], name[16];

		snprintf(device, sizeof(device), "devices/vbd-%u",
			 (1u << 28) + (i << 8));
		snprintf(name, sizeof(name), "xvd%u", i);
		fixture_disk(f, name, device, "202:0", NULL);
	}
	assert_int_equal(disks_scan(&disks, &f->sys), 0);
	assert_int_equal(disks.count, 200);
	disks_free(&disks);
}

static void an_entry_that_cannot_be_read_is_no_disk(void **state)
{
	struct fixture *f = *state;
	struct disks disks = { 0 };

	fixture_link(f, "/sys/block/sdq", "../devices/nowhere/block/sdq");
	fixture_folder(f, "/sys/block/odd");
	fixture_folder(f, "/sys/block/"
			  "a-name-that-is-longer-than-any-the-kernel-gives");
	assert_int_equal(disks_scan(&disks, &f->sys), 0);
	assert_int_equal(disks_find(&disks, "odd"), -1);
	disks_free(&disks);
	fixture_remove(f, "/sys/block");
	assert_int_equal(disks_scan(&disks, &f->sys), -ENOENT);
	disks_free(&disks);
}

static void old_sysfs_names_its_device_by_a_link(void **state)
{
	struct fixture *f = *state;
	struct disks disks = { 0 };
	int i;

	fixture_rhel5(f, &fixture_slash);
	fixture_ide(f, "hdc", PIIX, 1, 0, "cdrom", NULL);
	disks_scan(&disks, &f->sys);
	i = disks_find(&disks, "xvda");
	assert_true(i >= 0 && disk_is_pv(&disks.at[i]));
	i = disks_find(&disks, "hda");
	assert_true(i >= 0 && !disks.at[i].cdrom);
	assert_int_equal(disks.at[i].place.kind, PLACE_IDE);
	i = disks_find(&disks, "hdc");
	assert_true(i >= 0 && disks.at[i].cdrom);
	disks_free(&disks);
}

static void sizes_and_numbers_come_from_sysfs(void **state)
{
	struct fixture *f = *state;
	uint64_t n;

	fixture_pv(f, "xvdb", 51728, &fixture_slash);
	assert_int_equal(disk_sectors(&f->sys, "xvdb", &n), 0);
	assert_int_equal(n, IMAGE_SECTORS);
	assert_int_equal(partition_start(&f->sys, "xvdb", "xvdb2", &n), 0);
	assert_int_equal(n, IMAGE_START + IMAGE_LENGTH);
	assert_true(disk_number(&f->sys, "xvdb", NULL) == makedev(202, 16));
	assert_true(disk_number(&f->sys, "xvdb", "xvdb2") == makedev(202, 18));
	assert_int_equal(disk_sectors(&f->sys, "xvdz", &n), -ENOENT);
	assert_int_equal(disk_number(&f->sys, "xvdz", NULL), 0);
	fixture_file(f, "/sys/block/xvdb/dev", "202\n");
	assert_int_equal(disk_number(&f->sys, "xvdb", NULL), 0);
	fixture_file(f, "/sys/block/xvdb/dev", "x:1\n");
	assert_int_equal(disk_number(&f->sys, "xvdb", NULL), 0);
	fixture_file(f, "/sys/block/xvdb/size", "many\n");
	assert_int_equal(disk_sectors(&f->sys, "xvdb", &n), -EINVAL);
}

static void partitions_are_listed_by_number(void **state)
{
	struct fixture *f = *state;
	struct partitions parts;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_file(f, "/sys/block/xvda/xvda10/start", "1\n");
	fixture_file(f, "/sys/block/xvda/xvda0/start", "1\n");
	fixture_file(f, "/sys/block/xvda/xvdab/start", "1\n");
	fixture_folder(f, "/sys/block/xvda/queue");
	assert_int_equal(partitions_scan(&parts, &f->sys, "xvda"), 0);
	assert_int_equal(parts.count, 3);
	assert_string_equal(parts.at[0].name, "xvda1");
	assert_string_equal(parts.at[1].name, "xvda2");
	assert_string_equal(parts.at[2].name, "xvda10");
	partitions_free(&parts);
	assert_int_equal(partitions_scan(&parts, &f->sys, "xvdz"), -ENOENT);
}

static void names_that_end_in_a_digit_put_a_p_before_the_number(void **state)
{
	struct fixture *f = *state;
	struct partitions parts;

	fixture_nvme(f, "nvme0n1", NVME, "nvme0", &fixture_slash);
	assert_int_equal(partitions_scan(&parts, &f->sys, "nvme0n1"), 0);
	assert_int_equal(parts.count, 2);
	assert_string_equal(parts.at[1].name, "nvme0n1p2");
	assert_int_equal(parts.at[1].number, 2);
	partitions_free(&parts);
}

static struct place place_with_nsid(struct fixture *f, const char *nsid)
{
	struct disks disks = { 0 };
	struct place place;
	int i;

	fixture_file(f, "/sys/block/nvme0n1/nsid", nsid);
	assert_int_equal(disks_scan(&disks, &f->sys), 0);
	i = disks_find(&disks, "nvme0n1");
	assert_true(i >= 0);
	place = disks.at[i].place;
	disks_free(&disks);
	assert_string_equal(place.pci, NVME);
	return place;
}

static void the_namespace_of_an_nvme_disk_is_asked_for(void **state)
{
	struct fixture *f = *state;

	fixture_nvme(f, "nvme0n1", NVME, "nvme0", &fixture_slash);
	assert_int_equal(place_with_nsid(f, "1\n").kind, PLACE_NVME);
	assert_int_equal(place_with_nsid(f, "1\n").unit, 0);
	assert_int_equal(place_with_nsid(f, "3\n").unit, 2);
}

/* Its controller is known still: it is not to be taken from it. */
static void an_unknown_namespace_is_no_place(void **state)
{
	static const char *const junk[] = {
		"",
		"\n",
		"0\n",
		"-1\n",
		"1x\n",
		"4294967295\n",
		"4294967296\n",
		"99999999999999999999999\n",
	};
	struct fixture *f = *state;
	struct disks disks = { 0 };
	size_t i;

	fixture_nvme(f, "nvme0n1", NVME, "nvme0", &fixture_slash);
	for (i = 0; i < sizeof(junk) / sizeof(junk[0]); i++)
		assert_int_equal(place_with_nsid(f, junk[i]).kind, PLACE_OTHER);
	fixture_remove(f, "/sys/block/nvme0n1/nsid");
	assert_int_equal(disks_scan(&disks, &f->sys), 0);
	assert_int_equal(disks.at[0].place.kind, PLACE_OTHER);
	assert_string_equal(disks.at[0].place.pci, NVME);
	disks_free(&disks);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(every_kind_of_disk_is_found_at_its_place),
		FIXTURE_TEST(a_second_scan_keeps_what_went_and_adds_what_came),
		FIXTURE_TEST(two_hundred_disks_are_all_kept),
		FIXTURE_TEST(an_entry_that_cannot_be_read_is_no_disk),
		FIXTURE_TEST(old_sysfs_names_its_device_by_a_link),
		FIXTURE_TEST(sizes_and_numbers_come_from_sysfs),
		FIXTURE_TEST(partitions_are_listed_by_number),
		FIXTURE_TEST(
			names_that_end_in_a_digit_put_a_p_before_the_number),
		FIXTURE_TEST(the_namespace_of_an_nvme_disk_is_asked_for),
		FIXTURE_TEST(an_unknown_namespace_is_no_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
