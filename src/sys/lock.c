// SPDX-License-Identifier: GPL-2.0-or-later
/* A part of the one door to the kernel: a lock between processes, with a
 * deadline. Needs no lock file: it locks a folder. */
#include "sys/sys.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#define NAP_MS 10

int sys_lock(const struct sys *sys, const char *path, unsigned int limit_ms)
{
	uint64_t deadline_us = 0;
	int fd, err;

	while (*path == '/')
		path++;
	fd = openat(sys->root, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	while (flock(fd, LOCK_EX | LOCK_NB)) {
		err = errno == EWOULDBLOCK || errno == EINTR ? 0 : -errno;
		if (!deadline_us) /* mostly nobody else has it */
			deadline_us = sys_now_us() + (uint64_t)limit_ms * 1000;
		if (!err && sys_now_us() >= deadline_us)
			err = -ETIMEDOUT;
		if (err) {
			close(fd);
			return err;
		}
		sys_sleep_ms(NAP_MS);
	}
	return fd;
}

void sys_unlock(int lock)
{
	if (lock < 0)
		return;
	flock(lock, LOCK_UN);
	close(lock);
}
