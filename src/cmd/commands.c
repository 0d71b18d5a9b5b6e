// SPDX-License-Identifier: GPL-2.0-or-later
/* The commands of the image's copy: what a boot and udev need. The installed
 * program has its own table, src/admin/commands.c, with a text for each. */
#include "cmd/command.h"

const char program_help[] =
	"usage: pvroot boot [--nodes|--links|--unit] [--line TEXT]\n"
	"or twin [--udev|--event|--gone|--restore] DEVICE, probe FILE...,\n"
	"resolve TAG\n";

const struct command commands[] = {
	{ "boot", cmd_boot, program_help },
	{ "probe", cmd_probe, program_help },
	{ "twin", cmd_twin, program_help },
	{ "resolve", cmd_resolve, program_help },
	{ NULL, NULL, NULL },
};
