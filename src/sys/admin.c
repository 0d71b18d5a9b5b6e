// SPDX-License-Identifier: GPL-2.0-or-later
/* A part of the one door to the kernel: terminals, the system's own programs,
 * and the kernel log. */
#include "sys/admin.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <sys/klog.h>

#include "base/klog.h"

#define RECORD_SIZE 8192 /* the kernel's limit of one record in /dev/kmsg */
#define NO_PROGRAM  127	 /* as a shell has it */
#define READ_ALL    3	 /* SYSLOG_ACTION_READ_ALL, syslog(2) */
#define END_TRIES   250	 /* a busy system takes its time to end a program */
#define END_STEP_MS 20

bool sys_is_terminal(int fd)
{
	return isatty(fd) == 1;
}

bool sys_is_root(void)
{
	return geteuid() == 0;
}

static int look_at(const struct sys *sys, const char *path, struct sys_stat *st)
{
	while (*path == '/')
		path++;
	return sys_stat_at(sys->root, *path ? path : ".", 0, st);
}

int sys_device_of(const struct sys *sys, const char *path, dev_t *device)
{
	struct sys_stat st;
	int err = look_at(sys, path, &st);

	if (!err)
		*device = st.device;
	return err;
}

bool sys_is_folder(const struct sys *sys, const char *path)
{
	struct sys_stat st;

	return !look_at(sys, path, &st) && S_ISDIR(st.mode);
}

static _Noreturn void become(const char *const *argv, int in, int out)
{
	static char *const env[] = {
		(char *)"PATH=/usr/local/bin:/usr/bin:/bin:"
			"/usr/sbin:/sbin",
		(char *)"LC_ALL=C", NULL
	};
	char *args[8];
	int quiet = open("/dev/null", O_WRONLY);
	unsigned int i;

	for (i = 0; argv[i] && i < 7; i++)
		args[i] = (char *)argv[i];
	args[i] = NULL;
	if (dup2(in, 0) == 0 && dup2(out, 1) == 1 &&
	    (quiet < 0 || dup2(quiet, 2) == 2)) {
		/* Then the end of its output is seen when it closes that. */
		if (in > 2)
			close(in);
		if (out > 2)
			close(out);
		putenv(env[0]);
		execvpe(args[0], args, env);
	}
	_exit(NO_PROGRAM);
}

/* Copies len bytes of in, from offset, to out. */
static _Noreturn void feed(int in, uint64_t offset, uint64_t len, int out)
{
	char buf[PIPE_BUF];

	while (len) {
		size_t part = len < sizeof(buf) ? (size_t)len : sizeof(buf);

		if (sys_disk_read(in, offset, buf, part) ||
		    write(out, buf, part) != (ssize_t)part)
			_exit(1);
		offset += part;
		len -= part;
	}
	_exit(0);
}

/* A process that feeds a part of in. Returns the end to read it from, or
 * -errno. */
static int start_feeder(struct sys_tool *tool, int in, uint64_t offset,
			uint64_t len)
{
	int fd[2], err;

	if (pipe(fd))
		return -errno;
	tool->feeder = fork();
	err = tool->feeder < 0 ? -errno : 0;
	if (!tool->feeder) {
		close(fd[0]);
		feed(in, offset, len, fd[1]);
	}
	close(fd[1]);
	if (err)
		close(fd[0]);
	return err ? err : fd[0];
}

static int start(struct sys_tool *tool, const char *const *argv, int in)
{
	int fd[2];

	if (pipe(fd))
		return -errno;
	tool->pid = fork();
	if (tool->pid < 0) {
		int err = -errno;

		close(fd[0]);
		close(fd[1]);
		return err;
	}
	if (!tool->pid) {
		close(fd[0]);
		become(argv, in, fd[1]);
	}
	close(fd[1]);
	tool->fd = fd[0];
	return 0;
}

static void end_feeder(struct sys_tool *tool)
{
	if (tool->feeder <= 0)
		return;
	kill(tool->feeder, SIGKILL);
	waitpid(tool->feeder, NULL, 0);
	tool->feeder = -1;
}

