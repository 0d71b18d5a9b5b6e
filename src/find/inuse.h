/* SPDX-License-Identifier: GPL-2.0-or-later
 * The names of devices that this guest uses, and who uses them. */
#ifndef PVROOT_INUSE_H
#define PVROOT_INUSE_H

#include <stdbool.h>

#include "base/cmdline.h"
#include "dev/disk.h"
#include "dev/nic.h"
#include "find/tag.h"
#include "sys/sys.h"

/* Written by `pvroot names` when the image is built. Each line is "WHERE NAME",
 * or "WHERE KIND NAME" with the word of a kind. */
#define INUSE_FILE "/lib/pvroot/names"

#define INUSE_WHERE 64
#define INUSE_NAME  256

enum inuse_kind {
	INUSE_BOOT,  /* a disk that the boot needs */
	INUSE_LATER, /* "later": a disk that a tool uses later, no boot: follows
			if it can, and keeps no twin */
	INUSE_NIC,   /* "nic": a network card */
	INUSE_REJECT /* "reject": what LVM does not take, if any name of it is
			so: a pattern */
};

/* Is it a name of a disk, and not of a card, or a pattern? */
static inline bool inuse_is_disk(enum inuse_kind kind)
{
	return kind == INUSE_BOOT || kind == INUSE_LATER;
}

/* The word for it, with a space; "" for INUSE_BOOT. */
const char *inuse_kind_word(enum inuse_kind kind);

struct inuse_name {
	enum inuse_kind kind;
	char where[INUSE_WHERE]; /* "cryptdevice=", "/etc/fstab:3" */
	char name[INUSE_NAME];	 /* from "/dev/" to the end of its word, or a
				    kernel name without "/dev/", or a card's name
				  */
};

struct inuse {
	struct inuse_name *at;
	unsigned int count, room;
	bool lost; /* out of memory, or a file could not be read: a name may be
		      missing */
	bool hidden; /* an IDE disk that is hidden will have links in its
			nodes' place (--nodes) */
};

/* Adds the names in the words of a kernel command line, those for init too,
 * except pvroot=, and except root= and resume=, which pvroot answers itself. */
void inuse_add_cmdline(struct inuse *inuse, const char *cmdline);
/* Adds those of INUSE_FILE. */
void inuse_add_image(struct inuse *inuse, const struct sys *sys);
/* Adds those of the configuration files in /etc: fstab, crypttab, mdadm.conf,
 * lvm.conf, mount units, and what configures the network. */
void inuse_add_etc(struct inuse *inuse, const struct sys *sys);
void inuse_add(struct inuse *inuse, const char *where, const char *name,
	       enum inuse_kind kind);
/* Adds the device that root= or resume= names. A tag is left out: it leads to
 * the PV disk anyway. */
void inuse_add_tag(struct inuse *inuse, const char *where,
		   const struct tag *tag);
void inuse_free(struct inuse *inuse);
/* Sets named of each emulated disk to the first name that means it and does not
 * lead to its PV disk, or NULL; named of each PV disk to such a name of its
 * twin, and (coming) even of one that has not appeared yet. The disks must be
 * paired.
 * Links of a twin lead to its PV disk unless keep= (in cmd) holds it, or LVM
 * would reject the PV disk because of them; so do its kernel names (letter is
 * set then) where the letter can be held. */
void inuse_mark(const struct inuse *inuse, const struct sys *sys,
		const struct cmdline *cmd, struct disks *disks, bool coming);

/* May this name mean that emulated disk, or a part of it, and be lost with it?
 * No for names that find the PV disk by its content (LABEL=, by-uuid, LVM, md),
 * and for names of other devices. A name that is not understood may mean any
 * disk. */
bool inuse_means_disk(const struct sys *sys, const char *name,
		      const struct disk *disk);
/* May this name mean some PV disk itself: /dev/xvdb1, by-path/xen-vbd-51712, a
 * number, a link that is not understood? No for content, which the twin carries
 * too, and for what is certainly the name of an emulated disk. */
bool inuse_may_mean_pv(const char *name);
/* Is this a disk's name that leads to its PV disk if it can? Not what only a
 * tool needs, where LVM may reject a disk for having that name. */
bool inuse_follows(const struct inuse *inuse, const struct inuse_name *use);
/* Would LVM reject a disk for a link of udev's (by-id, by-path) that it has? */
bool inuse_rejects_links(const struct inuse *inuse);
/* Is this exactly the kernel's own name of that disk or of a partition of it
 * (*part, 0 for the disk), and does whoever uses it follow a link of that name?
 * A name in a pattern, a number or a kernel parameter that the kernel reads
 * itself is not. */
bool inuse_is_kernel_name(const struct inuse_name *use, const struct disk *disk,
			  unsigned int *part);
/* Is this the name of that emulated card, or may it become its name? No where a
 * vif or another card has it. A card that still has the kernel's name (eth1)
 * may be renamed to anything that is predictable (ens3). A pattern ("en*")
 * means it where it would not take vif, which has its address, as well. */
bool inuse_means_nic(const struct sys *sys, const char *name,
		     const struct nic *nic, const struct nic *vif);

#endif
