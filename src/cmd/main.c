// SPDX-License-Identifier: GPL-2.0-or-later
/* pvroot: chooses the command. */
#include <string.h>

#include "cmd/command.h"

static int print(const char *text)
{
	return sys_print(1, text, strlen(text)) ? EXIT_FAULT : EXIT_GO_ON;
}

/* klibc's malloc() takes 64 KiB at a time: the list of disks fits into the
 * first, and probing a device needs a little more. The stack needs 32 KiB of
 * the 128 that the kernel maps at the start. */
#define LEAST_MEMORY (128 * 1024)

/* Without memory for the list every disk would be reported as missing: it is
 * better to say nothing than that. */
static bool has_memory(void)
{
	void *memory = sys_shared_memory(LEAST_MEMORY);

	if (memory)
		sys_memory_give_back(memory, LEAST_MEMORY);
	return memory;
}

static int run(const struct sys *sys, int argc, char **argv)
{
	static const char no_memory[] = "pvroot: out of memory\n";
	const struct command *command;

	if (!has_memory()) {
		sys_print(2, no_memory, sizeof(no_memory) - 1);
		return EXIT_FAULT;
	}
	for (command = commands; command->name; command++) {
		if (strcmp(command->name, argv[0]))
			continue;
		if (argc > 1 && !strcmp(argv[1], "--help"))
			return print(command->help);
		return command->run(sys, argc, argv);
	}
	return usage_error("", "no such command:", argv[0]);
}

int main(int argc, char **argv)
{
	const char *dir = NULL;
	struct sys sys;
	int i = 1, err;

	if (argc > 1 && !strcmp(argv[1], "--root")) {
		if (argc < 3)
			return usage_error("", "--root takes a directory",
					   NULL);
		dir = argv[2];
		i = 3;
	}
	if (i >= argc)
		return usage_error("", "a command is missing", NULL);
	if (!strcmp(argv[i], "--help"))
		return print(program_help);
	if (!strcmp(argv[i], "--version"))
		return print("pvroot " PVROOT_VERSION "\n");
	err = sys_open(&sys, dir);
	if (err)
		return usage_error("", "--root: cannot open", dir);
	err = run(&sys, argc - i, argv + i);
	sys_close(&sys);
	return err;
}
