// SPDX-License-Identifier: GPL-2.0-or-later
/* What the boot uses by a name that does not follow to the PV disk stays where
 * it is, whole; and no name means more than is proven. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cmd/command.h"
#include "fixture.h"

#define COUNT(a)     (sizeof(a) / sizeof((a)[0]))
#define DELETE(disk) "/sys/block/" disk "/device/delete"

static const struct image data = {
	.signature = 0x87654321,
	.part = { { "ext4", "data", "22222222-2222-3333-4444-555555555555",
		    0 } },
};

static void the_twin_stays(struct fixture *f, const char *cmdline,
			   const char *answer, const char *why)
{
	fixture_bring_back(f, &fixture_slash);
	check_answers(f, cmdline, 0, answer);
	if (fixture_writes_to(f, "/driver_override") ||
	    fixture_writes_to(f, DELETE("sda")) ||
	    !fixture_exists(f, "/sys/block/sda"))
		fail_msg("%s: the twin went", cmdline);
	check_said(f, why);
}

/* Each is a way to name the twin that pvroot's answer does not change. */
static void a_twin_that_the_command_line_names_stays(void **state)
{
	static const char *const words[] = {
		"root=LABEL=/ rootflags=device=/dev/sda1",
		"root=LABEL=/ cryptdevice=/dev/sda2:cryptroot",
		"root=LABEL=/ cryptopts=source=/dev/sda2,target=x",
		"root=LABEL=/ md=0,/dev/sda2",
		"root=LABEL=/ md=d0,sda2,sdb2",
		"root=LABEL=/ mount.usr=/dev/sda1",
		"root=LABEL=/ rd.luks.key=/k:/dev/sda1",
		"root=LABEL=/ rd.luks.key=/k:/dev//sda1",
		"root=LABEL=/ \"x=/dev/sda2\"",
		"root=LABEL=/ x=/dev/block/8:2",
		"root=LABEL=/ x=/dev/disk/by-id/ata-QEMU_HARDDISK_QM00001",
		"root=LABEL=/ x=/dev/disk/by-path/pci-" AHCI "-ata-1-part/x",
		"root=LABEL=/ x=/dev/somebodys-own-link",
		"root=LABEL=/ systemd.mount-extra='/dev/sda2:/x:ext4'",
		"root=LABEL=/ systemd.run=\"mount -r /dev/sda2 /x\"",
		"root=LABEL=/ rootflags=noatime,journal_dev=0x802",
		"root=LABEL=/ rd.luks.serial=QM00001",
		"root=LABEL=/ quiet -- live-media=/dev/sda2",
		"root=LABEL=/ x=/dev/disk/../sda2",
	};
	struct fixture *f = *state;
	size_t i;

	fixture_twin(f, &fixture_slash);
	for (i = 0; i < COUNT(words); i++)
		the_twin_stays(f, words[i], "root='/dev/sda1'\n",
			       "names its emulated twin (");
	check_said(f,
		   "sda is xvda's twin, but x= names it (/dev/disk/../sda2)");
	check_reported(f, "\"named_by\": \"x=\"");
}

static void a_root_that_is_not_understood_keeps_every_twin(void **state)
{
	static const char *const words[] = {
		"root=/dev/disk/by-id/ata-QEMU_HARDDISK_QM00001-part1",
		"root=/dev/mine",
		"root=/dev/sda9",
		"root=live:/dev/sda1",
		"root='live:/dev/sda1'",
		"root=/dev/nvme9n1p1:/dev/sda1", /* bcachefs */
	};
	struct fixture *f = *state;
	size_t i;

	fixture_twin(f, &fixture_slash);
	for (i = 0; i < COUNT(words); i++)
		the_twin_stays(f, words[i], "", "root= names it");
	the_twin_stays(f,
		       "root=LABEL=/ "
		       "resume=/dev/disk/by-id/ata-QEMU_HARDDISK_QM00001-part2",
		       "root='/dev/sda1'\n", "resume= names it");
	the_twin_stays(f, "root=LABEL=/ resume=swap:/dev/sda2",
		       "root='/dev/sda1'\n", "resume= names it");
}

