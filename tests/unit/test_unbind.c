// SPDX-License-Identifier: GPL-2.0-or-later
/* A controller that is taken from its driver: NVMe, whose namespaces the kernel
 * cannot take away one by one. The kernel's answers are simulated (kernel.c).
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "cmd/command.h"
#include "fixture.h"

#define OVERRIDE(pci) "/sys/bus/pci/devices/" pci "/driver_override"
#define UNBIND(pci)   "/sys/bus/pci/devices/" pci "/driver/unbind"
#define DELETE(disk)  "/sys/block/" disk "/device/delete"

static const struct image data = {
	.part = { { "ext4", "data", 0, 0 } },
};

/* The kernel cannot take one namespace away: the controller goes, or nothing.
 */
static void nvme_twin(struct fixture *f)
{
	static const struct controller_ids ids = { 0x1b36, 0x0010, 0x1af4,
						   0x1100 };

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_pci(f, NVME, &ids, "nvme");
	fixture_nvme(f, "nvme0n1", NVME, "nvme0", &fixture_slash);
}

static void a_controller_of_twins_only_is_unbound_for_good(void **state)
{
	struct fixture *f = *state;

	nvme_twin(f);
	fixture_pv(f, "xvdb", 51728, &data);
	fixture_nvme(f, "nvme0n2", NVME, "nvme0", &data);
	fixture_boot(f);
	assert_int_equal(f->writes, 2);
	assert_string_equal(f->write[0].path, OVERRIDE(NVME));
	assert_string_equal(f->write[0].text, "pvroot");
	assert_string_equal(f->write[1].path, UNBIND(NVME));
	assert_string_equal(f->write[1].text, NVME);
	check_said(f, "nvme0n1 is xvda's twin: controller " NVME " unbound");
	check_said(f, "nvme0n2 is xvdb's twin: controller " NVME " unbound");
	assert_false(fixture_exists(f, "/sys/block/nvme0n1"));
	assert_true(fixture_exists(f, "/sys/block/xvda"));
	check_reported(f, "\"twin\": \"detached\"");
	check_out(f, "root='/dev/xvda1'\n");
}

/* A CD-ROM's vbd, whose device is on IDE, is no reason to keep an NVMe that
 * says itself what it has. */
static void an_nvme_says_itself_what_else_it_has(void **state)
{
	struct fixture *f = *state;

	nvme_twin(f);
	fixture_vbd(f, 51760, false, "Initialising");
	fixture_boot(f);
	assert_true(fixture_exists(f, "/sys/block/nvme0n1"));
	check_said(f, "controller " NVME " has vbd-51760: left alone");
	f->namespaces[0] = 1;
	f->namespaces[1] = 2;
	fixture_boot(f);
	assert_true(fixture_exists(f, "/sys/block/nvme0n1"));
	check_said(f, "controller " NVME " has namespace 2: left alone");
	f->namespaces[1] = 0;
	fixture_boot(f);
	assert_false(fixture_exists(f, "/sys/block/nvme0n1"));
}

static int twin(struct fixture *f, const char *device)
{
	const char *const argv[] = { "twin", device, NULL };

	return fixture_run(f, cmd_twin, argv);
}

/* One namespace cannot go, so all of them are asked before any does. */
static void a_namespace_that_is_asked_for_waits_for_its_neighbour(void **state)
{
	struct fixture *f = *state;

	nvme_twin(f);
	fixture_pv(f, "xvdb", 51728, &data);
	fixture_nvme(f, "nvme0n2", NVME, "nvme0", &data);
	fixture_in_use(f, "nvme0n2");
	assert_int_equal(twin(f, "nvme0n1"), 1);
	check_no_writes(f);
	check_said(f, "controller " NVME " has nvme0n2: left alone");
}

static unsigned int times_said(const struct fixture *f, const char *text)
{
	const char *at = f->kmsg;
	unsigned int count = 0;

	for (; (at = strstr(at, text)); at++)
		count++;
	return count;
}

