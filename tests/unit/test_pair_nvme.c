// SPDX-License-Identifier: GPL-2.0-or-later
/* NVMe as XenServer gives it to a UEFI guest: the place is the namespace, which
 * the name does not say. Paths and ids are those that such a guest has. */
#include <errno.h>
#include <stdio.h>

#include "fixture.h"

#define XENSERVER "0000:00:07.0"
#define DEVICES	  "/sys/devices/pci0000:00/" XENSERVER "/nvme/nvme0/"
#define SUBSYSTEM "/sys/devices/virtual/nvme-subsystem/nvme-subsys0/"

static const struct image data = {
	.signature = 0x87654321,
	.part = { { "ext4", "data", "22222222-2222-3333-4444-555555555555",
		    0 } },
};

static void xenserver_nvme(struct fixture *f)
{
	static const struct controller_ids ids = { 0x8086, 0x5845, 0x1af4,
						   0x1100 };

	fixture_pci(f, XENSERVER, &ids, "nvme");
}

static void namespace_of(struct fixture *f, const char *name,
			 const struct image *image)
{
	fixture_nvme(f, name, XENSERVER, "nvme0", image);
}

/* A byte copy in a file of its own: the second disk of the guest, which Linux
 * counts as the first. */
static void a_copy_at_namespace_2_is_not_the_first_disks_twin(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	xenserver_nvme(f);
	namespace_of(f, "nvme0n1", &fixture_slash);
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
	xenserver_nvme(f);
	namespace_of(f, "nvme0n1", &fixture_slash);
	namespace_of(f, "nvme0n2", &data);
	fixture_file(f, "/sys/block/nvme0n2/nsid", "3\n");
	fixture_boot(f);
	check_said(f, "nvme0n1 is xvda's twin");
	check_said(f, "nvme0n2 is xvdc's twin");
}

static void a_namespace_that_cannot_be_read_proves_nothing(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	xenserver_nvme(f);
	namespace_of(f, "nvme0n1", &fixture_slash);
	fixture_remove(f, "/sys/block/nvme0n1/nsid");
	fixture_cmdline(f, "root=LABEL=/ pvroot=debug");
	fixture_boot(f);
	check_said(f, "nvme0n1: its one controller or namespace is not known");
	check_no_writes(f);
	check_out(f, "root='/dev/xvda1'\n");
}

/* A hidden disk: a path to nvme0n1 through controller number C. */
static void add_path(struct fixture *f, const char *name)
{
	char path[FIXTURE_PATH], target[FIXTURE_PATH];

	fixture_path(f, path, DEVICES "%s/nsid", name);
	fixture_file(f, path, "1\n");
	fixture_path(f, path, "/sys/block/%s", name);
	fixture_path(f, target,
		     "../devices/pci0000:00/" XENSERVER "/nvme/nvme0/%s", name);
	fixture_link(f, path, target);
}

/* nvme0n1, which is below no controller, and one path to it. */
static void multipath_disk(struct fixture *f)
{
	char from[FIXTURE_PATH], to[FIXTURE_PATH];

	namespace_of(f, "nvme0n1", &fixture_slash);
	fixture_folder(f, SUBSYSTEM);
	fixture_path(f, from, "%s" DEVICES "nvme0n1", f->dir);
	fixture_path(f, to, "%s" SUBSYSTEM "nvme0n1", f->dir);
	assert_int_equal(rename(from, to), 0);
	fixture_remove(f, "/sys/block/nvme0n1");
	fixture_link(f, "/sys/block/nvme0n1",
		     "../devices/virtual/nvme-subsystem/nvme-subsys0/nvme0n1");
	add_path(f, "nvme0c0n1");
}

/* The kernel removes a disk with its last path. */
static void drop_disk(struct fixture *f)
{
	fixture_drop_disk(f, "nvme0n1");
}

static void a_disk_with_one_path_is_a_twin_on_its_controller(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	xenserver_nvme(f);
	multipath_disk(f);
	f->behind_unbind = drop_disk;
	fixture_boot(f);
	check_said(f,
		   "nvme0n1 is xvda's twin: controller " XENSERVER " unbound");
	check_not_said(f, "nvme0c0n1");
	check_out(f, "root='/dev/xvda1'\n");
}

/* It would stay when one of its controllers goes. */
static void a_disk_with_two_paths_is_not_looked_at_and_it_is_said(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	xenserver_nvme(f);
	multipath_disk(f);
	add_path(f, "nvme0c1n1");
	fixture_boot(f);
	check_said(f, "nvme0n1: its one controller or namespace is not known");
	check_no_writes(f);
}

/* The path stays in the list, so that nothing is unbound below its disk. */
static void
a_path_whose_disk_is_not_there_yet_keeps_the_controller(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	xenserver_nvme(f);
	namespace_of(f, "nvme0n2", &fixture_slash);
	fixture_file(f, "/sys/block/nvme0n2/nsid", "1\n");
	add_path(f, "nvme0c0n1");
	fixture_boot(f);
	check_said(f, "controller " XENSERVER " has nvme0c0n1");
	check_no_writes(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(a_copy_at_namespace_2_is_not_the_first_disks_twin),
		FIXTURE_TEST(
			namespaces_1_and_3_are_the_first_and_third_disks_twins),
		FIXTURE_TEST(a_namespace_that_cannot_be_read_proves_nothing),
		FIXTURE_TEST(a_disk_with_one_path_is_a_twin_on_its_controller),
		FIXTURE_TEST(
			a_disk_with_two_paths_is_not_looked_at_and_it_is_said),
		FIXTURE_TEST(
			a_path_whose_disk_is_not_there_yet_keeps_the_controller),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
