// SPDX-License-Identifier: GPL-2.0-or-later
/* What else hangs on a twin's controller, and what may hang there, keeps it.
 * The kernel's answers are simulated (kernel.c). */
#include <errno.h>

#include "fixture.h"

#define DELETE(disk) "/sys/block/" disk "/device/delete"

static const struct image data = {
	.part = { { "ext4", "data", 0, 0 } },
};

static void with_a_cdrom_beside_it_only_the_disk_is_deleted(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	fixture_ata(f, "sr0", AHCI, 5, 0, NULL);
	fixture_boot(f);
	assert_int_equal(f->writes, 1);
	check_wrote(f, DELETE("sda"), "1");
	check_said(f,
		   "sda is xvda's twin: deleted (ahci 0000:00:05.0 keeps sr0)");
	assert_false(fixture_exists(f, "/sys/block/sda"));
	assert_true(fixture_exists(f, "/sys/block/sr0"));
}

/* sr_mod may not be loaded yet: the SCSI device alone must be enough. */
static void a_cdrom_without_its_driver_keeps_the_controller_too(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	fixture_scsi_device(f, AHCI, 5, 0, "5");
	fixture_boot(f);
	check_wrote(f, DELETE("sda"), "1");
	check_said(f, "keeps 4:0:0:0");
}

static void a_data_disk_without_a_twin_keeps_its_controller(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	fixture_ata(f, "sdb", AHCI, 4, 0, &data);
	fixture_boot(f);
	check_wrote(f, DELETE("sda"), "1");
	assert_false(fixture_wrote(f, DELETE("sdb"), "1"));
	check_said(f, "keeps sdb");
	assert_true(fixture_exists(f, "/sys/block/sdb"));
	check_said(f, "sdb kept: no PV disk in its place");
}

static void a_namespace_without_a_twin_keeps_its_nvme(void **state)
{
	static const struct controller_ids ids = { 0x1b36, 0x0010, 0x1af4,
						   0x1100 };
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_pci(f, NVME, &ids, "nvme");
	fixture_nvme(f, "nvme0n1", NVME, "nvme0", &fixture_slash);
	fixture_nvme(f, "nvme0n2", NVME, "nvme0", &data);
	fixture_boot(f);
	assert_int_equal(fixture_writes_to(f, "/unbind"), 0);
	assert_true(fixture_exists(f, "/sys/block/nvme0n2"));
}

static void an_ide_cdrom_keeps_the_old_ide_driver(void **state)
{
	struct fixture *f = *state;

	fixture_rhel5(f, &fixture_slash);
	fixture_ide(f, "hdc", PIIX, 1, 0, "cdrom", NULL);
	fixture_boot(f);
	assert_int_equal(fixture_writes_to(f, "/unbind"), 0);
	assert_true(fixture_exists(f, "/sys/block/hdc"));
}

/* It may be a CD-ROM, which never goes, whatever is in it. */
static void an_ide_disk_of_unknown_kind_keeps_its_driver(void **state)
{
	struct fixture *f = *state;

	fixture_rhel5(f, &fixture_slash);
	fixture_pv(f, "xvdc", 51744, &data);
	fixture_ide(f, "hdc", PIIX, 1, 0, "cdrom", &data);
	fixture_remove(f, "/proc/ide/hdc/media"); /* a folder: EISDIR */
	fixture_folder(f, "/proc/ide/hdc/media");
	fixture_boot(f);
	assert_int_equal(fixture_writes_to(f, "/unbind"), 0);
	assert_true(fixture_exists(f, "/sys/block/hdc"));
	assert_true(fixture_exists(f, "/dev/hdc"));
	check_not_said(f, "hdc is xvdc's twin");
}

static void a_disk_goes_alone_where_its_neighbour_cannot_be_seen(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	fixture_scsi_device(f, AHCI, 5, 0, "5");
	fixture_refuse(f, "link /sys/bus/scsi/devices/4:0:0:0", -ENOMEM, 1000);
	fixture_boot(f);
	check_wrote(f, DELETE("sda"), "1");
	check_said(f, "keeps 4:0:0:0");
}

/* Behind one channel there are two places. */
static void the_slave_beside_a_twin_keeps_the_controller(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_piix(f, 1);
	fixture_ata(f, "sda", PIIX, 1, 0, &fixture_slash);
	fixture_scsi_device(f, PIIX, 1, 1, "5");
	fixture_boot(f);
	check_wrote(f, DELETE("sda"), "1");
	check_said(f, "keeps 0:0:1:0");
}

/* No SCSI bus tells of it, and no namespace can go by itself. */
static void a_namespace_in_use_keeps_its_nvme(void **state)
{
	static const struct controller_ids ids = { 0x1b36, 0x0010, 0x1af4,
						   0x1100 };
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_pv(f, "xvdb", 51728, &data);
	fixture_pci(f, NVME, &ids, "nvme");
	fixture_nvme(f, "nvme0n1", NVME, "nvme0", &fixture_slash);
	fixture_nvme(f, "nvme0n2", NVME, "nvme0", &data);
	fixture_in_use(f, "nvme0n2");
	fixture_boot(f);
	assert_int_equal(fixture_writes_to(f, "/unbind"), 0);
	assert_true(fixture_exists(f, "/sys/block/nvme0n2"));
	check_said(f, "nvme0n2 is xvdb's twin, but in use");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(with_a_cdrom_beside_it_only_the_disk_is_deleted),
		FIXTURE_TEST(
			a_cdrom_without_its_driver_keeps_the_controller_too),
		FIXTURE_TEST(a_data_disk_without_a_twin_keeps_its_controller),
		FIXTURE_TEST(a_namespace_without_a_twin_keeps_its_nvme),
		FIXTURE_TEST(an_ide_cdrom_keeps_the_old_ide_driver),
		FIXTURE_TEST(an_ide_disk_of_unknown_kind_keeps_its_driver),
		FIXTURE_TEST(
			a_disk_goes_alone_where_its_neighbour_cannot_be_seen),
		FIXTURE_TEST(the_slave_beside_a_twin_keeps_the_controller),
		FIXTURE_TEST(a_namespace_in_use_keeps_its_nvme),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
