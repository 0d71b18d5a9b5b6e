// SPDX-License-Identifier: GPL-2.0-or-later
/* Emulated PCI functions told from real ones, and ports counted. */
#include <errno.h>

#include "fixture.h"

static enum controller_kind kind(uint16_t vendor, uint16_t device,
				 uint16_t subvendor, uint16_t subdevice)
{
	const struct controller_ids ids = { vendor, device, subvendor,
					    subdevice };

	return controller_identify(&ids);
}

static void chips_of_the_device_model_are_known(void **state)
{
	(void)state;
	assert_int_equal(kind(0x8086, 0x7010, 0x1af4, 0x1100), CONTROLLER_IDE);
	assert_int_equal(kind(0x8086, 0x2922, 0x1af4, 0x1100), CONTROLLER_AHCI);
	assert_int_equal(kind(0x1000, 0x0012, 0x0000, 0x1000), CONTROLLER_SCSI);
	assert_int_equal(kind(0x1b36, 0x0010, 0x1af4, 0x1100), CONTROLLER_NVME);
	assert_int_equal(kind(0x10ec, 0x8139, 0x1af4, 0x1100), CONTROLLER_NIC);
	assert_int_equal(kind(0x8086, 0x100e, 0x1af4, 0x1100), CONTROLLER_NIC);
}

static void xenservers_subsystem_ids_are_known(void **state)
{
	(void)state;
	assert_int_equal(kind(0x8086, 0x7010, 0x5853, 0x0001), CONTROLLER_IDE);
	assert_int_equal(kind(0x10ec, 0x8139, 0x5853, 0x0001), CONTROLLER_NIC);
}

static void the_same_chip_in_real_hardware_is_passed_through(void **state)
{
	(void)state;
	assert_int_equal(kind(0x8086, 0x2922, 0x8086, 0x2922),
			 CONTROLLER_UNKNOWN);
	assert_int_equal(kind(0x8086, 0x2922, 0x1028, 0x0211),
			 CONTROLLER_UNKNOWN);
	assert_int_equal(kind(0x8086, 0x2922, 0x1af4, 0x1101),
			 CONTROLLER_UNKNOWN);
	assert_int_equal(kind(0x8086, 0x2922, 0, 0), CONTROLLER_UNKNOWN);
	assert_int_equal(kind(0x1af4, 0x1001, 0x1af4, 0x1100),
			 CONTROLLER_UNKNOWN);
}

static void ids_are_read_from_sysfs_or_refused(void **state)
{
	static const char *const bad[] = {
		"",
		"pci:v00008086d00002922sv00001AF4sd0000110bc01\n",
		"pci:v00008086d00002922sv00001AF4sd00001100\n",
		"pci:v00008086d00002922sv00001AF4\n",
		"pci:v00008086d2922sv00001AF4sd00001100\n",
		"pci:v00018086d00002922sv00001AF4sd00001100bc01\n",
		"pci:v00008086d0000292gsv00001AF4sd00001100bc01\n",
		"usb:v00008086d00002922sv00001AF4sd00001100bc01\n",
	};
	struct fixture *f = *state;
	struct controller_ids ids;

	fixture_ahci(f, 3);
	assert_int_equal(controller_read(&f->sys, AHCI, &ids), 0);
	assert_int_equal(ids.vendor, 0x8086);
	assert_int_equal(ids.device, 0x2922);
	assert_int_equal(ids.subvendor, 0x1af4);
	assert_int_equal(ids.subdevice, 0x1100);
	assert_int_equal(controller_read(&f->sys, LSI, &ids), -ENOENT);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		fixture_file(f, "/sys/bus/pci/devices/" AHCI "/modalias",
			     bad[i]);
		assert_int_equal(controller_read(&f->sys, AHCI, &ids), -EINVAL);
	}
}

/* libata numbers ports across all controllers; the rank is the place. */
static void ports_count_from_the_controllers_own_first(void **state)
{
	struct fixture *f = *state;

	fixture_piix(f, 1);
	fixture_ahci(f, 9); /* ata9 to ata14: 9 sorts before 10 */
	assert_int_equal(controller_port_rank(&f->sys, PIIX, "ata2"), 1);
	assert_int_equal(controller_port_rank(&f->sys, AHCI, "ata9"), 0);
	assert_int_equal(controller_port_rank(&f->sys, AHCI, "ata10"), 1);
	assert_int_equal(controller_port_rank(&f->sys, AHCI, "ata14"), 5);
}

static void a_port_that_is_not_there_has_no_rank(void **state)
{
	struct fixture *f = *state;

	fixture_ahci(f, 3);
	assert_int_equal(controller_port_rank(&f->sys, AHCI, "ata99"), -ENOENT);
	assert_int_equal(controller_port_rank(&f->sys, AHCI, "host2"), -ENOENT);
	assert_int_equal(controller_port_rank(&f->sys, AHCI, "nvme"), -EINVAL);
	assert_int_equal(controller_port_rank(&f->sys, LSI, "ata3"), -ENOENT);
}

/* libxl gives a vdev to the emulated controller by its bus and number. */
static void a_controller_takes_the_vdevs_of_its_bus(void **state)
{
	static const struct {
		uint32_t number;
		bool ide, ahci, nvme, scsi;
	} rows[] = {
		{ 51712, true, true, true, false }, /* xvda */
		{ 51712 + 3 * 16, true, true, true, false },
		{ 51712 + 4 * 16, false, true, true, false },
		{ 51712 + 6 * 16, false, false, true, false },
		{ 768, true, true, true, false },    /* hda */
		{ 2048, false, false, false, true }, /* sda */
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct vdev vdev = vdev_decode(rows[i].number);

		assert_int_equal(controller_takes(CONTROLLER_IDE, vdev),
				 rows[i].ide);
		assert_int_equal(controller_takes(CONTROLLER_AHCI, vdev),
				 rows[i].ahci);
		assert_int_equal(controller_takes(CONTROLLER_NVME, vdev),
				 rows[i].nvme);
		assert_int_equal(controller_takes(CONTROLLER_SCSI, vdev),
				 rows[i].scsi);
		assert_false(controller_takes(CONTROLLER_NIC, vdev));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(chips_of_the_device_model_are_known),
		cmocka_unit_test(xenservers_subsystem_ids_are_known),
		cmocka_unit_test(
			the_same_chip_in_real_hardware_is_passed_through),
		cmocka_unit_test(a_controller_takes_the_vdevs_of_its_bus),
		FIXTURE_TEST(ids_are_read_from_sysfs_or_refused),
		FIXTURE_TEST(ports_count_from_the_controllers_own_first),
		FIXTURE_TEST(a_port_that_is_not_there_has_no_rank),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
