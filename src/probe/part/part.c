// SPDX-License-Identifier: GPL-2.0-or-later
/* Decides which partition table a disk has, and walks it. Touches nothing
 * but the source it is given. */
#include "probe/part/part.h"

#include <errno.h>

#include "probe/part/mbr.h"

int part_read(struct probe_source *disk, uint64_t off, uint8_t *buf, size_t len)
{
	int rc;

	if (off > disk->size || len > disk->size - off)
		return 0;
	rc = disk->fetch(disk, off, buf, len);
	return rc ? rc : 1;
}

/* Looks for a GPT in sectors of 512 and 4096 bytes: an image does not say which
 * its disk had. Where there is none at the source's own size, the other is
 * tried. */
static int walk_gpt(struct probe_source *disk, part_fn *fn, void *ctx)
{
	uint32_t own = disk->sector_size;
	int rc = gpt_walk(disk, fn, ctx);

	if (rc == PART_NONE) {
		disk->sector_size = own == 4096 ? 512 : 4096;
		rc = gpt_walk(disk, fn, ctx);
		disk->sector_size = own;
	}
	return rc;
}

int part_walk(struct probe_source *disk, part_fn *fn, void *ctx)
{
	uint8_t sector[MBR_SIZE];
	int rc;

	if (disk->sector_size < 512 || disk->sector_size > 4096 ||
	    disk->sector_size & (disk->sector_size - 1))
		return -EINVAL;
	rc = part_read(disk, 0, sector, sizeof(sector));
	if (rc <= 0)
		return rc < 0 ? rc : PART_NONE;
	if (!mbr_has_magic(sector))
		return PART_NONE;
	/* A GPT is valid only with its protective MBR (the kernel's rule), and
	 * a protective MBR without a GPT describes no partition. */
	if (mbr_is_protective(sector))
		return walk_gpt(disk, fn, ctx);
	if (!mbr_is_table(sector))
		return PART_NONE;
	return mbr_walk(disk, sector, fn, ctx);
}
