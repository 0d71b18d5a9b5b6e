/* SPDX-License-Identifier: GPL-2.0-or-later
 * Kernel names on the command line that follow a twin to its PV disk. */
#ifndef PVROOT_FOLLOW_H
#define PVROOT_FOLLOW_H

#include "story/boot.h"

/* boot: leaves in the file answers which values of root= and resume= it has
 * turned into PV devices. */
void follow_remember(const struct boot *b);

/* boot: marks the PV disks that are left on their old path, for udev's rule:
 * old/xvda. */
void follow_mark_old(const struct boot *b);

/* twin: adds root= and resume= to the names in use, where boot has not answered
 * them, nor can udev lead their name to the PV partition. */
void follow_answers(const struct sys *sys, const struct asked *asked,
		    const struct disks *disks, struct inuse *inuse);
/* twin --gone, when udev has seen the last of the partition of this name
 * ("sda1"), so that nothing of it can take the link along: leaves the name that
 * udev leads to the PV partition in links/xvda1, and lets the kernel announce
 * that again. */
void follow_gone(const struct sys *sys, struct log *log,
		 const struct asked *asked, const struct disks *disks,
		 const char *name);

#endif
