/* SPDX-License-Identifier: GPL-2.0-or-later
 * What a kernel's name of a disk (sda, hdb) means. */
#ifndef PVROOT_LETTERS_H
#define PVROOT_LETTERS_H

#include "dev/disk.h"
#include "sys/sys.h"

/* The PV disk that a kernel name means, or NULL where that is not proven:
 * - the disk is there, and is a PV disk or the proven twin of one;
 * - it was taken away in this boot, and the record says whose twin it was;
 * - an hd name: no such disk is there, and one PV disk has its place (the
 *   letters of the old IDE drivers are places).
 * sd letters count disks as they come, and Linux probes them side by side: on
 * 6.1 sda was seen behind the second channel and sdb behind the first. So one
 * that is not there yet means nothing. */
const struct disk *letters_disk(const struct sys *sys,
				const struct disks *disks, const char *name);

#endif
