// SPDX-License-Identifier: GPL-2.0-or-later
/* The links of a twin that goes lead to the PV disk: what uses them in the boot
 * does not keep the twin. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cmd/command.h"
#include "fixture.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define ID	 "/dev/disk/by-id/ata-QEMU_HARDDISK_QM00005"
#define PATH	 "/dev/disk/by-path/pci-" AHCI "-ata-1"
#define NAMES	 "/run/pvroot/names/xvda"

static const struct image data = {
	.signature = 0x87654321,
	.part = { { "ext4", "data", 0, 0 } },
};

static const char inherited[] =
	"PVROOT_NAME_1=disk/by-path/pci-" AHCI "-ata-1.0\n"
	"PVROOT_NAME_2=disk/by-path/pci-" AHCI "-ata-1\n"
	"PVROOT_NAME_3=disk/by-path/pci-" AHCI "-scsi-0:0:0:0\n"
	"PVROOT_NAME_4=disk/by-id/ata-QEMU_HARDDISK_QM00005\n";

static struct fixture *twin(void **state)
{
	struct fixture *f;

	fixture_teardown(state);
	fixture_setup(state);
	f = *state;
	fixture_twin(f, &fixture_slash);
	fixture_identify(f, "sda", "QEMU HARDDISK", "QM00005");
	return f;
}

static void check_names(struct fixture *f, const char *expected)
{
	char text[1024];

	fixture_read(f, NAMES, text, sizeof(text));
	assert_string_equal(text, expected);
}

static void check_in_names(struct fixture *f, const char *part)
{
	char text[1024];

	fixture_read(f, NAMES, text, sizeof(text));
	assert_non_null(strstr(text, part));
}

static void what_names_the_twin_by_a_link_lets_it_go(void **state)
{
	static const struct {
		const char *line, *names, *answer;
	} rows[] = {
		{ "root=LABEL=/", "/etc/fstab:3 " ID "-part2\n",
		  "root='/dev/xvda1'\n" },
		{ "root=LABEL=/", "/etc/fstab:3 " PATH ".0-part2\n",
		  "root='/dev/xvda1'\n" },
		{ "root=LABEL=/ cryptdevice=" ID "-part2:cryptroot", "",
		  "root='/dev/xvda1'\n" },
		{ "root=" ID "-part1 resume=" PATH "-part2", "",
		  "root='/dev/xvda1'\nresume='/dev/xvda2'\n" },
		{ "root=" ID, "", "root='/dev/xvda'\n" },
		/* another disk's */
		{ "root=LABEL=/ x=/dev/disk/by-id/ata-Samsung_1-part1", "",
		  "root='/dev/xvda1'\n" },
	};
	size_t i;

	for (i = 0; i < COUNT(rows); i++) {
		struct fixture *f = twin(state);

		fixture_file(f, "/lib/pvroot/names", rows[i].names);
		check_answers(f, rows[i].line, 0, rows[i].answer);
		assert_false(fixture_exists(f, "/sys/block/sda"));
		check_names(f, inherited);
	}
}

/* udev's rule has to look into the partitions for these. */
static void the_path_is_handed_on_where_a_name_goes_on(void **state)
{
	struct fixture *f = twin(state);

	fixture_file(f, "/lib/pvroot/names",
		     "/etc/fstab:3 " PATH ".0-part/by-label/data\n");
	check_answers(f, "root=LABEL=/", 0, "root='/dev/xvda1'\n");
	assert_false(fixture_exists(f, "/sys/block/sda"));
	check_in_names(f, "PVROOT_NAME_4=");
	check_in_names(f, "PVROOT_PATH=disk/by-path/pci-" AHCI "-ata-1.0\n");
}

/* There are no letters to lose: the link is made when the twin goes. */
static void a_twin_that_is_to_come_is_named_by_a_link(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_ahci(f, 3);
	fixture_remove(f, "/sys/devices/pci0000:00/" AHCI "/driver");
	fixture_file(f, "/lib/pvroot/names",
		     "/etc/fstab:3 " ID "-part2\n/etc/fstab:4 " PATH
		     ".0-part2\n");
	check_answers(f, "root=LABEL=/", 0, "root='/dev/xvda1'\n");
	check_answers(f, "root=" ID "-part1", 0, "");
	assert_false(fixture_exists(f, NAMES));
	/* This may be a link of the twin that not every kernel tells. */
	check_answers(
		f, "root=LABEL=/ x=/dev/disk/by-id/scsi-0QEMU_QEMU_HARDDISK_x",
		0, "");
}

static void the_links_stand_before_the_twin_goes(void **state)
{
	struct fixture *f = twin(state);

	f->delete_error = -EIO;
	fixture_boot(f);
	check_said(f, "the kernel keeps it");
	check_names(f, inherited); /* udev hides the twin, though it stays */
}

static void where_they_cannot_be_written_it_stays(void **state)
{
	struct fixture *f = twin(state);

	fixture_file(f, "/run/pvroot/names", "in the way");
	fixture_boot(f);
	assert_true(fixture_exists(f, "/sys/block/sda"));
	check_said(f, "sda is xvda's twin, but its names cannot be handed on "
		      "(/run/pvroot: ");
}

