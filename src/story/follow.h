/* SPDX-License-Identifier: GPL-2.0-or-later
 * Kernel names on the command line that are moved from a twin to its PV
 * disk. */
#ifndef PVROOT_FOLLOW_H
#define PVROOT_FOLLOW_H

#include "story/boot.h"

/* boot: writes to the file answers which values of root= and resume= it has
 * turned into PV devices. */
void follow_remember(const struct boot *b);

/* boot: marks the PV disks whose twin stays in use, for udev's rule, by files
 * such as old/xvda. */
void follow_mark_old(const struct boot *b);

/* twin: adds root= and resume= to the names in use, where boot has not answered
 * them and udev cannot make their name a link to the PV partition. */
void follow_answers(const struct sys *sys, const struct asked *asked,
		    const struct disks *disks, struct inuse *inuse);
/* twin --gone, when udev has removed the partition of this name ("sda1"), so
 * that its removal cannot delete the new link: writes the name to links/xvda1,
 * where udev's rule reads it, and has the kernel announce that PV partition
 * again. */
void follow_gone(const struct sys *sys, struct log *log,
		 const struct asked *asked, const struct disks *disks,
		 const char *name);

/* twin: a disk that boot left on its old path stays there, though the name that
 * kept it may mean another disk by now: marks its twin as named. */
void follow_keep_old(const struct sys *sys, struct disks *disks);

/* twin: was this PV disk left to its twin's path, and does neither root= nor
 * resume= need a PV disk by name? Which one those mean is not asked. */
bool follow_leaves_pv(const struct sys *sys, const struct disk *pv);

#endif
