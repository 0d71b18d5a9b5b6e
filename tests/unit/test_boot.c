// SPDX-License-Identifier: GPL-2.0-or-later
/* The story as a whole: when it is told, what it leaves behind, and that a
 * step that crashes costs that step only. */
#include <errno.h>
#include <string.h>

#include "cmd/command.h"
#include "fixture.h"

#define MAC "00:16:3e:00:00:01"

/* Exit 0, no word anywhere, no disk opened, no module, no report. */
static void expect_silence(struct fixture *f)
{
	assert_int_equal(fixture_boot(f), 0);
	check_out(f, "");
	assert_string_equal(f->err, "");
	assert_string_equal(f->kmsg, "");
	assert_string_equal(f->report, "");
	assert_int_equal(f->opens + f->loads + f->sleeps, 0);
	check_no_writes(f);
	assert_false(fixture_exists(f, "/run/pvroot"));
}

static void without_xen_nothing_is_said_or_touched(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	fixture_not_xen(f);
	fixture_module(f, "/lib/modules/xen-blkfront.ko", 0);
	fixture_cmdline(f, "root=LABEL=/ pvroot=strict,typo");
	expect_silence(f);
}

static void a_pv_or_pvh_guest_is_left_alone(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	fixture_file(f, "/sys/hypervisor/guest_type", "PV\n");
	expect_silence(f);
	fixture_file(f, "/sys/hypervisor/guest_type", "PVH\n");
	expect_silence(f);
	fixture_file(f, "/sys/hypervisor/type", "other\n");
	expect_silence(f);
}

static void pvroot_off_changes_nothing(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	fixture_module(f, "/lib/modules/xen-blkfront.ko", 0);
	fixture_cmdline(f, "root=LABEL=/ pvroot=off");
	expect_silence(f);
}

/* Kernels before 4.13 have no guest_type, before 2.6.30 no hypervisor. */
static void an_older_guest_is_known_by_its_platform_device(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	fixture_remove(f, "/sys/hypervisor/guest_type");
	fixture_boot(f);
	check_out(f, "root='/dev/xvda1'\n");
	fixture_remove(f, "/sys/hypervisor");
	fixture_boot(f);
	check_out(f, "root='/dev/xvda1'\n");
	fixture_remove(f, "/sys/bus/pci/devices/0000:00:02.0");
	fixture_boot(f);
	check_out(f, "");
}

static void a_plain_guest_costs_one_line(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_boot(f);
	assert_string_equal(f->kmsg, "<6>pvroot: root LABEL=/ -> /dev/xvda1 "
				     "(ext3, vbd-51712)\n");
}

static void the_report_tells_the_whole_story_in_json(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	fixture_ata(f, "sr0", AHCI, 5, 0, NULL);
	fixture_cmdline(f, "root=LABEL=/ resume=LABEL=SWAP-hda2 pvroot=debug");
	fixture_boot(f);
	assert_true(json_is_valid(f->report));
	check_reported(f, "\"mode\": \"auto\"");
	check_reported(f, "\"stopped\": false");
	check_reported(f, "\"asked\": \"LABEL=/\"");
	check_reported(f, "\"device\": \"xvda1\"");
	check_reported(f, "\"type\": \"ext3\"");
	check_reported(f, "\"device\": \"xvda2\"");
	check_reported(f, "\"vbd\": 51712");
	check_reported(f, "\"twin_of\": \"xvda\"");
	check_reported(f, "\"cdrom\": true");
	check_reported(f, "\"step_us\": {");
	check_reported(f, "sda has the place and the bytes of xvda");
	check_said(f, "microseconds");
}

static void a_stop_is_in_the_report_too(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	fixture_cmdline(f, "root=LABEL=typo pvroot=strict");
	assert_int_equal(fixture_boot(f), 1);
	assert_true(json_is_valid(f->report));
	check_reported(f, "\"mode\": \"strict\"");
	check_reported(f, "\"stopped\": true");
}

