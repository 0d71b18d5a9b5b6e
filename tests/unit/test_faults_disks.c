// SPDX-License-Identifier: GPL-2.0-or-later
/* Disks that cannot be read, twins that cannot be taken away: in auto and in
 * strict. Rows of tests/faults/table name these tests. */
#include <errno.h>
#include <string.h>

#include "fault.h"

#define ROOT "root='/dev/xvda1'\n"
#define SIZE (512ULL * IMAGE_SECTORS)
#define PART (512ULL * IMAGE_LENGTH)

/* ---- disks ---- */

static void bad_superblock(struct fixture *f)
{
	fixture_twin(f, &fixture_slash);
	f->bad_size = PART;
	f->bad_byte = 1024;
}

static void an_unreadable_superblock_leaves_root_or_stops(void **state)
{
	EXPECT(state, bad_superblock, "", 1, "seen: xvda1: input/output error",
	       0, NULL);
}

static void bad_last_sector(struct fixture *f)
{
	fixture_twin(f, &fixture_slash);
	f->bad_size = SIZE;
	f->bad_byte = SIZE - 1;
}

static void an_unreadable_last_sector_proves_no_twin(void **state)
{
	EXPECT(state, bad_last_sector, ROOT, 0,
	       "sda kept: it is in xvda's place, but input/output error", 0,
	       "kept");
}

static void no_sectors(struct fixture *f)
{
	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_vbd(f, 51728, true, "Connected");
	fixture_disk(f, "xvdb", "devices/vbd-51728", "202:16", NULL);
	fixture_file(f, "/dev/xvdb", "");
	fixture_ahci(f, 3);
	fixture_ata(f, "sda", AHCI, 3, 0, &fixture_slash);
	fixture_ata(f, "sdb", AHCI, 4, 0, NULL);
	fixture_file(f, "/dev/sdb", "");
}

static void a_disk_of_zero_sectors_is_passed_over(void **state)
{
	EXPECT(state, no_sectors, ROOT, 0, "both are blank", 0, "gone");
	assert_true(fixture_exists(*state, "/sys/block/sdb"));
}

/* ---- detaching ---- */

static void no_unbind_file(struct fixture *f)
{
	fixture_twin(f, &fixture_slash);
	fixture_remove(f, "/sys/bus/pci/drivers/ahci/unbind");
	fixture_remove(f, "/sys/block/sda/device/delete");
}

static void without_a_file_to_unbind_the_twin_stays_loudly(void **state)
{
	EXPECT(state, no_unbind_file, ROOT, 0,
	       "the kernel keeps it (no such file)", 0, "kept");
}

static void override_refused(struct fixture *f)
{
	fixture_twin(f, &fixture_slash);
	f->override_error = -EPERM;
}

static void an_override_that_is_refused_stops_nothing(void **state)
{
	EXPECT(state, override_refused, ROOT, 0, NULL, 0, "gone");
}

static void opened_after_the_proof(struct fixture *f)
{
	fixture_twin(f, &fixture_slash);
	fixture_in_use(f, "sda");
}

static void a_twin_opened_after_its_proof_stays(void **state)
{
	EXPECT(state, opened_after_the_proof, ROOT, 0, "but in use: left alone",
	       0, "kept");
	check_no_writes(*state);
}

static void lose_xvdb(struct fixture *f)
{
	fixture_drop_disk(f, "xvdb");
}

/* Two twins on two controllers: the second one's PV disk goes while the first
 * is being taken away. */
static void a_twin_stays_whose_pv_disk_vanished_after_its_proof(void **state)
{
	static const struct controller_ids nvme = { 0x1b36, 0x0010, 0x1af4,
						    0x1100 };
	const struct image data = { .part = { { "ext4", "data", 0, 0 } } };
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_pci(f, NVME, &nvme, "nvme");
	fixture_nvme(f, "nvme0n1", NVME, "nvme0", &fixture_slash);
	f->namespaces[0] = 1;
	fixture_pv(f, "xvdb", 51728, &data);
	fixture_piix(f, 1);
	fixture_ata(f, "sdb", PIIX, 1, 1, &data);
	f->on_unbind = lose_xvdb;
	fixture_boot(f);
	assert_false(fixture_exists(f, "/sys/block/nvme0n1"));
	assert_true(fixture_exists(f, "/sys/block/sdb"));
	assert_int_equal(fixture_writes_to(f, "/unbind"), 1);
	check_said(f, "sdb is xvdb's twin, but that is gone: left alone");
}

static void another_gets_its_name(struct fixture *f)
{
	const struct image other = { .part = { { "ext4", "other", 0, 0 } } };
	static const struct controller_ids hba = { 0x1000, 0x0072, 0x1028,
						   0x1f1c };

	f->on_claim = NULL;
	fixture_drop_disk(f, "sda");
	fixture_pci(f, LSI, &hba, "mpt3sas");
	fixture_scsi(f, "sda", LSI, 7, 0, &other);
}

/* udev tells of the PV disk and of its twin at the same time. One pvroot takes
 * the twin, the kernel gives its letter to a disk that it just found, and the
 * other pvroot, which has waited for the first, means the twin by that name. */
static void a_disk_that_got_the_twins_name_meanwhile_stays(void **state)
{
	static const char *const modes[] = { NULL, "--event" };
	size_t i;

	for (i = 0; i < 2; i++) {
		struct fixture *f;

		fixture_teardown(state);
		fixture_setup(state);
		f = *state;
		fixture_twin(f, &fixture_slash);
		f->on_claim = another_gets_its_name;
		fixture_twin_command(f, modes[i], i ? "sda" : "xvda");
		assert_null(f->on_claim);
		assert_true(fixture_exists(f, "/sys/block/sda"));
		assert_int_equal(fixture_writes_to(f, "/delete"), 0);
		assert_string_equal(f->kmsg, "");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(an_unreadable_superblock_leaves_root_or_stops),
		FIXTURE_TEST(an_unreadable_last_sector_proves_no_twin),
		FIXTURE_TEST(a_disk_of_zero_sectors_is_passed_over),
		FIXTURE_TEST(without_a_file_to_unbind_the_twin_stays_loudly),
		FIXTURE_TEST(an_override_that_is_refused_stops_nothing),
		FIXTURE_TEST(a_twin_opened_after_its_proof_stays),
		FIXTURE_TEST(
			a_twin_stays_whose_pv_disk_vanished_after_its_proof),
		FIXTURE_TEST(a_disk_that_got_the_twins_name_meanwhile_stays),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
