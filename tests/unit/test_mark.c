// SPDX-License-Identifier: GPL-2.0-or-later
/* Whose twin does a name mean where the twin is not there yet, or goes while we
 * look? */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "cmd/command.h"
#include "fixture.h"

#define MAC   "00:16:3e:00:00:01"
#define NAMES "/lib/pvroot/names"

static const struct image slash = {
	.signature = 0x12345678,
	.part = { { "ext3", "/", "11111111-2222-3333-4444-555555555555", 0 },
		  { "swap", "SWAP-hda2", 0, 0 } },
};
static const struct image data = {
	.signature = 0x87654321,
	.part = { { "ext4", "data", 0, 0 }, { "swap", "SWAP-data", 0, 0 } },
};

static void unbound_ahci(struct fixture *f)
{
	fixture_ahci(f, 3);
	fixture_remove(f, "/sys/devices/pci0000:00/" AHCI "/driver");
}

/* Its letter is proven: it means that disk, and no other. */
static void a_proven_letter_means_one_disk_that_is_to_come(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &slash);
	fixture_pv(f, "xvdb", 51728, &data);
	unbound_ahci(f);
	fixture_file(f, NAMES, "/etc/fstab:3 /dev/hda2\n");
	check_answers(f, "root=LABEL=/", 0, "");
	assert_true(fixture_exists(f, "/run/pvroot/old/xvda"));
	assert_false(fixture_exists(f, "/run/pvroot/old/xvdb"));
	check_answers(f, "root=LABEL=data", 0, "root='/dev/xvdb1'\n");
}

/* Two controllers may bring it: it may mean any disk that is to come. */
static void an_unproven_letter_may_mean_every_disk(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &slash);
	fixture_pv(f, "xvdb", 51728, &data);
	unbound_ahci(f);
	fixture_piix(f, 1);
	fixture_remove(f, "/sys/devices/pci0000:00/" PIIX "/driver");
	fixture_file(f, NAMES, "/etc/fstab:3 /dev/sda2\n");
	check_answers(f, "root=LABEL=/", 0, "");
	check_answers(f, "root=LABEL=data", 0, "");
}

/* What is there has its own name, and a PV disk's name is no twin's. */
static void the_name_of_another_disk_means_none_that_is_to_come(void **state)
{
	static const char *const names[] = {
		"x /dev/sdb1\n",  "x /dev/block/8:17\n", "x /dev/xvdz1\n",
		"x /dev/vda1\n",  "x nic sda2\n",	 "x /dev/sr0\n",
		"x /dev/xvda2\n", "x /dev/block/202:2\n"
	};
	struct fixture *f = *state;
	size_t i;

	fixture_pv(f, "xvda", 51712, &slash);
	unbound_ahci(f);
	fixture_disk(f, "sdb", "devices/platform/host9/target9:0:0/9:0:0:0",
		     "8:16", &data);
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		fixture_file(f, NAMES, names[i]);
		fixture_cmdline(f, "root=LABEL=/");
		fixture_boot(f);
		if (strcmp(f->out, "root='/dev/xvda1'\n"))
			fail_msg("%s kept xvda on its old path", names[i]);
	}
}

/* A card may be called anything; no disk stays for its sake. */
static void a_cards_name_keeps_no_disk(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &slash);
	fixture_file(f, NAMES, "x nic sda2\n");
	check_answers(f, "root=LABEL=/", 0, "root='/dev/xvda1'\n");
	assert_false(fixture_exists(f, "/sys/block/sda"));
}

static void names_that_cannot_be_read_keep_every_card(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &slash);
	fixture_nic(f, "eth0", "devices/vif-0", MAC, false);
	fixture_rtl8139(f);
	fixture_nic(f, "eth1", "devices/pci0000:00/" RTL8139, MAC, false);
	fixture_refuse(f, "read " NAMES, -EIO, 1);
	check_answers(f, "root=LABEL=/ pvroot=strict", 0,
		      "root='/dev/xvda1'\n");
	assert_true(fixture_exists(f, "/sys/class/net/eth1"));
	check_said(f, "eth1 is eth0's twin (" MAC
		      "), but it is not known which names are in use");
}

/* The name is its own while the disk is there. */
static void no_link_is_made_for_a_twin_that_stays(void **state)
{
	static const char *const twin[] = { "twin", "sda", NULL };
	struct fixture *f = *state;

	fixture_twin(f, &slash);
	fixture_folder(f, "/run/udev");
	fixture_cmdline(f, "root=/dev/sda1 pvroot=keep=sda");
	assert_int_equal(fixture_run(f, cmd_twin, twin), 1);
	assert_false(fixture_exists(f, "/run/pvroot/links"));
}

