// SPDX-License-Identifier: GPL-2.0-or-later
/* The commands of the image's copy: what a boot and udev need. The installed
 * program has its own table, src/admin/commands.c. */
#include "command.h"

const struct command commands[] = {
	{ "boot", cmd_boot,
	  "usage: pvroot boot [--nodes]\n"
	  "Runs in the initrd: loads the PV drivers, waits for the PV disks,\n"
	  "takes their emulated twins away and finds root= on a PV disk.\n"
	  "Standard output is shell assignments (root='/dev/xvda1'); the story\n"
	  "goes to the kernel log and /run/pvroot/report.json.\n"
	  "--nodes: makes nodes in /dev too, /dev/root among them (no udev).\n"
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
	{ NULL, NULL, NULL },
};

const char program_help[] =
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
