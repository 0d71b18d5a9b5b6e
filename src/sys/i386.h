/* SPDX-License-Identifier: GPL-2.0-or-later
 * The socket calls of kernel.c on i386. klibc uses a system call for each of
 * them there, which Linux has only since 4.3; socketcall() works on all
 * kernels. For kernel.c only. */
#ifndef PVROOT_SYS_I386_H
#define PVROOT_SYS_I386_H

#include <errno.h>

#include "sys/syscall.h"

#define I386_NR_SOCKETCALL 102 /* linux: arch/x86/entry/syscalls */

/* linux/net.h: SYS_SOCKET and the others. */
enum {
	I386_SOCKET = 1,
	I386_BIND = 2,
	I386_RECVFROM = 12,
	I386_SETSOCKOPT = 14
};

static int i386_socketcall(int call, const long *args)
{
	long ret = syscall4(I386_NR_SOCKETCALL, call, (long)args, 0, 0);

	if (ret < 0) {
		errno = (int)-ret;
		return -1;
	}
	return (int)ret;
}

#define I386_CALL(call, ...)                                                   \
	i386_socketcall(call, (const long[]){ __VA_ARGS__ })

#define socket(domain, type, protocol)                                         \
	I386_CALL(I386_SOCKET, domain, type, protocol)
#define bind(fd, addr, len) I386_CALL(I386_BIND, fd, (long)(addr), (long)(len))
#define setsockopt(fd, level, name, value, len)                                \
	I386_CALL(I386_SETSOCKOPT, fd, level, name, (long)(value), (long)(len))
#define recvfrom(fd, buf, size, flags, from, fromlen)                          \
	I386_CALL(I386_RECVFROM, fd, (long)(buf), (long)(size), flags,         \
		  (long)(from), (long)(fromlen))

#endif
