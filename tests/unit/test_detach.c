// SPDX-License-Identifier: GPL-2.0-or-later
/* How twins are taken away, and what is never lost with them. The kernel's
 * answers are simulated (kernel.c). */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "fixture.h"
#include "twin/detach.h"
#include "twin/pair.h"

#define OVERRIDE(pci) "/sys/bus/pci/devices/" pci "/driver_override"
#define UNBIND(pci)   "/sys/bus/pci/devices/" pci "/driver/unbind"
#define DELETE(disk)  "/sys/block/" disk "/device/delete"

static const struct image data = {
	.part = { { "ext4", "data", 0, 0 } },
};

/* libata cannot tell an empty port from one that is still being scanned. */
static void a_disk_that_can_go_alone_leaves_its_controller(void **state)
{
	struct fixture *f = *state;
	char text[128];

	fixture_twin(f, &fixture_slash);
	fixture_boot(f);
	assert_int_equal(f->writes, 1);
	check_wrote(f, DELETE("sda"), "1");
	check_said(f, "sda is xvda's twin: deleted");
	fixture_read(f, "/run/pvroot/twins", text, sizeof(text));
	assert_string_equal(text, "deleted sda " AHCI " ata3 0 xvda\n");
}

static void keep_leaves_the_twin_and_its_controller(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	fixture_cmdline(f, "root=LABEL=/ pvroot=keep=sda");
	fixture_boot(f);
	check_no_writes(f);
	check_said(f, "sda is xvda's twin, but keep= asks for it: left alone");
	check_out(f, "root='/dev/xvda1'\n");
	check_reported(f, "\"twin\": \"left\"");
}

static void keep_of_one_lets_the_other_twin_go(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	fixture_pv(f, "xvdb", 51728, &data);
	fixture_ata(f, "sdb", AHCI, 4, 0, &data);
	fixture_cmdline(f, "root=LABEL=/ pvroot=keep=sda");
	fixture_boot(f);
	assert_int_equal(fixture_writes_to(f, "/unbind"), 0);
	check_wrote(f, DELETE("sdb"), "1");
	assert_true(fixture_exists(f, "/sys/block/sda"));
}

static void a_twin_in_use_is_left_alone_and_said_loudly(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	fixture_in_use(f, "sda");
	fixture_boot(f);
	check_no_writes(f);
	check_said(f, "<3>pvroot: sda is xvda's twin, but in use: left alone");
}

static void one_twin_in_use_keeps_the_controller_for_the_others(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	fixture_pv(f, "xvdb", 51728, &data);
	fixture_ata(f, "sdb", AHCI, 4, 0, &data);
	fixture_in_use(f, "sdb");
	fixture_boot(f);
	assert_int_equal(fixture_writes_to(f, "/unbind"), 0);
	check_wrote(f, DELETE("sda"), "1");
	assert_true(fixture_exists(f, "/sys/block/sdb"));
}

static void a_twin_that_the_kernel_keeps_is_said_loudly(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	f->unbind_error = -EIO;
	f->delete_error = -EPERM;
	fixture_boot(f);
	check_said(f, "<3>pvroot: sda is xvda's twin, but the kernel keeps it");
	check_reported(f, "\"twin\": \"left\"");
	check_out(f, "root='/dev/xvda1'\n");
	assert_int_equal(f->status, 0);
}

static void a_delete_that_does_nothing_is_no_success(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	fixture_ata(f, "sr0", AHCI, 5, 0, NULL);
	f->deaf = true;
	fixture_boot(f);
	check_said(f, "the kernel keeps it (still there)");
	check_reported(f, "\"twin\": \"left\"");
}

static void an_unbind_that_does_nothing_is_no_success(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	f->deaf = true;
	fixture_boot(f);
	check_not_said(f, "unbound");
	check_said(f, "the kernel keeps it");
	check_reported(f, "\"twin\": \"left\"");
}

static void twins_of_two_controllers_are_each_settled(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	fixture_pv(f, "xvde", 2048, &data); /* sda's number: LSI */
	fixture_lsi(f);
	fixture_scsi(f, "sdb", LSI, 8, 0, &data);
	fixture_boot(f);
	check_wrote(f, DELETE("sda"), "1");
	check_wrote(f, DELETE("sdb"), "1");
	assert_false(fixture_exists(f, "/sys/block/sda"));
	assert_false(fixture_exists(f, "/sys/block/sdb"));
}

/* Two emulated disks that both pass for one PV disk's twin: one of them is a
 * copy, and may be the only one. */
static void two_candidates_for_one_pv_disk_prove_neither(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	fixture_piix(f, 1);
	fixture_ata(f, "sdb", PIIX, 1, 0, &fixture_slash);
	fixture_boot(f);
	check_no_writes(f);
	assert_true(fixture_exists(f, "/sys/block/sda"));
	assert_true(fixture_exists(f, "/sys/block/sdb"));
}

static void strict_forbids_a_controller_that_nothing_has_bound(void **state)
{
	struct fixture *f = *state;

	fixture_cmdline(f, "root=LABEL=/ pvroot=strict");
	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_ahci(f, 3);
	fixture_remove(f, "/sys/devices/pci0000:00/" AHCI "/driver");
	fixture_boot(f);
	assert_int_equal(f->writes, 1);
	check_wrote(f, OVERRIDE(AHCI), "pvroot");
	check_said(f, "strict: disk controller 0000:00:05.0");
}

