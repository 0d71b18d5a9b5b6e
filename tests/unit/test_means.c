// SPDX-License-Identifier: GPL-2.0-or-later
/* Which disk or network card a name in use may mean: what is not understood
 * means every one, what is another's means none. */
#include <stdio.h>
#include <string.h>

#include "find/inuse.h"
#include "fixture.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static const struct image data = { .part = { { "ext4", "data", 0, 0 },
					     { "swap", "s", 0, 0 } } };

struct row {
	const char *name;
	bool means;
};

static void check_disk_as(struct fixture *f, const char *name, bool kept,
			  const struct row *row)
{
	struct disks disks = { 0 };
	int index;

	assert_int_equal(disks_scan(&disks, &f->sys), 0);
	index = disks_find(&disks, name);
	assert_true(index >= 0);
	disks.at[index].kept = kept;
	if (inuse_means_disk(&f->sys, row->name, &disks.at[index]) !=
	    row->means)
		fail_msg("%s and %s", row->name, name);
	disks_free(&disks);
}

static void check_disk(struct fixture *f, const char *name,
		       const struct row *row)
{
	check_disk_as(f, name, false, row);
}

static void a_name_means_the_disk_that_it_may_be(void **state)
{
	static const struct row rows[] = {
		{ "/dev/sda", true },
		{ "/dev/sda2", true },
		{ "/dev/sda2,device=/dev/sdb", true },
		{ "/dev/sda[12]", true },
		{ "sda2", true },
		{ "/dev/sdaa", false },
		{ "/dev/sdb1", false },
		{ "/dev/hda1", false },
		/* patterns */
		{ "/dev/sd*", true },
		{ "/dev/sd[ab]1", true },
		{ "/dev/s.*", true },
		{ "/dev/sdb*", false },
		{ "/dev/hd*", false },
		{ "/dev/*", false },
		{ "/dev/.*", false },
		{ "/dev/", false },
		/* numbers and links */
		{ "/dev/block/8:2", true },
		{ "/dev/block/8:18", false },
		{ "/dev/block/99999999999999:1", true },
		{ "/dev/disk/by-id/ata-QEMU_HARDDISK_QM00001", true },
		{ "/dev/disk/by-path/pci-" AHCI "-ata-1-part/by-x/1", true },
		/* these follow to the PV disk */
		{ "/dev/disk/by-path/pci-" AHCI "-ata-1", false },
		{ "/dev/disk/by-path/pci-" AHCI "-ata-1-part/by-uuid/1",
		  false },
		{ "/dev/disk/by-path/pci-0000:00:1f.2-ata-1", false },
		{ "/dev/disk/by-uuid/1-2", false },
		{ "/dev/disk/by-id/md-name-x", false },
		{ "/dev/mapper/../sda1", true },
		{ "/dev/vg/../sda1", true },
		/* another's, or nobody's */
		{ "/dev/mapper/vg-sda", false },
		{ "/dev/vg/sda", false },
		{ "/dev/md0", false },
		{ "/dev/md_d0", false },
		{ "/dev/xvdb1", false },
		{ "/dev/ttyS0", false },
		{ "/dev/sr0", false },
		{ "/dev/fd", false },
		/* links of somebody's own, whatever they begin with */
		{ "/dev/mine", true },
		{ "/dev/stuff", true },
		{ "/dev/media", true },
		{ "/dev/rooted", true },
	};
	size_t i;

	fixture_ahci(*state, 3);
	fixture_ata(*state, "sda", AHCI, 3, 0, &data);
	for (i = 0; i < COUNT(rows); i++)
		check_disk(*state, "sda", &rows[i]);
}

