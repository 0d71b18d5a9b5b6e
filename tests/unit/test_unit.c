// SPDX-License-Identifier: GPL-2.0-or-later
/* pvroot boot in a systemd initrd and in dracut's: the links that names need,
 * the status of the unit, and the lines that the image adds to the kernel's. */
#include <errno.h>
#include <string.h>

#include "cmd/command.h"
#include "find/lines.h"
#include "fixture.h"

static const char *const as_unit[] = { "boot", "--unit", NULL };
static const char *const with_links[] = { "boot", "--links", NULL };

#define ROOT_RULE   "/run/udev/rules.d/59-pvroot-root.rules"
#define RESUME_RULE "/run/udev/rules.d/59-pvroot-resume.rules"
#define NAMES_RULE  "/run/udev/rules.d/59-pvroot-names.rules"

static void check_rule(struct fixture *f, const char *path, const char *want)
{
	char text[256];

	fixture_read(f, path, text, sizeof(text));
	assert_string_equal(text, want);
}

static void run_unit(struct fixture *f, const char *line, int status)
{
	fixture_cmdline(f, line);
	fixture_run(f, cmd_boot, as_unit);
	assert_int_equal(f->status, status);
	check_out(f, "");
}

/* ---- links ---- */

static void
names_of_root_and_resume_get_links_and_nothing_is_printed(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	run_unit(f, "root=/dev/sda1 resume=/dev/sda2", 0);
	check_rule(f, ROOT_RULE,
		   "SUBSYSTEM==\"block\", KERNEL==\"xvda1\", "
		   "SYMLINK+=\"sda1\"\n");
	check_rule(f, RESUME_RULE,
		   "SUBSYSTEM==\"block\", KERNEL==\"xvda2\", "
		   "SYMLINK+=\"sda2\"\n");
}

static void a_tag_and_a_pv_name_need_no_link(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	run_unit(f, "root=LABEL=/ resume=/dev/disk/by-label/SWAP-hda2", 0);
	run_unit(f, "root=/dev/xvda1", 0);
	run_unit(f, "root=/dev/nvme0n1p1 resume=/dev/mapper/vg-swap", 0);
	assert_false(fixture_exists(f, "/run/udev"));
}

static void with_links_both_the_answer_and_the_links_come(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	fixture_cmdline(f, "root=LABEL=/ resume=/dev/sda2");
	fixture_run(f, cmd_boot, with_links);
	assert_int_equal(f->status, 0);
	check_out(f, "root='/dev/xvda1'\nresume='/dev/xvda2'\n");
	assert_false(fixture_exists(f, ROOT_RULE));
	assert_true(fixture_exists(f, RESUME_RULE));
}

static void without_being_asked_no_link_is_made(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	check_answers(f, "root=/dev/sda1", 0, "root='/dev/xvda1'\n");
	assert_false(fixture_exists(f, "/run/udev"));
}

/* ---- the names in use ---- */

#define IMAGE_RULE "SYMLINK+=\"$env{PVROOT_NAME_1}\"\n"

static void their_rule_is_kept_for_a_real_root_without_pvroot(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	fixture_file(f, "/lib/pvroot/names.rules", IMAGE_RULE);
	check_answers(f, "root=LABEL=/", 0, "root='/dev/xvda1'\n");
	check_rule(f, NAMES_RULE, IMAGE_RULE);
}

static void their_rule_is_not_kept_where_pvroot_does_nothing(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	fixture_file(f, "/lib/pvroot/names.rules", IMAGE_RULE);
	check_answers(f, "root=LABEL=/ pvroot=off", 0, "");
	fixture_not_xen(f);
	check_answers(f, "root=LABEL=/", 0, "");
	assert_false(fixture_exists(f, "/run/udev"));
}

/* Half a rule could break udev's reading of the rest. */
static void a_rule_that_is_too_long_is_not_kept(void **state)
{
	static char text[10000];
	struct fixture *f = *state;

	memset(text, '#', sizeof(text) - 1);
	fixture_twin(f, &fixture_slash);
	fixture_file(f, "/lib/pvroot/names.rules", text);
	check_answers(f, "root=LABEL=/", 0, "root='/dev/xvda1'\n");
	assert_false(fixture_exists(f, NAMES_RULE));
}

/* ---- the unit's status ---- */

