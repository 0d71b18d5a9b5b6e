// SPDX-License-Identifier: GPL-2.0-or-later
/* The commands of the image's copy: what a boot and udev need. The installed
 * program has its own table, src/admin/commands.c, with longer texts. */
#include "command.h"

const struct command commands[] = {
	{ "boot", cmd_boot,
	  "usage: pvroot boot [--nodes]\n"
	  "The whole job. Exit status: 0 go on, 1 strict and no PV root.\n" },
	{ "probe", cmd_probe,
	  "usage: pvroot probe FILE...\n"
	  "What each holds, as `blkid -o export` says it.\n" },
	{ "twin", cmd_twin,
	  "usage: pvroot twin [--udev|--restore] DEVICE\n"
	  "Takes a proven twin away; only names it; brings it back.\n" },
	{ "resolve", cmd_resolve,
	  "usage: pvroot resolve TAG\n"
	  "The PV device that a tag such as LABEL=/ names.\n" },
	{ NULL, NULL, NULL },
};

const char program_help[] =
	"usage: pvroot [--root DIR] COMMAND [WORD...]\n"
	"Makes a Xen HVM guest boot from its PV disk. Commands (--help for each):"
	"\n"
	"boot, probe FILE..., twin DEVICE, resolve TAG; --version\n"
	"Kernel command line: pvroot=auto|strict|off[,wait=N][,keep=NAME][,debug]"
	"\n";
