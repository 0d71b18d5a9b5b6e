/* SPDX-License-Identifier: GPL-2.0-or-later
 * Understands a virtual device number, the N of "vbd-N". Pure. */
#ifndef PVROOT_VDEV_H
#define PVROOT_VDEV_H

#include <stdint.h>

enum vdev_bus {
	VDEV_UNKNOWN,
	VDEV_XVD,  /* 202<<8, or bit 28 */
	VDEV_IDE,  /* 3, 22, 33, 34, 56, 57, 88 to 91 */
	VDEV_SCSI, /* 8, 65 to 71, 128 to 135 */
};

struct vdev {
	enum vdev_bus bus;
	unsigned int disk; /* 0 is xvda, hda or sda */
	unsigned int part; /* 0 is the whole disk */
};

/* Decodes the number. Source: Xen's docs/man/xen-vbd-interface.7 and
 * tools/libs/light/libxl_device.c. An unknown number is VDEV_UNKNOWN. */
struct vdev vdev_decode(uint32_t number);

/* Number of the disk that letters name: "a" is 0, "z" 25, "aa" 26.
 * Returns -EINVAL where they are no letters or too many (three at most). */
int vdev_letters(const char *letters, unsigned int *disk);

#endif
