// SPDX-License-Identifier: GPL-2.0-or-later
/* A part of the one door to the kernel: a read-only loop device that keeps a
 * disk's name from being given to another disk. The kernel gives a letter (sda)
 * away again only when nobody has the disk open; a loop device has it open, for
 * the whole boot and without a process. The disk itself is not read. */
#include "sys/sys.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <linux/loop.h>

#include "base/text.h"

/* loop0 and those after it may be somebody's: `losetup /dev/loop0 FILE`,
 * fstab's loop=/dev/loop0. */
#define FIRST 64
#define TRIES 64

static int open_device(const struct sys *sys, const char *path)
{
	int fd = openat(sys->root, path, O_RDONLY | O_CLOEXEC);

	return fd < 0 ? -errno : fd;
}

static int open_loop(const struct sys *sys, int number)
{
	char path[32];

	text_format(path, sizeof(path), "dev/loop%d", number);
	return open_device(sys, path);
}

/* Makes the device where it is not there yet. Before Linux 3.1 there are eight.
 */
static int make_loop(const struct sys *sys, int try)
{
	int fd = open_device(sys, "dev/loop-control");
	intptr_t number = FIRST + try;

	if (fd < 0)
		return 7 - try;
	ioctl(fd, LOOP_CTL_ADD, (void *)number);
	close(fd);
	return (int)number;
}

bool sys_can_hold(const struct sys *sys)
{
	int fd;

	if (sys->fixture)
		return false;
	fd = open_device(sys, "dev/loop-control");
	if (fd < 0)
		fd = open_loop(sys, 0);
	sys_fd_close(fd);
	return fd >= 0;
}

/* It begins where the disk ends, so it has no bytes: nobody finds a file system
 * on it. */
static int tie(int loop, int disk)
{
	struct loop_info64 info;
	uint64_t size;
	int err = sys_disk_size(disk, &size);

	if (err)
		return err;
	memset(&info, 0, sizeof(info));
	info.lo_offset = size;
	info.lo_flags = LO_FLAGS_READ_ONLY;
	text_copy((char *)info.lo_file_name, LO_NAME_SIZE, "pvroot");
	if (ioctl(loop, LOOP_SET_FD, (void *)(intptr_t)disk))
		return -errno;
	if (!ioctl(loop, LOOP_SET_STATUS64, &info))
		return 0;
	err = -errno;
	ioctl(loop, LOOP_CLR_FD, NULL);
	return err;
}

int sys_hold(const struct sys *sys, int disk)
{
	int i, loop, number, err = -EOPNOTSUPP;

	for (i = 0; i < TRIES && !sys->fixture; i++) {
		number = make_loop(sys, i);
		loop = open_loop(sys, number);
		err = loop < 0 ? loop : tie(loop, disk);
		sys_fd_close(loop);
		if (!err)
			return number;
		if (err != -EBUSY)
			break;
	}
	return err;
}

int sys_hold_end(const struct sys *sys, int number)
{
	int loop = sys->fixture ? -EOPNOTSUPP : open_loop(sys, number);
	int err;

	if (loop < 0)
		return loop;
	err = ioctl(loop, LOOP_CLR_FD, NULL) ? -errno : 0;
	close(loop);
	return err;
}
