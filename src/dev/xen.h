/* SPDX-License-Identifier: GPL-2.0-or-later
 * Is this a Xen guest, and of which kind? */
#ifndef PVROOT_XEN_H
#define PVROOT_XEN_H

#include "sys/sys.h"

/* Is this a Xen HVM guest (PVHVM too)? PV and PVH guests, dom0 and real
 * machines are not: they have no emulated devices. Reads sysfs and CPUID. */
bool xen_is_hvm_guest(const struct sys *sys);

#endif
