// SPDX-License-Identifier: GPL-2.0-or-later
/* What only a person's commands ask of the kernel: programs of the system, slow
 * streams, the kernel's log. The programs are real: sh, cat. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fixture.h"
#include "sys/admin.h"

#define LONG_US 30000000ULL /* is never reached */

static char output[256];

/* Runs a script of sh on the text from this byte on; its output is in output.
 * Returns what sys_tool_end() says. */
static int script_on(struct fixture *f, const char *text, uint64_t offset,
		     uint64_t part, const char *lines)
{
	const char *const argv[] = { "sh", "-c", lines, NULL };
	uint64_t deadline = sys_now_us() + LONG_US;
	struct sys_tool tool;
	size_t len = 0;
	int in, got;

	fixture_file(f, "/run/in", text);
	in = sys_file_open(&f->sys, "/run/in");
	assert_int_equal(sys_tool_start(&tool, argv, in, offset, part), 0);
	while ((got = sys_stream_read(tool.fd, output + len,
				      sizeof(output) - 1 - len, deadline)) > 0)
		len += (size_t)got;
	assert_int_equal(got, 0);
	output[len] = '\0';
	sys_fd_close(in);
	return sys_tool_end(&tool);
}

static int script(struct fixture *f, const char *text, uint64_t offset,
		  const char *lines)
{
	return script_on(f, text, offset, SYS_TOOL_REST, lines);
}

static void a_program_may_get_a_part_of_the_file(void **state)
{
	assert_int_equal(script_on(*state, "0123456789", 3, 4, "cat"), 0);
	assert_string_equal(output, "3456");
	assert_int_equal(script_on(*state, "0123456789", 8, 4, "cat"), 0);
	assert_string_equal(output, ""); /* there are not so many bytes */
	assert_int_equal(script_on(*state, "0123456789", 0, 9, "exit 3"), 3);
}

/* Its status counts, so it gets the time to say it. */
static void a_program_that_ends_late_is_waited_for(void **state)
{
	assert_int_equal(script(*state, "", 0, "exec >&-; sleep 0.3; exit 7"),
			 7);
}

static void two_paths_of_one_file_have_one_id(void **state)
{
	struct fixture *f = *state;
	struct sys_file_id a, b;

	fixture_file(f, "/run/file", "x");
	fixture_file(f, "/run/other", "x");
	fixture_link(f, "/run/link", "file");
	assert_int_equal(sys_file_id(&f->sys, "/run/file", &a), 0);
	assert_int_equal(sys_file_id(&f->sys, "/run/link", &b), 0);
	assert_true(a.device == b.device && a.number == b.number);
	assert_int_equal(sys_file_id(&f->sys, "/run/other", &b), 0);
	assert_true(a.number != b.number);
	assert_int_equal(sys_file_id(&f->sys, "/run/none", &b), -ENOENT);
}

static void a_program_reads_from_the_offset_on(void **state)
{
	assert_int_equal(script(*state, "0123456789", 0, "cat"), 0);
	assert_string_equal(output, "0123456789");
	assert_int_equal(script(*state, "0123456789", 7, "cat"), 0);
	assert_string_equal(output, "789");
	assert_int_equal(script(*state, "0123456789", 99, "cat"), 0);
	assert_string_equal(output, "");
}

static void a_program_says_how_it_ended(void **state)
{
	assert_int_equal(script(*state, "", 0, "exit 3"), 3);
	assert_int_equal(script(*state, "", 0, "kill -9 $$"), -ECHILD);
}

/* What it says must be read alike in every language, and by no library or
 * program that the caller's environment names. */
static void a_program_gets_an_environment_of_its_own(void **state)
{
	setenv("PVROOT_TEST", "x", 1);
	assert_int_equal(script(*state, "", 0,
				"echo \"$LC_ALL ${PVROOT_TEST-unset}\"; "
				"echo lost >&2"),
			 0);
	assert_string_equal(output, "C unset\n");
	unsetenv("PVROOT_TEST");
}

static void a_program_that_is_not_there_is_told(void **state)
{
	static const char *const none[] = { "pvroot-no-such-program", NULL };
	struct fixture *f = *state;
	struct sys_tool tool;
	int in = sys_file_open(&f->sys, "/dev");

	assert_int_equal(sys_tool_start(&tool, none, in, 0, SYS_TOOL_REST), 0);
	assert_int_equal(read(tool.fd, output, 1), 0);
	assert_int_equal(sys_tool_end(&tool), -ENOENT);
	assert_int_equal(sys_tool_end(&tool), -ECHILD); /* only once */
	sys_fd_close(in);
	assert_int_equal(sys_tool_start(&tool, none, in, 0, SYS_TOOL_REST),
			 -EBADF);
}

