// SPDX-License-Identifier: GPL-2.0-or-later
/* Runs a program as Linux 2.6.18 would answer it: a seccomp filter gives ENOSYS
 * to every system call that is newer, for 64-bit and 32-bit programs. It is a
 * SIMULATION: no 2.6.18 kernel runs. Touches nothing but its own process.
 *
 *   launch [--chroot DIR] PROGRAM [WORD...]
 *   launch --self-test      the filter refuses what it must, and only that */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The last call of each table in 2.6.18: move_pages(). Source: that version's
 * include/asm-x86_64/unistd.h and include/asm-i386/unistd.h. */
#define LAST_X86_64 279
#define LAST_I386   317

/* These two have numbers on x86_64 in 2.6.18, but no code yet. */
#define PSELECT6_X86_64 270
#define PPOLL_X86_64	271

#define NR   offsetof(struct seccomp_data, nr)
#define ARCH offsetof(struct seccomp_data, arch)
#define ARG1 offsetof(struct seccomp_data, args[1])

#define LOAD(what)	  BPF_STMT(BPF_LD | BPF_W | BPF_ABS, what)
#define IF_EQ(k, yes, no) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, k, yes, no)
#define IF_GT(k, yes, no) BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, k, yes, no)
#define RETURN(value)	  BPF_STMT(BPF_RET | BPF_K, value)

static int install_filter(void)
{
	struct sock_filter code[] = {
		LOAD(ARCH),			    /* 0 */
		IF_EQ(AUDIT_ARCH_I386, 0, 3),	    /* 1 */
		LOAD(NR),			    /* 2 */
		IF_GT(LAST_I386, 9, 8),		    /* 3 */
		RETURN(SECCOMP_RET_KILL),	    /* 4: not reached */
		LOAD(NR),			    /* 5 */
		IF_GT(LAST_X86_64, 6, 0),	    /* 6, x32 too */
		IF_EQ(PSELECT6_X86_64, 5, 0),	    /* 7 */
		IF_EQ(PPOLL_X86_64, 4, 0),	    /* 8 */
		IF_EQ(SYS_socket, 0, 2),	    /* 9 */
		LOAD(ARG1),			    /* 10: its type */
		IF_GT(15, 2, 0),		    /* 11: flags in it */
		RETURN(SECCOMP_RET_ALLOW),	    /* 12 */
		RETURN(SECCOMP_RET_ERRNO | ENOSYS), /* 13 */
		RETURN(SECCOMP_RET_ERRNO | EINVAL), /* 14 */
	};
	struct sock_fprog program = { sizeof(code) / sizeof(code[0]), code };

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		return -1;
	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

/* A call by the 32-bit table, from a 64-bit process: negative errno, or what
 * it gave. */
static int call32(int nr)
{
	int ret;

	__asm__ volatile("int $0x80"
			 : "=a"(ret)
			 : "a"(nr), "b"(0), "c"(0), "d"(0), "S"(0), "D"(0)
			 : "memory", "r8", "r9", "r10", "r11");
	return ret;
}

static int checks, failures;

static void check(const char *what, int is)
{
	printf("%s - %s\n", is ? "ok" : "not ok", what);
	checks++;
	failures += !is;
}

static int refused(long ret)
{
	return ret == -1 && errno == ENOSYS;
}

static int self_test(void)
{
	check("64 bits: getrandom() is refused",
	      refused(syscall(SYS_getrandom, NULL, 0, 0)));
	check("64 bits: utimensat(), the first one too new, is refused",
	      refused(syscall(LAST_X86_64 + 1, 0, 0, 0, 0)));
	check("64 bits: ppoll() is refused",
	      refused(syscall(SYS_ppoll, NULL, 0, NULL, NULL)));
	check("64 bits: finit_module() is refused",
	      refused(syscall(SYS_finit_module, -1, "", 0)));
	check("64 bits: move_pages(), the last one there, is not",
	      !refused(syscall(LAST_X86_64, 0, 0UL, NULL, NULL, NULL, 0)));
	check("64 bits: getpid() is not", syscall(SYS_getpid) > 0);
	check("64 bits: a socket type with flags is EINVAL",
	      socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0) < 0 &&
		      errno == EINVAL);
	check("64 bits: one without is not",
	      socket(AF_UNIX, SOCK_DGRAM, 0) >= 0);
	check("32 bits: getpid() is not refused", call32(20) > 0);
	check("32 bits: getcpu(), the first one too new, is refused",
	      call32(LAST_I386 + 1) == -ENOSYS);
	check("32 bits: socket(), a call of its own since 4.3, is refused",
	      call32(359) == -ENOSYS);
	check("32 bits: move_pages(), the last one there, is not",
	      call32(LAST_I386) != -ENOSYS);
	printf("1..%d\n", checks);
	return failures ? 1 : 0;
}

int main(int argc, char **argv)
{
	int at = 1;

	if (argc > 3 && !strcmp(argv[1], "--chroot")) {
		if (chroot(argv[2]) || chdir("/")) {
			perror(argv[2]);
			return 126;
		}
		at = 3;
	}
	if (at >= argc) {
		fprintf(stderr, "usage: launch [--chroot DIR] PROGRAM...\n");
		return 126;
	}
	if (install_filter()) {
		perror("launch: seccomp");
		return 126;
	}
	if (!strcmp(argv[at], "--self-test"))
		return self_test();
	execv(argv[at], argv + at);
	perror(argv[at]);
	return 127;
}
