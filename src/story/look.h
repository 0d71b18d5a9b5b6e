/* SPDX-License-Identifier: GPL-2.0-or-later
 * Step 1 of the boot, and the beginning of `pvroot twin`. */
#ifndef PVROOT_LOOK_H
#define PVROOT_LOOK_H

#include "base/cmdline.h"
#include "find/lines.h"
#include "find/tag.h"
#include "sys/log.h"
#include "sys/sys.h"

/* The modules to load, one full path a line. Every image with pvroot has this
 * file. */
#define PRELOAD_LIST "/lib/pvroot/modules"
/* The drivers of emulated disks, and the loop driver: only where a kernel name
 * (/dev/sda2) is in use. Whose letter that is must be known before anything
 * uses the name. */
#define PRELOAD_EMULATED "/lib/pvroot/emulated"

/* What the kernel command line asks for. */
struct asked {
	char line[LINES_SIZE]; /* the image's own lines, then the kernel's */
	struct cmdline cmd;
	struct tag root, resume;
};

/* Is this a Xen HVM guest, and what was asked for? image_line as in
 * lines_read(). Returns 1 to go on (log->debug is set then), 0 where there is
 * nothing to do, -errno where the command line cannot be read: it may contain
 * off or strict. Logs what is not understood. */
int look(const struct sys *sys, struct log *log, const char *image_line,
	 struct asked *asked);

#endif