/* It is not waited for beyond what was read of it. */
static void a_program_that_hangs_is_killed(void **state)
{
	static const char *const argv[] = { "sh", "-c", "exec sleep 60", NULL };
	struct fixture *f = *state;
	int in = sys_file_open(&f->sys, "/dev");
	struct sys_tool tool;
	uint64_t begin;

	fixture_in_earnest(f); /* the real clock */
	begin = sys_now_us();
	assert_int_equal(sys_tool_start(&tool, argv, in, 0, SYS_TOOL_REST), 0);
	assert_int_equal(sys_stream_read(tool.fd, output, 1, begin + 30000),
			 -ETIMEDOUT);
	assert_int_equal(sys_stream_read(tool.fd, output, 1, begin),
			 -ETIMEDOUT);
	assert_int_equal(sys_tool_end(&tool), -ECHILD);
	assert_true(sys_now_us() - begin < LONG_US);
	sys_fd_close(in);
}

static void a_stream_that_cannot_be_read_is_an_error(void **state)
{
	int fd = open("/", O_RDONLY);

	(void)state;
	assert_int_equal(sys_stream_read(fd, output, 1, sys_now_us() + LONG_US),
			 -EISDIR);
	sys_fd_close(fd);
}

static void folders_and_the_device_below_are_known(void **state)
{
	struct fixture *f = *state;
	struct stat st;
	dev_t device;

	fixture_file(f, "/run/file", "");
	assert_true(sys_is_folder(&f->sys, "/run"));
	assert_true(sys_is_folder(&f->sys, "/"));
	assert_false(sys_is_folder(&f->sys, "/run/file"));
	assert_false(sys_is_folder(&f->sys, "/none"));
	assert_int_equal(stat(f->dir, &st), 0);
	assert_int_equal(sys_device_of(&f->sys, "/run/file", &device), 0);
	assert_int_equal(device, st.st_dev);
	assert_int_equal(sys_device_of(&f->sys, "/none", &device), -ENOENT);
}

static void only_a_terminal_is_one(void **state)
{
	int fd = posix_openpt(O_RDWR | O_NOCTTY), null;

	(void)state;
	null = open("/dev/null", O_RDONLY);
	assert_false(sys_is_terminal(null));
	sys_fd_close(null);
	assert_false(sys_is_terminal(null));
	if (fd < 0)
		skip();
	assert_true(sys_is_terminal(fd));
	sys_fd_close(fd);
}

/* ---- the kernel's log ---- */

static void all_records_of_the_log_are_read(void **state)
{
	static char text[64];
	struct fixture *f = *state;

	fixture_file(f, "/dev/kmsg",
		     "6,1,5000000,-;pvroot: a\n6,2,6000000,-;pvroot: b\n");
	assert_int_equal(sys_kernel_log(&f->sys, text, sizeof(text)), 38);
	assert_string_equal(text, "5.000000 pvroot: a\n6.000000 pvroot: b\n");
}

static void a_record_beyond_all_bounds_is_cut(void **state)
{
	static char record[20000], text[32768];
	struct fixture *f = *state;
	int len;

	memset(record, 'x', sizeof(record));
	memcpy(record, "6,1,5000000,-;", 14);
	record[sizeof(record) - 1] = '\0';
	fixture_file(f, "/dev/kmsg", record);
	len = sys_kernel_log(&f->sys, text, sizeof(text));
	assert_in_range(len, 1, sizeof(record));
	assert_int_equal(strlen(text), len);
}

static void a_log_that_is_not_there_is_empty(void **state)
{
	struct fixture *f = *state;
	struct sys sys = { .root = f->sys.root, .fixture = false };
	static char text[1 << 16];
	int len;

	fixture_remove(f, "/dev/kmsg");
	strcpy(text, "before");
	assert_int_equal(sys_kernel_log(&f->sys, text, sizeof(text)), -ENOENT);
	assert_string_equal(text, "");
	/* On a running system the old call is asked: this kernel's own log,
	 * where this process may read it. */
	len = sys_kernel_log(&sys, text, sizeof(text));
	assert_true(len == -EPERM || len == (int)strlen(text));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(a_program_reads_from_the_offset_on),
		FIXTURE_TEST(a_program_may_get_a_part_of_the_file),
		FIXTURE_TEST(a_program_that_ends_late_is_waited_for),
		FIXTURE_TEST(two_paths_of_one_file_have_one_id),
		FIXTURE_TEST(a_program_says_how_it_ended),
		FIXTURE_TEST(a_program_gets_an_environment_of_its_own),
		FIXTURE_TEST(a_program_that_is_not_there_is_told),
		FIXTURE_TEST(a_program_that_hangs_is_killed),
		FIXTURE_TEST(a_stream_that_cannot_be_read_is_an_error),
		FIXTURE_TEST(folders_and_the_device_below_are_known),
		FIXTURE_TEST(only_a_terminal_is_one),
		FIXTURE_TEST(all_records_of_the_log_are_read),
		FIXTURE_TEST(a_record_beyond_all_bounds_is_cut),
		FIXTURE_TEST(a_log_that_is_not_there_is_empty),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
