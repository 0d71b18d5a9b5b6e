/* SPDX-License-Identifier: GPL-2.0-or-later
 * The lines that tell a boot what to do. */
#ifndef PVROOT_LINES_H
#define PVROOT_LINES_H

#include "base/cmdline.h"
#include "sys/log.h"
#include "sys/sys.h"

/* The image's lines, the kernel's and how that ends (a quote, a blank). */
#define LINES_SIZE (2 * CMDLINE_SIZE + 2)

/* Reads the command line into text: what an image adds, then /proc/cmdline, so
 * that the kernel's own words win, then what dracut's hooks added in this boot.
 * image_line is NULL outside of an image; inside it is the line that the hook
 * adds (or ""), and dracut's files in /etc and /run are read too. What follows
 * a lone "--" is left out of each line but the last. Returns 0, or
 * -errno where /proc/cmdline cannot be read. Logs what is ignored. */
int lines_read(const struct sys *sys, struct log *log, const char *image_line,
	       char text[LINES_SIZE]);

#endif