/* What is on the other side: none of these is a need for sda. */
static void a_twin_that_no_name_means_goes(void **state)
{
	static const char *const words[] = {
		"rd.luks.uuid=1111 rd.lvm.lv=vg/root mount.usr=UUID=1-2",
		"cryptdevice=UUID=1-2:cryptroot console=ttyS0 ide0=noprobe",
		"x=/dev/mapper/vg-sda y=/dev/md0 z=/dev/vg/sda v=/dev/xvda2",
		"v=/dev/hda1 w=/dev/sda1x y=/dev/nvme0n1 z=/dev/xvdb1",
		"x=/dev/disk/by-uuid/1-2 y=/dev/disk/by-id/dm-name-sda",
		"x=/dev/disk/by-path/pci-0000:00:1f.2-ata-1 y=/dev/sr0",
		"x=/dev/block/9:0 BOOT_IMAGE=(hd0,1)/dev/sda1",
		"pvroot=keep=sdb,wait=1 /dev/sda1",
	};
	struct fixture *f = *state;
	char line[256];
	size_t i;

	for (i = 0; i < COUNT(words); i++) {
		fixture_twin(f, &fixture_slash);
		snprintf(line, sizeof(line), "root=LABEL=/ %s", words[i]);
		check_answers(f, line, 0, "root='/dev/xvda1'\n");
		if (fixture_exists(f, "/sys/block/sda"))
			fail_msg("%s: the twin stayed", line);
		fixture_remove(f, "/sys");
		fixture_remove(f, "/run/pvroot");
		fixture_teardown(state);
		fixture_setup(state);
		f = *state;
	}
}

/* The disk that comes next gets the first letter that is free. */
static void a_letter_that_is_to_come_holds_the_twins(void **state)
{
	static const char *const words[] = {
		"root=LABEL=/ x=/dev/sdb1",
		"root=LABEL=/ x=/dev/block/8:17",
		"root=LABEL=/ resume=/dev/sdc1",
	};
	struct fixture *f = *state;
	size_t i;

	fixture_twin(f, &fixture_slash);
	for (i = 0; i < COUNT(words); i++)
		the_twin_stays(f, words[i], "root='/dev/sda1'\n", "names it (");
}

/* root=/dev/xvda1 is what somebody wants, whatever else there is. */
static void a_pv_device_by_its_own_name_is_never_replaced(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	fixture_file(f, "/lib/pvroot/names", "/etc/fstab:3 /dev/sda2\n");
	the_twin_stays(f, "root=/dev/xvda1 resume=202:2",
		       "resume='/dev/xvda2'\n", "names it (");
}

static void numbers_and_crooked_paths_lead_to_the_pv_disk(void **state)
{
	static const char *const words[] = {
		"root=8:1",	   "root=0801",
		"root=801",	   "root=/dev/block/8:1",
		"root=/dev//sda1", "root=/dev/./sda1",
	};
	struct fixture *f = *state;
	size_t i;

	for (i = 0; i < COUNT(words); i++) {
		fixture_twin(f, &fixture_slash);
		check_answers(f, words[i], 0, "root='/dev/xvda1'\n");
		fixture_teardown(state);
		fixture_setup(state);
		f = *state;
	}
	fixture_twin(f, &fixture_slash);
	check_answers(f, "root=LABEL=/ resume=8:2", 0,
		      "root='/dev/xvda1'\nresume='/dev/xvda2'\n");
}

static void a_name_in_the_images_list_keeps_its_twin(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	fixture_file(f, "/lib/pvroot/names", "/etc/fstab:3 /dev/sda2\n");
	the_twin_stays(f, "root=LABEL=/ resume=LABEL=SWAP-hda2",
		       "root='/dev/sda1'\nresume='/dev/sda2'\n",
		       "sda is xvda's twin, but /etc/fstab:3 names it");
	check_said(f, "root LABEL=/ is on xvda1, but /etc/fstab:3 names its "
		      "emulated twin (/dev/sda2)");
}

