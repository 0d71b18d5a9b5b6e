/* SPDX-License-Identifier: GPL-2.0-or-later
 * The words that an image adds to the kernel's command line. */
#ifndef PVROOT_IMAGE_LINE_H
#define PVROOT_IMAGE_LINE_H

#include <stdbool.h>

#include "base/cmdline.h"

/* A file of the image that has such words: "etc/cmdline.d/20-x.conf". */
struct image_line {
	char *name, *text;
};

struct image_lines {
	struct image_line *at;
	unsigned int count, room;
};

/* Has a file of this name such words? dracut's etc/cmdline and
 * etc/cmdline.d/X.conf; initramfs-tools' RESUME= in conf/. */
bool image_line_is_file(const char *name);
/* Keeps what a file says, in place of one of the same name: in an initrd of
 * several archives the last one counts. */
void image_lines_take(struct image_lines *lines, const char *name,
		      char *content);
/* All of them as one line, which the kernel's own follows: in the order in
 * which lines_read() (find/lines.h) reads them. Ends before the first that does
 * not fit. */
void image_lines_join(struct image_lines *lines, char text[CMDLINE_SIZE]);
void image_lines_free(struct image_lines *lines);

#endif