static void only_strict_stops_a_unit(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	run_unit(f, "root=LABEL=typo", 0);
	run_unit(f, "root=LABEL=typo pvroot=strict", 1);
	run_unit(f, "root=LABEL=/ pvroot=strict", 0);
	run_unit(f, "root=LABEL=typo pvroot=off", 0);
	fixture_not_xen(f);
	run_unit(f, "root=LABEL=typo pvroot=strict", 0);
}

static void a_fault_stops_a_unit_in_strict_only(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	fixture_remove(f, "/run");
	run_unit(f, "root=/dev/sda1", 0);
	check_said(f, "/dev/sda1 does not lead to xvda1");
	check_said(f, "the boot goes on as if pvroot were not there");
	fixture_ata(f, "sda", AHCI, 3, 0, &fixture_slash);
	run_unit(f, "root=/dev/sda1 pvroot=strict", 1);
	check_said(f, "strict: a fault stops the boot");
	fixture_remove(f, "/proc");
	fixture_run(f, cmd_boot, as_unit);
	assert_int_equal(f->status, 0);
}

static void a_wrong_call_is_one(void **state)
{
	static const char *const bad[] = { "boot", "--unity", NULL };
	static const char *const more[] = { "boot", "--unit", "now", NULL };
	struct fixture *f = *state;

	fixture_run(f, cmd_boot, bad);
	assert_int_equal(f->status, 2);
	fixture_run(f, cmd_boot, more);
	assert_int_equal(f->status, 2);
	assert_non_null(strstr(f->err, "now"));
}

/* ---- lines of the image ---- */

static void a_root_that_stands_in_the_image_is_found(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	fixture_file(f, "/etc/cmdline.d/95-root.conf", "root=/dev/sda1\n");
	check_answers(f, "quiet", 0, "root='/dev/xvda1'\n");
	run_unit(f, "quiet", 0);
	assert_true(fixture_exists(f, ROOT_RULE));
}

/* Folder by name, then the file, then the kernel's line. */
static void the_kernels_line_wins_over_the_images(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	fixture_file(f, "/etc/cmdline.d/20.conf", "root=LABEL=SWAP-hda2");
	fixture_file(f, "/etc/cmdline.d/10.conf", "root=LABEL=ten pvroot=off");
	fixture_file(f, "/etc/cmdline.d/90.con", "root=LABEL=no");
	fixture_file(f, "/etc/cmdline.d/.90.conf", "root=LABEL=no");
	check_answers(f, "", 0, "");
	assert_string_equal(f->kmsg, "");
	fixture_file(f, "/etc/cmdline.d/10.conf",
		     "root=LABEL=ten pvroot=debug");
	check_answers(f, "", 0, "");
	check_said(f, "root LABEL=SWAP-hda2");
	fixture_file(f, "/etc/cmdline", "root=LABEL=etc\npvroot=strict\n");
	check_answers(f, "", 1, "");
	check_said(f, "root LABEL=etc");
	check_answers(f, "root=LABEL=/ pvroot=auto", 0, "root='/dev/xvda1'\n");
}

/* dracut 110 and later reads these after the kernel's line. */
static void what_dracuts_hooks_wrote_wins_over_the_kernels_line(void **state)
{
	struct fixture *f = *state;
	char text[LINES_SIZE];

	fixture_twin(f, &fixture_slash);
	fixture_file(f, "/etc/cmdline", "root=LABEL=etc pvroot=strict");
	fixture_file(f, "/run/initramfs/cmdline.d/20.conf", "root=LABEL=/\n");
	fixture_file(f, "/run/initramfs/cmdline.d/10.conf", "root=LABEL=ten");
	check_answers(f, "root=LABEL=line", 0, "root='/dev/xvda1'\n");
	fixture_file(f, "/run/initramfs/cmdline.d/20.conf", "pvroot=auto");
	check_answers(f, "root=LABEL=line", 0, "");
	check_said(f, "root LABEL=ten");
	memset(text, 'x', sizeof(text));
	text[LINES_SIZE - 1] = '\0';
	fixture_file(f, "/run/initramfs/cmdline.d/10.conf", text);
	check_answers(f, "root=LABEL=/", 0, "root='/dev/xvda1'\n");
	check_said(f, "10.conf: with what comes before it");
}

/* dracut reads on behind a "--", which the kernel leaves to init; and it knows
 * no quotes. */
