// SPDX-License-Identifier: GPL-2.0-or-later
/* Which emulated disk is a twin, on whole guests' trees: position first,
 * content second, and nothing else. */
#include <errno.h>
#include <stdio.h>

#include "fixture.h"
#include "dev/position.h"

static const struct image data = {
	.signature = 0x87654321,
	.part = { { "ext4", "data", "22222222-2222-3333-4444-555555555555",
		    0 } },
};
static const struct image larger = {
	.sectors = 65536,
	.signature = 0x12345678,
	.part = { { "ext3", "/", "11111111-2222-3333-4444-555555555555", 0 } },
};
static const struct image blank = { .sectors = 2048 };

static void expect_twin(struct fixture *f, const char *twin, const char *pv)
{
	char text[128];

	snprintf(text, sizeof(text), "%s is %s's twin", twin, pv);
	fixture_boot(f);
	check_said(f, text);
}

/* The disk is kept, and so is everything else. */
static void expect_kept(struct fixture *f, const char *why)
{
	fixture_boot(f);
	check_said(f, why);
	check_not_said(f, "twin: ");
	check_no_writes(f);
}

static void ahci_port_is_the_number_of_the_xvd_disk(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_pv(f, "xvdc", 51744, &data);
	fixture_ahci(f, 3);
	fixture_ata(f, "sda", AHCI, 3, 0, &fixture_slash);
	fixture_ata(f, "sdb", AHCI, 5, 0, &data);
	expect_twin(f, "sda", "xvda");
	check_said(f, "sdb is xvdc's twin");
}

/* Behind a port multiplier: no place that a device model gives. */
static void ahci_has_no_second_disk_at_a_port(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_ahci(f, 3);
	fixture_ata(f, "sda", AHCI, 3, 1, &fixture_slash);
	expect_kept(f, "sda kept: no PV disk in its place");
}

static void ide_channel_and_unit_are_the_number(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_pv(f, "xvdd", 51760, &data);
	fixture_piix(f, 1);
	fixture_ata(f, "sda", PIIX, 1, 0, &fixture_slash);
	fixture_ata(f, "sdb", PIIX, 2, 1, &data);
	expect_twin(f, "sda", "xvda");
	check_said(f, "sdb is xvdd's twin");
}

static void an_ide_controller_has_two_channels_only(void **state)
{
	struct place third = { .kind = PLACE_SCSI,
			       .pci = PIIX,
			       .port = "ata3" };
	struct fixture *f = *state;

	fixture_pv(f, "xvde", 51776, &fixture_slash);
	fixture_piix(f, 1);
	fixture_ata(f, "sda", PIIX, 3, 0,
		    &fixture_slash); /* would be number 4 */
	expect_kept(f, "sda kept: no PV disk in its place");
	assert_int_equal(position_of(&f->sys, &third, CONTROLLER_IDE), -1);
}

/* ata ports are numbered across controllers: PIIX first, AHCI behind it. */
static void ports_are_counted_within_their_controller(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_piix(f, 1);
	fixture_ata(f, "sr0", PIIX, 2, 0, NULL);
	fixture_ahci(f, 3);
	fixture_ata(f, "sda", AHCI, 3, 0, &fixture_slash);
	expect_twin(f, "sda", "xvda");
}

static void hd_numbers_pair_with_ide(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 768, &fixture_slash); /* vbd-768 is hda */
	fixture_piix(f, 1);
	fixture_ata(f, "sda", PIIX, 1, 0, &fixture_slash);
	expect_twin(f, "sda", "xvda");
}

static void sd_numbers_pair_with_scsi_targets(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 2048, &fixture_slash);
	fixture_pv(f, "xvdb", 2064, &data);
	fixture_lsi(f);
	fixture_scsi(f, "sda", LSI, 2, 0, &fixture_slash);
	fixture_scsi(f, "sdb", LSI, 2, 1, &data);
	expect_twin(f, "sda", "xvda");
	check_said(f, "sdb is xvdb's twin");
}

static void xvd_numbers_do_not_pair_with_scsi_targets(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_lsi(f);
	fixture_scsi(f, "sda", LSI, 2, 0, &fixture_slash);
	expect_kept(f, "sda kept: no PV disk in its place");
}

