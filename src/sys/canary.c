// SPDX-License-Identifier: GPL-2.0-or-later
/* Replaces parts of klibc's start: defines the stack protector's two symbols,
 * which klibc does not have, and leaves out streams. The guard is a constant:
 * it catches accidents and simple overruns, but not an attacker who can read
 * the binary. */
#ifdef __KLIBC__
#include <stdlib.h>

#include "sys/sys.h"

extern unsigned long __stack_chk_guard;
extern void __stack_chk_fail(void) __attribute__((noreturn));

unsigned long __stack_chk_guard = (unsigned long)0x00e5a7c30d9bff0aULL;

void __stack_chk_fail(void)
{
	static const char line[] = "pvroot: stack overrun: stopped\n";

	sys_print(2, line, sizeof(line) - 1);
	abort();
}

/* klibc opens stdin, stdout and stderr as streams at the start and flushes them
 * at the exit: three ioctls, 48 KiB of memory and 1 KiB of code that nothing
 * here uses (sys_print() calls write()). These two functions replace
 * klibc's. */
void __libc_init_stdio(void);
int fflush(void *stream);

void __libc_init_stdio(void)
{
}

int fflush(void *stream)
{
	(void)stream;
	return 0;
}
#else
typedef int no_canary_needed;
#endif
