/* SPDX-License-Identifier: GPL-2.0-or-later
 * Finds the PV devices that a tag names. */
#ifndef PVROOT_SEARCH_H
#define PVROOT_SEARCH_H

#include "dev/disk.h"
#include "find/tag.h"
#include "probe/probe.h"

#define SEARCH_MATCHES 2 /* the second is only needed to be named */

struct match {
	char device[DISK_NAME_SIZE]; /* "xvda1" */
	uint32_t vbd;
	const struct disk *disk;  /* the PV disk that it is, or is on */
	struct probe_result what; /* type "" where it could not be told */
};

/* A device of a btrfs that carries the tag. */
struct member {
	char device[DISK_NAME_SIZE];
	uint32_t vbd;
	char uuid[UUID_TEXT_SIZE], uuid_sub[UUID_TEXT_SIZE];
};

struct search {
	const struct sys *sys;
	const struct disks *disks;
	const struct tag *tag;
	enum probe_usage usage; /* a file system for root, swap for resume */
	unsigned int count; /* distinct matches; 0 none, 2 or more: unclear */
	struct match match[SEARCH_MATCHES];

	/* What search_pv() remembers while it runs. */
	struct member *members;
	unsigned int members_count, members_room;
	int error;
};

/* Looks on every PV disk for s->tag and fills count and match. Devices of one
 * btrfs are one match, but only those whose own UUIDs differ: two that cannot
 * be told apart are clones. Reads each device as little as will do. Returns 0
 * or -errno (out of memory; one unreadable device is no error). */
int search_pv(struct search *s);

#endif
