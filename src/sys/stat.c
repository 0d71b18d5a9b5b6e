// SPDX-License-Identifier: GPL-2.0-or-later
/* A part of the one door to the kernel: what a file is. */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "sys/sys.h"

#ifdef __KLIBC__
#include "sys/syscall.h"

/* As these system calls fill it in: linux: arch/x86/include/uapi/asm/stat.h,
 * struct stat (64 bits) and struct stat64 (32). */
#ifdef __x86_64__
struct kernel_stat {
	uint64_t device, number, links;
	uint32_t mode, owner[2], pad;
	uint64_t special;
	int64_t size;
	uint64_t rest[11];
};
_Static_assert(sizeof(struct kernel_stat) == 144, "struct stat");
#else
struct __attribute__((packed)) kernel_stat {
	uint64_t device;
	uint32_t pad, number32, mode, links, owner[2];
	uint64_t special;
	uint32_t pad2;
	int64_t size;
	uint32_t rest[9];
	uint64_t number;
};
_Static_assert(sizeof(struct kernel_stat) == 96, "struct stat64");
#endif

static int take(long ret, const struct kernel_stat *from, struct sys_stat *st)
{
	if (ret < 0)
		return (int)ret;
	*st = (struct sys_stat){ from->device, from->number,
				 (uint64_t)from->size, from->mode };
	return 0;
}

int sys_stat_at(int dir, const char *path, int flags, struct sys_stat *st)
{
	struct kernel_stat from;

	return take(syscall4(NR_FSTATAT, dir, (long)path, (long)&from, flags),
		    &from, st);
}

int sys_stat_fd(int fd, struct sys_stat *st)
{
	struct kernel_stat from;

	return take(syscall4(NR_FSTAT, fd, (long)&from, 0, 0), &from, st);
}
#else
static int take(int ret, const struct stat *from, struct sys_stat *st)
{
	if (ret)
		return -errno;
	*st = (struct sys_stat){ from->st_dev, from->st_ino,
				 (uint64_t)from->st_size, from->st_mode };
	return 0;
}

int sys_stat_at(int dir, const char *path, int flags, struct sys_stat *st)
{
	struct stat from;

	return take(fstatat(dir, path, &from, flags), &from, st);
}

int sys_stat_fd(int fd, struct sys_stat *st)
{
	struct stat from;

	return take(fstat(fd, &from), &from, st);
}
#endif
