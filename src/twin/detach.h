/* SPDX-License-Identifier: GPL-2.0-or-later
 * Takes twins away. Logs each that stays, with the reason. */
#ifndef PVROOT_DETACH_H
#define PVROOT_DETACH_H

#include "twin/twins.h"

/* Takes away every proven twin that may go; sets the new state of each disk. */
void detach_all(const struct twins *t);
/* The same for one disk: an emulated one, or all twins of a PV one. */
void detach_disk(const struct twins *t, int index);
/* Takes away emulated NICs that have a vif's address and may go; mac NULL: all,
 * else those with this one. Returns how many went. */
unsigned int detach_nics(const struct twins *t, const char *mac);

#endif
