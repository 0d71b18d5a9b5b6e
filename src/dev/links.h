/* SPDX-License-Identifier: GPL-2.0-or-later
 * The links below /dev/disk that udev makes for an emulated disk. */
#ifndef PVROOT_LINKS_H
#define PVROOT_LINKS_H

#include <stdbool.h>

#include "dev/disk.h"

#define LINK_SIZE 112
#define LINKS_MAX 8

/* Of the whole disk, below /dev: "disk/by-id/ata-QEMU_HARDDISK_QM00001". Those
 * of its partitions end in "-part1". */
struct links {
	unsigned int count;
	bool identified; /* by-id is among them, not only by-path */
	char at[LINKS_MAX][LINK_SIZE];
};

/* What udev calls, or would call, this emulated disk: by-id from what it says
 * of itself, by-path from its place, in the forms of old and new versions.
 * Returns 0, or -errno: none is known. */
int links_read(const struct sys *sys, const struct disk *disk,
	       struct links *out);

/* Does this name mean the disk with these links, or a partition of it? Sets
 * *part; 0 is the disk. */
bool links_mean(const struct links *links, const char *name,
		unsigned int *part);

#endif