static void no_place_for_the_report_stops_nothing(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	fixture_remove(f, "/run");
	fixture_boot(f);
	check_out(f, "root='/dev/xvda1'\n");
	assert_int_equal(f->status, 0);
}

/* off, strict or keep= may stand in it: the hook decides, by status 2. */
static void without_a_command_line_nothing_is_done(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	fixture_remove(f, "/proc");
	assert_int_equal(fixture_boot(f), 2);
	check_said(f, "is /proc mounted?");
	check_out(f, "");
	check_no_writes(f);
	assert_int_equal(f->opens, 0);
}

static void a_command_line_too_long_is_read_as_far_as_it_goes(void **state)
{
	struct fixture *f = *state;
	char line[6000];

	fixture_twin(f, &fixture_slash);
	memset(line, 'x', sizeof(line) - 1);
	line[sizeof(line) - 1] = '\0';
	memcpy(line, "root=LABEL=/ ", 13);
	memcpy(line + 4060, " pvroot=strict", 14);
	fixture_file(f, "/proc/cmdline", line);
	fixture_boot(f);
	check_said(f, "longer than 4095 bytes, the rest is ignored");
	check_out(f, "root='/dev/xvda1'\n");
}

static void a_binary_command_line_does_no_harm(void **state)
{
	struct fixture *f = *state;
	char line[2048];
	size_t i;

	fixture_twin(f, &fixture_slash);
	for (i = 0; i < sizeof(line); i++)
		line[i] = (char)(i * 7 + 1);
	memcpy(line, "root=LABEL=/ pvroot=\xff\xfe,\x1b[2J ", 28);
	fixture_bytes(f, "/proc/cmdline", line, sizeof(line));
	assert_int_equal(fixture_boot(f), 0);
	check_out(f, "root='/dev/xvda1'\n");
	check_not_said(f, "\x1b");
	assert_true(json_is_valid(f->report));
}

/* A kernel name with a quote in it would be code in the hook's shell. */
static void a_name_that_is_no_plain_word_is_never_printed(void **state)
{
	struct fixture *f = *state;

	fixture_vbd(f, 51712, true, "Connected");
	fixture_disk(f, "xvd';id;'", "devices/vbd-51712", "202:0",
		     &fixture_slash);
	fixture_boot(f);
	check_out(f, "");
}

static void an_empty_sysfs_is_survived(void **state)
{
	static const char *const folders[] = { "/sys/bus/xen", "/sys/block",
					       "/sys/bus/pci", "/sys/bus/scsi",
					       "/dev",	       "/run" };
	struct fixture *f = *state;
	size_t i;

	fixture_twin(f, &fixture_slash);
	fixture_cmdline(f, "root=LABEL=/ pvroot=wait=0");
	for (i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
		fixture_remove(f, folders[i]);
		assert_int_equal(fixture_boot(f), 0);
	}
	fixture_cmdline(f, "root=LABEL=/ pvroot=strict,wait=0");
	assert_int_equal(fixture_boot(f), 1);
}

/* ---- the guard: steps run in a child ---- */

static void add_all(struct fixture *f, const char *cmdline)
{
	fixture_twin(f, &fixture_slash);
	fixture_nic(f, "eth0", "devices/vif-0", MAC, false);
	fixture_rtl8139(f);
	fixture_nic(f, "eth1", "devices/pci0000:00/" RTL8139, MAC, false);
	fixture_cmdline(f, cmdline);
	fixture_in_earnest(f);
}

static void kill_at(struct fixture *f, const char *what,
		    enum sys_open_mode mode)
{
	f->kill_at = what;
	f->kill_mode = mode;
	fixture_boot(f);
	check_said(f, "signal 9: going on after it");
}

