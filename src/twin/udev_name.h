/* SPDX-License-Identifier: GPL-2.0-or-later
 * The name of a vif, as udev reads it. */
#ifndef PVROOT_UDEV_NAME_H
#define PVROOT_UDEV_NAME_H

#include <stdbool.h>

#include "sys/sys.h"

/* Has udev call the vif with this MAC so, and not its emulated twin. It must
 * not have seen the card yet. Returns 0 or -errno. */
int udev_name_give(const struct sys *sys, const char *mac, const char *name);

/* Will udev call the vif with this MAC so? name may have more behind it:
 * "ens3.100", "ens3:0". */
bool udev_name_is_given(const struct sys *sys, const char *mac,
			const char *name);

/* udev names the cards with this MAC by itself again. Returns false where it
 * was given no name. */
bool udev_name_drop(const struct sys *sys, const char *mac);

#endif
