/* SPDX-License-Identifier: GPL-2.0-or-later
 * The whole disks that the kernel shows, and their partitions. */
#ifndef PVROOT_DISK_H
#define PVROOT_DISK_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "dev/place.h"
#include "dev/vdev.h"
#include "sys/sys.h"

#define DISK_NAME_SIZE 32 /* BDEVNAME_SIZE of the kernel */

enum twin_state {
	TWIN_NONE,     /* not a twin of anything */
	TWIN_PROVEN,   /* position and content agree */
	TWIN_DETACHED, /* a twin that was taken away */
	TWIN_LEFT,     /* a twin, but in use or kept */
	TWIN_HIDDEN,   /* a twin whose driver cannot be unbound */
};

struct inuse_name; /* inuse.h */

struct disk {
	char name[DISK_NAME_SIZE];
	struct place place;
	struct vdev vdev;     /* PLACE_VBD only */
	bool cdrom;	      /* sr*, or an IDE drive whose media is a cdrom */
	enum twin_state twin; /* emulated disks only */
	int twin_of;	      /* index of the PV disk, -1 for none */
	bool kept; /* its links must not follow: keep= names it, or may when it
		      comes; or LVM rejects such links */
	/* A name in use that means this emulated disk and would not lead to the
	 * PV disk after the twin is gone, or NULL. For a PV disk: such a name
	 * of its twin; root= and resume= are not resolved to this disk then. */
	const struct inuse_name *named;
	/* A twin whose letter must not be given to another disk when it goes,
	 * since a name in use has that letter, or the next one. */
	bool letter;
};

struct disks {
	struct disk *at;
	unsigned int count, room;
};

/* Scans /sys/block. Disks that are in *disks already stay at their index; those
 * that went away stay too (later messages name detached twins). Returns 0, or
 * -errno and no disk at all: with an incomplete list a controller could be
 * unbound under a disk that is missing in the list. */
int disks_scan(struct disks *disks, const struct sys *sys);
void disks_free(struct disks *disks);
/* Returns an index or -1. */
int disks_find(const struct disks *disks, const char *name);

static inline bool disk_is_pv(const struct disk *disk)
{
	return disk->place.kind == PLACE_VBD;
}

/* Is it no longer there, or has another disk its name by now? An error counts
 * as present. */
bool disk_is_gone(const struct sys *sys, const struct disk *disk);
/* Is there any PV disk among them? */
bool disks_have_pv(const struct disks *disks);

/* Forgets that a disk is a twin. */
static inline void disk_unpair(struct disk *disk)
{
	disk->twin = TWIN_NONE;
	disk->twin_of = -1;
}

/* Size in sectors of 512 bytes, as in sysfs. Returns 0 or -errno. */
int disk_sectors(const struct sys *sys, const char *name, uint64_t *sectors);
/* Device number of a disk, or of a partition of it (disk may be NULL). */
dev_t disk_number(const struct sys *sys, const char *disk, const char *part);

struct partition {
	char name[DISK_NAME_SIZE];
	unsigned int number;
};

struct partitions {
	struct partition *at;
	unsigned int count, room;
};

/* Lists the partitions of a disk, by number. Returns 0 or -errno. */
int partitions_scan(struct partitions *parts, const struct sys *sys,
		    const char *disk);
void partitions_free(struct partitions *parts);
/* First 512-byte sector of a partition. Returns 0 or -errno. */
int partition_start(const struct sys *sys, const char *disk, const char *part,
		    uint64_t *start);

/* Name of the disk that a partition is on: /sys/class/block/xvda1 leads to
 * …/block/xvda/xvda1. Returns 0 or -errno (before 2.6.26 there is no
 * /sys/class/block: -ENOENT). */
int partition_disk(const struct sys *sys, const char *part,
		   char disk[DISK_NAME_SIZE]);

/* Name of a disk's partition: "sda1", "nvme0n1p1"; of the disk itself where
 * part is 0. */
void disk_part_name(char out[DISK_NAME_SIZE], const char *disk,
		    unsigned int part);
/* Is this the device number of the disk, or of one of its partitions? Sets
 * *part to the partition's number, 0 for the disk. */
bool disk_has_number(const struct sys *sys, const char *disk, dev_t number,
		     unsigned int *part);

#endif