/* Nothing of a disk that is kept follows to the PV disk. */
static void a_kept_disk_is_meant_by_its_links(void **state)
{
	static const struct row rows[] = {
		{ "/dev/disk/by-id/ata-QEMU_HARDDISK_QM00001", true },
		{ "/dev/disk/by-path/pci-" AHCI "-ata-1", true },
		{ "/dev/disk/by-path/pci-0000:00:1f.2-ata-1", false },
		{ "/dev/disk/by-uuid/1-2", false },
		{ "/dev/sdb", false },
	};
	size_t i;

	fixture_ahci(*state, 3);
	fixture_ata(*state, "sda", AHCI, 3, 0, &data);
	for (i = 0; i < COUNT(rows); i++)
		check_disk_as(*state, "sda", true, &rows[i]);
}

/* Whoever takes a name from the line (systemd, live images) reads all of it. */
static void words_for_init_name_disks_too(void **state)
{
	struct inuse inuse = { 0 };

	(void)state;
	inuse_add_cmdline(&inuse, "a=/dev/sda1 -- b=/dev/sdb1");
	assert_int_equal(inuse.count, 2);
	assert_string_equal(inuse.at[0].name, "/dev/sda1");
	assert_string_equal(inuse.at[1].name, "/dev/sdb1");
	inuse_free(&inuse);
}

static void a_partition_of_a_namespace_has_a_p(void **state)
{
	static const struct controller_ids ids = { 0x1b36, 0x0010, 0x1af4,
						   0x1100 };
	static const struct row rows[] = {
		{ "/dev/nvme0n1", true },    { "/dev/nvme0n1p2", true },
		{ "/dev/nvme0n2", false },   { "/dev/nvme0n2p1", false },
		{ "/dev/nvme0n1px", false }, { "/dev/nvme*", true },
	};
	struct fixture *f = *state;
	size_t i;

	fixture_pci(f, NVME, &ids, "nvme");
	fixture_nvme(f, "nvme0n1", NVME, "nvme0", &data);
	for (i = 0; i < COUNT(rows); i++)
		check_disk(f, "nvme0n1", &rows[i]);
}

static void a_card_is_meant_by_its_name_or_what_it_may_become(void **state)
{
	static const struct {
		const char *card, *name, *vif;
		bool means;
	} rows[] = {
		{ "ens3", "ens3", "eth0", true },
		{ "ens3", "ens3.100", "eth0", true },
		{ "ens3", "ens3:0", "eth0", true },
		{ "ens3", "ens4", "eth0", false },
		{ "eth1", "ens3", "eth0", true },
		{ "eth1", "lan0", "eth0", true },
		{ "eth1", "eth7", "eth0", false },
		{ "eth1", "br0", "eth0", false },
		{ "eth1", "enX0", "eth0", false },
		/* a card that is there has that name */
		{ "eth1", "lan1", "eth0", false },
		/* patterns that take the vif too, and those that do not */
		{ "eth1", "e*", "eth0", false },
		{ "eth1", "en*", "enX0", false },
		{ "eth1", "eth*", "eth0", false },
		{ "eth1", "eno*", "enX0", true },
		/* udev may be too old to rename the vif */
		{ "eth1", "en*", "eth0", true },
		{ "eth1", "ens*", "eth0", true },
		{ "eth1", "eno[12]", "eth0", true },
	};
	struct fixture *f = *state;
	struct nic nic = { .used = false }, vif = { .vif = true };
	size_t i;

	fixture_folder(f, "/sys/class/net/lan1");
	for (i = 0; i < COUNT(rows); i++) {
		snprintf(nic.name, sizeof(nic.name), "%s", rows[i].card);
		snprintf(vif.name, sizeof(vif.name), "%s", rows[i].vif);
		if (inuse_means_nic(&f->sys, rows[i].name, &nic, &vif) !=
		    rows[i].means)
			fail_msg("%s and %s", rows[i].name, rows[i].card);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(a_name_means_the_disk_that_it_may_be),
		FIXTURE_TEST(a_kept_disk_is_meant_by_its_links),
		FIXTURE_TEST(words_for_init_name_disks_too),
		FIXTURE_TEST(a_partition_of_a_namespace_has_a_p),
		FIXTURE_TEST(a_card_is_meant_by_its_name_or_what_it_may_become),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
