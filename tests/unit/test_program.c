// SPDX-License-Identifier: GPL-2.0-or-later
/* The programs themselves, as they are shipped (klibc) and with the sanitizers
 * (glibc): run on fake roots, each must say what the code in this process says.
 * No kernel is played behind them: what they write to sysfs stays a file, and
 * the disks stay, which they must notice. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fixture.h"

static const char *const programs[] = { "build/pvroot", "build/unit/pvroot" };

struct outcome {
	int status;
	char out[FIXTURE_TEXT], err[FIXTURE_TEXT];
};

static void redirect(struct fixture *f, const char *path, int to)
{
	char full[FIXTURE_PATH];
	int fd;

	snprintf(full, sizeof(full), "%s%s",
		 strncmp(path, "/dev/", 5) ? f->dir : "", path);
	fd = open(full, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	if (fd < 0 || dup2(fd, to) != to)
		_exit(126);
}

/* Runs a program with these words (NULL ends them), its output into a file of
 * the fixture, or of /dev; at most 60 s. */
static void run_to(struct fixture *f, const char *out, const char *program,
		   const char *const *argv, struct outcome *o)
{
	int status;
	pid_t pid;

	fflush(NULL);
	pid = fork();
	if (!pid) {
		redirect(f, out, 1);
		redirect(f, "/stderr", 2);
		alarm(60);
		execv(program, (char *const *)argv);
		_exit(127);
	}
	assert_true(pid > 0 && waitpid(pid, &status, 0) == pid);
	if (!WIFEXITED(status))
		fail_msg("%s: ended by signal %d", program, WTERMSIG(status));
	o->status = WEXITSTATUS(status);
	fixture_read(f, "/stdout", o->out, sizeof(o->out));
	fixture_read(f, "/stderr", o->err, sizeof(o->err));
}

static void run(struct fixture *f, const char *program, const char *const *argv,
		struct outcome *o)
{
	run_to(f, "/stdout", program, argv, o);
}

/* Each run of digits becomes one #: times differ. */
static void mask_numbers(char *s)
{
	bool digit = false;
	char *to = s;

	for (; *s; s++) {
		bool before = digit;

		digit = *s >= '0' && *s <= '9';
		if (!digit || !before)
			*to++ = digit ? '#' : *s;
	}
	*to = '\0';
}

/* As if nothing had been run: the files that a run leaves or writes to. */
static void rewind_tree(struct fixture *f)
{
	fixture_remove(f, "/run/pvroot");
	fixture_file(f, "/dev/kmsg", "");
}

static void compare(struct fixture *f, const char *program)
{
	const char *const argv[] = { program, "--root", f->dir, "boot", NULL };
	static char kmsg[FIXTURE_TEXT], report[FIXTURE_TEXT];
	struct outcome *o = calloc(1, sizeof(*o));

	assert_non_null(o);
	f->deaf = true;
	rewind_tree(f);
	fixture_boot(f);
	rewind_tree(f);
	run(f, program, argv, o);
	fixture_read(f, "/dev/kmsg", kmsg, sizeof(kmsg));
	fixture_read(f, "/run/pvroot/report.json", report, sizeof(report));
	assert_int_equal(o->status, f->status);
	assert_string_equal(o->out, f->out);
	assert_string_equal(o->err, "");
	assert_string_equal(kmsg, f->kmsg);
	mask_numbers(report);
	mask_numbers(f->report);
	assert_string_equal(report, f->report);
	free(o);
}

static void compare_both(struct fixture *f)
{
	size_t i;

	for (i = 0; i < sizeof(programs) / sizeof(programs[0]); i++)
		compare(f, programs[i]);
}

static void programs_tell_the_story_of_a_twin(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	fixture_cmdline(f, "root=LABEL=/ resume=LABEL=SWAP-hda2");
	compare_both(f);
	assert_string_equal(f->out, "root='/dev/xvda1'\nresume='/dev/xvda2'\n");
	check_said(f, "the kernel keeps it (still there)");
}

static void programs_write_to_sysfs_what_they_should(void **state)
{
	struct fixture *f = *state;
	const char *const argv[] = { programs[0], "--root", f->dir, "boot",
				     NULL };
	struct outcome *o = calloc(1, sizeof(*o));
	char text[64];

	fixture_twin(f, &fixture_slash);
	run(f, programs[0], argv, o);
	fixture_read(f, "/sys/block/sda/device/delete", text, sizeof(text));
	assert_string_equal(text, "1");
	free(o);
}

static void programs_refuse_two_with_one_label(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	fixture_pv(f, "xvdb", 51728, &fixture_slash);
	compare_both(f);
	fixture_cmdline(f, "root=LABEL=/ pvroot=strict");
	compare_both(f);
	assert_int_equal(f->status, 1);
}

static void programs_list_what_was_seen(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	fixture_cmdline(f, "root=LABEL=typo pvroot=strict,nonsense,wait=9999");
	compare_both(f);
	assert_int_equal(f->status, 1);
	check_said(f, "seen: xvda1: ext3");
}

