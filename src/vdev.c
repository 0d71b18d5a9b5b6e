// SPDX-License-Identifier: GPL-2.0-or-later
/* Understands virtual device numbers and disk letters. Pure. */
#include "vdev.h"

#include <errno.h>
#include <stddef.h>

#define VDEV_EXTENDED (1u << 28)

/* Majors of the kernel's devices.txt; each carries `disks` disks, a disk has
 * 1 << shift minors, and the first of them is disk number `first`. */
static const struct major {
	uint16_t number;
	enum vdev_bus bus;
	uint16_t first;
	uint8_t disks, shift;
} majors[] = {
	{ 202, VDEV_XVD, 0, 16, 4 },
	{ 3, VDEV_IDE, 0, 2, 6 },     { 22, VDEV_IDE, 2, 2, 6 },
	{ 33, VDEV_IDE, 4, 2, 6 },    { 34, VDEV_IDE, 6, 2, 6 },
	{ 56, VDEV_IDE, 8, 2, 6 },    { 57, VDEV_IDE, 10, 2, 6 },
	{ 88, VDEV_IDE, 12, 2, 6 },   { 89, VDEV_IDE, 14, 2, 6 },
	{ 90, VDEV_IDE, 16, 2, 6 },   { 91, VDEV_IDE, 18, 2, 6 },
	{ 8, VDEV_SCSI, 0, 16, 4 },   { 65, VDEV_SCSI, 16, 16, 4 },
	{ 66, VDEV_SCSI, 32, 16, 4 }, { 67, VDEV_SCSI, 48, 16, 4 },
	{ 68, VDEV_SCSI, 64, 16, 4 }, { 69, VDEV_SCSI, 80, 16, 4 },
	{ 70, VDEV_SCSI, 96, 16, 4 }, { 71, VDEV_SCSI, 112, 16, 4 },
	{ 128, VDEV_SCSI, 128, 16, 4 }, { 129, VDEV_SCSI, 144, 16, 4 },
	{ 130, VDEV_SCSI, 160, 16, 4 }, { 131, VDEV_SCSI, 176, 16, 4 },
	{ 132, VDEV_SCSI, 192, 16, 4 }, { 133, VDEV_SCSI, 208, 16, 4 },
	{ 134, VDEV_SCSI, 224, 16, 4 }, { 135, VDEV_SCSI, 240, 16, 4 },
};

static struct vdev decode_major(const struct major *m, unsigned int minor)
{
	struct vdev v = { VDEV_UNKNOWN, 0, 0 };
	unsigned int disk = minor >> m->shift;

	if (disk >= m->disks)
		return v;
	v.bus = m->bus;
	v.disk = m->first + disk;
	v.part = minor & ((1u << m->shift) - 1);
	return v;
}

struct vdev vdev_decode(uint32_t number)
{
	struct vdev v = { VDEV_UNKNOWN, 0, 0 };
	size_t i;

	if (number & VDEV_EXTENDED) {
		/* Bits 8 to 27 are the disk, 0 to 7 the partition. */
		if (number >> 29)
			return v;
		v.bus = VDEV_XVD;
		v.disk = (number & (VDEV_EXTENDED - 1)) >> 8;
		v.part = number & 0xff;
		return v;
	}
	for (i = 0; i < sizeof(majors) / sizeof(majors[0]); i++) {
		if (majors[i].number == number >> 8)
			return decode_major(&majors[i], number & 0xff);
	}
	return v;
}

int vdev_letters(const char *letters, unsigned int *disk)
{
	unsigned int value = 0, count = 0;

	for (; *letters >= 'a' && *letters <= 'z'; letters++) {
		if (++count > 3)
			return -EINVAL;
		value = value * 26 + (unsigned int)(*letters - 'a') + 1;
	}
	if (!count || *letters)
		return -EINVAL;
	*disk = value - 1;
	return 0;
}
