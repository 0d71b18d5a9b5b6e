/* SPDX-License-Identifier: GPL-2.0-or-later
 * System calls made directly, where klibc has none or takes a newer one than
 * the kernels that pvroot runs on have: klibc 2.0.14 asks for files by statx()
 * (Linux 4.11), and 2.0.12 has no clock_gettime(). For files of sys/ that are
 * built for klibc only. */
#ifndef PVROOT_SYS_SYSCALL_H
#define PVROOT_SYS_SYSCALL_H

/* linux: arch/x86/entry/syscalls/syscall_64.tbl and syscall_32.tbl. All of them
 * are in 2.6.18. */
#if defined(__x86_64__)
enum { NR_FSTAT = 5, NR_CLOCK_GETTIME = 228, NR_FSTATAT = 262 };
#elif defined(__i386__)
enum { NR_FSTAT = 197, NR_CLOCK_GETTIME = 265, NR_FSTATAT = 300 };
#else
#error "no system call written for this machine"
#endif

/* Returns what the kernel does: a value, or -errno. */
static inline long syscall4(long number, long a, long b, long c, long d)
{
	long ret;

#if defined(__x86_64__)
	register long r10 __asm__("r10") = d;

	__asm__ volatile("syscall"
			 : "=a"(ret)
			 : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10)
			 : "rcx", "r11", "memory");
#else
	__asm__ volatile("int $0x80"
			 : "=a"(ret)
			 : "a"(number), "b"(a), "c"(b), "d"(c), "S"(d)
			 : "memory");
#endif
	return ret;
}

#endif
