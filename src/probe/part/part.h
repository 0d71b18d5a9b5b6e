/* SPDX-License-Identifier: GPL-2.0-or-later
 * Reads partition tables: MBR with logical partitions, GPT. Opens nothing. */
#ifndef PVROOT_PART_H
#define PVROOT_PART_H

#include "base/fetch.h"
#include "base/uuid.h"

#define PART_NAME_SIZE 109 /* GPT: 36 UTF-16 units, 3 bytes each, NUL */

enum part_kind { PART_NONE, PART_MBR, PART_GPT };

struct part_entry {
	unsigned int number;	   /* the kernel's: sda5 is 5 */
	uint64_t start;		   /* in 512-byte sectors, as in sysfs */
	uint64_t size;		   /* in 512-byte sectors */
	char uuid[UUID_TEXT_SIZE]; /* GPT UUID, or MBR "ssssssss-nn" */
	char name[PART_NAME_SIZE]; /* GPT only, UTF-8 */
};

/* Called once for each partition; a non-zero return ends the walk. */
typedef int part_fn(const struct part_entry *entry, void *ctx);

/* Walks the partition table of a whole disk in the order of numbers.
 * Returns its enum part_kind, or -errno where the disk could not be read. */
int part_walk(struct probe_source *disk, part_fn *fn, void *ctx);

#endif
