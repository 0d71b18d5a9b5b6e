/* SPDX-License-Identifier: GPL-2.0-or-later
 * Step 1 of the boot, and the beginning of `pvroot twin`. */
#ifndef PVROOT_LOOK_H
#define PVROOT_LOOK_H

#include "base/cmdline.h"
#include "find/lines.h"
#include "find/tag.h"
#include "sys/log.h"
#include "sys/sys.h"

/* The modules to load, a full path a line: it is in every image of ours. */
#define PRELOAD_LIST "/lib/pvroot/modules"

/* What the kernel command line asks for. */
struct asked {
	char line[LINES_SIZE]; /* the kernel's, behind the image's own */
	struct cmdline cmd;
	struct tag root, resume;
};

/* Is this a Xen HVM guest, and what was asked for? image_line as in
 * lines_read(). Returns 1 to go on (log has its debug then), 0 where there is
 * nothing to do, -errno where the command line cannot be read: off or strict
 * may stand in it. What is not understood is said. */
int look(const struct sys *sys, struct log *log, const char *image_line,
	 struct asked *asked);

#endif