/* One disk's names are no reason to keep another on its old path. */
static void a_named_twin_does_not_keep_others(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	fixture_pv(f, "xvdb", 51728, &data);
	fixture_ata(f, "sdb", AHCI, 4, 0, &data);
	fixture_file(f, "/lib/pvroot/names", "/etc/fstab:3 /dev/sdb1\n");
	check_answers(f, "root=LABEL=/", 0, "root='/dev/xvda1'\n");
	check_wrote(f, DELETE("sda"), "1");
	assert_true(fixture_exists(f, "/sys/block/sdb"));
}

/* It has its letter already, so none that gets free would be its own. */
static void the_name_of_a_disk_without_a_twin_keeps_none(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	fixture_ata(f, "sdb", AHCI, 4, 0, &data);
	fixture_file(f, "/lib/pvroot/names", "/etc/fstab:3 /dev/sdb1\n");
	check_answers(f, "root=LABEL=/", 0, "root='/dev/xvda1'\n");
	check_wrote(f, DELETE("sda"), "1");
	assert_true(fixture_exists(f, "/sys/block/sdb"));
}

/* Its driver comes later, or never: nothing of it is answered as PV. */
static void a_named_twin_that_is_to_come_leaves_root_as_it_was(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_ahci(f, 3);
	fixture_remove(f, "/sys/devices/pci0000:00/" AHCI "/driver");
	fixture_file(f, "/lib/pvroot/names", "/etc/fstab:3 /dev/sda2\n");
	check_answers(f, "root=LABEL=/", 0, "");
	check_said(f, "left on its old path");
	assert_true(fixture_exists(f, "/run/pvroot/old/xvda"));
	check_answers(f, "root=LABEL=/ pvroot=strict", 0,
		      "root='/dev/xvda1'\n");
}

/* What `pvroot names` writes where root runs from a passed-through disk, and a
 * PV disk has the same label. */
static void a_root_that_was_elsewhere_is_left_there(void **state)
{
	static const struct controller_ids ssd = { 0x144d, 0xa808, 0x144d,
						   0xa801 };
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_piix(f, 1);
	fixture_pci(f, "0000:00:0a.0", &ssd, "nvme");
	fixture_nvme(f, "nvme0n1", "0000:00:0a.0", "nvme0", &fixture_slash);
	fixture_file(f, "/lib/pvroot/names", "root-on-nvme0n1p1 /dev/?\n");
	check_answers(f, "root=LABEL=/", 0, "");
	check_said(f, "but root-on-nvme0n1p1 names its emulated twin");
	/* udev's links lead to the other one */
	assert_true(fixture_exists(f, "/run/pvroot/old/xvda"));
	assert_true(fixture_exists(f, "/sys/block/xvda"));
}

static void strict_takes_a_named_twin_and_says_so(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	fixture_file(f, "/lib/pvroot/names", "/etc/fstab:3 /dev/sda2\n");
	check_answers(f, "root=LABEL=/ pvroot=strict", 0,
		      "root='/dev/xvda1'\n");
	assert_false(fixture_exists(f, "/sys/block/sda"));
	check_said(f, "strict: sda went although /etc/fstab:3 names it");
}

static void names_that_cannot_be_read_keep_every_twin(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	fixture_refuse(f, "read /lib/pvroot/names", -EIO, 1);
	check_answers(f, "root=LABEL=/", 0, "root='/dev/xvda1'\n");
	assert_true(fixture_exists(f, "/sys/block/sda"));
	check_said(f, "it is not known which names are in use");
}

/* ---- both paths at once ---- */

static void what_the_twin_holds_is_not_answered_on_the_pv_disk(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	fixture_in_use(f, "sda");
	fixture_in_use(f, "sda1");
	check_answers(f, "root=LABEL=/", 0, "");
	check_said(f, "its emulated twin's is in use: left as it was");
	check_answers(f, "root=LABEL=/ pvroot=strict", 1, "");
}