/* udev may show it again at any time. */
static void what_keeps_a_namespace_is_said_once(void **state)
{
	struct fixture *f = *state;
	char kept[64];

	nvme_twin(f);
	fixture_nvme(f, "nvme0n2", NVME, "nvme0", &data);
	fixture_boot(f);
	fixture_read(f, "/run/pvroot/kept/nvme0n1", kept, sizeof(kept));
	assert_string_equal(kept, "nvme0n2");
	assert_int_equal(twin(f, "nvme0n1"), 1);
	assert_int_equal(twin(f, "nvme0n1"), 1);
	assert_int_equal(
		times_said(f, "controller " NVME " has nvme0n2: left alone"),
		1);
	check_no_writes(f);
	fixture_remove(f, "/sys/block/nvme0n2");
	f->namespaces[0] = 3;
	assert_int_equal(twin(f, "nvme0n1"), 1);
	check_said(f, "controller " NVME " has namespace 3: left alone");
}

static void a_busy_neighbour_is_not_told_of_at_each_event(void **state)
{
	struct fixture *f = *state;

	nvme_twin(f);
	fixture_pv(f, "xvdb", 51728, &data);
	fixture_nvme(f, "nvme0n2", NVME, "nvme0", &data);
	fixture_in_use(f, "nvme0n2");
	assert_int_equal(twin(f, "nvme0n1"), 1);
	check_not_said(f, "nvme0n2 is xvdb's twin");
	assert_int_equal(twin(f, "nvme0n2"), 1);
	check_said(f, "nvme0n2 is xvdb's twin, but in use");
}

/* Over one partition, as over the whole namespace. */
static void a_loop_device_over_a_namespace_is_use(void **state)
{
	struct fixture *f = *state;

	nvme_twin(f);
	fixture_file(f, "/sys/block/loop0/loop/backing_file",
		     "/dev/nvme0n1p1\n");
	fixture_boot(f);
	check_no_writes(f);
	check_said(f, "nvme0n1 is xvda's twin, but in use");
}

/* What cannot be seen may be anything; what has gone is nothing. */
static void what_cannot_be_seen_keeps_the_controller(void **state)
{
	struct fixture *f = *state;

	nvme_twin(f);
	fixture_vbd(f, 99 << 8, false, "Initialising"); /* of no known bus */
	assert_int_equal(twin(f, "nvme0n1"), 1);
	check_said(f, "controller " NVME " has vbd-25344: left alone");
	fixture_remove(f, "/sys/bus/xen/devices/vbd-25344");
	fixture_refuse(f, "list /sys/bus/xen/devices", -EIO, 1000);
	assert_int_equal(twin(f, "nvme0n1"), 1);
	check_said(f, "has unknown vbds: left alone");
	f->refusals = 0;
	fixture_piix(f, 1);
	fixture_scsi_device(f, PIIX, 1, 0, "5");
	fixture_refuse(f, "link /sys/bus/scsi/devices/0:0:0:0", -ENOMEM, 1000);
	assert_int_equal(twin(f, "nvme0n1"), 1);
	check_said(f, "has 0:0:0:0: left alone");
	f->refusals = 0;
	fixture_refuse(f, "link /sys/bus/scsi/devices/0:0:0:0", -ENOENT, 1000);
	assert_int_equal(twin(f, "nvme0n1"), 0);
	assert_false(fixture_exists(f, "/sys/block/nvme0n1"));
}

static void a_refused_unbind_takes_its_override_back(void **state)
{
	struct fixture *f = *state;

	nvme_twin(f);
	f->unbind_error = -EACCES;
	fixture_boot(f);
	check_wrote(f, OVERRIDE(NVME), "pvroot");
	check_wrote(f, OVERRIDE(NVME), "\n");
	assert_string_equal(f->write[2].text, "\n");
	check_said(f, "nvme0n1 is xvda's twin, but the kernel keeps it");
}

static void an_unbind_without_an_end_is_not_followed_by_a_delete(void **state)
{
	struct fixture *f = *state;

	nvme_twin(f);
	f->unbind_error = -ETIMEDOUT;
	fixture_boot(f);
	assert_int_equal(fixture_writes_to(f, "/delete"), 0);
	check_said(f, "the kernel keeps it (timed out)");
}

