// SPDX-License-Identifier: GPL-2.0-or-later
/* Which emulated disk is a twin, on whole guests' trees: position first,
 * content second. */
#include "fixture.h"

static const struct image slash = {
	.signature = 0x12345678,
	.part = { { "ext3", "/", "11111111-2222-3333-4444-555555555555", 0 },
		  { "swap", "SWAP-hda2", "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee",
		    0 } },
};

static void ahci_disk_in_the_place_of_a_pv_disk_with_its_bytes_is_a_twin(
	void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &slash);
	fixture_ahci(f, 3);
	fixture_ata(f, "sda", AHCI, 3, 0, &slash);
	fixture_boot(f);
	check_said(f, "sda is xvda's twin");
	check_out(f, "root='/dev/xvda1'\n");
	assert_true(json_is_valid(f->report));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(
			ahci_disk_in_the_place_of_a_pv_disk_with_its_bytes_is_a_twin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
