/* SPDX-License-Identifier: GPL-2.0-or-later
 * A block device (or an image) as a source of bytes for the parsers. */
#ifndef PVROOT_SOURCE_H
#define PVROOT_SOURCE_H

#include "probe/part/part.h"
#include "sys/sys.h"

struct source {
	struct probe_source bytes; /* first: fetch() casts it */
	int fd;
};

/* Opens /dev/NAME read-only. devno is used where the node is missing (0: not
 * known). Returns 0 or -errno. */
int source_open(struct source *source, const struct sys *sys, const char *name,
		dev_t devno);
/* Takes over an open descriptor of a disk or a plain file. */
int source_from_fd(struct source *source, int fd);
/* part_walk() with the disk's real sector size. Only this function asks the
 * kernel for it: superblocks are found without it. */
int source_walk(struct source *disk, part_fn *fn, void *ctx);
void source_close(struct source *source);

#endif
