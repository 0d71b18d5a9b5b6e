// SPDX-License-Identifier: GPL-2.0-or-later
/* The commands of the installed program: those of the image's copy
 * (src/cmd/commands.c), and those that are for people only. */
#include "admin/admin.h"

const struct command commands[] = {
	{ "status", cmd_status,
	  "usage: pvroot status [--json|--prometheus]\n"
	  "Says which path every disk, CD-ROM and network card takes: PV or\n"
	  "emulated; what uses it, what root= and fstab call it, and what "
	  "became\n"
	  "of its twin. Changes nothing. --json: for programs, see pvroot(8).\n"
	  "--prometheus: for node_exporter's textfile collector.\n"
	  "Exit status: 0 nothing in use has a better path, 1 something in "
	  "use\n"
	  "is emulated though a PV path exists, 2 could not tell, or wrong "
	  "call.\n" },
	{ "check", cmd_check,
	  "usage: pvroot check [--quiet] [--json|--prometheus|--list]\n"
	  "       pvroot check --boot-log\n"
	  "Before a reboot: will this guest boot from its PV disk? Looks at "
	  "each\n"
	  "initrd in /boot, the boot menu, fstab, modprobe's configuration "
	  "and\n"
	  "what the host offers; says what is wrong and what to do. Changes\n"
	  "nothing. --quiet: warnings and problems only. --json: for "
	  "programs.\n"
	  "--prometheus: for node_exporter's textfile collector.\n"
	  "--list: the boots of the menu, as they were understood.\n"
	  "--boot-log: explains the last boot, decision by decision.\n"
	  "Exit status: 0 all is well, 1 warnings, 2 problems, or wrong "
	  "call.\n" },
	{ "resolve", cmd_resolve,
	  "usage: pvroot resolve TAG\n"
	  "Prints the PV device that a tag names: LABEL=/, UUID=..., "
	  "/dev/sda1.\n"
	  "Exit status: 0 found, 1 on none or on several, 2 wrong call, or "
	  "the\n"
	  "answer could not be written.\n" },
	{ "probe", cmd_probe,
	  "usage: pvroot probe FILE...\n"
	  "Says what each device or image holds, as `blkid -o export` does.\n"
	  "Exit status: 0 all known, 1 one is not known or not readable, 2 "
	  "wrong\n"
	  "call, or the answer could not be written.\n" },
	{ "twin", cmd_twin,
	  "usage: pvroot twin [--udev|--event|--gone|--restore] DEVICE\n"
	  "Takes DEVICE (sda) away if it is proven to be a PV disk's twin; "
	  "for\n"
	  "a PV device, its twin. --udev: only says so (PVROOT_TWIN=xvda).\n"
	  "--event: as udev asks of each device; nothing to do is no failure.\n"
	  "--gone: udev's word that it has seen the last of a twin's "
	  "partition.\n"
	  "--restore: brings back what was taken away, and leaves it alone.\n"
	  "Exit status: 0 done, 1 no twin or not possible, 2 wrong call.\n" },
	{ "boot", cmd_boot_in_image,
	  "usage: pvroot boot [--nodes|--links|--unit] [--line TEXT]\n"
	  "For the initrd only: loads the PV drivers, waits for the PV disks,\n"
	  "takes their emulated twins away and finds root= on a PV disk.\n"
	  "Standard output is shell assignments (root='/dev/xvda1'); the "
	  "story\n"
	  "goes to the kernel log and /run/pvroot/report.json. --nodes: makes\n"
	  "device nodes and hides those of twins where nothing else does.\n"
	  "--links: udev rules lead names such as /dev/sda1 to the PV disk.\n"
	  "--unit: the same, prints nothing, and fails in strict mode only.\n"
	  "--line: words of a configuration that stand before the kernel's.\n"
	  "Exit status: 0 go on, 1 strict and no PV root, 2 wrong call.\n" },
	{ "names", cmd_names,
	  "usage: pvroot names\n"
	  "Prints the names of disks and network cards that the files in /etc\n"
	  "use, with file and line. For the hooks: an image carries them, so\n"
	  "that no twin goes that such a name means.\n"
	  "A file that cannot be read counts as naming every disk.\n"
	  "Exit status: 0, 2 wrong call, or it could not be written.\n" },
	{ "nics", cmd_nics,
	  "usage: pvroot nics [--record|--boot]\n"
	  "Prints which network card has which name of the configuration, by\n"
	  "MAC. For the hooks: an image carries it, so that the PV card gets "
	  "the\n"
	  "name that its emulated twin had, or that the guest gave it before "
	  "it\n"
	  "was moved to Xen. A card that the configuration knows by its MAC is "
	  "left\n"
	  "out. --record: keeps what is seen in /var/lib/pvroot/nics, too.\n"
	  "--boot: only that, and only what contradicts no record: for the end "
	  "of\n"
	  "a boot.\n"
	  "Exit status: 0, 2 wrong call, or it could not be written.\n" },
	{ NULL, NULL, NULL },
};

const char program_help[] =
	"usage: pvroot [--root DIR] COMMAND [WORD...]\n"
	"Makes a Xen HVM guest boot from its paravirtual disk.\n"
	"\n"
	"  status        which path every device takes, PV or emulated\n"
	"  check         will the next boot be from the PV disk; if not, why\n"
	"  resolve TAG   the PV device that LABEL=, UUID= ... names\n"
	"  probe FILE    what a device or image holds\n"
	"  twin DEVICE   take an emulated twin away, or bring it back\n"
	"  boot          the whole job, in the initrd\n"
	"  names         the names that the files in /etc use, for an image\n"
	"  nics          the network cards that have them, by MAC\n"
	"\n"
	"  --root DIR    look for /proc, /sys, /dev, /run, /etc, /boot and "
	"/lib\n"
	"                below DIR\n"
	"  --help        this text; after a command, that command's\n"
	"  --version     the version\n"
	"\n"
	"Kernel command line: "
	"pvroot=auto|strict|off[,wait=N][,keep=NAME][,debug]\n"
	"See pvroot(8) and pvroot.cmdline(7).\n";
