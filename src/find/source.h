/* SPDX-License-Identifier: GPL-2.0-or-later
 * A block device (or an image) as a source of bytes for the parsers. */
#ifndef PVROOT_SOURCE_H
#define PVROOT_SOURCE_H

#include "probe/part/part.h"
#include "sys/sys.h"

struct source {
	struct probe_source bytes; /* first: fetch() finds the rest from it */
	int fd;
};

/* Opens /dev/NAME read-only. devno stands in for a missing node (0: none).
 * Returns 0 or -errno. */
int source_open(struct source *source, const struct sys *sys, const char *name,
		dev_t devno);
/* Takes over an open descriptor of a disk or a plain file. */
int source_from_fd(struct source *source, int fd);
/* part_walk() of a disk, by its real sector size: asked for here only, since a
 * superblock is found without it. */
int source_walk(struct source *disk, part_fn *fn, void *ctx);
void source_close(struct source *source);

#endif