static void the_guarded_story_is_the_same(void **state)
{
	struct fixture *f = *state;

	add_all(f, "root=LABEL=/ pvroot=strict");
	assert_int_equal(fixture_boot(f), 0);
	check_out(f, "root='/dev/xvda1'\n");
	assert_false(fixture_exists(f, "/sys/block/sda"));
	assert_false(fixture_exists(f, "/sys/class/net/eth1"));
	fixture_cmdline(f, "root=LABEL=typo pvroot=strict");
	assert_int_equal(fixture_boot(f), 1);
}

static void a_crash_in_preload_or_pair_or_detach_loses_no_root(void **state)
{
	static const struct {
		const char *what;
		enum sys_open_mode mode;
	} crash[] = { { "/lib/modules/bad.ko", SYS_SHARED },
		      { "sda", SYS_FRESH },
		      { "sda", SYS_EXCLUSIVE } };
	struct fixture *f = *state;
	size_t i;

	add_all(f, "root=LABEL=/ pvroot=strict");
	fixture_module(f, "/lib/modules/bad.ko", 0);
	for (i = 0; i < sizeof(crash) / sizeof(crash[0]); i++) {
		kill_at(f, crash[i].what, crash[i].mode);
		check_out(f, "root='/dev/xvda1'\n");
		assert_int_equal(f->status, 0);
		assert_true(json_is_valid(f->report));
		fixture_remove(f, PRELOAD_LIST);
	}
}

static void a_crash_in_resolve_goes_on_in_auto_and_stops_in_strict(void **state)
{
	struct fixture *f = *state;

	add_all(f, "root=LABEL=/");
	kill_at(f, "xvda1", SYS_SHARED);
	check_out(f, "");
	assert_int_equal(f->status, 0);
	/* Any name may have meant it. */
	assert_true(fixture_exists(f, "/sys/block/sda"));
	assert_true(fixture_exists(f, "/sys/class/net/eth1"));
	check_said(f, "it is not known which names are in use");
	fixture_cmdline(f, "root=LABEL=/ pvroot=strict");
	kill_at(f, "xvda1", SYS_SHARED);
	check_out(f, "");
	assert_int_equal(f->status, 1);
}

static void a_crash_after_resolve_loses_no_answer(void **state)
{
	static const char where[] =
		"/sys/bus/pci/devices/" RTL8139 "/driver_override";
	struct fixture *f = *state;

	add_all(f, "root=LABEL=/ pvroot=strict");
	kill_at(f, where, SYS_SHARED);
	check_out(f, "root='/dev/xvda1'\n");
	assert_int_equal(f->status, 0);
	fixture_cmdline(f, "root=LABEL=typo pvroot=strict");
	kill_at(f, where, SYS_SHARED);
	assert_int_equal(f->status, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(without_xen_nothing_is_said_or_touched),
		FIXTURE_TEST(a_pv_or_pvh_guest_is_left_alone),
		FIXTURE_TEST(pvroot_off_changes_nothing),
		FIXTURE_TEST(an_older_guest_is_known_by_its_platform_device),
		FIXTURE_TEST(a_plain_guest_costs_one_line),
		FIXTURE_TEST(the_report_tells_the_whole_story_in_json),
		FIXTURE_TEST(a_stop_is_in_the_report_too),
		FIXTURE_TEST(no_place_for_the_report_stops_nothing),
		FIXTURE_TEST(without_a_command_line_nothing_is_done),
		FIXTURE_TEST(a_command_line_too_long_is_read_as_far_as_it_goes),
		FIXTURE_TEST(a_binary_command_line_does_no_harm),
		FIXTURE_TEST(a_name_that_is_no_plain_word_is_never_printed),
		FIXTURE_TEST(an_empty_sysfs_is_survived),
		FIXTURE_TEST(the_guarded_story_is_the_same),
		FIXTURE_TEST(
			a_crash_in_preload_or_pair_or_detach_loses_no_root),
		FIXTURE_TEST(
			a_crash_in_resolve_goes_on_in_auto_and_stops_in_strict),
		FIXTURE_TEST(a_crash_after_resolve_loses_no_answer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
