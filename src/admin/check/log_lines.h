/* SPDX-License-Identifier: GPL-2.0-or-later
 * What pvroot says in the kernel log, and what each line means to a person.
 * `pvroot check --boot-log` prints it, and hooks/man/page makes the section
 * DIAGNOSTICS of pvroot(8) from it, so that the text is only here. Pure data.
 *
 * For each line of the log the first row whose pattern matches is taken, so a
 * narrower pattern must come first. The example must match its own row:
 * tests/admin checks that. hooks/man/page reads this file with awk: a row is a
 * string, true or false, then two more strings; no other quotes, and no comment
 * inside the table. */
#ifndef PVROOT_LOG_LINES_H
#define PVROOT_LOG_LINES_H

#include <stdbool.h>

static const struct log_line {
	const char *pattern; /* for fnmatch() */
	bool look;	     /* a person should look at it */
	const char *example, *means;
} log_lines[] = {
	{ "root *->*", false, "root LABEL=/ -> /dev/xvda1 (ext3, vbd-51712)",
	  "root= was found there; that device is mounted." },
	{ "resume *->*", false,
	  "resume LABEL=swap -> /dev/xvda2 (swap, vbd-51712)",
	  "resume= was found there." },
	{ "root * left to the generator", false,
	  "root /dev/mapper/vg-root is left to the generator",
	  "LVM, md, LUKS, NFS and the like: the initrd's own tools find it." },
	{ "* refused: *", true,
	  "root LABEL=/ refused: 2 PV devices carry it (xvda1, xvdb1): name "
	  "one of them by UUID= or PARTUUID=, or change its label",
	  "Two PV devices carry the tag, a clone or a snapshot perhaps. "
	  "pvroot chooses none. Name one by UUID= or PARTUUID=." },
	{ "* is on *, but * names its emulated twin*", true,
	  "root LABEL=/ is on xvda1, but /etc/fstab:3 names its emulated twin "
	  "(/dev/sda2): the disk is left on its old path; UUID= there lets it "
	  "go",
	  "That name does not follow to the PV disk, so that the whole disk is "
	  "left on its emulated path: slower, and it boots. Write UUID= or "
	  "LABEL= where the line says, and build the image again." },
	{ "root * is on *, but its emulated twin's is in use*", true,
	  "root LABEL=/ is on xvda1, but its emulated twin's is in use: left "
	  "as it was",
	  "Somebody uses it by the emulated path; both at once would destroy "
	  "it." },
	{ "root * is on no PV disk*", true,
	  "root LABEL=/ is on no PV disk: left as it was",
	  "The lines after it say why, and what each disk holds." },
	{ "resume * is on no PV disk*", true,
	  "resume LABEL=swap is on no PV disk: left as it was",
	  "No swap area of a PV disk carries it." },
	{ "* twin: deleted (*", false,
	  "sda is xvda's twin: deleted (ahci 0000:00:05.0 keeps sr0)",
	  "The emulated disk was proven to be the same disk and taken away; "
	  "something else on its controller stays." },
	{ "* twin: deleted", false, "sda is xvda's twin: deleted",
	  "The emulated disk was proven to be the same disk and taken away." },
	{ "* twin: controller * unbound", false,
	  "nvme0n1 is xvda's twin: controller 0000:00:09.0 unbound",
	  "The emulated disk was proven to be the same disk; its controller "
	  "lost its driver." },
	{ "*twin*: * unbound", false,
	  "eth1 is eth0's twin (00:16:3e:11:22:33): 0000:00:04.0 unbound",
	  "The emulated network card with the vif's address was taken away." },
	{ "* twin: hidden*", false,
	  "hda is xvda's twin: hidden (its IDE driver cannot let it go)",
	  "The old IDE driver cannot let a disk go: the twin stays in the "
	  "kernel, where nothing leads to it." },
	{ "* is hidden: *", false,
	  "hda is hidden: its nodes are gone from /dev",
	  "The kernel cannot let the emulated disk go, so its names are "
	  "gone." },
	{ "*twin*, but in use*", true,
	  "sda is xvda's twin, but in use: left alone; do not write to both",
	  "Both paths are there and the emulated one is in use: writing to "
	  "both loses data." },
	{ "*twin*left on its old path*", true,
	  "sda is xvda's twin, but /etc/fstab:3 names it (/dev/sda2): left on "
	  "its old path; UUID= there lets it go",
	  "That name does not follow to the PV disk, so the twin stays and is "
	  "used. Write UUID= or LABEL= where the line says, and build the "
	  "image again." },
	{ "* is put aside, *", false,
	  "xvda is put aside, since its twin is in use: vbd-51712 has no "
	  "driver",
	  "The disk is left on its old path, and LVM or md could take the "
	  "other "
	  "one. It comes back with the next boot." },
	{ "* stays beside its twin (*", true,
	  "xvda stays beside its twin (/etc/fstab:3): do not write to both",
	  "The disk is left on its old path, and its PV path could not be put "
	  "aside: the line says who may need it." },
	{ "*twin*names cannot be handed on*", true,
	  "sda is xvda's twin, but its names cannot be handed on "
	  "(/run/pvroot: No space left on device): left alone; do not write to "
	  "both",
	  "What the boot mounts by the twin's by-id and by-path links would "
	  "not "
	  "find it, so that the twin stays. Is /run full?" },
	{ "* is the PV card (*", false,
	  "ens3 is the PV card (vif, 00:16:3e:11:22:33) from now on",
	  "The configuration names the card so, and its MAC proves that it is "
	  "this one." },
	{ "*is not called *, as the configuration does*", true,
	  "eth0 (00:16:3e:11:22:33) is not called ens3, as the configuration "
	  "does: another card has that name",
	  "The PV card keeps the name that the system gives it; if no other "
	  "card "
	  "has the configured one, what is configured there does not come "
	  "up." },
	{ "*twin*configures *left alone*", true,
	  "ens3 is enX0's twin (00:16:3e:11:22:33), but "
	  "/etc/network/interfaces:2 configures ens3, which enX0 would not "
	  "have: left alone",
	  "The network configuration names the emulated card, which would be "
	  "missed. Name the PV card there, and it goes." },
	{ "*twin*controller * has *left alone*", true,
	  "nvme0n1 is xvda's twin, but controller 0000:00:09.0 has nvme0n2: "
	  "left alone; do not write to both",
	  "A namespace cannot go alone, and with its controller that would go "
	  "too." },
	{ "*twin*which names are in use*", true,
	  "sda is xvda's twin, but it is not known which names are in use: "
	  "left alone; do not write to both",
	  "A list of names could not be read; any of them may mean the twin." },
	{ "*twin*it was brought back*", false,
	  "sda is xvda's twin, but it was brought back: left alone; do not "
	  "write to both",
	  "As pvroot twin --restore was told." },
	{ "*twin*left alone*", true,
	  "sda is xvda's twin, but keep= asks for it: left alone; do not "
	  "write to both",
	  "The twin stays; the line says why." },
	{ "*twin*kernel keeps it*", true,
	  "sda is xvda's twin, but the kernel keeps it (in use): do not "
	  "write to both",
	  "Taking the twin away failed; the line says why." },
	{ "* kept: *no PV disk in its place", false,
	  "sdb kept: no PV disk in its place",
	  "It has no PV path: it is needed." },
	{ "* kept: *", false,
	  "sda kept: it is in xvda's place, but they differ at byte 1024: not "
	  "its twin",
	  "Not proven to be a twin, so it stays. Where the two differ, two "
	  "images are given for one place, or one is an old copy: look at the "
	  "guest's definition." },
	{ "waiting for *", false,
	  "waiting for 1 PV disk(s), at most 10 s in all",
	  "The host is slow to connect the PV disks." },
	{ "vbd-*: no disk after *", true,
	  "vbd-51712: no disk after 10 s (state InitWait): the host's backend "
	  "did not connect; pvroot=wait=N waits longer",
	  "The PV disk was offered and did not come before the deadline." },
	{ "vbd-*could not be opened*", true,
	  "vbd-51712: xvda is there, but could not be opened in 10 s",
	  "The PV disk came, and cannot be read." },
	{ "vbd-*: no driver took it*", false,
	  "vbd-768: no driver took it: vdev=xvda in the guest's definition "
	  "gives a PV disk (a CD-ROM has none)",
	  "A CD-ROM, or a definition that needs vdev=xvd*." },
	{ "no PV disk: *", true,
	  "no PV disk: the host offers none (no vbd on xenbus)",
	  "The host or the kernel gives no PV path." },
	{ "no PV disk driver*", true,
	  "no PV disk driver (xen-blkfront) in this kernel or image: build "
	  "the image again with it",
	  "The image lacks the PV disk driver." },
	{ "the PV disk driver did not load*", true,
	  "the PV disk driver did not load: signature refused",
	  "Without it there is no PV disk." },
	{ "module *going on without it", true,
	  "module /lib/modules/xen-netfront.ko: not for this kernel: going "
	  "on without it",
	  "A module did not load." },
	{ "kernel command line: *", true,
	  "kernel command line: \"stirct\" ignored: no such option of "
	  "pvroot=; there are auto, strict, off, wait=N, keep=NAME, debug",
	  "Part of the command line was not understood and is ignored." },
	{ "seen: *", false, "seen: xvda1: ext3 LABEL=\"/\" UUID=8d5f",
	  "What that device holds; compare with root=." },
	{ "step *: going on after it", true,
	  "step wait: signal 11: going on after it",
	  "A driver hung or pvroot crashed there; the boot went on. Please "
	  "report it." },
	{ "strict: disk controller *", false,
	  "strict: disk controller 0000:00:05.0 has no driver yet and gets "
	  "none",
	  "Kept from binding: no emulated disk can appear there." },
	{ "* names /dev/*: that is /dev/* from now on", false,
	  "/etc/fstab:3 names /dev/sda2: that is /dev/xvda2 from now on",
	  "The emulated disk goes, and its name leads to the PV disk." },
	{ "strict: * letter is not held *", true,
	  "strict: sda's letter is not held (device or resource busy): another "
	  "disk may get it",
	  "strict takes every twin. A disk that is added later may be called "
	  "sda: write UUID= or LABEL= wherever that name stands." },
	{ "strict: * went although *", true,
	  "strict: sda went although /etc/fstab:3 names it (/dev/sda2)",
	  "strict takes every twin: that name leads nowhere now. Write UUID= "
	  "or LABEL= there." },
	{ "strict: * is emulated, *", true,
	  "strict: sdb is emulated, still there, and carries, or may carry, a "
	  "part of root",
	  "LVM, md, LUKS or a btrfs of several disks could use the emulated "
	  "path, so strict stops the boot." },
	{ "strict: *", true,
	  "strict: it cannot be shown that root is on a PV disk",
	  "strict stopped the boot here." },
	{ "*: the name follows", false,
	  "root=/dev/sda1 -> /dev/xvda1: the name follows",
	  "The twin came later than root was sought; its name leads to the PV "
	  "disk now." },
	{ "*=* -> *", true, "root=/dev/sda1 -> /dev/xvda1: permission denied",
	  "That name could not be led to the PV disk." },
	{ "* does not lead to *", true,
	  "/run/udev/rules.d/59-pvroot-root.rules: not permitted: "
	  "/dev/sda1 does not lead to xvda1",
	  "systemd waits for that name, and its link could not be made." },
	{ "a fault: *", true,
	  "a fault: the boot goes on as if pvroot were not there",
	  "pvroot failed; the boot went on without it." },
	{ "*: its one controller or namespace is not known*", false,
	  "nvme0n1: its one controller or namespace is not known: not looked "
	  "at",
	  "An NVMe disk without a namespace number, or that several "
	  "controllers lead to, has no place, so it is not proven a twin." },
	{ "*: *ignored*", true,
	  "/etc/cmdline.d/a.conf: permission denied: ignored",
	  "That word or file was not read." },
	{ "twin *: no disk and no network card*", false,
	  "twin sdz: no disk and no network card of that name",
	  "That device went before pvroot looked, or never was." },
};

#endif
