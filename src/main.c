// SPDX-License-Identifier: GPL-2.0-or-later
/* pvroot: chooses the command. */
#include <stdio.h>
#include <string.h>

#include "boot.h"
#include "command.h"
#include "text.h"

static const struct command {
	const char *name;
	int (*run)(const struct sys *sys, int argc, char **argv);
	const char *help;
} commands[] = {
	{ "boot", cmd_boot,
	  "usage: pvroot boot\n"
	  "Runs in the initrd: loads the PV drivers, waits for the PV disks,\n"
	  "takes their emulated twins away and finds root= on a PV disk.\n"
	  "Standard output is shell assignments (root='/dev/xvda1'); the story\n"
	  "goes to the kernel log and /run/pvroot/report.json.\n"
	  "Exit status: 0 go on, 1 strict and no PV root, 2 wrong call.\n" },
	{ "probe", cmd_probe,
	  "usage: pvroot probe FILE...\n"
	  "Says what each device or image holds, as `blkid -o export` does.\n"
	  "Exit status: 0 all known, 1 one is not known or not readable.\n" },
	{ "twin", cmd_twin,
	  "usage: pvroot twin [--udev|--restore] DEVICE\n"
	  "Takes DEVICE (sda) away if it is proven to be a PV disk's twin; for\n"
	  "a PV device, its twin. --udev: only says so (PVROOT_TWIN=xvda).\n"
	  "--restore: brings back what was taken away, and leaves it alone.\n"
	  "Exit status: 0 done, 1 no twin or not possible, 2 wrong call.\n" },
	{ "resolve", cmd_resolve,
	  "usage: pvroot resolve TAG\n"
	  "Prints the PV device that a tag names: LABEL=/, UUID=..., /dev/sda1.\n"
	  "Exit status: 0 found, 1 on none or on several, 2 wrong call.\n" },
};

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static const char help[] =
	"usage: pvroot [--root DIR] COMMAND [WORD...]\n"
	"Makes a Xen HVM guest boot from its paravirtual disk.\n"
	"\n"
	"  boot          the whole job, in the initrd\n"
	"  probe FILE    what a device or image holds\n"
	"  twin DEVICE   take an emulated twin away, or bring it back\n"
	"  resolve TAG   the PV device that LABEL=, UUID= ... names\n"
	"\n"
	"  --root DIR    look for /proc, /sys, /dev, /run and /lib below DIR\n"
	"  --help        this text; after a command, that command's\n"
	"  --version     the version\n"
	"\n"
	"Kernel command line: pvroot=auto|strict|off[,wait=N][,keep=NAME][,debug]\n";

static int print(const char *text)
{
	return sys_print(1, text, strlen(text)) ? 1 : 0;
}

static int run(const struct sys *sys, int argc, char **argv)
{
	size_t i;

	for (i = 0; i < COUNT(commands); i++) {
		if (strcmp(commands[i].name, argv[0]))
			continue;
		if (argc > 1 && !strcmp(argv[1], "--help"))
			return print(commands[i].help);
		return commands[i].run(sys, argc, argv);
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
		return print(help);
	if (!strcmp(argv[i], "--version"))
		return print("pvroot " PVROOT_VERSION "\n");
	err = sys_open(&sys, dir);
	if (err)
		return usage_error("", "--root: cannot open", dir);
	err = run(&sys, argc - i, argv + i);
	sys_close(&sys);
	return err;
}
