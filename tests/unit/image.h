/* SPDX-License-Identifier: GPL-2.0-or-later
 * Disks in a few words: an MBR with small file systems, written as bytes. */
#ifndef PVROOT_IMAGE_H
#define PVROOT_IMAGE_H

#include <stdint.h>

#define IMAGE_PARTS   4
#define IMAGE_SECTORS 32768 /* 16 MiB, sparse, where sectors is 0 */
#define IMAGE_START   2048  /* of the first partition; each has the next */
#define IMAGE_LENGTH  4096  /* sectors of a partition: 2 MiB */

struct image_part {
	/* ext2 ext3 ext4 swap btrfs lvm nilfs2-backup zero; NULL: none */
	const char *type;
	const char *label;
	const char *uuid;     /* 8-4-4-4-12, or NULL */
	const char *uuid_sub; /* btrfs: the member's own */
	uint32_t devices;     /* btrfs: its number of devices */
};

struct image {
	uint32_t sectors;
	uint32_t signature; /* of the MBR */
	/* No MBR: part[0] is the whole disk. */
	uint8_t whole;
	struct image_part part[IMAGE_PARTS];
};

/* Writes a superblock to buf, zeroed, of len bytes: the whole of a device of
 * that size. */
void image_superblock(const struct image_part *part, uint8_t *buf,
		      uint64_t len);
/* Writes the whole disk to a file, or one partition's bytes (1 is the first).
 */
void image_write(const struct image *image, const char *path);
void image_write_part(const struct image *image, unsigned int number,
		      const char *path);
uint32_t image_sectors(const struct image *image);

#endif
