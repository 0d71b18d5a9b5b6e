// SPDX-License-Identifier: GPL-2.0-or-later
/* udev's links of an emulated disk are computed as udev makes them, and what a
 * device model says is not trusted. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "dev/link_form.h"
#include "dev/links.h"
#include "fixture.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static const struct image data = { .part = { { "ext4", "data", 0, 0 } } };
static const struct controller_ids nvme = { 0x1b36, 0x0010, 0x1af4, 0x1100 };

static int read_links(struct fixture *f, const char *name, struct links *links)
{
	struct disks disks = { 0 };
	int index, ret;

	assert_int_equal(disks_scan(&disks, &f->sys), 0);
	index = disks_find(&disks, name);
	assert_true(index >= 0);
	ret = links_read(&f->sys, &disks.at[index], links);
	disks_free(&disks);
	return ret;
}

static void check_links(struct fixture *f, const char *name,
			const char *expected)
{
	char text[1024] = "";
	struct links links;
	unsigned int i;

	assert_int_equal(read_links(f, name, &links), 0);
	for (i = 0; i < links.count; i++) {
		strcat(text, links.at[i] + strlen("disk/"));
		strcat(text, "\n");
	}
	assert_string_equal(text, expected);
}

static void an_ata_disk_has_the_links_of_every_udev(void **state)
{
	struct fixture *f = *state;

	fixture_piix(f, 1);
	fixture_ata(f, "sda", PIIX, 2, 1, &data);
	fixture_identify(f, "sda", "QEMU HARDDISK", "QM00004");
	check_links(f, "sda",
		    "by-path/pci-" PIIX "-ata-2.1\n"
		    "by-path/pci-" PIIX "-ata-2\n"
		    "by-path/pci-" PIIX "-scsi-1:0:1:0\n"
		    "by-id/ata-QEMU_HARDDISK_QM00004\n");
}

static void an_older_kernel_is_asked_for_the_identity(void **state)
{
	struct fixture *f = *state;
	uint8_t id[512];

	fixture_ahci(f, 3);
	fixture_ata(f, "sda", AHCI, 3, 0, &data);
	identify_bytes(id, "QEMU HARDDISK", "QM00005", true);
	id[174] = 0x00, id[175] = 0x41; /* word 87: there is a name */
	memcpy(id + 216, "\x00\x50\xc5\x00\xb2\xa1\x34\x12", 8);
	f->identity = id;
	check_links(f, "sda",
		    "by-path/pci-" AHCI "-ata-1.0\n"
		    "by-path/pci-" AHCI "-ata-1\n"
		    "by-path/pci-" AHCI "-scsi-0:0:0:0\n"
		    "by-id/ata-QEMU_HARDDISK_QM00005\n"
		    "by-id/wwn-0x500000c5a1b21234\n");
}

/* Its names keep it, as before: the udev of that time makes no links for it. */
static void a_disk_of_the_old_ide_driver_has_none(void **state)
{
	struct fixture *f = *state;
	struct links links;

	fixture_rhel5(f, &data);
	assert_int_equal(read_links(f, "hda", &links), -EOPNOTSUPP);
	assert_int_equal(links.count, 0);
}

/* udev's own: model "  a  b ", a serial of unsafe bytes, none at all. */
static void an_identity_is_written_as_udev_writes_it(void **state)
{
	static const struct {
		const char *model, *serial, *link;
	} rows[] = {
		{ "QEMU HARDDISK", "  x  y ", "ata-QEMU_HARDDISK_x_y" },
		{ "a/b $(c) \"d\"", "#+-.:=@_", "ata-a_b___c___d__#+-.:=@_" },
		{ "QEMU HARDDISK", "", "ata-QEMU_HARDDISK" },
		{ "QEMU HARDDISK", "../../x\n", "ata-QEMU_HARDDISK_.._.._x" },
		{ "", "QM00001", NULL },
	};
	struct fixture *f = *state;
	struct links links;
	size_t i;

	fixture_ahci(f, 3);
	fixture_ata(f, "sda", AHCI, 3, 0, &data);
	for (i = 0; i < COUNT(rows); i++) {
		fixture_identify(f, "sda", rows[i].model, rows[i].serial);
		assert_int_equal(read_links(f, "sda", &links), 0);
		assert_int_equal(links.identified, rows[i].link != NULL);
		if (rows[i].link)
			assert_string_equal(links.at[links.count - 1] +
						    strlen("disk/by-id/"),
					    rows[i].link);
	}
}

/* libata writes none where a disk gives none. */
static void a_serial_number_of_nul_bytes_is_none(void **state)
{
	uint8_t page[572] = { 0, 0x89, 2, 0x38 };
	struct fixture *f = *state;

	fixture_ahci(f, 3);
	fixture_ata(f, "sda", AHCI, 3, 0, &data);
	identify_bytes(page + 60, "QEMU HARDDISK", "", false);
	memset(page + 60 + 20, 0, 20);
	fixture_bytes(f, "/sys/block/sda/device/vpd_pg89", page, sizeof(page));
	check_links(f, "sda",
		    "by-path/pci-" AHCI "-ata-1.0\n"
		    "by-path/pci-" AHCI "-ata-1\n"
		    "by-path/pci-" AHCI "-scsi-0:0:0:0\n"
		    "by-id/ata-QEMU_HARDDISK\n");
}