/* Seen in a guest of eight disks: sde was kept for root=/dev/sda1 when sda had
 * gone a moment before. */
static void the_name_of_a_twin_that_went_keeps_no_other(void **state)
{
	static const char *const first[] = { "twin", "sda", NULL };
	static const char *const second[] = { "twin", "sdb", NULL };
	struct fixture *f = *state;

	fixture_twin(f, &slash);
	fixture_pv(f, "xvdb", 51728, &data);
	fixture_ata(f, "sdb", AHCI, 4, 0, &data);
	fixture_folder(f, "/run/udev");
	fixture_cmdline(f, "root=/dev/sda1");
	assert_int_equal(fixture_run(f, cmd_twin, first), 0);
	assert_false(fixture_exists(f, "/sys/block/sda"));
	assert_int_equal(fixture_run(f, cmd_twin, second), 0);
	assert_false(fixture_exists(f, "/sys/block/sdb"));
}

/* Found among the random guests: boot had hidden the PV disk's nodes for a name
 * that a later disk then took for itself, and the twin went as well. */
static void a_disk_that_boot_left_on_its_old_path_stays_there(void **state)
{
	static const char *const twin[] = { "twin", "sda", NULL };
	struct fixture *f = *state;

	fixture_twin(f, &slash);
	fixture_folder(f, "/run/pvroot/old");
	fixture_file(f, "/run/pvroot/old/xvda", "");
	assert_int_equal(fixture_run(f, cmd_twin, twin), 1);
	assert_true(fixture_exists(f, "/sys/block/sda"));
	check_said(f, "this boot names it (its old path)");
}

static void another_of_us_takes_sda(struct fixture *f)
{
	fixture_drop_disk(f, "sda");
}

/* udev's workers run side by side with boot. */
static void a_twin_that_another_has_taken_is_no_complaint(void **state)
{
	static const char *const twin[] = { "twin", "xvda", NULL };
	struct fixture *f = *state;

	fixture_twin(f, &slash);
	f->on_claim = another_of_us_takes_sda;
	assert_int_equal(fixture_run(f, cmd_twin, twin), 0);
	check_no_writes(f);
	check_not_said(f, "sda is xvda's twin");
}

static void another_of_us_takes_sda_meanwhile(struct fixture *f)
{
	if (fixture_exists(f, "/sys/block/sda"))
		fixture_drop_disk(f, "sda");
}

/* Seen in a guest of eight disks: "sdd kept: ... no such device", of one that
 * was just going. */
static void a_twin_that_goes_while_it_is_read_is_no_complaint(void **state)
{
	static const char *const twin[] = { "twin", "xvda", NULL };
	struct fixture *f = *state;

	fixture_twin(f, &slash);
	f->on_look = another_of_us_takes_sda_meanwhile;
	assert_int_equal(fixture_run(f, cmd_twin, twin), 0);
	assert_false(fixture_exists(f, "/sys/block/sda"));
	check_no_writes(f);
	check_not_said(f, "sda kept");
}

/* One of us that hangs must not hang the others: each asks again before it
 * acts, lock or not. */
static void a_lock_that_is_held_costs_its_deadline_only(void **state)
{
	struct fixture *f = *state;
	uint64_t before = f->now_us;
	char path[FIXTURE_PATH];
	int fd;

	fixture_twin(f, &slash);
	fixture_folder(f, "/run/pvroot");
	snprintf(path, sizeof(path), "%s/run/pvroot", f->dir);
	fd = open(path, O_RDONLY | O_DIRECTORY);
	assert_int_equal(flock(fd, LOCK_EX), 0);
	check_answers(f, "root=LABEL=/", 0, "root='/dev/xvda1'\n");
	close(fd);
	assert_false(fixture_exists(f, "/sys/block/sda"));
	assert_in_range((f->now_us - before) / 1000, 5000, 11000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(a_proven_letter_means_one_disk_that_is_to_come),
		FIXTURE_TEST(an_unproven_letter_may_mean_every_disk),
		FIXTURE_TEST(
			the_name_of_another_disk_means_none_that_is_to_come),
		FIXTURE_TEST(a_cards_name_keeps_no_disk),
		FIXTURE_TEST(names_that_cannot_be_read_keep_every_card),
		FIXTURE_TEST(no_link_is_made_for_a_twin_that_stays),
		FIXTURE_TEST(the_name_of_a_twin_that_went_keeps_no_other),
		FIXTURE_TEST(a_disk_that_boot_left_on_its_old_path_stays_there),
		FIXTURE_TEST(a_lock_that_is_held_costs_its_deadline_only),
		FIXTURE_TEST(a_twin_that_another_has_taken_is_no_complaint),
		FIXTURE_TEST(a_twin_that_goes_while_it_is_read_is_no_complaint),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