static void a_loop_device_over_it_is_use(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	fixture_file(f, "/sys/block/loop0/loop/backing_file", "/dev/sda2\n");
	fixture_boot(f);
	check_no_writes(f);
	check_said(f, "sda is xvda's twin, but in use");
}

static void a_loop_device_over_another_is_none(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	fixture_file(f, "/sys/block/loop0/loop/backing_file", "/dev/sdaa\n");
	fixture_boot(f);
	assert_false(fixture_exists(f, "/sys/block/sda"));
}

/* ---- what may still come ---- */

static void a_vbd_without_its_device_keeps_the_controller(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	fixture_vbd(f, 5632, false, "Initialising"); /* a CD-ROM on hdc */
	fixture_boot(f);
	check_said(f, "deleted (ahci 0000:00:05.0 keeps vbd-5632)");
}

static void a_vbd_of_another_bus_keeps_nothing(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	fixture_vbd(f, 2048, false, "Initialising");		  /* sda: LSI */
	fixture_vbd(f, 202 << 8 | 6 << 4, false, "Initialising"); /* xvdg */
	fixture_boot(f);
	check_said(f, "sda is xvda's twin: deleted");
	check_not_said(f, "keeps");
}

static void another_lun_or_channel_keeps_the_controller(void **state)
{
	static const char *const devices[] = { "8:0:0:1", "8:1:0:0" };
	struct fixture *f;
	char path[FIXTURE_PATH], target[FIXTURE_PATH];
	size_t i;

	for (i = 0; i < COUNT(devices); i++) {
		f = *state;
		fixture_pv(f, "xvda", 2048, &fixture_slash);
		fixture_lsi(f);
		fixture_scsi(f, "sda", LSI, 8, 0, &fixture_slash);
		snprintf(path, sizeof(path), "/sys/bus/scsi/devices/%s",
			 devices[i]);
		snprintf(target, sizeof(target),
			 "../../../devices/pci0000:00/" LSI
			 "/host8/target8:0:0/%s",
			 devices[i]);
		fixture_link(f, path, target);
		fixture_boot(f);
		check_wrote(f, DELETE("sda"), "1");
		snprintf(path, sizeof(path), "keeps %s)", devices[i]);
		check_said(f, path);
		fixture_teardown(state);
		fixture_setup(state);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(a_twin_that_the_command_line_names_stays),
		FIXTURE_TEST(a_root_that_is_not_understood_keeps_every_twin),
		FIXTURE_TEST(a_twin_that_no_name_means_goes),
		FIXTURE_TEST(a_letter_that_is_to_come_holds_the_twins),
		FIXTURE_TEST(a_pv_device_by_its_own_name_is_never_replaced),
		FIXTURE_TEST(numbers_and_crooked_paths_lead_to_the_pv_disk),
		FIXTURE_TEST(a_name_in_the_images_list_keeps_its_twin),
		FIXTURE_TEST(a_named_twin_does_not_keep_others),
		FIXTURE_TEST(the_name_of_a_disk_without_a_twin_keeps_none),
		FIXTURE_TEST(
			a_named_twin_that_is_to_come_leaves_root_as_it_was),
		FIXTURE_TEST(a_root_that_was_elsewhere_is_left_there),
		FIXTURE_TEST(strict_takes_a_named_twin_and_says_so),
		FIXTURE_TEST(names_that_cannot_be_read_keep_every_twin),
		FIXTURE_TEST(
			what_the_twin_holds_is_not_answered_on_the_pv_disk),
		FIXTURE_TEST(a_loop_device_over_it_is_use),
		FIXTURE_TEST(a_loop_device_over_another_is_none),
		FIXTURE_TEST(a_vbd_without_its_device_keeps_the_controller),
		FIXTURE_TEST(a_vbd_of_another_bus_keeps_nothing),
		FIXTURE_TEST(another_lun_or_channel_keeps_the_controller),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
