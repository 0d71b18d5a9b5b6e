/* SPDX-License-Identifier: GPL-2.0-or-later
 * Do two disks hold the same bytes? */
#ifndef PVROOT_CONTENT_H
#define PVROOT_CONTENT_H

#include <stdint.h>

#include "sys.h"

enum content {
	CONTENT_SAME,
	CONTENT_SIZE,	   /* the sizes differ */
	CONTENT_DIFFERENT, /* *where is the byte offset of the block */
	CONTENT_BLANK,	   /* the same, but nothing but zeros: no proof */
};

/* Compares the sizes and sampled blocks of 8 KiB of two disks: start and
 * partition tables, the start of each partition and its superblock places, a
 * spread over the disk, the end. Reads past the page cache where it can.
 * Returns an enum content, or -errno (what could not be read is no proof). */
int content_compare(const struct sys *sys, const char *a, const char *b,
		    uint64_t *where);

#endif
