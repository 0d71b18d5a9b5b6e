// SPDX-License-Identifier: GPL-2.0-or-later
/* A part of the one door to the kernel: takes a partition out of the kernel's
 * list. The disk itself is not written to, and is open for reading only. */
#include "sys/sys.h"

#include <errno.h>
#include <sys/ioctl.h>

/* linux/blkpg.h; klibc has no copy of it. */
struct blkpg_partition {
	long long start, length; /* not looked at here */
	int number;
	char devname[64], volname[64];
};

struct blkpg_argument {
	int op, flags, datalen;
	void *data;
};

#define BLKPG		    _IO(0x12, 105)
#define BLKPG_DEL_PARTITION 2

int sys_partition_delete(const struct sys *sys, int fd, unsigned int number)
{
	struct blkpg_partition partition = { .number = (int)number };
	struct blkpg_argument argument = {
		.op = BLKPG_DEL_PARTITION,
		.datalen = sizeof(partition),
		.data = &partition,
	};

	/* A plain file has none. */
	if (sys->fixture)
		return 0;
	return ioctl(fd, BLKPG, &argument) ? -errno : 0;
}
