/* SPDX-License-Identifier: GPL-2.0-or-later
 * What was seen when a tag was not found. */
#ifndef PVROOT_SEEN_H
#define PVROOT_SEEN_H

#include "dev/disk.h"
#include "sys/log.h"

/* Logs what each device holds, so that a person finds a typing error in
 * root=. */
void seen_say_all(struct log *log, const struct disks *disks);

#endif
