/* SPDX-License-Identifier: GPL-2.0-or-later
 * Do two disks hold the same bytes? */
#ifndef PVROOT_CONTENT_H
#define PVROOT_CONTENT_H

#include <stdint.h>

#include "sys/sys.h"

enum content {
	CONTENT_SAME,
	CONTENT_SIZE,	   /* the sizes differ */
	CONTENT_DIFFERENT, /* *where is a byte offset, rounded down to a word */
	CONTENT_BLANK,	   /* the same, but only zeros: no proof */
};

/* Compares the sizes and samples of two disks: the first 72 KiB of the disk and
 * of each partition, with the tables and all superblocks there, and 8 KiB at
 * three places spread over the disk and at its end. Bypasses the page cache
 * where it can. Returns an enum content, or -errno: what could not be read
 * proves nothing. */
int content_compare(const struct sys *sys, const char *a, const char *b,
		    uint64_t *where);

#endif
