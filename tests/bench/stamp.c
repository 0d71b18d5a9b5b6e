// SPDX-License-Identifier: GPL-2.0-or-later
/* Prints how long the kernel has run, then starts the real init. It runs before
 * /init of an initramfs (rdinit=/stamp) and before the real root's /sbin/init
 * (init=/stamp). The console then has
 *   @fact first 1.234567     the first process of all
 *   @fact real 2.345678      the first of the real root
 * and in a Xen guest, at the same moment, Xen's log has @first and @real: what
 * a guest writes to port 0xe9 (tests/xen/README.md, traced). Elsewhere nothing
 * listens there.
 * Uses no library, so that it is tiny. x86_64 only. */
#include <asm/unistd.h>
#include <linux/fcntl.h>
#include <linux/time.h>

#define XEN_LOG	  0xe9
#define INITRAMFS "/init"
#define REAL	  "/sbin/init"

/* A system call of up to three arguments. */
static long call(long number, long a, long b, long c)
{
	long ret;

	__asm__ volatile("syscall"
			 : "=a"(ret)
			 : "a"(number), "D"(a), "S"(b), "d"(c)
			 : "rcx", "r11", "memory");
	return ret;
}

/* Writes the number in decimal before end, width digits at least. */
static char *put_number(char *end, unsigned long n, int width)
{
	for (; width > 0 || n; width--, n /= 10)
		*--end = (char)('0' + n % 10);
	return end;
}

static char *put_text(char *end, const char *text)
{
	const char *last = text;

	while (*last)
		last++;
	while (last > text)
		*--end = *--last;
	return end;
}

/* The right to write there would pass on to the real init. */
static void mark(const char *text)
{
	if (call(__NR_ioperm, XEN_LOG, 1, 1) < 0)
		return;
	for (; *text; text++)
		__asm__ volatile("outb %b0, %w1" : : "a"(*text), "Nd"(XEN_LOG));
	call(__NR_ioperm, XEN_LOG, 1, 0);
}

/* Only an initramfs has an /init: the real root's is /sbin/init. */
static void stamp(char **argv, char **envp)
{
	struct timespec now = { 0 };
	char line[64], *end = line + sizeof(line), *at = end;
	int first = !call(__NR_access, (long)INITRAMFS, 0, 0);
	long fd = call(__NR_open, (long)"/dev/console", O_WRONLY | O_NOCTTY, 0);

	call(__NR_clock_gettime, CLOCK_BOOTTIME, (long)&now, 0);
	mark(first ? "@first\n" : "@real\n");
	*--at = '\n';
	at = put_number(at, (unsigned long)now.tv_nsec / 1000, 6);
	*--at = '.';
	at = put_number(at, (unsigned long)now.tv_sec, 1);
	at = put_text(at, first ? "@fact first " : "@fact real ");
	call(__NR_write, fd < 0 ? 1 : fd, (long)at, end - at);
	if (fd > 2)
		call(__NR_close, fd, 0, 0);
	argv[0] = (char *)(first ? INITRAMFS : REAL);
	call(__NR_execve, (long)argv[0], (long)argv, (long)envp);
	call(__NR_exit, 1, 0, 0);
}

/* The stack at entry: argc, argv, NULL, the environment. */
__attribute__((used)) static void begin(long *stack)
{
	char **argv = (char **)(stack + 1);

	stamp(argv, argv + stack[0] + 1);
}

__asm__(".globl _start\n"
	"_start: mov %rsp, %rdi\n"
	"and $-16, %rsp\n"
	"call begin\n");
