/* SPDX-License-Identifier: GPL-2.0-or-later
 * Files in which tools keep names of disks that no boot needs. */
#ifndef PVROOT_ADMIN_TOOLS_H
#define PVROOT_ADMIN_TOOLS_H

#include "sys/sys.h"

enum tool {
	TOOL_GRUB,  /* the map of GRUB's disks */
	TOOL_GRUB2, /* the same, elsewhere */
	TOOL_GRUB_PC,
	TOOL_GRUB_SUSE,
	TOOL_SMARTD,
};

/* Calls fn for each name that begins with /dev/. Files that are not there or
 * cannot be read have none. */
typedef void tool_name_fn(enum tool tool, const char *path, const char *name,
			  void *ctx);
void tools_read(const struct sys *sys, tool_name_fn *fn, void *ctx);

#endif