/* Kernels before 3.16. */
static void without_driver_override_unbinding_goes_on(void **state)
{
	struct fixture *f = *state;

	nvme_twin(f);
	fixture_remove(f, "/sys/devices/pci0000:00/" NVME "/driver_override");
	fixture_boot(f);
	check_wrote(f, UNBIND(NVME), NVME);
	assert_false(fixture_exists(f, "/sys/block/nvme0n1"));
}

/* What is not loaded has no devices: that is no reason to keep a controller. */
static void without_a_scsi_bus_there_is_no_other_scsi_device(void **state)
{
	struct fixture *f = *state;

	nvme_twin(f);
	fixture_remove(f, "/sys/bus/scsi");
	fixture_boot(f);
	check_wrote(f, UNBIND(NVME), NVME);
}

static void a_scsi_bus_that_cannot_be_read_keeps_the_controller(void **state)
{
	struct fixture *f = *state;

	nvme_twin(f);
	fixture_refuse(f, "list /sys/bus/scsi/devices", -EIO, 9);
	fixture_boot(f);
	assert_int_equal(fixture_writes_to(f, "/unbind"), 0);
	check_said(f, "has unknown devices: left alone");
}

static int busy[2]; /* a pipe: closing it ends the kernel's work */

static void clear_up(struct fixture *f)
{
	struct pollfd pfd = { .fd = busy[0], .events = POLLIN };

	close(busy[1]);
	poll(&pfd, 1, 3000);
	fixture_file(f, "/run/cleared", "");
}

static void what_is_cleared_up_behind_a_twin_is_not_waited_for(void **state)
{
	struct fixture *f = *state;
	unsigned int naps = 0;

	nvme_twin(f);
	fixture_in_earnest(f);
	assert_int_equal(pipe(busy), 0);
	f->behind_unbind = clear_up;
	fixture_boot(f);
	assert_false(fixture_exists(f, "/run/cleared"));
	assert_false(fixture_exists(f, "/sys/block/nvme0n1"));
	check_said(f, "nvme0n1 is xvda's twin: controller " NVME " unbound");
	check_out(f, "root='/dev/xvda1'\n");
	close(busy[0]);
	close(busy[1]);
	while (!fixture_exists(f, "/run/cleared") && naps++ < 1000)
		usleep(1000);
	assert_true(fixture_exists(f, "/run/cleared"));
}

static void die(struct fixture *f)
{
	(void)f;
	raise(SIGKILL);
}

static void where_the_writing_child_dies_the_disk_is_asked(void **state)
{
	struct fixture *f = *state;

	nvme_twin(f);
	fixture_in_earnest(f);
	f->on_unbind = die;
	fixture_boot(f);
	check_said(f, "the kernel keeps it (still there)");
	check_reported(f, "\"twin\": \"left\"");
	check_out(f, "root='/dev/xvda1'\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(a_controller_of_twins_only_is_unbound_for_good),
		FIXTURE_TEST(an_nvme_says_itself_what_else_it_has),
		FIXTURE_TEST(
			a_namespace_that_is_asked_for_waits_for_its_neighbour),
		FIXTURE_TEST(what_keeps_a_namespace_is_said_once),
		FIXTURE_TEST(a_busy_neighbour_is_not_told_of_at_each_event),
		FIXTURE_TEST(a_loop_device_over_a_namespace_is_use),
		FIXTURE_TEST(what_cannot_be_seen_keeps_the_controller),
		FIXTURE_TEST(a_refused_unbind_takes_its_override_back),
		FIXTURE_TEST(
			an_unbind_without_an_end_is_not_followed_by_a_delete),
		FIXTURE_TEST(without_driver_override_unbinding_goes_on),
		FIXTURE_TEST(without_a_scsi_bus_there_is_no_other_scsi_device),
		FIXTURE_TEST(
			a_scsi_bus_that_cannot_be_read_keeps_the_controller),
		FIXTURE_TEST(
			what_is_cleared_up_behind_a_twin_is_not_waited_for),
		FIXTURE_TEST(where_the_writing_child_dies_the_disk_is_asked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
