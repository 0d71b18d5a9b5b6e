// SPDX-License-Identifier: GPL-2.0-or-later
/* The commands of the image's copy: what a boot and udev need. The installed
 * program has its own table, src/admin/commands.c, with longer texts. */
#include "cmd/command.h"

const struct command commands[] = {
	{ "boot", cmd_boot,
	  "usage: pvroot boot [--nodes|--links|--unit] [--line TEXT]\n" },
	{ "probe", cmd_probe, "usage: pvroot probe FILE...\n" },
	{ "twin", cmd_twin,
	  "usage: pvroot twin [--udev|--event|--gone|--restore] DEVICE\n" },
	{ "resolve", cmd_resolve, "usage: pvroot resolve TAG\n" },
	{ NULL, NULL, NULL },
};

const char program_help[] =
	"usage: pvroot [--root DIR] COMMAND [WORD...]\n"
	"commands: boot, probe FILE..., twin DEVICE, resolve TAG\n";
