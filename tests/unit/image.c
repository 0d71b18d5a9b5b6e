// SPDX-License-Identifier: GPL-2.0-or-later
/* Writes small disks: an MBR, and superblocks with nothing behind them. Enough
 * for what boot reads; the parsers are tested on images of the real mkfs. */
#include "image.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/crc.h"

#define SUPERBLOCKS (64 * 1024 + 4096) /* bytes from the start that matter */

static void die(const char *what)
{
	perror(what);
	abort();
}

static void put16(uint8_t *p, uint16_t v)
{
	p[0] = (uint8_t)v;
	p[1] = (uint8_t)(v >> 8);
}

static void put32(uint8_t *p, uint32_t v)
{
	put16(p, (uint16_t)v);
	put16(p + 2, (uint16_t)(v >> 16));
}

static void put_uuid(uint8_t *p, const char *uuid)
{
	unsigned int i, byte;

	for (i = 0; uuid && i < 16; i++) {
		uuid += *uuid == '-';
		if (sscanf(uuid, "%2x", &byte) != 1)
			die(uuid);
		p[i] = (uint8_t)byte;
		uuid += 2;
	}
}

static void put_label(uint8_t *p, const char *label, size_t size)
{
	if (label)
		memcpy(p, label, strnlen(label, size));
}

static void write_ext(const struct image_part *part, uint8_t *buf, uint64_t len)
{
	uint8_t *sb = buf + 1024;

	put32(sb + 0x04, (uint32_t)(len / 1024)); /* blocks of 1 KiB */
	put16(sb + 0x38, 0xef53);
	put16(sb + 0x3a, 1);
	put32(sb + 0x4c, 1);
	if (strcmp(part->type, "ext2"))
		put32(sb + 0x5c, 0x4); /* has_journal */
	put32(sb + 0x60, 0x2);	       /* filetype */
	if (!strcmp(part->type, "ext4"))
		put32(sb + 0x60, 0x42); /* and extents */
	put_uuid(sb + 0x68, part->uuid);
	put_label(sb + 0x78, part->label, 16);
}

static void write_swap(const struct image_part *part, uint8_t *buf,
		       uint64_t len)
{
	put32(buf + 1024, 1);
	put32(buf + 1028, (uint32_t)(len / 4096 - 1));
	put_uuid(buf + 1036, part->uuid);
	put_label(buf + 1052, part->label, 16);
	memcpy(buf + 0xff6, "SWAPSPACE2", 10);
}

static void write_btrfs(const struct image_part *part, uint8_t *buf,
			uint64_t len)
{
	uint8_t *sb = buf + 65536;

	put_uuid(sb + 0x20, part->uuid);
	put32(sb + 0x30, 65536);
	memcpy(sb + 0x40, "_BHRfS_M", 8);
	put32(sb + 0x88, part->devices);
	put32(sb + 0x90, 4096);
	put32(sb + 0xd1, (uint32_t)len);
	put_uuid(sb + 0x10b, part->uuid_sub);
	put_label(sb + 0x12b, part->label, 256);
	put32(sb, ~crc32c_update(~0U, sb + 32, 4096 - 32));
}

static void write_lvm(const struct image_part *part, uint8_t *buf, uint64_t len)
{
	uint8_t *sb = buf + 512;

	(void)len;
	memcpy(sb, "LABELONE", 8);
	put32(sb + 8, 1);
	put32(sb + 20, 32);
	memcpy(sb + 24, "LVM2 001", 8);
	put_label(sb + 32, part->label, 32);
	put32(sb + 16, crc32_update(0xf597a6cf, sb + 20, 512 - 20));
}

void image_superblock(const struct image_part *part, uint8_t *buf, uint64_t len)
{
	static const struct {
		const char *type;
		void (*write)(const struct image_part *part, uint8_t *buf,
			      uint64_t len);
	} writers[] = {
		{ "ext2", write_ext },	  { "ext3", write_ext },
		{ "ext4", write_ext },	  { "swap", write_swap },
		{ "btrfs", write_btrfs }, { "lvm", write_lvm },
	};
	unsigned int i;

	for (i = 0; i < sizeof(writers) / sizeof(writers[0]); i++)
		if (!strcmp(writers[i].type, part->type))
			writers[i].write(part, buf, len);
}

uint32_t image_sectors(const struct image *image)
{
	return image->sectors ? image->sectors : IMAGE_SECTORS;
}

static int create(const char *path, uint64_t size)
{
	int fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	if (fd < 0 || ftruncate(fd, (off_t)size))
		die(path);
	return fd;
}

#define NILFS2_BACKUP (4 * 1024) /* bytes before the end */

/* The second superblock of a NILFS2 whose first one is lost. */
static void write_nilfs2_backup(int fd, const struct image_part *part,
				uint64_t start, uint64_t size)
{
	uint8_t sb[1024] = { 0 };
	off_t at = (off_t)(start + size - NILFS2_BACKUP);

	put16(sb + 6, 0x3434);
	put16(sb + 8, 248); /* bytes that the checksum covers */
	put32(sb + 32, (uint32_t)size);
	put_uuid(sb + 152, part->uuid);
	put_label(sb + 168, part->label, 80);
	put32(sb + 16, crc32_update(0, sb, 248));
	if (pwrite(fd, sb, sizeof(sb), at) != sizeof(sb))
		die("pwrite");
}

static void write_at(int fd, const struct image_part *part, uint64_t start,
		     uint64_t size)
{
	uint8_t *buf = calloc(1, SUPERBLOCKS);
	uint64_t len = size < SUPERBLOCKS ? size : SUPERBLOCKS;

	if (!buf)
		die("calloc");
	image_superblock(part, buf, size);
	if (pwrite(fd, buf, len, (off_t)start) != (ssize_t)len)
		die("pwrite");
	free(buf);
	if (!strcmp(part->type, "nilfs2-backup"))
		write_nilfs2_backup(fd, part, start, size);
}

static uint64_t start_of(unsigned int index)
{
	return 512ULL * (IMAGE_START + index * IMAGE_LENGTH);
}

static void write_mbr(int fd, const struct image *image)
{
	uint8_t mbr[512] = { 0 };
	unsigned int i;

	put32(mbr + 0x1b8, image->signature);
	for (i = 0; i < IMAGE_PARTS; i++) {
		uint8_t *entry = mbr + 0x1be + 16 * i;

		if (!image->part[i].type)
			continue;
		entry[4] = strcmp(image->part[i].type, "swap") ? 0x83 : 0x82;
		put32(entry + 8, IMAGE_START + i * IMAGE_LENGTH);
		put32(entry + 12, IMAGE_LENGTH);
	}
	put16(mbr + 510, 0xaa55);
	if (pwrite(fd, mbr, sizeof(mbr), 0) != sizeof(mbr))
		die("pwrite");
}

void image_write(const struct image *image, const char *path)
{
	uint64_t size = 512ULL * image_sectors(image);
	int fd = create(path, size);
	unsigned int i;

	if (image->whole && image->part[0].type)
		write_at(fd, &image->part[0], 0, size);
	if (!image->whole && image->part[0].type)
		write_mbr(fd, image);
	for (i = 0; !image->whole && i < IMAGE_PARTS; i++)
		if (image->part[i].type)
			write_at(fd, &image->part[i], start_of(i),
				 512ULL * IMAGE_LENGTH);
	close(fd);
}

void image_write_part(const struct image *image, unsigned int number,
		      const char *path)
{
	int fd = create(path, 512ULL * IMAGE_LENGTH);

	write_at(fd, &image->part[number - 1], 0, 512ULL * IMAGE_LENGTH);
	close(fd);
}