static void no_line_ends_another(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	fixture_file(f, "/etc/cmdline.d/10.conf", "quiet -- pvroot=off");
	fixture_file(f, "/etc/cmdline", "x=\"never closed pvroot=off");
	fixture_file(f, "/run/initramfs/cmdline.d/10.conf", "root=LABEL=run");
	check_answers(f, "root=LABEL=/ -- single", 0, "");
	check_said(f, "root LABEL=run");
	fixture_file(f, "/run/initramfs/cmdline.d/10.conf", "");
	check_answers(f, "pvroot=strict root=LABEL=/ y=\"open", 0,
		      "root='/dev/xvda1'\n");
	fixture_file(f, "/run/initramfs/cmdline.d/10.conf", "pvroot=strict");
	check_answers(f, "root=LABEL=gone y=\"open", 1, "");
}

/* The real root's /etc is not about this boot. */
static void only_boot_reads_the_images_lines(void **state)
{
	static const char *const twin[] = { "twin", "--udev", "sda", NULL };
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	fixture_file(f, "/etc/cmdline.d/10.conf", "pvroot=off");
	fixture_file(f, "/etc/cmdline", "pvroot=off");
	fixture_run(f, cmd_twin, twin);
	check_out(f, "PVROOT_TWIN=xvda\n");
}

static unsigned int count(const char *text, const char *part)
{
	unsigned int n = 0;

	for (; (text = strstr(text, part)); text++)
		n++;
	return n;
}

static void
what_does_not_fit_is_said_once_and_the_kernels_line_is_kept(void **state)
{
	struct fixture *f = *state;
	char text[CMDLINE_SIZE + 16];
	unsigned int said = 0;
	size_t len;

	fixture_twin(f, &fixture_slash);
	fixture_file(f, "/etc/cmdline.d/15.conf", "root=LABEL=late");
	fixture_file(f, "/etc/cmdline", "root=LABEL=later pvroot=strict");
	memset(text, 'x', sizeof(text));
	text[2000] = '\0';
	fixture_file(f, "/etc/cmdline.d/10.conf", text);
	check_answers(f, "", 1, "");
	check_not_said(f, "ignored from here on");
	text[2000] = 'x';
	for (len = CMDLINE_SIZE - 3; len < CMDLINE_SIZE + 3; len++) {
		text[len] = '\0';
		fixture_file(f, "/etc/cmdline.d/10.conf", text);
		check_answers(f, "root=LABEL=/", 0, "root='/dev/xvda1'\n");
		assert_int_equal(count(f->kmsg, "ignored from here on"),
				 ++said);
		text[len] = 'x';
	}
}

static void a_line_that_cannot_be_read_is_said(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	fixture_folder(f, "/etc/cmdline.d/10.conf");
	fixture_file(f, "/etc/cmdline.d/20.conf", "root=/dev/sda1");
	check_answers(f, "quiet", 0, "root='/dev/xvda1'\n");
	check_said(f, "/etc/cmdline.d/10.conf: ");
	fixture_remove(f, "/etc/cmdline.d");
	fixture_file(f, "/etc/cmdline.d", "");
	check_answers(f, "root=LABEL=/", 0, "root='/dev/xvda1'\n");
	check_said(f, "/etc/cmdline.d: ");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(
			names_of_root_and_resume_get_links_and_nothing_is_printed),
		FIXTURE_TEST(a_tag_and_a_pv_name_need_no_link),
		FIXTURE_TEST(with_links_both_the_answer_and_the_links_come),
		FIXTURE_TEST(without_being_asked_no_link_is_made),
		FIXTURE_TEST(their_rule_is_kept_for_a_real_root_without_pvroot),
		FIXTURE_TEST(their_rule_is_not_kept_where_pvroot_does_nothing),
		FIXTURE_TEST(a_rule_that_is_too_long_is_not_kept),
		FIXTURE_TEST(only_strict_stops_a_unit),
		FIXTURE_TEST(a_fault_stops_a_unit_in_strict_only),
		FIXTURE_TEST(a_wrong_call_is_one),
		FIXTURE_TEST(a_root_that_stands_in_the_image_is_found),
		FIXTURE_TEST(the_kernels_line_wins_over_the_images),
		FIXTURE_TEST(
			what_dracuts_hooks_wrote_wins_over_the_kernels_line),
		FIXTURE_TEST(no_line_ends_another),
		FIXTURE_TEST(only_boot_reads_the_images_lines),
		FIXTURE_TEST(
			what_does_not_fit_is_said_once_and_the_kernels_line_is_kept),
		FIXTURE_TEST(a_line_that_cannot_be_read_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
