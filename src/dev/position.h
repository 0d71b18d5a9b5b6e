/* SPDX-License-Identifier: GPL-2.0-or-later
 * The place of a disk, counted as vdev numbers count. */
#ifndef PVROOT_POSITION_H
#define PVROOT_POSITION_H

#include "dev/controller.h"
#include "dev/disk.h"

/* Number of the disk that a device model puts at this place of a controller of
 * this kind. Returns -1 where it puts none there. */
int position_of(const struct sys *sys, const struct place *place,
		enum controller_kind kind);
/* Is this PV disk the one with that number, on a bus that leads to such a
 * controller? */
bool position_is(const struct disk *pv, enum controller_kind kind, int number);

#endif
