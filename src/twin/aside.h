/* SPDX-License-Identifier: GPL-2.0-or-later
 * The PV path of a disk that is left on its old path. */
#ifndef PVROOT_ASIDE_H
#define PVROOT_ASIDE_H

#include "twin/twins.h"

/* Takes the driver from this PV disk, whose twin stays in use. For the initrd,
 * before anything looks for file systems, volumes or arrays: LVM and md read
 * every disk themselves and would take either path. Does nothing where a name
 * in use may mean the PV disk itself, or where it is in use. */
void aside_put(const struct twins *t, const struct disk *pv);

#endif
