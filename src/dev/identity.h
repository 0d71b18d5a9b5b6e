/* SPDX-License-Identifier: GPL-2.0-or-later
 * What a disk calls itself, in udev's words. */
#ifndef PVROOT_IDENTITY_H
#define PVROOT_IDENTITY_H

#include <stddef.h>

#include "dev/controller.h"
#include "dev/disk.h"

#define IDENTITY_SIZE  96
#define IDENTITIES_MAX 4

/* Names of a disk, as they stand in /dev/disk/by-id:
 * "ata-QEMU_HARDDISK_QM00001", "wwn-0x5000c500a1b2c3d4". */
struct identities {
	unsigned int count;
	char at[IDENTITIES_MAX][IDENTITY_SIZE];
};

/* Reads them: of a disk of libata where the kernel shows or tells its IDENTIFY,
 * of another SCSI host from its VPD page 0x83 (in sysfs since Linux 3.15), of
 * an NVMe namespace. They are what udev's ata_id, scsi_id and its rules for
 * NVMe make of the same bytes. Returns 0, or -errno: they are not known. */
int identity_read(const struct sys *sys, const char *disk,
		  enum controller_kind kind, struct identities *out);

#endif
