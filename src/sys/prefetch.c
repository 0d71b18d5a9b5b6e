// SPDX-License-Identifier: GPL-2.0-or-later
/* A part of the one door to the kernel: asks it to begin reading, without
 * waiting. klibc has no posix_fadvise() and no syscall(). */
#include "sys/sys.h"

#ifndef __KLIBC__
#include <fcntl.h>
#endif

/* linux/fadvise.h. Present since 2.6.0. */
#define FADVISE_WILLNEED 3L

void sys_disk_prefetch(int fd, size_t len)
{
#ifndef __KLIBC__
	posix_fadvise(fd, 0, (off_t)len, FADVISE_WILLNEED);
#elif defined(__x86_64__)
	register long advice __asm__("r10") = FADVISE_WILLNEED;
	long ret = 221; /* fadvise64(fd, offset, len, advice) */

	__asm__ volatile("syscall"
			 : "+a"(ret)
			 : "D"((long)fd), "S"(0L), "d"(len), "r"(advice)
			 : "rcx", "r11", "memory");
#elif defined(__i386__)
	long ret = 250; /* the offset is in two halves */

	__asm__ volatile("int $0x80"
			 : "+a"(ret)
			 : "b"(fd), "c"(0), "d"(0), "S"(len),
			   "D"(FADVISE_WILLNEED)
			 : "memory");
#else
#error "fadvise64: no system call written for this machine"
#endif
}
