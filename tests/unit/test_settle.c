// SPDX-License-Identifier: GPL-2.0-or-later
/* May the boot go on, beside what is left of the twins? Both paths are never
 * used at once, and strict sees every part of root that is on an emulated
 * disk. */
#include <errno.h>
#include <string.h>

#include "cmd/command.h"
#include "fixture.h"

#define POOL "44444444-2222-3333-4444-555555555555"
#define SUB  "00000000-0000-0000-0000-00000000000"

static const struct image lvm = { .part = { { "lvm", "", 0, 0 } } };

/* ---- both paths at once ---- */

static void what_is_used_by_the_twin_is_no_answer_to_resume(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	fixture_in_use(f, "sda");
	fixture_in_use(f, "sda2");
	check_answers(f, "root=LABEL=/ resume=LABEL=SWAP-hda2", 0,
		      "root='/dev/xvda1'\n");
}

/* A loop device opens its file like anybody. */
static void a_loop_device_is_use_of_what_it_is_over(void **state)
{
	static const struct {
		const char *file, *out;
	} rows[] = {
		{ "/dev/sda2", "root='/dev/xvda1'\n" },
		{ "/dev/sda1", "" },
		{ "/dev/sda", "" },
		{ "/dev/sda12", "root='/dev/xvda1'\n" },
	};
	struct fixture *f = *state;
	size_t i;

	fixture_twin(f, &fixture_slash);
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		fixture_file(f, "/sys/block/loop0/loop/backing_file",
			     rows[i].file);
		check_answers(f, "root=LABEL=/", 0, rows[i].out);
		check_no_writes(f);
	}
}

/* Whoever cannot tell whether it is used leaves it. */
static void a_twin_that_cannot_be_claimed_stays(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	fixture_in_use(f, "sda");
	f->fail[0].err = -EIO;
	check_answers(f, "root=LABEL=/", 0, "root='/dev/xvda1'\n");
	check_no_writes(f);
	check_said(f, "sda is xvda's twin, but input/output error: left alone");
}

/* ---- strict, and what root stands on ---- */

static const struct image *pool(char member)
{
	static struct image image;
	static char sub[] = SUB "?";

	sub[sizeof(sub) - 2] = member;
	image = (struct image){ .part = { { "btrfs", "pool", POOL, sub, 3 } } };
	return &image;
}

/* btrfs takes every device of its file system, whichever it meets. */
static void a_third_member_on_an_emulated_disk_stops_strict(void **state)
{
	static const struct image other = {
		.part = { { "btrfs", "other",
			    "55555555-2222-3333-4444-555555555555", SUB "c" } },
	};
	struct fixture *f = *state;

	fixture_pv(f, "xvdb", 51728, pool('a'));
	fixture_pv(f, "xvdc", 51744, pool('b'));
	fixture_ahci(f, 3);
	fixture_ata(f, "sda", AHCI, 8, 0, &other);
	fixture_cmdline(f, "root=LABEL=pool pvroot=strict");
	assert_int_equal(fixture_boot(f), 0);
	fixture_ata(f, "sdb", AHCI, 7, 0, pool('c'));
	assert_int_equal(fixture_boot(f), 1);
	check_said(f, "strict: sdb is emulated, still there, and carries");
}

static void a_member_of_another_kind_is_no_part_of_root(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_ahci(f, 3);
	fixture_ata(f, "sda", AHCI, 4, 0, &lvm);
	check_answers(f, "root=/dev/md0 pvroot=strict", 0, "");
	check_answers(f, "root=ZFS=tank pvroot=strict", 0, "");
	check_answers(f, "root=/dev/mapper/vg-root pvroot=strict", 1, "");
}

/* Under LUKS anything may be: version 1, at sector 0. */
static void luks_may_hide_a_part_of_any_root(void **state)
{
	static const uint8_t luks[4096] = {
		'L', 'U', 'K', 'S', 0xba, 0xbe, 0, 1
	};
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_ahci(f, 3);
	fixture_ata(f, "sda", AHCI, 4, 0, &fixture_slash);
	check_answers(f, "root=/dev/md0 pvroot=strict", 0, "");
	fixture_bytes(f, "/dev/sda2", luks, sizeof(luks));
	check_answers(f, "root=/dev/md0 pvroot=strict", 1, "");
}

/* The disk of a passed-through controller is as good as a PV one. */
static void a_member_on_real_hardware_stops_nothing(void **state)
{
	static const struct controller_ids real = { 0x8086, 0x2922, 0x8086,
						    0x7270 };
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_pci(f, AHCI, &real, "ahci");
	fixture_folder(f, "/sys/devices/pci0000:00/" AHCI "/ata3");
	fixture_ata(f, "sda", AHCI, 3, 0, &lvm);
	check_answers(f, "root=/dev/mapper/vg-root pvroot=strict", 0, "");
}

/* Without nodes nobody finds a hidden twin; with udev somebody may. */
static void a_hidden_twin_without_nodes_is_no_part_of_root(void **state)
{
	static const char *const with_nodes[] = { "boot", "--nodes", NULL };
	struct fixture *f = *state;

	fixture_rhel5(f, &lvm);
	fixture_cmdline(f, "root=/dev/mapper/vg-root pvroot=strict");
	assert_int_equal(fixture_boot(f), 1);
	check_said(f, "strict: hda is emulated, still there, and carries");
	assert_int_equal(fixture_run(f, cmd_boot, with_nodes), 0);
}

/* A crash there: strict has nothing that it could go on with. */
static void a_crash_in_settle_loses_no_root_and_stops_strict(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	fixture_in_earnest(f);
	f->kill_at = "sda1";
	f->kill_mode = SYS_EXCLUSIVE;
	check_answers(f, "root=LABEL=/ pvroot=keep=sda", 0,
		      "root='/dev/xvda1'\n");
	check_said(f, "step settle: signal 9: going on after it");
	check_answers(f, "root=LABEL=/ pvroot=keep=sda,strict", 1, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(what_is_used_by_the_twin_is_no_answer_to_resume),
		FIXTURE_TEST(a_loop_device_is_use_of_what_it_is_over),
		FIXTURE_TEST(a_twin_that_cannot_be_claimed_stays),
		FIXTURE_TEST(a_third_member_on_an_emulated_disk_stops_strict),
		FIXTURE_TEST(a_member_of_another_kind_is_no_part_of_root),
		FIXTURE_TEST(luks_may_hide_a_part_of_any_root),
		FIXTURE_TEST(a_member_on_real_hardware_stops_nothing),
		FIXTURE_TEST(a_hidden_twin_without_nodes_is_no_part_of_root),
		FIXTURE_TEST(a_crash_in_settle_loses_no_root_and_stops_strict),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
