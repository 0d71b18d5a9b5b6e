/* SPDX-License-Identifier: GPL-2.0-or-later
 * /proc/partitions: every disk and partition, from reading one file. */
#ifndef PVROOT_LISTING_H
#define PVROOT_LISTING_H

#include "dev/disk.h"
#include "sys/sys.h"

struct listing {
	char *names;	    /* all of them in order, each ended by NUL */
	char *end;	    /* after the last */
	const char **disks; /* hash table of the whole disks among them */
	unsigned int slots; /* a power of two, more than there are disks */
};

/* Returns 0 or -errno; *listing is then empty. listing_free() is needed in
 * either case. */
int listing_read(struct listing *listing, const struct sys *sys);
void listing_free(struct listing *listing);

/* As partitions_scan(), but from the listing instead of sysfs. Returns 0,
 * -ENOMEM, or -ENOENT where the disk is not listed (it has no size). */
int listing_partitions(const struct listing *listing, const char *disk,
		       struct partitions *parts);

#endif