/* RHEL 6 calls sda's PV disk xvde: the number decides, not the letter. */
static void a_kernel_that_names_sda_xvde_is_understood(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvde", 2048, &fixture_slash);
	fixture_lsi(f);
	fixture_scsi(f, "sda", LSI, 2, 0, &fixture_slash);
	expect_twin(f, "sda", "xvde");
	check_out(f, "root='/dev/xvde1'\n");
}

static void nvme_namespaces_are_places(void **state)
{
	static const struct controller_ids ids = { 0x1b36, 0x0010, 0x1af4,
						   0x1100 };
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_pci(f, NVME, &ids, "nvme");
	fixture_nvme(f, "nvme0n1", NVME, "nvme0", &fixture_slash);
	expect_twin(f, "nvme0n1", "xvda");
	check_out(f, "root='/dev/xvda1'\n");
}

/* Its controller goes: a root that names it would never come. */
static void a_root_on_an_nvme_twin_is_its_pv_partition(void **state)
{
	static const struct controller_ids ids = { 0x1b36, 0x0010, 0x1af4,
						   0x1100 };
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_pci(f, NVME, &ids, "nvme");
	fixture_nvme(f, "nvme0n1", NVME, "nvme0", &fixture_slash);
	fixture_cmdline(f, "root=/dev/nvme0n1p1");
	expect_twin(f, "nvme0n1", "xvda");
	check_out(f, "root='/dev/xvda1'\n");
}

static void extended_numbers_have_no_emulated_disk(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvdq", (1u << 28) + (16 << 8), &fixture_slash);
	fixture_ahci(f, 3);
	fixture_ata(f, "sda", AHCI, 3, 0, &fixture_slash);
	expect_kept(f, "sda kept: no PV disk in its place");
	check_out(f, "root='/dev/xvdq1'\n");
}

static void a_copy_at_another_place_is_no_twin(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvdb", 51728, &fixture_slash);
	fixture_ahci(f, 3);
	fixture_ata(f, "sda", AHCI, 3, 0, &fixture_slash);
	expect_kept(f, "sda kept: no PV disk in its place");
}

static void a_disk_of_another_size_is_no_twin(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_ahci(f, 3);
	fixture_ata(f, "sda", AHCI, 3, 0, &larger);
	expect_kept(f, "their sizes differ");
}

static void one_different_byte_is_no_twin(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_ahci(f, 3);
	fixture_ata(f, "sda", AHCI, 3, 0, &fixture_slash);
	fixture_poke(f, "sda", 512ULL * IMAGE_START + 1024 + 0x78);
	expect_kept(f, "they differ at byte 1049720");
	check_out(f, "root='/dev/xvda1'\n");
}

/* Both paths lead to one disk: xvda is read before the write, sda behind it. */
static void write_behind_the_first_read(struct fixture *f)
{
	if (f->opens == 2)
		fixture_poke(f, "sda", 512ULL * IMAGE_START + 1024 + 0x78);
	if (f->opens == 3)
		fixture_poke(f, "xvda", 512ULL * IMAGE_START + 1024 + 0x78);
}

/* systemd mounts the root anew while udev tells of its twin. */
static void a_write_between_two_reads_is_no_difference(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	f->on_look = write_behind_the_first_read;
	assert_int_equal(fixture_twin_command(f, "--udev", "sda"), 0);
	check_out(f, "PVROOT_TWIN=xvda\n");
}

static void blank_disks_are_no_twins(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &blank);
	fixture_ahci(f, 3);
	fixture_ata(f, "sda", AHCI, 3, 0, &blank);
	expect_kept(f, "both are blank");
}

static void a_disk_that_cannot_be_read_is_no_twin(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_ahci(f, 3);
	fixture_ata(f, "sda", AHCI, 3, 0, &fixture_slash);
	fixture_fail_open(f, "sda", -EIO);
	expect_kept(f, "input/output error");
}

