// SPDX-License-Identifier: GPL-2.0-or-later
/* The partitions and whole disks that may hold something. */
#include "find/candidate.h"

#include <errno.h>

const char *candidate_name(const struct candidate *c)
{
	return c->part ? c->part : c->disk->name;
}

int candidate_open(const struct sys *sys, const struct candidate *c,
		   struct source *source)
{
	int err = source_open(source, sys, candidate_name(c), 0);

	/* The number is needed only where /dev has no node. */
	if (err == -ENOENT)
		err = source_open(source, sys, candidate_name(c),
				  disk_number(sys, c->disk->name, c->part));
	source->bytes.whole = !c->part;
	return err;
}

int candidates_on_disk(const struct sys *sys, const struct listing *listing,
		       const struct disk *disk, candidate_fn *fn, void *ctx)
{
	struct partitions parts;
	unsigned int i;
	int ret = listing_partitions(listing, disk->name, &parts);

	if (ret == -ENOENT)
		ret = partitions_scan(&parts, sys, disk->name);
	if (ret == -ENOENT) /* the disk is gone: a detached twin */
		return 0;
	if (ret)
		return ret;
	if (!parts.count) {
		struct candidate c = { disk, NULL };

		ret = fn(&c, ctx);
	}
	for (i = 0; !ret && i < parts.count; i++) {
		struct candidate c = { disk, parts.at[i].name };

		ret = fn(&c, ctx);
	}
	partitions_free(&parts);
	return ret;
}

int candidates_on_pv(const struct sys *sys, const struct disks *disks,
		     candidate_fn *fn, void *ctx)
{
	struct listing listing;
	unsigned int i;
	int ret = 0;

	listing_read(&listing, sys); /* if it fails: sysfs */
	for (i = 0; !ret && i < disks->count; i++) {
		if (disk_is_pv(&disks->at[i]))
			ret = candidates_on_disk(sys, &listing, &disks->at[i],
						 fn, ctx);
	}
	listing_free(&listing);
	return ret;
}
