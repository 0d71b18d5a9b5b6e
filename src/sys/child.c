// SPDX-License-Identifier: GPL-2.0-or-later
/* A part of the one door to the kernel: runs a function in a child, with a
 * deadline, and catches what it prints. */
#include "sys/sys.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define REAP_MS 10

void *sys_shared_memory(size_t size)
{
	void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE,
			    MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	return memory == MAP_FAILED ? NULL : memory;
}

void sys_memory_give_back(void *memory, size_t size)
{
	munmap(memory, size);
}

static int ms_until(uint64_t deadline_us)
{
	uint64_t now = sys_now_us();

	return now < deadline_us ? (int)((deadline_us - now) / 1000) + 1 : 0;
}

/* Reads the pipe until the child closes it or ends. What does not fit is
 * dropped. Returns false where the deadline came first. */
static bool catch_output(struct sys_child *child, int fd, uint64_t deadline_us)
{
	struct pollfd pfd = { .fd = fd, .events = POLLIN };
	char spill[256];

	for (;;) {
		bool full = child->len == child->size;
		ssize_t n;
		int ready = poll(&pfd, 1, ms_until(deadline_us));

		if (ready < 0 && errno == EINTR)
			continue;
		if (ready <= 0)
			return false;
		n = full ? read(fd, spill, sizeof(spill))
			 : read(fd, child->out + child->len,
				child->size - child->len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return !n;
		if (!full)
			child->len += (size_t)n;
	}
}

/* Returns the child's exit status; -ECHILD where it has none (see *status);
 * -EALREADY as soon as enough(ctx) is true; -ETIMEDOUT. Most children end soon,
 * so the first sleep is short. */
static int wait_for(pid_t pid, int *status, uint64_t deadline_us,
		    bool (*enough)(void *ctx), void *ctx)
{
	unsigned int nap_ms = 1;

	*status = 0;
	for (;;) {
		pid_t got = waitpid(pid, status, WNOHANG);

		if (got == pid)
			return WIFEXITED(*status) ? WEXITSTATUS(*status)
						  : -ECHILD;
		if (got < 0 && errno != EINTR)
			return -errno;
		if (enough && enough(ctx))
			return -EALREADY;
		if (!ms_until(deadline_us))
			return -ETIMEDOUT;
		sys_sleep_ms(nap_ms);
		if (nap_ms < REAP_MS)
			nap_ms *= 2;
	}
}

/* A child in an uninterruptible sleep does not die of SIGKILL, so it is not
 * waited for. */
static int reap(struct sys_child *child, pid_t pid, uint64_t deadline_us)
{
	int status, ret = wait_for(pid, &status, deadline_us, NULL, NULL);

	if (ret == -ETIMEDOUT) {
		kill(pid, SIGKILL);
		waitpid(pid, &status, WNOHANG);
	} else if (ret == -ECHILD) {
		child->signal = WTERMSIG(status);
	}
	return ret;
}

int sys_child_until(int (*fn)(void *ctx), bool (*enough)(void *ctx), void *ctx,
		    unsigned int limit_ms)
{
	uint64_t deadline_us = sys_now_us() + (uint64_t)limit_ms * 1000;
	pid_t pid = fork();
	int status;

	if (pid < 0)
		return -errno;
	if (!pid) {
		/* A reader of our output waits until all copies of it are
		 * closed, so this child must not hold one. */
		close(1);
		close(2);
		exit(fn(ctx));
	}
	return wait_for(pid, &status, deadline_us, enough, ctx);
}

int sys_child_run(struct sys_child *child, int (*fn)(void *ctx), void *ctx)
{
	uint64_t deadline_us = sys_now_us() + (uint64_t)child->limit_ms * 1000;
	int fd[2], ret;
	bool whole;
	pid_t pid;

	child->len = 0;
	child->signal = 0;
	if (pipe(fd))
		return -errno;
	pid = fork();
	if (pid < 0) {
		ret = -errno;
		close(fd[0]);
		close(fd[1]);
		return ret;
	}
	if (!pid) {
		close(fd[0]);
		if (dup2(fd[1], 1) != 1)
			exit(127);
		if (fd[1] != 1)
			close(fd[1]);
		exit(fn(ctx));
	}
	close(fd[1]);
	/* Both share the deadline. reap() asks waitpid() once even after it,
	 * so that a child that ended in time is not taken for a hung one. */
	whole = catch_output(child, fd[0], deadline_us);
	close(fd[0]);
	ret = reap(child, pid, deadline_us);
	return ret < 0 || whole ? ret : -EIO;
}
