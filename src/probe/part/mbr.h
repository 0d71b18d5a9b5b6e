/* SPDX-License-Identifier: GPL-2.0-or-later
 * The functions of the two kinds of partition tables, for part.c. */
#ifndef PVROOT_MBR_H
#define PVROOT_MBR_H

#include <stdbool.h>

#include "probe/part/part.h"

#define MBR_SIZE 512

/* Reads len bytes from off of the disk into buf. Returns 1, 0 where the disk
 * ends before, or -errno. */
int part_read(struct probe_source *disk, uint64_t off, uint8_t *buf,
	      size_t len);

/* Is sector 0 a boot record with the magic 55 aa? */
bool mbr_has_magic(const uint8_t *sector);

/* Has it an entry of type 0xee, so that a GPT is to be looked for? */
bool mbr_is_protective(const uint8_t *sector);

/* Could it be a partition table (no file system's boot sector)? */
bool mbr_is_table(const uint8_t *sector);

/* Walk the tables; return PART_MBR, PART_GPT, PART_NONE, or -errno. */
int mbr_walk(struct probe_source *disk, const uint8_t *sector, part_fn *fn,
	     void *ctx);
int gpt_walk(struct probe_source *disk, part_fn *fn, void *ctx);

#endif
