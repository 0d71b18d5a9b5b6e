/* SPDX-License-Identifier: GPL-2.0-or-later
 * The names of devices that this guest uses, and who uses them. */
#ifndef PVROOT_INUSE_H
#define PVROOT_INUSE_H

#include <stdbool.h>

#include "dev/disk.h"
#include "dev/nic.h"
#include "find/tag.h"
#include "sys/sys.h"

/* Made when the image is built, by `pvroot names`: "WHERE NAME" a line, for a
 * network card "WHERE nic NAME". */
#define INUSE_FILE "/lib/pvroot/names"

#define INUSE_WHERE 64
#define INUSE_NAME  256

struct inuse_name {
	char where[INUSE_WHERE]; /* "cryptdevice=", "/etc/fstab:3" */
	char name[INUSE_NAME];	 /* from "/dev/" to the end of its word, or a
				  * kernel name without it, or a card's */
	bool nic;
};

struct inuse {
	struct inuse_name *at;
	unsigned int count, room;
	bool lost; /* memory was short, or a file could not be read: a name may
		    * be missing */
};

/* Adds the names in the words of a kernel command line, but for root= and
 * resume=, which are answered, and pvroot=. */
void inuse_add_cmdline(struct inuse *inuse, const char *cmdline);
/* Adds those of INUSE_FILE. */
void inuse_add_image(struct inuse *inuse, const struct sys *sys);
/* Adds those of the configuration files in /etc: fstab, crypttab, mdadm.conf,
 * lvm.conf, mount units, and what configures the network. */
void inuse_add_etc(struct inuse *inuse, const struct sys *sys);
void inuse_add(struct inuse *inuse, const char *where, const char *name,
	       bool nic);
/* Adds the device that root= or resume= names, where it is a name and no tag:
 * tags follow by themselves. */
void inuse_add_tag(struct inuse *inuse, const char *where,
		   const struct tag *tag);
void inuse_free(struct inuse *inuse);
/* Sets named of each disk to the first name that means it and does not follow
 * to its PV disk, or NULL; of a PV disk: that means its twin, also one that is
 * still to come. The disks are paired. */
void inuse_mark(const struct inuse *inuse, const struct sys *sys,
		struct disks *disks);

/* May this name mean that emulated disk, or a part of it, and go with it? No
 * for what follows the content to the PV disk (LABEL=, by-uuid, LVM, md) and
 * for what is another's. A name that is not understood means every disk. */
bool inuse_means_disk(const struct sys *sys, const char *name,
		      const struct disk *disk);
/* Is this the name of an emulated card, or may it become it? Not where a vif
 * has it, or another card. A card that still has the kernel's name (eth1) may
 * be renamed to anything that is predictable (ens3). */
bool inuse_means_nic(const struct sys *sys, const char *name,
		     const struct nic *nic);

#endif
