// SPDX-License-Identifier: GPL-2.0-or-later
/* The module list, and the diagnosis where there is no PV disk. */
#include <errno.h>
#include <string.h>

#include "fixture.h"

#define DRIVERS	 "/sys/bus/xen/drivers/vbd"
#define BLKFRONT "/lib/modules/6.1/xen-blkfront.ko"

/* A guest whose PV disk driver gives err when it is loaded. */
static void without_the_driver(struct fixture *f, int err)
{
	fixture_remove(f, DRIVERS);
	fixture_vbd(f, 51712, false, "Initialising");
	fixture_module(f, BLKFRONT, err);
}

static void modules_are_loaded_in_the_order_of_the_list(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_cmdline(f, "root=LABEL=/ pvroot=debug");
	fixture_module(f, "# a comment", 0);
	fixture_module(f, "", 0);
	fixture_module(f, "/lib/modules/a.ko", 0);
	fixture_module(f, "/lib/modules/b.ko", 0);
	fixture_boot(f);
	assert_int_equal(f->loads, 2);
	check_said(f, "loaded /lib/modules/a.ko\n<7>pvroot: loaded "
		      "/lib/modules/b.ko");
}

static void a_network_driver_is_loaded_where_there_is_a_card(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_cmdline(f, "root=LABEL=/ pvroot=debug");
	fixture_module(f, "/lib/modules/xen-netfront.ko", 0);
	fixture_module(f, "/lib/modules/xen-vnif.ko", 0);
	fixture_module(f, "/lib/modules/xennet.ko", 0);
	fixture_module(f, "/lib/modules/other.ko", 0);
	fixture_boot(f);
	assert_int_equal(f->loads, 1);
	check_said(f, "xen-netfront.ko: there is no PV card for it");
	check_said(f, "loaded /lib/modules/other.ko");
	fixture_folder(f, "/sys/bus/xen/devices/vif-0");
	f->loads = 0;
	fixture_boot(f);
	assert_int_equal(f->loads, 4);
}

static void or_where_the_kernel_has_not_listed_any_pv_device(void **state)
{
	struct fixture *f = *state;

	fixture_module(f, "/lib/modules/xen-netfront.ko", 0);
	fixture_boot(f);
	assert_int_equal(f->loads, 1);
}

/* Of emulated disks, where their letters are in use. */
static void a_second_list_comes_after_the_first(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_cmdline(f, "root=LABEL=/ pvroot=debug");
	fixture_module(f, "/lib/modules/a.ko", 0);
	fixture_file(f, PRELOAD_EMULATED,
		     "/lib/modules/pclmul.ko\n/lib/modules/ahci.ko\n");
	fixture_fail_open(f, "/lib/modules/pclmul.ko", -ENODEV);
	fixture_boot(f);
	assert_int_equal(f->loads, 2);
	check_said(f, "<7>pvroot: module /lib/modules/pclmul.ko: ");
	check_said(f, "loaded /lib/modules/a.ko\n");
	check_said(f, "loaded /lib/modules/ahci.ko\n");
}

static void a_module_that_fails_is_said_and_the_rest_loaded(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_module(f, "/lib/modules/old.ko", -ENOEXEC);
	fixture_module(f, "/lib/modules/gone.ko", -ENOENT);
	fixture_module(f, "/lib/modules/in.ko", -EEXIST);
	fixture_module(f, "relative.ko", 0);
	fixture_module(f, "/lib/modules/b.ko", 0);
	fixture_boot(f);
	assert_int_equal(f->loads, 1);
	check_said(f, "module /lib/modules/old.ko: not for this kernel: "
		      "going on without it");
	check_said(f, "module /lib/modules/gone.ko: no such file");
	check_said(f, "\"relative.ko\" is no full path: ignored");
	check_not_said(f, "in.ko");
	check_out(f, "root='/dev/xvda1'\n");
}

static void a_driver_that_refuses_is_the_diagnosis(void **state)
{
	struct fixture *f = *state;

	without_the_driver(f, -ENODEV);
	fixture_boot(f);
	check_said(f, "the PV disk driver did not load: no such device");
}

static void an_image_without_the_driver_says_so(void **state)
{
	struct fixture *f = *state;

	fixture_remove(f, DRIVERS);
	fixture_vbd(f, 51712, false, "Initialising");
	fixture_boot(f);
	check_said(f, "no PV disk driver (xen-blkfront) in this kernel");
}

static void unplug_never_is_named_as_the_cause(void **state)
{
	struct fixture *f = *state;

	without_the_driver(f, -ENODEV);
	fixture_cmdline(f, "root=LABEL=/ xen_emul_unplug=never");
	fixture_boot(f);
	check_said(f, "xen_emul_unplug=never keeps the PV drivers");
	assert_int_equal(f->status, 0);
	fixture_cmdline(f, "root=LABEL=/ xen_emul_unplug=never pvroot=strict");
	fixture_boot(f);
	assert_int_equal(f->status, 1);
	check_said(f, "strict mode stops here");
}

static void a_host_without_vbds_is_named_as_the_cause(void **state)
{
	struct fixture *f = *state;

	fixture_boot(f);
	check_said(f, "the host offers none (no vbd on xenbus)");
}

static void an_hd_number_that_no_driver_took_is_explained(void **state)
{
	struct fixture *f = *state;

	fixture_vbd(f, 768, false, "Initialising");
	fixture_vbd(f, 51744, false, "Initialising");
	fixture_boot(f);
	check_said(f, "vbd-768: no driver took it: vdev=xvda in the guest's "
		      "definition gives a PV disk");
	check_said(f, "vbd-51744: no driver took it (a CD-ROM has none)");
}

static void a_list_longer_than_any_is_used_as_far_as_it_fits(void **state)
{
	struct fixture *f = *state;
	char list[20000];
	size_t i;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	memset(list, 'x', sizeof(list));
	for (i = 0; i + 10 < sizeof(list); i += 10)
		memcpy(list + i, "/lib/a.ko\n", 10);
	fixture_bytes(f, PRELOAD_LIST, list, sizeof(list));
	fixture_boot(f);
	check_said(f, "too long: using what was read");
	assert_true(f->loads > 100);
	check_out(f, "root='/dev/xvda1'\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(modules_are_loaded_in_the_order_of_the_list),
		FIXTURE_TEST(a_network_driver_is_loaded_where_there_is_a_card),
		FIXTURE_TEST(or_where_the_kernel_has_not_listed_any_pv_device),
		FIXTURE_TEST(a_second_list_comes_after_the_first),
		FIXTURE_TEST(a_module_that_fails_is_said_and_the_rest_loaded),
		FIXTURE_TEST(a_driver_that_refuses_is_the_diagnosis),
		FIXTURE_TEST(an_image_without_the_driver_says_so),
		FIXTURE_TEST(unplug_never_is_named_as_the_cause),
		FIXTURE_TEST(a_host_without_vbds_is_named_as_the_cause),
		FIXTURE_TEST(an_hd_number_that_no_driver_took_is_explained),
		FIXTURE_TEST(a_list_longer_than_any_is_used_as_far_as_it_fits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