static void auto_leaves_a_controller_that_nothing_has_bound(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_ahci(f, 3);
	fixture_remove(f, "/sys/devices/pci0000:00/" AHCI "/driver");
	fixture_boot(f);
	check_no_writes(f);
}

/* A CD-ROM's vbd has no driver: its drive may be on that controller. */
static void strict_with_a_cdrom_vbd_forbids_nothing(void **state)
{
	struct fixture *f = *state;

	fixture_cmdline(f, "root=LABEL=/ pvroot=strict");
	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_vbd(f, 5632, false, "Initialising");
	fixture_ahci(f, 3);
	fixture_remove(f, "/sys/devices/pci0000:00/" AHCI "/driver");
	fixture_boot(f);
	check_no_writes(f);
}

static void keep_names_a_controller_that_strict_leaves(void **state)
{
	struct fixture *f = *state;

	fixture_cmdline(f, "root=LABEL=/ pvroot=strict,keep=" AHCI);
	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_ahci(f, 3);
	fixture_remove(f, "/sys/devices/pci0000:00/" AHCI "/driver");
	fixture_boot(f);
	check_no_writes(f);
}

static void strict_never_forbids_a_passed_through_controller(void **state)
{
	static const struct controller_ids real = { 0x8086, 0x2922, 0x8086,
						    0x7270 };
	struct fixture *f = *state;

	fixture_cmdline(f, "root=LABEL=/ pvroot=strict");
	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_pci(f, AHCI, &real, "");
	fixture_boot(f);
	check_no_writes(f);
}

static void what_is_no_twin_is_not_looked_at(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	fixture_ata(f, "sdb", AHCI, 4, 0, &data);
	fixture_boot(f);
	assert_int_equal(f->writes, 1);
	check_wrote(f, DELETE("sda"), "1");
	check_said(f, "sdb kept: no PV disk in its place");
	check_not_said(f, "sdb is");
}

/* udev asks about one disk; the twins beside it have events of their own. */
static void of_two_twins_only_the_asked_one_goes(void **state)
{
	struct fixture *f = *state;
	struct disks disks = { 0 };
	struct inuse inuse = { 0 };
	struct cmdline cmd = { 0 };
	struct log log;
	struct twins t = { &f->sys, &log, &cmd, &disks, &inuse, false };

	fixture_twin(f, &fixture_slash);
	fixture_pv(f, "xvdb", 51728, &data);
	fixture_ata(f, "sdb", AHCI, 4, 0, &data);
	log_open(&log, &f->sys, LOG_TO_KMSG);
	assert_int_equal(disks_scan(&disks, &f->sys), 0);
	pair_disks(&f->sys, &log, &disks);
	detach_disk(&t, disks_find(&disks, "sda"));
	assert_int_equal(disks.at[disks_find(&disks, "sda")].twin,
			 TWIN_DETACHED);
	assert_int_equal(disks.at[disks_find(&disks, "sdb")].twin, TWIN_PROVEN);
	assert_true(fixture_exists(f, "/sys/block/sdb"));
	log_close(&log);
	disks_free(&disks);
}

static void a_second_run_changes_nothing(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	fixture_boot(f);
	f->writes = 0;
	fixture_boot(f);
	check_no_writes(f);
	check_out(f, "root='/dev/xvda1'\n");
}

static void no_byte_of_a_disk_is_changed(void **state)
{
	struct fixture *f = *state;
	uint64_t before;

	fixture_twin(f, &fixture_slash);
	fixture_in_use(f, "sda");
	before = fixture_sum(f);
	fixture_boot(f);
	assert_true(fixture_sum(f) == before);
	fixture_poke(f, "sda", 1);
	assert_false(fixture_sum(f) == before);
}

static void strict_leaves_a_controller_that_is_bound(void **state)
{
	struct fixture *f = *state;

	fixture_cmdline(f, "root=LABEL=/ pvroot=strict");
	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_ahci(f, 3);
	fixture_boot(f);
	check_no_writes(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(a_disk_that_can_go_alone_leaves_its_controller),
		FIXTURE_TEST(keep_leaves_the_twin_and_its_controller),
		FIXTURE_TEST(keep_of_one_lets_the_other_twin_go),
		FIXTURE_TEST(a_twin_in_use_is_left_alone_and_said_loudly),
		FIXTURE_TEST(
			one_twin_in_use_keeps_the_controller_for_the_others),
		FIXTURE_TEST(a_twin_that_the_kernel_keeps_is_said_loudly),
		FIXTURE_TEST(a_delete_that_does_nothing_is_no_success),
		FIXTURE_TEST(an_unbind_that_does_nothing_is_no_success),
		FIXTURE_TEST(twins_of_two_controllers_are_each_settled),
		FIXTURE_TEST(two_candidates_for_one_pv_disk_prove_neither),
		FIXTURE_TEST(
			strict_forbids_a_controller_that_nothing_has_bound),
		FIXTURE_TEST(auto_leaves_a_controller_that_nothing_has_bound),
		FIXTURE_TEST(strict_with_a_cdrom_vbd_forbids_nothing),
		FIXTURE_TEST(keep_names_a_controller_that_strict_leaves),
		FIXTURE_TEST(strict_never_forbids_a_passed_through_controller),
		FIXTURE_TEST(what_is_no_twin_is_not_looked_at),
		FIXTURE_TEST(of_two_twins_only_the_asked_one_goes),
		FIXTURE_TEST(a_second_run_changes_nothing),
		FIXTURE_TEST(no_byte_of_a_disk_is_changed),
		FIXTURE_TEST(strict_leaves_a_controller_that_is_bound),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
