/* SPDX-License-Identifier: GPL-2.0-or-later
 * Finds the PV devices that a tag names. */
#ifndef PVROOT_SEARCH_H
#define PVROOT_SEARCH_H

#include "dev/disk.h"
#include "find/tag.h"
#include "probe/probe.h"

#define SEARCH_MATCHES 2 /* the second is kept only for the message */

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
	unsigned int count;	/* distinct matches; 2 or more: ambiguous */
	struct match match[SEARCH_MATCHES];

	/* Used by search_pv() while it runs. */
	struct member *members;
	unsigned int members_count, members_room;
	int error;
};

/* Looks on every PV disk for s->tag and fills count and match. The devices of
 * one btrfs are one match if their own UUIDs differ; two with the same one are
 * clones. Reads as little of each device as it can. Returns 0 or -errno (out of
 * memory; an unreadable device is no error). */
int search_pv(struct search *s);

#endif
