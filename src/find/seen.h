/* SPDX-License-Identifier: GPL-2.0-or-later
 * What was seen where a tag was not found. */
#ifndef PVROOT_SEEN_H
#define PVROOT_SEEN_H

#include "dev/disk.h"
#include "sys/log.h"

/* Says what each device holds, so that a person sees the typing error. */
void seen_say_all(struct log *log, const struct disks *disks);

#endif
