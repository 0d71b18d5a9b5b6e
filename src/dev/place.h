/* SPDX-License-Identifier: GPL-2.0-or-later
 * Reads a disk's place out of its sysfs path. Pure. */
#ifndef PVROOT_PLACE_H
#define PVROOT_PLACE_H

#include <stdbool.h>
#include <stdint.h>

#define PLACE_PCI_SIZE	13 /* "0000:00:01.1" and NUL */
#define PLACE_PORT_SIZE 19 /* "ata3", "host2", "ide1", "nvme0" */

enum place_kind {
	PLACE_OTHER, /* virtual, USB, virtio …: never ours */
	PLACE_VBD,   /* on xenbus */
	PLACE_SCSI,  /* libata or SCSI: host, target, lun */
	PLACE_IDE,   /* the old hd* drivers: channel.unit */
	PLACE_NVME,
};

/* Without gaps, so that memcmp() tells whether two are the same. */
struct place {
	enum place_kind kind;
	uint32_t vbd;		    /* PLACE_VBD: the number */
	char pci[PLACE_PCI_SIZE];   /* the controller's PCI address, or "" */
	char port[PLACE_PORT_SIZE]; /* first directory below the controller */
	/* Target, or IDE unit. NVMe: the namespace - 1; no path contains it, so
	 * disks_scan() reads it. */
	unsigned int unit;
};

_Static_assert(sizeof(struct place) ==
		       sizeof(enum place_kind) + sizeof(uint32_t) +
			       PLACE_PCI_SIZE + PLACE_PORT_SIZE +
			       sizeof(unsigned int),
	       "a gap in struct place");

/* Understands what readlink(/sys/block/NAME) says, or, where that is a
 * directory (before 2.6.25 or so), /sys/block/NAME/device. Examples:
 *   ../devices/vbd-51712/block/xvda
 *   ../devices/pci0000:00/0000:00:05.0/ata3/host2/target2:0:0/2:0:0:0/block/sda
 *   ../../devices/pci0000:00/0000:00:01.1/ide0/0.0
 * What is not understood is PLACE_OTHER. */
struct place place_parse(const char *path, const char *disk);

/* "0000:00:01.1": domain, bus, slot, function in hexadecimal. */
bool place_is_pci(const char *name, unsigned int len);

#endif