static void a_twin_that_stays_keeps_its_links(void **state)
{
	struct fixture *f = twin(state);

	fixture_file(f, "/lib/pvroot/names", "/etc/fstab:3 /dev/sda2\n");
	check_answers(f, "root=LABEL=/", 0, "root='/dev/sda1'\n");
	assert_false(fixture_exists(f, NAMES));
}

/* Nothing but what is known of the place: a link by-id keeps the twin then. */
static void an_unknown_identity_keeps_what_is_named_by_it(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	fixture_file(f, "/lib/pvroot/names", "/etc/fstab:3 " ID "-part2\n");
	check_answers(f, "root=LABEL=/", 0, "root='/dev/sda1'\n");
	fixture_bring_back(f, &fixture_slash);
	fixture_file(f, "/lib/pvroot/names", "/etc/fstab:3 " PATH "-part2\n");
	check_answers(f, "root=LABEL=/", 0, "root='/dev/xvda1'\n");
}

/* LVM takes no disk that has a link which its filter rejects: with the twin's
 * links it would not take the PV disk. A pattern of letters rejects none. */
static void links_that_lvm_rejects_are_not_inherited(void **state)
{
	static const struct {
		const char *names, *answer;
		bool inherits;
	} rows[] = {
		{ "x reject /dev/disk/by-id/ata-\n", "root='/dev/xvda1'\n",
		  false },
		{ "x reject ata-QEMU\n/etc/fstab:3 " ID "-part2\n",
		  "root='/dev/sda1'\n", false },
		{ "x reject ^/dev/sd[ab]\n/etc/fstab:3 " ID "-part2\n",
		  "root='/dev/xvda1'\n", true },
	};
	size_t i;

	for (i = 0; i < COUNT(rows); i++) {
		struct fixture *f = twin(state);

		fixture_file(f, "/lib/pvroot/names", rows[i].names);
		check_answers(f, "root=LABEL=/", 0, rows[i].answer);
		assert_int_equal(fixture_exists(f, NAMES), rows[i].inherits);
		assert_true(fixture_exists(f, "/sys/block/xvda"));
	}
}

/* Both disks of a channel claim it: nothing says which is meant. */
static void a_link_that_two_disks_claim_is_refused(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_pv(f, "xvdb", 51728, &data);
	fixture_piix(f, 1);
	fixture_ata(f, "sda", PIIX, 1, 0, &fixture_slash);
	fixture_ata(f, "sdb", PIIX, 1, 1, &data);
	check_answers(f, "root=/dev/disk/by-path/pci-" PIIX "-ata-1-part1", 0,
		      "pvroot_refused='xvda1 xvdb1'\n");
	check_said(f, "refused: 2 PV devices carry it (xvda1, xvdb1)");
}

/* ---- after the initrd ---- */

static void udev_hears_of_the_pv_disk_where_it_has_seen_it(void **state)
{
	static const char *const argv[] = { "twin", "sda", NULL };
	struct fixture *f = twin(state);

	fixture_file(f, "/sys/block/xvda/uevent", "");
	fixture_file(f, "/sys/block/xvda/xvda1/uevent", "");
	fixture_file(f, "/sys/block/xvda/xvda2/uevent", "");
	fixture_folder(f, "/run/udev");
	assert_int_equal(fixture_run(f, cmd_twin, argv), 0);
	check_names(f, inherited);
	check_wrote(f, "/sys/block/xvda/uevent", "change");
	check_wrote(f, "/sys/block/xvda/xvda1/uevent", "change");
	check_wrote(f, "/sys/block/xvda/xvda2/uevent", "change");
}

static void a_twin_that_is_brought_back_has_its_links_again(void **state)
{
	static const char *const argv[] = { "twin", "--restore", "sda", NULL };
	struct fixture *f = twin(state);

	fixture_boot(f);
	check_names(f, inherited);
	fixture_folder(f, "/run/udev");
	fixture_file(f, "/sys/block/xvda/uevent", "");
	fixture_run(f, cmd_twin, argv);
	check_names(f, "");
	check_wrote(f, "/sys/block/xvda/uevent", "change");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(what_names_the_twin_by_a_link_lets_it_go),
		FIXTURE_TEST(the_path_is_handed_on_where_a_name_goes_on),
		FIXTURE_TEST(a_twin_that_is_to_come_is_named_by_a_link),
		FIXTURE_TEST(the_links_stand_before_the_twin_goes),
		FIXTURE_TEST(where_they_cannot_be_written_it_stays),
		FIXTURE_TEST(a_twin_that_stays_keeps_its_links),
		FIXTURE_TEST(an_unknown_identity_keeps_what_is_named_by_it),
		FIXTURE_TEST(links_that_lvm_rejects_are_not_inherited),
		FIXTURE_TEST(a_link_that_two_disks_claim_is_refused),
		FIXTURE_TEST(udev_hears_of_the_pv_disk_where_it_has_seen_it),
		FIXTURE_TEST(a_twin_that_is_brought_back_has_its_links_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
