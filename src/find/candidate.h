/* SPDX-License-Identifier: GPL-2.0-or-later
 * The partitions and whole disks that may hold something. */
#ifndef PVROOT_CANDIDATE_H
#define PVROOT_CANDIDATE_H

#include "dev/disk.h"
#include "dev/listing.h"
#include "find/source.h"

/* A partition, or a whole disk that has none. */
struct candidate {
	const struct disk *disk;
	const char *part; /* NULL: the whole disk */
};

const char *candidate_name(const struct candidate *c);
/* Opens the candidate read-only. Returns 0 or -errno. */
int candidate_open(const struct sys *sys, const struct candidate *c,
		   struct source *source);

/* A non-zero return ends the walk and is returned. */
typedef int candidate_fn(const struct candidate *candidate, void *ctx);

/* Calls fn for each partition of a disk, or for the disk itself where it has
 * none. A disk with partitions is not a candidate itself: a superblock at its
 * start is a leftover, or belongs to the first partition. */
int candidates_on_disk(const struct sys *sys, const struct listing *listing,
		       const struct disk *disk, candidate_fn *fn, void *ctx);
/* The same for all PV disks. */
int candidates_on_pv(const struct sys *sys, const struct disks *disks,
		     candidate_fn *fn, void *ctx);

#endif