static void programs_understand_rhel_5(void **state)
{
	struct fixture *f = *state;

	fixture_rhel5(f, &fixture_slash);
	fixture_cmdline(f, "root=/dev/hda1");
	compare_both(f);
	assert_string_equal(f->out, "root='/dev/xvda1'\n");
}

static void programs_are_silent_without_xen(void **state)
{
	struct fixture *f = *state;

	fixture_twin(f, &fixture_slash);
	fixture_not_xen(f);
	compare_both(f);
	assert_string_equal(f->out, "");
	assert_string_equal(f->kmsg, "");
}

/* --root: a module of the fake root is never given to this kernel. */
static void programs_load_no_module_of_a_fake_root(void **state)
{
	struct fixture *f = *state;
	const char *const argv[] = { programs[0], "--root", f->dir, "boot",
				     NULL };
	struct outcome *o = calloc(1, sizeof(*o));

	fixture_twin(f, &fixture_slash);
	fixture_cmdline(f, "root=LABEL=/ pvroot=debug");
	fixture_module(f, "/lib/modules/none.ko", 0);
	fixture_file(f, "/lib/modules/none.ko", "not a module");
	run(f, programs[0], argv, o);
	fixture_read(f, "/dev/kmsg", f->kmsg, sizeof(f->kmsg));
	check_not_said(f, "/lib/modules");
	free(o);
}

static void expect(struct fixture *f, const char *const *words, int status,
		   const char *out, const char *err)
{
	struct outcome *o = calloc(1, sizeof(*o));
	const char *argv[8] = { 0 };
	size_t i, k;

	for (i = 0; i < sizeof(programs) / sizeof(programs[0]); i++) {
		argv[0] = programs[i];
		for (k = 0; words[k]; k++)
			argv[k + 1] = words[k];
		run(f, programs[i], argv, o);
		assert_int_equal(o->status, status);
		if (!strstr(o->out, out) || (!*out && *o->out))
			fail_msg("%s: stdout: %s", programs[i], o->out);
		if (!strstr(o->err, err) || (!*err && *o->err))
			fail_msg("%s: stderr: %s", programs[i], o->err);
	}
	free(o);
}

#define WORDS(...) ((const char *const[]){ __VA_ARGS__, NULL })

static void calls_are_understood_or_explained(void **state)
{
	static const char *const none[] = { NULL };
	struct fixture *f = *state;

	expect(f, none, 2, "", "a command is missing");
	expect(f, WORDS("--help"), 0, "usage: pvroot", "");
	expect(f, WORDS("--version"), 0, "pvroot " PVROOT_VERSION "\n", "");
	expect(f, WORDS("boot", "--help"), 0, "usage: pvroot boot", "");
	expect(f, WORDS("resolve", "--help"), 0, "usage: pvroot", "");
	expect(f, WORDS("nonsense"), 2, "", "no such command: nonsense");
	expect(f, WORDS("--root"), 2, "", "--root takes a directory");
	expect(f, WORDS("--root", "/nowhere", "boot"), 2, "", "cannot open");
	expect(f, WORDS("--root", f->dir, "boot", "x"), 2, "", "x");
	expect(f, WORDS("probe"), 2, "", "takes at least one file");
}

static void expect_fault_when_full(struct fixture *f, const char *const *words)
{
	struct outcome *o = calloc(1, sizeof(*o));
	const char *argv[8] = { 0 };
	size_t i, k;

	for (i = 0; i < sizeof(programs) / sizeof(programs[0]); i++) {
		argv[0] = programs[i];
		for (k = 0; words[k]; k++)
			argv[k + 1] = words[k];
		run_to(f, "/dev/full", programs[i], argv, o);
		if (o->status != 2)
			fail_msg("%s %s: status %d", programs[i], words[k - 1],
				 o->status);
	}
	free(o);
}

static void an_output_that_cannot_be_written_is_a_fault(void **state)
{
	struct fixture *f = *state;

	fixture_pv(f, "xvda", 51712, &fixture_slash);
	expect_fault_when_full(f, WORDS("--help"));
	expect_fault_when_full(f, WORDS("--version"));
	expect_fault_when_full(f, WORDS("boot", "--help"));
	expect_fault_when_full(f, WORDS("--root", f->dir, "boot"));
	expect_fault_when_full(f,
			       WORDS("--root", f->dir, "resolve", "LABEL=/"));
	expect_fault_when_full(f,
			       WORDS("--root", f->dir, "probe", "/dev/xvda"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(programs_tell_the_story_of_a_twin),
		FIXTURE_TEST(programs_write_to_sysfs_what_they_should),
		FIXTURE_TEST(programs_refuse_two_with_one_label),
		FIXTURE_TEST(programs_list_what_was_seen),
		FIXTURE_TEST(programs_understand_rhel_5),
		FIXTURE_TEST(programs_are_silent_without_xen),
		FIXTURE_TEST(programs_load_no_module_of_a_fake_root),
		FIXTURE_TEST(calls_are_understood_or_explained),
		FIXTURE_TEST(an_output_that_cannot_be_written_is_a_fault),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
