// SPDX-License-Identifier: GPL-2.0-or-later
/* A disk's place from its sysfs path, of kernels from 2.6.18 on, and from
 * garbage. Pure. */
#include <string.h>

#include "dev/place.h"
#include "fixture.h"

static void expect(const char *path, const char *disk, enum place_kind kind,
		   const char *pci, const char *port, unsigned int unit)
{
	struct place p = place_parse(path, disk);

	assert_int_equal(p.kind, kind);
	assert_string_equal(p.pci, pci);
	assert_string_equal(p.port, port);
	assert_int_equal(p.unit, unit);
}

static void a_vbd_is_known_by_its_number(void **state)
{
	struct place p = place_parse("../devices/vbd-51712/block/xvda", "xvda");

	(void)state;
	assert_int_equal(p.kind, PLACE_VBD);
	assert_int_equal(p.vbd, 51712);
	p = place_parse("../../devices/xen/vbd-268439552", "xvdq");
	assert_int_equal(p.kind, PLACE_VBD);
	assert_int_equal(p.vbd, 268439552);
}

static void libata_disks_have_a_port_and_a_target(void **state)
{
	(void)state;
	expect("../devices/pci0000:00/0000:00:05.0/ata3/host2/target2:0:0/"
	       "2:0:0:0/block/sda",
	       "sda", PLACE_SCSI, "0000:00:05.0", "ata3", 0);
	expect("../devices/pci0000:00/0000:00:01.1/ata1/host0/target0:0:1/"
	       "0:0:1:0/block/sdb",
	       "sdb", PLACE_SCSI, "0000:00:01.1", "ata1", 1);
	/* before 3.x: no ata folder */
	expect("../devices/pci0000:00/0000:00:01.1/host0/target0:0:0/"
	       "0:0:0:0/block/sda",
	       "sda", PLACE_SCSI, "0000:00:01.1", "host0", 0);
}

static void behind_bridges_the_last_function_is_the_controller(void **state)
{
	(void)state;
	expect("../devices/pci0000:00/0000:00:02.0/0000:01:08.1/host2/"
	       "target2:0:7/2:0:7:0/block/sdh",
	       "sdh", PLACE_SCSI, "0000:01:08.1", "host2", 7);
	expect("../devices/pci0000:00/0000:00:02.0/a-bridge/"
	       "0000:01:08.1/host2/target2:0:7/2:0:7:0/block/sdh",
	       "sdh", PLACE_SCSI, "0000:01:08.1", "host2", 7);
}

static void old_ide_disks_have_a_channel_and_a_unit(void **state)
{
	(void)state;
	expect("../../devices/pci0000:00/0000:00:01.1/ide0/0.0", "hda",
	       PLACE_IDE, "0000:00:01.1", "ide0", 0);
	expect("../../devices/pci0000:00/0000:00:01.1/ide1/1.1", "hdd",
	       PLACE_IDE, "0000:00:01.1", "ide1", 1);
}

/* The number in the name is Linux's counter: disk.c asks for the namespace. */
static void the_name_of_an_nvme_disk_is_not_its_namespace(void **state)
{
	(void)state;
	expect("../devices/pci0000:00/0000:00:09.0/nvme/nvme0/nvme0n1",
	       "nvme0n1", PLACE_NVME, "0000:00:09.0", "nvme0", 0);
	expect("../devices/pci0000:00/0000:00:09.0/nvme/nvme1/nvme1n2",
	       "nvme1n2", PLACE_NVME, "0000:00:09.0", "nvme1", 0);
}

/* The hidden disk of one of several paths. */
static void one_path_of_an_nvme_disk_is_no_place(void **state)
{
	(void)state;
	expect("../devices/pci0000:00/0000:00:09.0/nvme/nvme0/nvme0c0n1",
	       "nvme0c0n1", PLACE_OTHER, "0000:00:09.0", "nvme0", 0);
}

