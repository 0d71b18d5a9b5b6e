// SPDX-License-Identifier: GPL-2.0-or-later
/* Do two disks hold the same bytes? Opens them read-only, changes nothing. */
#include "twin/content.h"

#include <errno.h>

#include "dev/disk.h"

#define BLOCK	   8192 /* holds MBR, GPT, superblock */
#define ALIGNED	   4096 /* what SYS_FRESH needs of a buffer */
#define PARTITIONS 16	/* no more are sampled; the table itself is */
#define SPREAD	   4	/* places spread evenly over the disk */
#define SAMPLES	   (1 + PARTITIONS + SPREAD)
/* Up to the superblocks of btrfs and others at 64 KiB. On an emulated
 * controller this takes no longer than one block: the time goes into the
 * request. */
#define HEAD (65536 + BLOCK)

struct samples {
	struct {
		uint64_t at; /* byte offset */
		uint32_t len;
	} of[SAMPLES];
	unsigned int count;
	uint64_t size; /* of the disk, in bytes */
};

struct pair_of_disks {
	unsigned long word[2][HEAD / sizeof(long)]
		__attribute__((aligned(ALIGNED)));
	unsigned long ones; /* all words or-ed: 0 means only zeros */
	int fd[2];
};

/* Adds len bytes, or as many as the disk has from offset on; adds nothing where
 * that is less than a block. */
static void add(struct samples *samples, uint64_t offset, uint32_t len)
{
	uint64_t left = offset < samples->size ? samples->size - offset : 0;

	if (samples->count == SAMPLES || left < BLOCK)
		return;
	samples->of[samples->count].at = offset;
	samples->of[samples->count++].len = left < len ? (uint32_t)left : len;
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

		if (!partition_start(sys, disk, parts.at[i].name, &sector) &&
		    sector <= UINT64_MAX / 512)
			add(samples, sector * 512, HEAD);
	}
	partitions_free(&parts);
}

static void choose(struct samples *samples, const struct sys *sys,
		   const char *disk, uint64_t size)
{
	unsigned int i;

	samples->count = 0;
	samples->size = size;
	add(samples, 0, HEAD); /* MBR, GPT and its entries, ext superblock */
	add_partitions(samples, sys, disk);
	for (i = 1; i < SPREAD; i++)
		add(samples, size / SPREAD * i / ALIGNED * ALIGNED, BLOCK);
	add(samples, size - BLOCK, BLOCK); /* backup GPT, md, ZFS */
}

/* Compares what was read by words: klibc's memcmp() compares single bytes. */
static bool is_same(struct pair_of_disks *pair, uint32_t len, uint64_t *where)
{
	uint32_t i;

	for (i = 0; i < len / sizeof(long); i++) {
		if (pair->word[0][i] != pair->word[1][i]) {
			*where += i * sizeof(long);
			return false;
		}
		pair->ones |= pair->word[0][i];
	}
	return true;
}

/* One request after the other. Linux's AIO would have all under way at once,
 * but a process that used it waits for RCU when it ends: 32 to 44 ms
 * (Linux 6.18), where all of this takes 10. */
static int compare_samples(struct pair_of_disks *pair,
			   const struct samples *samples, uint64_t *where)
{
	unsigned int i;
	int err;

	for (i = 0; i < samples->count; i++) {
		uint32_t len = samples->of[i].len;

		*where = samples->of[i].at;
		err = sys_disk_read(pair->fd[0], *where, pair->word[0], len);
		if (!err)
			err = sys_disk_read(pair->fd[1], *where, pair->word[1],
					    len);
		if (err)
			return err;
		if (!is_same(pair, len, where))
			return CONTENT_DIFFERENT;
	}
	return pair->ones ? CONTENT_SAME : CONTENT_BLANK;
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

static int open_both(struct pair_of_disks *pair, const struct sys *sys,
		     const char *a, const char *b)
{
	pair->fd[0] =
		sys_disk_open(sys, a, disk_number(sys, a, NULL), SYS_FRESH);
	if (pair->fd[0] < 0)
		return pair->fd[0];
	pair->fd[1] =
		sys_disk_open(sys, b, disk_number(sys, b, NULL), SYS_FRESH);
	if (pair->fd[1] >= 0)
		return 0;
	sys_fd_close(pair->fd[0]);
	return pair->fd[1];
}

int content_compare(const struct sys *sys, const char *a, const char *b,
		    uint64_t *where)
{
	struct pair_of_disks *pair = sys_shared_memory(sizeof(*pair));
	int ret;

	*where = 0;
	if (!pair)
		return -ENOMEM;
	ret = open_both(pair, sys, a, b);
	if (!ret) {
		ret = compare_open(pair, sys, a, where);
		sys_fd_close(pair->fd[0]);
		sys_fd_close(pair->fd[1]);
	}
	sys_memory_give_back(pair, sizeof(*pair));
	return ret;
}
