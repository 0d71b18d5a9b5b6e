// SPDX-License-Identifier: GPL-2.0-or-later
/* Says what is wrong with a call. */
#include <string.h>

#include "base/text.h"
#include "cmd/command.h"

int usage_error(const char *command, const char *what, const char *word)
{
	char line[256];

	text_format(line, sizeof(line),
		    "pvroot%s%s: %s%s%.64s; see pvroot --help\n",
		    *command ? " " : "", command, what, word ? " " : "",
		    word ? word : "");
	sys_print(2, line, strlen(line));
	return EXIT_USAGE;
}
