/* SPDX-License-Identifier: GPL-2.0-or-later
 * Cuts a script of GRUB 2 into its commands. Pure. */
#ifndef PVROOT_SCRIPT_H
#define PVROOT_SCRIPT_H

#include <stdbool.h>
#include <stddef.h>

#include "admin/bootcfg/vars.h"
#include "base/cmdline.h"

#define SCRIPT_WORDS 256
#define SCRIPT_TEXT  (2 * CMDLINE_SIZE)

/* One command, its variables replaced and its quotes removed. */
struct command {
	char *word[SCRIPT_WORDS + 1]; /* the last one is NULL */
	unsigned int count;
	bool opens;	  /* a "{" follows it */
	const char *from; /* where it stands in the script */
	size_t len;
	struct words unclear;	/* what could not be told */
	char text[SCRIPT_TEXT]; /* of the words */
	size_t used;
};

/* Reads the next command of *at, and moves *at behind it. "then", "else", "do"
 * and "}" are commands of their own. Returns false at the end. Free it with
 * command_free() before the next one. */
bool command_next(const char **at, const struct vars *vars,
		  struct command *command);
void command_free(struct command *command);

#endif
