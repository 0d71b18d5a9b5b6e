/* SPDX-License-Identifier: GPL-2.0-or-later
 * Understands what root= and resume= say. Pure: text in, value out. */
#ifndef PVROOT_TAG_H
#define PVROOT_TAG_H

#include <stdbool.h>
#include <stddef.h>

#define TAG_VALUE_SIZE 1024

enum tag_kind {
	TAG_NONE,  /* no value given */
	TAG_LABEL, /* LABEL=, /dev/disk/by-label/ */
	TAG_UUID,
	TAG_PARTLABEL,
	TAG_PARTUUID,
	TAG_DISK, /* /dev/xvda1, /dev/hda1, /dev/sda1, /dev/vda1, /dev/nvme0n1p1
		   */
	TAG_NUMBER,  /* 8:1, 0801, /dev/block/8:1 */
	TAG_LINK,    /* /dev/disk/by-id/, /dev/disk/by-path/, as udev makes them
		      */
	TAG_STACK,   /* LVM, md, device mapper, ZFS, bcache: not searched */
	TAG_NETWORK, /* NFS and the like: no disk at all */
	TAG_OTHER,   /* not understood: a link with a name of its own */
};

struct tag {
	enum tag_kind kind;
	char value[TAG_VALUE_SIZE]; /* decoded; TAG_DISK: "sda" without /dev/ */
	unsigned int part; /* TAG_DISK: partition number, 0 the whole disk */
	unsigned int major, minor; /* TAG_NUMBER */
	int partnroff;		   /* TAG_PARTUUID: /PARTNROFF=N, else 0 */
};

/* Is this a kind of tag that is searched for on the PV disks? */
static inline bool tag_is_sought(const struct tag *tag)
{
	return tag->kind >= TAG_LABEL && tag->kind <= TAG_LINK;
}

/* Parses the value of root= (quotes and \x escapes as udev writes them).
 * Returns 0; -ENAMETOOLONG where the value does not fit; -EINVAL where a number
 * in it is out of range. out is always valid (TAG_OTHER in case of an
 * error). */
int tag_parse(const char *text, struct tag *out);

#endif