static void page_83(struct fixture *f, const void *descriptors, size_t len)
{
	uint8_t page[512] = { 0, 0x83, (uint8_t)(len >> 8), (uint8_t)len };

	memcpy(page + 4, descriptors, len);
	fixture_bytes(f, "/sys/block/sda/device/vpd_pg83", page, len + 4);
}

static void lsi_disk(struct fixture *f)
{
	fixture_lsi(f);
	fixture_scsi(f, "sda", LSI, 8, 1, &data);
	fixture_file(f, "/sys/block/sda/device/vendor", "QEMU    \n");
	fixture_file(f, "/sys/block/sda/device/model", "QEMU HARDDISK   \n");
}

#define LSI_PATH "by-path/pci-" LSI "-scsi-0:0:1:0\n"

static void a_scsi_disk_is_called_by_page_83(void **state)
{
	static const struct {
		const char *descriptors;
		size_t len;
		const char *ids;
	} rows[] = {
		/* a vendor's number */
		{ "\2\0\0\12scsidisk-0", 14,
		  "by-id/scsi-0QEMU_QEMU_HARDDISK_scsidisk-0\n" },
		/* … before a name by NAA; that of the port is not the disk's */
		{ "\2\0\0\1x\1\3\0\10\x50\0\xc5\0\xa1\xb2\xc3\xd4"
		  "\x61\x93\0\10zzzzzzzz",
		  29,
		  "by-id/scsi-35000c500a1b2c3d4\n"
		  "by-id/wwn-0x5000c500a1b2c3d4\n" },
		/* the port's stands first */
		{ "\x61\x93\0\10zzzzzzzz\2\0\0\1x", 17,
		  "by-id/scsi-0QEMU_QEMU_HARDDISK_x\n" },
		/* the highest type, and the first of it */
		{ "\1\3\0\2\x50\1\1\3\0\2\x60\1\2\0\0\1x", 17,
		  "by-id/scsi-35001\nby-id/wwn-0x5001\n" },
		/* a number that runs out of the page; a length of 0; nothing */
		{ "\2\0\0\377abc", 7, "" },
		{ "\2\0\0\0", 4, "" },
		{ "\2\0", 2, "" },
		/* not text and not bytes */
		{ "\7\0\0\1x", 5, "" },
	};
	struct fixture *f = *state;
	char expected[256];
	size_t i;

	lsi_disk(f);
	check_links(f, "sda", LSI_PATH);
	for (i = 0; i < COUNT(rows); i++) {
		page_83(f, rows[i].descriptors, rows[i].len);
		snprintf(expected, sizeof(expected), LSI_PATH "%s",
			 rows[i].ids);
		check_links(f, "sda", expected);
	}
}

static void a_name_that_is_too_long_is_none(void **state)
{
	struct fixture *f = *state;
	char long_id[204] = "\2\0\0\310";

	lsi_disk(f);
	memset(long_id + 4, 'x', 200);
	page_83(f, long_id, sizeof(long_id));
	check_links(f, "sda", LSI_PATH);
}

static void a_namespace_is_called_by_its_controller(void **state)
{
	struct fixture *f = *state;

	fixture_pci(f, NVME, &nvme, "nvme");
	fixture_nvme(f, "nvme0n2", NVME, "nvme0", &data);
	fixture_file(f, "/sys/block/nvme0n2/device/model",
		     "QEMU NVMe Ctrl                          \n");
	fixture_file(f, "/sys/block/nvme0n2/device/serial", "8a1   \n");
	check_links(f, "nvme0n2",
		    "by-path/pci-" NVME "-nvme-2\n"
		    "by-id/nvme-QEMU_NVMe_Ctrl_8a1\n"
		    "by-id/nvme-QEMU_NVMe_Ctrl_8a1_2\n");
	fixture_file(f, "/sys/block/nvme0n2/wwid", "uuid.1-2; $(x)\n");
	check_links(f, "nvme0n2",
		    "by-path/pci-" NVME "-nvme-2\n"
		    "by-id/nvme-QEMU_NVMe_Ctrl_8a1\n"
		    "by-id/nvme-QEMU_NVMe_Ctrl_8a1_2\n"
		    "by-id/nvme-uuid.1-2____x_\n");
}

static void a_disk_without_a_controller_of_ours_has_none(void **state)
{
	struct fixture *f = *state;
	struct links links;

	fixture_pv(f, "xvda", 51712, &data);
	assert_int_equal(read_links(f, "xvda", &links), -ENOENT);
	assert_int_equal(links.count, 0);
}

/* ---- names ---- */

