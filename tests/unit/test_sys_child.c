// SPDX-License-Identifier: GPL-2.0-or-later
/* Functions that run in a child, with a deadline: the real processes and the
 * real clock. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sys/sys.h"

#define SHORT_MS 1500  /* a fork takes 50 ms on a machine that is busy */
#define LONG_MS	 30000 /* is never reached */
#define HANG_S	 60    /* the same */

static char out[16];
static char half[] = "half"; /* of an answer */
static struct sys_child child;

static int run(int (*fn)(void *ctx), void *ctx, unsigned int limit_ms)
{
	/* What is in a buffer here, the child would print. */
	fflush(NULL);
	memset(out, 0, sizeof(out));
	child = (struct sys_child){ .out = out,
				    .size = sizeof(out) - 1,
				    .limit_ms = limit_ms };
	return sys_child_run(&child, fn, ctx);
}

static int until(int (*fn)(void *ctx), bool (*enough)(void *ctx), void *ctx,
		 unsigned int limit_ms)
{
	fflush(NULL);
	return sys_child_until(fn, enough, ctx, limit_ms);
}

static int say(void *ctx)
{
	return write(1, ctx, strlen(ctx)) > 0 ? 7 : 8;
}

static void what_a_child_prints_and_its_status_are_collected(void **state)
{
	(void)state;
	assert_int_equal(run(say, half, LONG_MS), 7);
	assert_int_equal(child.len, 4);
	assert_string_equal(out, "half");
	assert_int_equal(child.signal, 0);
}

static int say_more_than_a_pipe_holds(void *ctx)
{
	static char much[300000];

	memset(much, 'x', sizeof(much));
	return write(1, much, sizeof(much)) == *(ssize_t *)ctx ? 0 : 1;
}

static void a_child_that_says_too_much_is_not_held_up(void **state)
{
	ssize_t much = 300000;

	(void)state;
	assert_int_equal(run(say_more_than_a_pipe_holds, &much, LONG_MS), 0);
	assert_int_equal(child.len, sizeof(out) - 1);
	assert_string_equal(out, "xxxxxxxxxxxxxxx");
}

static int end_by_signal(void *ctx)
{
	say(ctx);
	signal(SIGTERM, SIG_DFL);
	raise(SIGTERM);
	return 0;
}

static void a_child_that_a_signal_ended_has_no_status(void **state)
{
	(void)state;
	assert_int_equal(run(end_by_signal, half, LONG_MS), -ECHILD);
	assert_int_equal(child.signal, SIGTERM);
	assert_string_equal(out, "half");
	assert_int_equal(until(end_by_signal, NULL, half, LONG_MS), -ECHILD);
}

static int hang(void *ctx)
{
	*(pid_t *)ctx = getpid();
	sleep(HANG_S);
	return 0;
}

static int close_output_and_hang(void *ctx)
{
	close(1);
	return hang(ctx);
}

/* Waits for the end of a process that SIGKILL was sent to; it may be collected
 * already. */
static void was_killed(pid_t pid)
{
	int status, got = waitpid(pid, &status, 0);

	if (got == pid)
		assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
	else
		assert_int_equal(errno, ECHILD);
}

static void a_child_that_hangs_is_killed_at_the_deadline(void **state)
{
	pid_t *pid = sys_shared_memory(sizeof(*pid));
	uint64_t begin = sys_now_us();

	(void)state;
	assert_non_null(pid);
	assert_int_equal(run(hang, pid, SHORT_MS), -ETIMEDOUT);
	was_killed(*pid);
	*pid = 0;
	assert_int_equal(run(close_output_and_hang, pid, SHORT_MS), -ETIMEDOUT);
	was_killed(*pid);
	assert_in_range(sys_now_us() - begin, 2 * SHORT_MS * 1000,
			HANG_S * 1000000ULL / 2);
	sys_memory_give_back(pid, sizeof(*pid));
}

static int leave_a_child_behind(void *ctx)
{
	pid_t pid = fork();

	if (!pid) {
		sleep(HANG_S);
		_exit(0);
	}
	*(pid_t *)ctx = pid;
	return 0;
}

/* The child's own child still holds the pipe: there may be more to come. */
static void an_answer_without_an_end_is_not_taken(void **state)
{
	pid_t *pid = sys_shared_memory(sizeof(*pid));

	(void)state;
	assert_int_equal(run(leave_a_child_behind, pid, SHORT_MS), -EIO);
	kill(*pid, SIGKILL);
	sys_memory_give_back(pid, sizeof(*pid));
}

static void no_descriptor_left_means_no_child(void **state)
{
	struct rlimit before, none;
	int ret;

	(void)state;
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
	none = before;
	none.rlim_cur = 0;
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
	ret = run(say, half, LONG_MS);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
	assert_int_equal(ret, -EMFILE);
}

static int end_with_5(void *ctx)
{
	(void)ctx;
	return 5;
}

static bool never(void *ctx)
{
	(void)ctx;
	return false;
}

static bool runs(void *ctx)
{
	return *(pid_t *)ctx != 0;
}

static void a_wait_ends_with_the_child_or_when_there_is_enough(void **state)
{
	pid_t *pid = sys_shared_memory(sizeof(*pid));

	(void)state;
	assert_int_equal(until(end_with_5, never, NULL, LONG_MS), 5);
	assert_int_equal(until(hang, runs, pid, LONG_MS), -EALREADY);
	/* It goes on. */
	assert_int_equal(waitpid(*pid, NULL, WNOHANG), 0);
	kill(*pid, SIGKILL);
	was_killed(*pid);
	assert_int_equal(until(hang, never, pid, SHORT_MS), -ETIMEDOUT);
	assert_int_equal(waitpid(*pid, NULL, WNOHANG), 0);
	kill(*pid, SIGKILL);
	was_killed(*pid);
	sys_memory_give_back(pid, sizeof(*pid));
}

static int output_is_closed(void *ctx)
{
	(void)ctx;
	return fcntl(1, F_GETFD) < 0 && fcntl(2, F_GETFD) < 0;
}

/* Whoever reads our output must not wait for a driver that hangs. */
static void a_child_that_may_outlive_us_holds_no_output(void **state)
{
	(void)state;
	assert_int_equal(until(output_is_closed, never, NULL, LONG_MS), 1);
}

static void there_is_no_memory_of_an_impossible_size(void **state)
{
	(void)state;
	assert_null(sys_shared_memory(SIZE_MAX / 2));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			what_a_child_prints_and_its_status_are_collected),
		cmocka_unit_test(a_child_that_says_too_much_is_not_held_up),
		cmocka_unit_test(a_child_that_a_signal_ended_has_no_status),
		cmocka_unit_test(a_child_that_hangs_is_killed_at_the_deadline),
		cmocka_unit_test(an_answer_without_an_end_is_not_taken),
		cmocka_unit_test(no_descriptor_left_means_no_child),
		cmocka_unit_test(
			a_wait_ends_with_the_child_or_when_there_is_enough),
		cmocka_unit_test(a_child_that_may_outlive_us_holds_no_output),
		cmocka_unit_test(there_is_no_memory_of_an_impossible_size),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
