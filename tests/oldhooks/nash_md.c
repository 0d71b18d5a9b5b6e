// SPDX-License-Identifier: GPL-2.0-or-later
/* raidautorun of the stand-in for nash. RHEL 5's asks the kernel, which uses
 * its list of partitions, with or without nodes. A kernel whose md is a module
 * has no such call, so this does the same itself: every partition of
 * /proc/partitions with a superblock of version 0.90 is given to the array.
 * Touches /dev/md0 and a node of its own. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <linux/fs.h>
#include <linux/major.h>
#include <linux/raid/md_p.h>
#include <linux/raid/md_u.h>

#define NODE "/dev/.autorun"

int cmd_raidautorun(int argc, char **argv);

static int is_member(dev_t number)
{
	uint64_t size = 0;
	uint32_t magic = 0;
	int fd;

	unlink(NODE);
	if (mknod(NODE, S_IFBLK | 0600, number))
		return 0;
	fd = open(NODE, O_RDONLY);
	unlink(NODE);
	if (fd < 0)
		return 0;
	if (!ioctl(fd, BLKGETSIZE64, &size) && size > 2 * MD_RESERVED_BYTES)
		pread(fd, &magic, sizeof(magic),
		      (off_t)(MD_NEW_SIZE_SECTORS(size / 512) * 512));
	close(fd);
	return magic == MD_SB_MAGIC;
}

static void add_members(int md)
{
	mdu_disk_info_t disk = { .number = 0 };
	char line[128], name[64];
	unsigned int major, minor;
	FILE *f = fopen("/proc/partitions", "r");

	while (f && fgets(line, sizeof(line), f)) {
		if (sscanf(line, "%u %u %*u %63s", &major, &minor, name) != 3 ||
		    !is_member(makedev(major, minor)))
			continue;
		disk.major = (int)major;
		disk.minor = (int)minor;
		printf("nash: md: %s %s\n", name,
		       ioctl(md, ADD_NEW_DISK, &disk) ? "kicked out" : "added");
	}
	if (f)
		fclose(f);
}

int cmd_raidautorun(int argc, char **argv)
{
	mdu_array_info_t array = { .minor_version = 90 };
	int md, failed;

	if (argc < 2)
		return 1;
	mknod(argv[1], S_IFBLK | 0600, makedev(MD_MAJOR, 0));
	md = open(argv[1], O_RDWR);
	if (md < 0)
		return 1;
	failed = ioctl(md, SET_ARRAY_INFO, &array) != 0;
	if (!failed)
		add_members(md);
	failed |= ioctl(md, RUN_ARRAY, NULL) != 0;
	printf("nash: %s %s\n", argv[1], failed ? "not started" : "started");
	fflush(stdout);
	close(md);
	return failed;
}
