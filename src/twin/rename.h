/* SPDX-License-Identifier: GPL-2.0-or-later
 * A vif gets the name by which the guest's configuration knows its card. */
#ifndef PVROOT_RENAME_H
#define PVROOT_RENAME_H

#include "twin/twins.h"

/* Written by `pvroot nics` when the image is built: lines of "MAC NAME", for
 * the names that the configuration uses. */
#define RENAME_FILE "/lib/pvroot/nics"

/* For each recorded card whose vif is there: renames the vif and has udev call
 * it so, before udev starts, and not its emulated twin. Waits at most
 * RENAME_WAIT_MS for vifs that a driver has accepted. Logs what it does and
 * what it refuses. */
#define RENAME_WAIT_MS 3000
void rename_vifs(const struct twins *t);

#endif
