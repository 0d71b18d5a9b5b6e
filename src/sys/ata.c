// SPDX-License-Identifier: GPL-2.0-or-later
/* A part of the one door to the kernel: what an ATA disk says of itself. */
#include "sys/sys.h"

#include <errno.h>
#include <string.h>
#include <sys/ioctl.h>

#define HDIO_GET_IDENTITY 0x030d /* linux/hdreg.h; klibc has no copy of it */

int sys_ata_identity(const struct sys *sys, const char *name, dev_t devno,
		     uint8_t identity[SYS_ATA_IDENTITY])
{
	int fd, ret;

	if (sys->fixture)
		return -EOPNOTSUPP;
	fd = sys_disk_open(sys, name, devno, SYS_SHARED);
	if (fd < 0)
		return fd;
	memset(identity, 0, SYS_ATA_IDENTITY);
	ret = ioctl(fd, HDIO_GET_IDENTITY, identity) ? -errno : 0;
	sys_fd_close(fd);
	return ret;
}
