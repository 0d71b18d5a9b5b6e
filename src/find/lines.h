/* SPDX-License-Identifier: GPL-2.0-or-later
 * The lines that tell a boot what to do. */
#ifndef PVROOT_LINES_H
#define PVROOT_LINES_H

#include "base/cmdline.h"
#include "sys/log.h"
#include "sys/sys.h"

#define LINES_SIZE (2 * CMDLINE_SIZE)

/* The command line to text: /proc/cmdline, and before it what an image adds, so
 * that the kernel's own words win. image_line is NULL outside of an image;
 * inside it is what the hook adds (or ""), and dracut's own files in /etc count
 * too. Returns 0, or -errno where /proc/cmdline cannot be read; what is ignored
 * is said. */
int lines_read(const struct sys *sys, struct log *log, const char *image_line,
	       char text[LINES_SIZE]);

#endif
