// SPDX-License-Identifier: GPL-2.0-or-later
/* `pvroot boot`: parses its arguments. */
#include <string.h>

#include "cmd/command.h"
#include "story/boot.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

int cmd_boot(const struct sys *sys, int argc, char **argv)
{
	static const struct {
		const char *word;
		enum boot_call call;
	} words[] = {
		{ "--nodes", BOOT_NODES },
		{ "--links", BOOT_LINKS },
		{ "--unit", BOOT_UNIT },
	};
	unsigned int call = 0;
	const char *line = "";
	int at = 1;
	size_t i;

	for (i = 0; argc > at && i < COUNT(words); i++) {
		if (!strcmp(argv[at], words[i].word)) {
			call = words[i].call;
			at++;
			break;
		}
	}
	if (argc > at + 1 && !strcmp(argv[at], "--line")) {
		line = argv[at + 1];
		at += 2;
	}
	if (argc > at)
		return usage_error("boot", "takes no words:", argv[at]);
	return boot(sys, call, line);
}
