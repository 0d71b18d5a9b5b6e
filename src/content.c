// SPDX-License-Identifier: GPL-2.0-or-later
/* Do two disks hold the same bytes? Opens them read-only, changes nothing. */
#include "content.h"

#include <errno.h>
#include <string.h>

#include "disk.h"

#define BLOCK	   8192	 /* one request, as 4096 is; holds MBR, GPT, superblock */
#define ALIGNED	   4096	 /* SYS_FRESH wants it of a buffer */
#define PARTITIONS 16	 /* more are not sampled: the table itself is */
#define SPREAD	   4	 /* evenly over the disk */
#define SAMPLES	   (3 + PARTITIONS * 2 + SPREAD)
/* btrfs and others have their superblock here; 64 KiB. */
#define FAR_SUPERBLOCK 65536

struct samples {
	uint64_t at[SAMPLES]; /* byte offsets */
	unsigned int count;
	uint64_t size; /* of the disk, in bytes */
};

struct pair_of_disks {
	int fd[2];
	uint8_t block[2][BLOCK] __attribute__((aligned(ALIGNED)));
};

static void add(struct samples *samples, uint64_t offset)
{
	if (samples->count < SAMPLES && samples->size >= BLOCK &&
	    offset <= samples->size - BLOCK)
		samples->at[samples->count++] = offset;
}

static void add_partitions(struct samples *samples, const struct sys *sys,
			   const char *disk)
{
	struct partitions parts;
	unsigned int i;

	if (partitions_scan(&parts, sys, disk))
		return;
	for (i = 0; i < parts.count && i < PARTITIONS; i++) {
		uint64_t sector;

		if (partition_start(sys, disk, parts.at[i].name, &sector) ||
		    sector > UINT64_MAX / 512 - FAR_SUPERBLOCK)
			continue;
		add(samples, sector * 512);
		add(samples, sector * 512 + FAR_SUPERBLOCK);
	}
	partitions_free(&parts);
}

static void choose(struct samples *samples, const struct sys *sys,
		   const char *disk, uint64_t size)
{
	unsigned int i;

	samples->count = 0;
	samples->size = size;
	add(samples, 0); /* MBR, GPT and its entries, ext superblock */
	add(samples, FAR_SUPERBLOCK);
	add_partitions(samples, sys, disk);
	for (i = 1; i < SPREAD; i++)
		add(samples, size / SPREAD * i / ALIGNED * ALIGNED);
	add(samples, size - BLOCK); /* backup GPT, md, ZFS */
}

static bool is_blank(const uint8_t *block)
{
	return !block[0] && !memcmp(block, block + 1, BLOCK - 1);
}

static int compare_samples(struct pair_of_disks *pair,
			   const struct samples *samples, uint64_t *where)
{
	bool blank = true;
	unsigned int i;
	int err;

	for (i = 0; i < samples->count; i++) {
		*where = samples->at[i];
		err = sys_disk_read(pair->fd[0], *where, pair->block[0], BLOCK);
		if (!err)
			err = sys_disk_read(pair->fd[1], *where,
					    pair->block[1], BLOCK);
		if (err)
			return err;
		if (memcmp(pair->block[0], pair->block[1], BLOCK))
			return CONTENT_DIFFERENT;
		if (blank)
			blank = is_blank(pair->block[0]);
	}
	return blank ? CONTENT_BLANK : CONTENT_SAME;
}

static int compare_open(struct pair_of_disks *pair, const struct sys *sys,
			const char *a, uint64_t *where)
{
	struct samples samples;
	uint64_t size[2];
	int err = sys_disk_size(pair->fd[0], &size[0]);

	if (!err)
		err = sys_disk_size(pair->fd[1], &size[1]);
	if (err)
		return err;
	if (size[0] != size[1])
		return CONTENT_SIZE;
	choose(&samples, sys, a, size[0]);
	return compare_samples(pair, &samples, where);
}

int content_compare(const struct sys *sys, const char *a, const char *b,
		    uint64_t *where)
{
	struct pair_of_disks pair;
	int ret;

	*where = 0;
	pair.fd[0] = sys_disk_open(sys, a, disk_number(sys, a, NULL),
				   SYS_FRESH);
	if (pair.fd[0] < 0)
		return pair.fd[0];
	pair.fd[1] = sys_disk_open(sys, b, disk_number(sys, b, NULL),
				   SYS_FRESH);
	if (pair.fd[1] < 0) {
		sys_fd_close(pair.fd[0]);
		return pair.fd[1];
	}
	ret = compare_open(&pair, sys, a, where);
	sys_fd_close(pair.fd[0]);
	sys_fd_close(pair.fd[1]);
	return ret;
}