static void a_name_has_a_form_of_udevs_or_not(void **state)
{
	static const struct {
		const char *name;
		bool form, certain;
	} rows[] = {
		{ "disk/by-id/ata-QEMU_HARDDISK_QM00001-part2", true, true },
		{ "disk/by-id/nvme-eui.0123", true, true },
		{ "disk/by-id/scsi-0QEMU_QEMU_HARDDISK_x", true, false },
		{ "disk/by-id/scsi-35000c500a1b2c3d4", true, false },
		{ "disk/by-id/wwn-0x5000c500a1b2c3d4", true, false },
		/* of sg3-utils, and of nobody */
		{ "disk/by-id/scsi-SATA_QEMU_HARDDISK_x", false, false },
		{ "disk/by-id/scsi-1ATA_QEMU_HARDDISK_x", false, false },
		{ "disk/by-id/x", false, false },
		{ "disk/by-path/pci-" AHCI "-ata-1.0-part1", true, true },
		{ "disk/by-path/pci-" AHCI "-ata-1", true, true },
		{ "disk/by-path/pci-" AHCI "-ata-1:cryptroot", true, true },
		{ "disk/by-path/pci-" AHCI "-scsi-0:0:1:0-part12", true, true },
		{ "disk/by-path/pci-" AHCI "-nvme-1,x", true, true },
		{ "disk/by-path/pci-" AHCI "-ide-0:1", false, false },
		{ "disk/by-path/pci-" AHCI "-ata-1-part/by-uuid/1-2", false,
		  false },
		{ "disk/by-path/pci-" AHCI "-ata-1.0-part", false, false },
		{ "disk/by-path/pci-" AHCI "-ata-.*", false, false },
		{ "disk/by-path/pci-" AHCI "-usb-0:1:1.0-scsi-0:0:0:0", false,
		  false },
		{ "disk/by-path/pci-0000:00", false, false },
		{ "disk/by-uuid/1-2", false, false },
		{ "sda1", false, false },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		if (link_has_form(rows[i].name) != rows[i].form ||
		    link_is_certain(rows[i].name) != rows[i].certain)
			fail_msg("%s", rows[i].name);
	}
}

static void a_name_may_go_on_from_a_path_to_what_is_there(void **state)
{
	static const struct {
		const char *name;
		bool by_content;
	} rows[] = {
		{ "-ata-1.0-part/by-uuid/1-2", true },
		{ "-ata-1-part/by-label/x", true },
		{ "-scsi-0:0:1:0-part/by-partnum/2", true },
		{ "-nvme-1-part/by-partuuid/1", true },
		{ "-nvme-1-part/by-partlabel/x", true },
		{ "-ata-1-part/by-uuid/", false },
		{ "-ata-1-part/by-uuid/a/b", false },
		{ "-ata-1-part/by-id/x", false },
		{ "-ata-1-part1", false },
		{ "-x-part/by-uuid/1", false },
	};
	char name[80];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		snprintf(name, sizeof(name), "disk/by-path/pci-" AHCI "%s",
			 rows[i].name);
		if (link_is_by_content(name) != rows[i].by_content)
			fail_msg("%s", name);
	}
	assert_false(link_is_by_content("disk/by-id/ata-x-part/by-uuid/1"));
	memset(name, 'x', sizeof(name));
	strcpy(name + 60, "-part/by-uuid/1");
	assert_false(link_is_by_content(name));
}

static void a_name_means_the_disk_or_one_partition(void **state)
{
	static const struct links links = {
		.count = 2,
		.at = { "disk/by-path/pci-" AHCI "-ata-1",
			"disk/by-id/ata-QM00001" },
	};
	static const struct {
		const char *name;
		int part;
	} rows[] = {
		{ "disk/by-id/ata-QM00001", 0 },
		{ "disk/by-id/ata-QM00001-part12", 12 },
		{ "disk/by-path/pci-" AHCI "-ata-1-part2", 2 },
		{ "disk/by-id/ata-QM000011", -1 },
		{ "disk/by-id/ata-QM00001-part", -1 },
		{ "disk/by-id/ata-QM00001-part1x", -1 },
		{ "disk/by-id/ata-QM00001-part99999999999", -1 },
		{ "disk/by-path/pci-" AHCI "-ata-1.0", -1 },
		{ "disk/by-id/ata-QM0000", -1 },
	};
	unsigned int part;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		int found = links_mean(&links, rows[i].name, &part) ? (int)part
								    : -1;

		if (found != rows[i].part)
			fail_msg("%s: %d", rows[i].name, found);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(an_ata_disk_has_the_links_of_every_udev),
		FIXTURE_TEST(an_older_kernel_is_asked_for_the_identity),
		FIXTURE_TEST(a_disk_of_the_old_ide_driver_has_none),
		FIXTURE_TEST(an_identity_is_written_as_udev_writes_it),
		FIXTURE_TEST(a_serial_number_of_nul_bytes_is_none),
		FIXTURE_TEST(a_scsi_disk_is_called_by_page_83),
		FIXTURE_TEST(a_name_that_is_too_long_is_none),
		FIXTURE_TEST(a_namespace_is_called_by_its_controller),
		FIXTURE_TEST(a_disk_without_a_controller_of_ours_has_none),
		cmocka_unit_test(a_name_has_a_form_of_udevs_or_not),
		cmocka_unit_test(a_name_may_go_on_from_a_path_to_what_is_there),
		cmocka_unit_test(a_name_means_the_disk_or_one_partition),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
