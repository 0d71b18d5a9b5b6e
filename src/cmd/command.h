/* SPDX-License-Identifier: GPL-2.0-or-later
 * The commands of pvroot. Each gets its own arguments, with its name in
 * argv[0], and returns pvroot's exit status. */
#ifndef PVROOT_COMMAND_H
#define PVROOT_COMMAND_H

#include "base/exit.h"
#include "sys/sys.h"

struct command {
	const char *name;
	int (*run)(const struct sys *sys, int argc, char **argv);
	const char *help; /* what --help after the command prints */
};

/* One table for each binary; the last row has no name. */
extern const struct command commands[];
extern const char program_help[]; /* what --help alone prints */

int cmd_boot(const struct sys *sys, int argc, char **argv);
int cmd_probe(const struct sys *sys, int argc, char **argv);
int cmd_twin(const struct sys *sys, int argc, char **argv);
int cmd_resolve(const struct sys *sys, int argc, char **argv);

/* Prints what is wrong with the call to standard error; returns EXIT_USAGE. */
int usage_error(const char *command, const char *what, const char *word);

#endif
