// SPDX-License-Identifier: GPL-2.0-or-later
/* pvroot=strict: what it goes on with, and what it stops at. */
#include "fixture.h"

static const struct image lvm = {
	.part = { { "lvm", "/", 0, 0 } },
};

static void strict_refuses_what_cannot_be_shown_to_be_pv(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &lvm);
	fixture_in_use(f, "sda");
	check_answers(f, "root=/dev/mapper/vg-root", 0, "");
	check_answers(f, "root=/dev/mapper/vg-root pvroot=strict", 1, "");
	check_said(f, "strict: it cannot be shown that root is on a PV disk");
	check_answers(f, "quiet pvroot=strict", 1, "");
	check_answers(f, "quiet", 0, "");
}

/* The generator may make something of it that pvroot does not. */
static void strict_refuses_a_root_that_is_not_understood(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	check_answers(f, "root=PARTUUID=1/x pvroot=strict", 1, "");
	check_answers(f, "root=/dev/sda256 pvroot=strict", 1, "");
	check_answers(f, "root=PARTUUID=1/x", 0, "");
	check_said(f, "is not understood");
}

static void strict_refuses_disks_that_are_never_pv(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	check_answers(f, "root=/dev/nvme0n1p1 pvroot=strict", 1, "");
	check_answers(f, "root=/dev/vda1 pvroot=strict", 1, "");
	check_answers(f, "root=/dev/nvme0n1p1", 0, "");
	check_said(f, "root /dev/nvme0n1p1 is on no PV disk: left as it was");
}

static void strict_lvm_without_a_pv_disk_stops(void **state)
{
	struct fixture *f = *state;

	check_answers(f, "root=/dev/mapper/vg-root pvroot=strict", 1, "");
	check_answers(f, "root=/dev/mapper/vg-root", 0, "");
}

static void strict_without_root_stops(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_cmdline(f, "pvroot=strict");
	assert_int_equal(fixture_boot(f), 1);
	check_said(f, "root (none given) is left to the generator");
	check_out(f, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(strict_refuses_what_cannot_be_shown_to_be_pv),
		FIXTURE_TEST(strict_refuses_a_root_that_is_not_understood),
		FIXTURE_TEST(strict_refuses_disks_that_are_never_pv),
		FIXTURE_TEST(strict_lvm_without_a_pv_disk_stops),
		FIXTURE_TEST(strict_without_root_stops),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
