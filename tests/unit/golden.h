/* SPDX-License-Identifier: GPL-2.0-or-later
 * The golden images of tests/images as sources of bytes. */
#ifndef PVROOT_GOLDEN_H
#define PVROOT_GOLDEN_H

#include "probe/part/part.h"
#include "probe/probe.h"

#define GOLDEN_ROW  32
#define GOLDEN_ROWS 1024

struct golden_row {
	uint64_t offset;
	size_t len;
	uint8_t data[GOLDEN_ROW];
};

struct golden {
	struct probe_source bytes;
	size_t rows;
	struct golden_row row[GOLDEN_ROWS]; /* all other bytes are zero */
	uint64_t limit;	    /* reads that reach beyond this fail with -EIO */
	unsigned int reads; /* since the last golden_rewind() */
	uint64_t bytes_read;
};

/* Reads one NAME.dump; aborts where it is malformed. */
void golden_load(struct golden *golden, const char *path);

/* An image of size zero bytes, to be filled with golden_put(). */
void golden_blank(struct golden *golden, uint64_t size);
void golden_put(struct golden *golden, uint64_t offset, const void *data,
		size_t len);
/* Four bytes, little-endian. */
void golden_put32(struct golden *golden, uint64_t offset, uint32_t value);
void golden_rewind(struct golden *golden);
/* probe_superblock() of it, within the guards. */
int golden_probe(struct golden *golden, struct probe_result *found);

/* Calls fn with each NAME.dump of tests/images; returns how many there are. */
int golden_each(void (*fn)(const char *path, struct golden *golden));

/* Prints all that is found in an image, in the form of its NAME.want: sorted
 * lines of what was found, AMBIVALENT, and its partitions. */
void golden_describe(struct golden *golden, char *text, size_t size);

#endif