static void other_channels_and_luns_are_no_place_of_ours(void **state)
{
	(void)state;
	expect("../devices/pci0000:00/0000:00:08.0/host2/target2:0:0/2:0:0:1/"
	       "block/sda",
	       "sda", PLACE_OTHER, "0000:00:08.0", "host2", 0);
	expect("../devices/pci0000:00/0000:00:08.0/host2/target2:1:0/2:1:0:0/"
	       "block/sda",
	       "sda", PLACE_OTHER, "0000:00:08.0", "host2", 0);
}

static void usb_virtio_and_virtual_disks_are_other(void **state)
{
	(void)state;
	assert_int_equal(
		place_parse("../devices/virtual/block/loop0", "loop0").kind,
		PLACE_OTHER);
	assert_int_equal(place_parse("../devices/pci0000:00/0000:00:06.0/"
				     "virtio3/block/vda",
				     "vda")
				 .kind,
			 PLACE_OTHER);
	assert_int_equal(
		place_parse("../devices/virtual/nvme-subsystem/nvme-subsys0/"
			    "nvme0n1",
			    "nvme0n1")
			.kind,
		PLACE_OTHER);
}

static void garbage_is_other_and_never_overruns(void **state)
{
	static const char *const bad[] = {
		"",
		"/",
		"////",
		"..",
		"../devices/vbd-/block/xvda",
		"../devices/vbd-x/block/xvda",
		"../devices/vbd-4294967296/block/xvda",
		"../devices/vbd--1/block/xvda",
		"../devices/pci0000:00/0000:00:05.0",
		"../devices/pci0000:00/0000:00:05.0/ata3/host2/2:0:0",
		"../devices/pci0000:00/0000:00:05.0/ata3/host2/2:0:0:0:0",
		"../devices/pci0000:00/0000:00:05.0/ata3/host2/:::",
		"../devices/pci0000:00/0000:00:05.0/ata3/host2/"
		"2:0:99999999999:0",
		"../devices/pci0000:00/0000:00:05.0/ide0/0.2",
		"../devices/pci0000:00/0000:00:05.0/ata3/0.0",
		"../devices/pci0000:00/0000:00:5.0/ata3/host2/2:0:0:0",
		"../devices/pci0000:00/0000:00:05.0/nvme/nvme0/nvme0n0",
		"\xff\xfe/\x01",
	};
	char longest[2000];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (place_parse(bad[i], "nvme0n0").kind != PLACE_OTHER)
			fail_msg("taken for a place: %s", bad[i]);
	memset(longest, 'a', sizeof(longest) - 1);
	longest[sizeof(longest) - 1] = '\0';
	assert_int_equal(place_parse(longest, longest).kind, PLACE_OTHER);
}

static void the_shape_of_a_pci_address_is_exact(void **state)
{
	(void)state;
	assert_true(place_is_pci("0000:00:01.1", 12));
	assert_true(place_is_pci("abcd:ef:1f.7", 12));
	assert_false(place_is_pci("0000:00:01.1", 11));
	assert_false(place_is_pci("0000:00:01:1", 12));
	assert_false(place_is_pci("0000:00:0g.1", 12));
	assert_false(place_is_pci("pci0000:00:0", 12));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_vbd_is_known_by_its_number),
		cmocka_unit_test(libata_disks_have_a_port_and_a_target),
		cmocka_unit_test(
			behind_bridges_the_last_function_is_the_controller),
		cmocka_unit_test(old_ide_disks_have_a_channel_and_a_unit),
		cmocka_unit_test(the_name_of_an_nvme_disk_is_not_its_namespace),
		cmocka_unit_test(one_path_of_an_nvme_disk_is_no_place),
		cmocka_unit_test(other_channels_and_luns_are_no_place_of_ours),
		cmocka_unit_test(usb_virtio_and_virtual_disks_are_other),
		cmocka_unit_test(garbage_is_other_and_never_overruns),
		cmocka_unit_test(the_shape_of_a_pci_address_is_exact),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
