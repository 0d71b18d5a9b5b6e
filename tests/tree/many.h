/* SPDX-License-Identifier: GPL-2.0-or-later
 * A guest of many disks. */
#ifndef PVROOT_MANY_H
#define PVROOT_MANY_H

struct fixture;

/* Adds so many PV disks of so many partitions (0: whole disks), the first one
 * with a twin. The working directory is the fixture's. */
void guest_of_many(struct fixture *f, unsigned int disks, unsigned int parts);

#endif
