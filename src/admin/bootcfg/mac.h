/* SPDX-License-Identifier: GPL-2.0-or-later
 * Network cards that the guest's configuration knows by their MAC. */
#ifndef PVROOT_MAC_H
#define PVROOT_MAC_H

#include <stdbool.h>

#include "sys/sys.h"

/* Does a file in /etc that names network cards (udev's rules and .link files,
 * networkd, netplan, NetworkManager, ifcfg, interfaces) contain this MAC? Then
 * it finds the vif by itself, and its own name for it is to win. A file that
 * cannot be read counts as yes. */
bool mac_is_configured(const struct sys *sys, const char *mac);

#endif
