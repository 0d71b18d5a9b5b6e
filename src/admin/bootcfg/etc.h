/* SPDX-License-Identifier: GPL-2.0-or-later
 * The formats of the files in /etc that name devices: one function each, which
 * adds the names of one line. inuse_etc.c has the files. */
#ifndef PVROOT_ADMIN_ETC_H
#define PVROOT_ADMIN_ETC_H

#include "find/inuse.h"

/* What is being read, and what one line leaves for the next. */
struct etc {
	struct inuse *inuse;
	const struct sys *sys;
	char *text;		 /* of the file */
	char where[INUSE_WHERE]; /* "/etc/fstab:3" */
	bool later;		 /* no boot needs what this line names */
	unsigned int depth;	 /* inside brackets (LVM); the indent below
				    ethernets: (netplan) */
};

/* Reads a line, without its comment and the blanks before it (not netplan's)
 * and after it; may change it. */
typedef void etc_line_fn(struct etc *etc, char *line);

/* Words that begin with /dev/, or are dev-….device. */
etc_line_fn etc_words;
/* What may be an emulated disk, after any quote, bracket or blank: JSON, XML,
 * units, scripts. */
etc_line_fn etc_service;
/* fstab and crypttab: what a boot does not need (noauto, nofail) is "later". */
etc_line_fn etc_table;
/* A mount or swap unit, and what may be in a drop-in of one. */
etc_line_fn etc_unit;
/* Devices that dracut's configuration puts into the image's fstab, or waits
 * for. */
etc_line_fn etc_dracut;
/* ZFS's pools, which are looked for at these paths alone; not text. */
etc_line_fn etc_zpool;
/* Of this file only its own name counts: net.ens3. */
etc_line_fn etc_nothing;
/* initramfs-tools' configuration, but for RESUME=, which pvroot answers. */
etc_line_fn etc_initramfs;
/* LVM's filters, and its list of devices. */
etc_line_fn etc_lvm_filter;
etc_line_fn etc_lvm_devices;
/* multipath's list of the disks that it has taken: one that is emulated has no
 * map (/dev/mapper/mpatha) once it is gone. */
etc_line_fn etc_wwid;
/* The administrator's rules for udev, which go by a disk's name or serial
 * number. */
etc_line_fn etc_udev_rule;
/* Network cards: whatever looks like one, or stands behind a word that one
 * follows; the same, and what networkd and NetworkManager match a card by; the
 * same, and the files that ifupdown sources; netplan. */
etc_line_fn etc_cards;
etc_line_fn etc_card_words; /* whatever looks like one, and no more */
etc_line_fn etc_match;
etc_line_fn etc_interfaces;
etc_line_fn etc_netplan;

/* Cuts the next word off *at; NULL at the end. */
char *etc_cut(char **at, const char *ends);
/* Adds a name that may mean any disk: what stands there is not understood, or
 * goes by what only the emulated one has. */
void etc_add_any_disk(struct etc *etc);
/* Adds each device in a word, which begins there or behind a sign. */
void etc_add_devices(struct etc *etc, const char *word);
/* Is this the place of a name that no boot and no network needs, but a service
 * does? A missing one is no problem of the boot. */
bool etc_is_service(const char *where);

#endif