static void a_passed_through_ahci_is_never_read_or_touched(void **state)
{
	static const struct controller_ids real = { 0x8086, 0x2922, 0x1028,
						    0x0211 };
	struct fixture *f = *state;

	fixture_cmdline(f, "root=LABEL=/ pvroot=debug");
	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_ahci(f, 3);
	fixture_remove(f, "/sys/bus/pci/devices/" AHCI);
	fixture_remove(f, "/sys/bus/pci/drivers/ahci/" AHCI);
	fixture_remove(f, "/sys/devices/pci0000:00/" AHCI "/driver");
	fixture_pci(f, AHCI, &real, "ahci");
	fixture_ata(f, "sda", AHCI, 3, 0, &fixture_slash);
	expect_kept(f, "sda kept: controller 0000:00:05.0 (8086:2922, "
		       "subsystem 1028:0211) is not an emulated one");
}

static void xenservers_ide_is_emulated(void **state)
{
	static const struct controller_ids ids = { 0x8086, 0x7010, 0x5853,
						   0x0001 };
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 768, &fixture_slash);
	fixture_pci(f, PIIX, &ids, "ata_piix");
	fixture_folder(f, "/sys/devices/pci0000:00/" PIIX "/ata2");
	fixture_ata(f, "sda", PIIX, 1, 0, &fixture_slash);
	expect_twin(f, "sda", "xvda");
}

static void two_pv_disks_in_one_place_leave_it_unproven(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_pv(f, "xvde", 768,
		   &fixture_slash); /* hda and xvda are one place */
	fixture_ahci(f, 3);
	fixture_ata(f, "sda", AHCI, 3, 0, &fixture_slash);
	expect_kept(f, "in its place");
}

/* vdev=xvda1: a partition of its own is not a disk's twin. */
static void a_vbd_that_is_a_partition_has_no_twin(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51713, &fixture_slash);
	fixture_ahci(f, 3);
	fixture_ata(f, "sda", AHCI, 3, 0, &fixture_slash);
	expect_kept(f, "sda kept: no PV disk in its place");
}

static void a_cdrom_is_never_compared(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_piix(f, 1);
	fixture_ata(f, "sr0", PIIX, 1, 0, &fixture_slash);
	fixture_boot(f);
	check_not_said(f, "sr0");
	check_no_writes(f);
}

static void a_controller_without_ids_is_left_alone(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_ahci(f, 3);
	fixture_ata(f, "sda", AHCI, 3, 0, &fixture_slash);
	fixture_remove(f, "/sys/bus/pci/devices/" AHCI "/modalias");
	fixture_boot(f);
	check_not_said(f, "twin");
	check_no_writes(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(ahci_port_is_the_number_of_the_xvd_disk),
		FIXTURE_TEST(ahci_has_no_second_disk_at_a_port),
		FIXTURE_TEST(ide_channel_and_unit_are_the_number),
		FIXTURE_TEST(an_ide_controller_has_two_channels_only),
		FIXTURE_TEST(ports_are_counted_within_their_controller),
		FIXTURE_TEST(hd_numbers_pair_with_ide),
		FIXTURE_TEST(sd_numbers_pair_with_scsi_targets),
		FIXTURE_TEST(xvd_numbers_do_not_pair_with_scsi_targets),
		FIXTURE_TEST(a_kernel_that_names_sda_xvde_is_understood),
		FIXTURE_TEST(nvme_namespaces_are_places),
		FIXTURE_TEST(a_root_on_an_nvme_twin_is_its_pv_partition),
		FIXTURE_TEST(extended_numbers_have_no_emulated_disk),
		FIXTURE_TEST(a_copy_at_another_place_is_no_twin),
		FIXTURE_TEST(a_disk_of_another_size_is_no_twin),
		FIXTURE_TEST(one_different_byte_is_no_twin),
		FIXTURE_TEST(a_write_between_two_reads_is_no_difference),
		FIXTURE_TEST(blank_disks_are_no_twins),
		FIXTURE_TEST(a_disk_that_cannot_be_read_is_no_twin),
		FIXTURE_TEST(a_passed_through_ahci_is_never_read_or_touched),
		FIXTURE_TEST(xenservers_ide_is_emulated),
		FIXTURE_TEST(two_pv_disks_in_one_place_leave_it_unproven),
		FIXTURE_TEST(a_vbd_that_is_a_partition_has_no_twin),
		FIXTURE_TEST(a_cdrom_is_never_compared),
		FIXTURE_TEST(a_controller_without_ids_is_left_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
