// SPDX-License-Identifier: GPL-2.0-or-later
/* NVMe: the place is the namespace, which the name does not say. */
#include <errno.h>

#include "fixture.h"

static const struct image data = {
	.signature = 0x87654321,
	.part = { { "ext4", "data", "22222222-2222-3333-4444-555555555555",
		    0 } },
};

static void qemu_nvme(struct fixture *f)
{
	static const struct controller_ids ids = { 0x1b36, 0x0010, 0x1af4,
						   0x1100 };

	fixture_pci(f, NVME, &ids, "nvme");
}

/* A byte copy in a file of its own: the second disk of the guest, which Linux
 * counts as the first. */
static void a_copy_at_namespace_2_is_not_the_first_disks_twin(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	qemu_nvme(f);
	fixture_nvme(f, "nvme0n1", NVME, "nvme0", &fixture_slash);
	fixture_file(f, "/sys/block/nvme0n1/nsid", "2\n");
	fixture_boot(f);
	check_said(f, "nvme0n1 kept: no PV disk in its place");
	check_no_writes(f);
}

static void namespaces_1_and_3_are_the_first_and_third_disks_twins(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_pv(f, "xvdc", 51744, &data);
	qemu_nvme(f);
	fixture_nvme(f, "nvme0n1", NVME, "nvme0", &fixture_slash);
	fixture_nvme(f, "nvme0n2", NVME, "nvme0", &data);
	fixture_file(f, "/sys/block/nvme0n2/nsid", "3\n");
	fixture_boot(f);
	check_said(f, "nvme0n1 is xvda's twin");
	check_said(f, "nvme0n2 is xvdc's twin");
}

static void a_namespace_that_cannot_be_read_proves_nothing(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	qemu_nvme(f);
	fixture_nvme(f, "nvme0n1", NVME, "nvme0", &fixture_slash);
	fixture_remove(f, "/sys/block/nvme0n1/nsid");
	fixture_cmdline(f, "root=LABEL=/ pvroot=debug");
	fixture_boot(f);
	check_said(f, "nvme0n1: its namespace is not known: not looked at");
	check_no_writes(f);
	check_out(f, "root='/dev/xvda1'\n");
}

/* A disk that the kernel reaches by several paths has no controller above. */
static void
a_disk_of_several_paths_is_not_looked_at_and_it_is_said(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	qemu_nvme(f);
	fixture_nvme(f, "nvme0n1", NVME, "nvme0", &fixture_slash);
	fixture_remove(f, "/sys/block/nvme0n1");
	fixture_link(f, "/sys/block/nvme0n1",
		     "../devices/virtual/nvme-subsystem/nvme-subsys0/nvme0n1");
	fixture_cmdline(f, "root=LABEL=/ pvroot=debug");
	fixture_boot(f);
	check_said(f, "nvme0n1: its namespace is not known: not looked at");
	check_no_writes(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(a_copy_at_namespace_2_is_not_the_first_disks_twin),
		FIXTURE_TEST(
			namespaces_1_and_3_are_the_first_and_third_disks_twins),
		FIXTURE_TEST(a_namespace_that_cannot_be_read_proves_nothing),
		FIXTURE_TEST(
			a_disk_of_several_paths_is_not_looked_at_and_it_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
