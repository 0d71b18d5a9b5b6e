/* SPDX-License-Identifier: GPL-2.0-or-later
 * What the functions of this room need to judge a twin. */
#ifndef PVROOT_TWINS_H
#define PVROOT_TWINS_H

#include <stdbool.h>

#include "base/cmdline.h"
#include "dev/disk.h"
#include "find/inuse.h"
#include "sys/log.h"
#include "sys/sys.h"

struct twins {
	const struct sys *sys;
	struct log *log;
	const struct cmdline *cmd; /* strict, keep= */
	struct disks *disks; /* paired, and marked with the names in use */
	const struct inuse *inuse;
	bool late; /* after the initrd: a person may have restored a twin */
};

#endif
