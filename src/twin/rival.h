/* SPDX-License-Identifier: GPL-2.0-or-later
 * Names that udev is going to give to PCI network cards. */
#ifndef PVROOT_RIVAL_H
#define PVROOT_RIVAL_H

#include <stdbool.h>

#include "dev/nic.h"

/* Will udev give this name to a card that is passed through, or that is
 * emulated and no vif's twin, by the place that it is in (ens3, enp0s3)? An
 * emulated card without a driver may be a twin, and does not count. */
bool rival_takes(const struct sys *sys, const struct nics *nics,
		 const char *name);

#endif
