/* SPDX-License-Identifier: GPL-2.0-or-later
 * Which PV disk a kernel name (sda, hdb) means. */
#ifndef PVROOT_LETTERS_H
#define PVROOT_LETTERS_H

#include "dev/disk.h"
#include "sys/sys.h"

/* The PV disk that a kernel name means, or NULL where that is not proven:
 * - the disk is there, and is a PV disk or the proven twin of one;
 * - it was taken away in this boot, and the record says whose twin it was;
 * - an hd name: no such disk is there, exactly one PV disk has its place (the
 *   letters of the old IDE drivers are places), and no emulated disk sits
 *   there unproven: it may be in use as what it is called today.
 * sd letters are given in the order in which disks appear, and Linux probes
 * disks in parallel: on 6.1 sda was seen on the second channel and sdb on the
 * first. So an sd name that is not there yet means nothing. */
const struct disk *letters_disk(const struct sys *sys,
				const struct disks *disks, const char *name);

#endif