int sys_tool_start(struct sys_tool *tool, const char *const *argv, int in,
		   uint64_t offset, uint64_t len)
{
	int err;

	tool->pid = tool->fd = tool->feeder = -1;
	if (len == SYS_TOOL_REST) {
		err = sys_seek(in, offset);
		return err ? err : start(tool, argv, in);
	}
	in = start_feeder(tool, in, offset, len);
	if (in < 0)
		return in;
	err = start(tool, argv, in);
	close(in);
	if (err)
		end_feeder(tool);
	return err;
}

/* Its output has been read, or is not wanted any more. A program that writes to
 * a closed pipe ends by itself; one that hangs is killed. */
static int wait_for_end(int pid)
{
	int status = 0, tries;

	for (tries = 0; tries < END_TRIES; tries++) {
		if (waitpid(pid, &status, WNOHANG))
			return status;
		poll(NULL, 0, END_STEP_MS);
	}
	kill(pid, SIGKILL);
	waitpid(pid, &status, 0);
	return status;
}

int sys_tool_end(struct sys_tool *tool)
{
	int status;

	if (tool->fd >= 0)
		close(tool->fd);
	if (tool->pid <= 0)
		return -ECHILD;
	status = wait_for_end(tool->pid);
	end_feeder(tool);
	tool->pid = -1;
	if (!WIFEXITED(status))
		return -ECHILD;
	return WEXITSTATUS(status) == NO_PROGRAM ? -ENOENT
						 : WEXITSTATUS(status);
}

int sys_seek(int fd, uint64_t offset)
{
	return lseek(fd, (off_t)offset, SEEK_SET) < 0 ? -errno : 0;
}

int sys_file_id(const struct sys *sys, const char *path, struct sys_file_id *id)
{
	struct sys_stat st;
	int err = look_at(sys, path, &st);

	if (!err) {
		id->device = st.device;
		id->number = st.number;
	}
	return err;
}

int sys_stream_read(int fd, void *buf, size_t size, uint64_t deadline_us)
{
	struct pollfd pfd = { .fd = fd, .events = POLLIN };
	uint64_t now = sys_now_us();
	ssize_t n;

	if (now >= deadline_us ||
	    poll(&pfd, 1, (int)((deadline_us - now) / 1000) + 1) == 0)
		return -ETIMEDOUT;
	do {
		n = read(fd, buf, size);
	} while (n < 0 && errno == EINTR);
	return n < 0 ? -errno : (int)n;
}

/* Kernels before 3.5 have only this call. */
static int read_old_log(struct klog *log)
{
	char *raw = malloc(log->size);
	int len = raw ? klogctl(READ_ALL, raw, (int)log->size - 1) : -1;
	int err = len < 0 ? -errno : 0;

	if (len > 0) {
		raw[len] = '\0';
		klog_take_lines(log, raw);
	}
	free(raw);
	return err;
}

/* One read returns one record; a fixture's plain file holds many, so it is read
 * by bytes. */
static int read_record(const struct sys *sys, int fd, char *record)
{
	ssize_t n = read(fd, record, sys->fixture ? 1 : RECORD_SIZE);

	if (n <= 0)
		return n < 0 ? -errno : 0;
	while (sys->fixture && record[n - 1] != '\n' && n < RECORD_SIZE &&
	       read(fd, record + n, 1) == 1)
		n++;
	record[n] = '\0';
	return (int)n;
}

static int read_records(const struct sys *sys, struct klog *log)
{
	int fd = sys_file_open(sys, "/dev/kmsg"), len;
	char record[RECORD_SIZE + 1];

	if (fd < 0)
		return fd;
	do {
		len = read_record(sys, fd, record);
		if (len > 0)
			klog_take_record(log, record);
		/* -EPIPE: some records were overwritten. */
	} while (len > 0 || len == -EPIPE || len == -EINTR);
	sys_fd_close(fd);
	return len == -EAGAIN || log->used ? 0 : len;
}

int sys_kernel_log(const struct sys *sys, char *buf, size_t size)
{
	struct klog log = { .text = buf, .size = size };
	int err;

	buf[0] = '\0';
	err = read_records(sys, &log);
	/* On an old kernel /dev/kmsg cannot be read, or is not there. */
	if (!sys->fixture && (err == -EINVAL || err == -ENOENT))
		err = read_old_log(&log);
	return err ? err : (int)log.used;
}
