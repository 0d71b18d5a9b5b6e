// SPDX-License-Identifier: GPL-2.0-or-later
/* Understands virtual device numbers and disk letters. Pure. */
#include "dev/vdev.h"

#include <errno.h>
#include <stddef.h>

#define VDEV_EXTENDED (1u << 28)

/* Majors of the kernel's devices.txt, and the number of the first disk of each.
 * An IDE major has 2 disks of 64 minors, any other 16 disks of 16. */
static const struct major {
	uint8_t number, bus, first;
} majors[] = {
	{ 202, VDEV_XVD, 0 },	 { 3, VDEV_IDE, 0 },
	{ 22, VDEV_IDE, 2 },	 { 33, VDEV_IDE, 4 },
	{ 34, VDEV_IDE, 6 },	 { 56, VDEV_IDE, 8 },
	{ 57, VDEV_IDE, 10 },	 { 88, VDEV_IDE, 12 },
	{ 89, VDEV_IDE, 14 },	 { 90, VDEV_IDE, 16 },
	{ 91, VDEV_IDE, 18 },	 { 8, VDEV_SCSI, 0 },
	{ 65, VDEV_SCSI, 16 },	 { 66, VDEV_SCSI, 32 },
	{ 67, VDEV_SCSI, 48 },	 { 68, VDEV_SCSI, 64 },
	{ 69, VDEV_SCSI, 80 },	 { 70, VDEV_SCSI, 96 },
	{ 71, VDEV_SCSI, 112 },	 { 128, VDEV_SCSI, 128 },
	{ 129, VDEV_SCSI, 144 }, { 130, VDEV_SCSI, 160 },
	{ 131, VDEV_SCSI, 176 }, { 132, VDEV_SCSI, 192 },
	{ 133, VDEV_SCSI, 208 }, { 134, VDEV_SCSI, 224 },
	{ 135, VDEV_SCSI, 240 },
};

static struct vdev decode_major(const struct major *m, unsigned int minor)
{
	unsigned int shift = m->bus == VDEV_IDE ? 6 : 4;
	unsigned int disk = minor >> shift;
	struct vdev v = { VDEV_UNKNOWN, 0, 0 };

	if (m->bus == VDEV_IDE && disk > 1)
		return v;
	v.bus = (enum vdev_bus)m->bus;
	v.disk = m->first + disk;
	v.part = minor & ((1u << shift) - 1);
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
