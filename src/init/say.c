// SPDX-License-Identifier: GPL-2.0-or-later
/* The first process's messages, and how it ends. Writes to the console and the
 * kernel's log. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/print.h"
#include "base/text.h"
#include "init/init.h"

#define WHO	  "pvroot-init: "
#define TEXT_SIZE 1024

void init_say(const struct init *i, int level, const char *fmt, ...)
{
	char text[TEXT_SIZE] = WHO;
	va_list args;

	va_start(args, fmt);
	format_args(text + sizeof(WHO) - 1, TEXT_SIZE - sizeof(WHO), fmt, args);
	va_end(args);
	sys_kmsg(&i->sys, level, text);
}

void tell(const char *fmt, ...)
{
	char text[TEXT_SIZE] = WHO;
	va_list args;

	va_start(args, fmt);
	format_args(text + sizeof(WHO) - 1, TEXT_SIZE - sizeof(WHO) - 1, fmt,
		    args);
	va_end(args);
	strcat(text, "\n");
	sys_print(1, text, strlen(text));
}

void init_leave_to_script(struct init *i)
{
	i->argv[0] = (char *)INIT_SCRIPT;
	execve(INIT_SCRIPT, i->argv, i->env);
}

/* Joins the arguments into one, which the rescue script passes to the next
 * try. */
static void join_words(char **argv, char *out, size_t size)
{
	size_t len = 0;

	for (out[0] = '\0'; *argv; argv++) {
		if (text_format(out + len, size - len, "%s%s", len ? " " : "",
				*argv))
			return;
		len += strlen(out + len);
	}
}

void init_stop(struct init *i, const char *todo, const char *why, ...)
{
	char reason[TEXT_SIZE], words[TEXT_SIZE], panic[24];
	char *argv[] = { (char *)INIT_RESCUE, reason, (char *)todo, words,
			 NULL };
	va_list args;

	va_start(args, why);
	format_args(reason, sizeof(reason), why, args);
	va_end(args);
	join_words(i->argv + 1, words, sizeof(words));
	text_format(panic, sizeof(panic), "%d", i->panic);
	setenv("PANIC", panic, 1);
	execve(INIT_RESCUE, argv, environ);
	/* Only in an image without busybox: the kernel panics now, and its
	 * panic= decides what follows. */
	init_say(i, 3, "the boot stopped: %s", reason);
	tell("the boot stopped: %s", reason);
	tell("%s", todo);
	exit(1);
}
