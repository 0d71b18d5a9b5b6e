/* SPDX-License-Identifier: GPL-2.0-or-later
 * A part of the one door to the kernel (see sys.h): what only a person's
 * commands need. Every function returns a negative errno where it fails. */
#ifndef PVROOT_SYS_ADMIN_H
#define PVROOT_SYS_ADMIN_H

#include "sys/sys.h"

bool sys_is_terminal(int fd);
bool sys_is_root(void);

/* Number of the device that path lies on. */
int sys_device_of(const struct sys *sys, const char *path, dev_t *device);
bool sys_is_folder(const struct sys *sys, const char *path);

/* A program that reads from a file and writes to a pipe. */
struct sys_tool {
	int pid, fd;
	int feeder; /* the process that hands it a part of the file, or -1 */
};

/* Runs a program of the system (not of --root) on the open file in: on len
 * bytes from offset, or on all that follow (SYS_TOOL_REST). */
#define SYS_TOOL_REST UINT64_MAX
int sys_tool_start(struct sys_tool *tool, const char *const *argv, int in,
		   uint64_t offset, uint64_t len);
/* Ends it, killing it where it does not end by itself. Returns its exit status,
 * -ENOENT where there is no such program, -ECHILD where a signal ended it. */
int sys_tool_end(struct sys_tool *tool);

/* The next read of an open file begins at this byte. */
int sys_seek(int fd, uint64_t offset);

/* What is the same for two paths of one file: its device and its number. */
struct sys_file_id {
	uint64_t device, number;
};
int sys_file_id(const struct sys *sys, const char *path,
		struct sys_file_id *id);

/* Reads what there is, at most size bytes; 0 at the end, -ETIMEDOUT where
 * nothing came before the time. */
int sys_stream_read(int fd, void *buf, size_t size, uint64_t deadline_us);

/* The kernel's log as klog.h has it, as far as it fits: the newest lines stay.
 * Returns its length. */
int sys_kernel_log(const struct sys *sys, char *buf, size_t size);

#endif
