/* SPDX-License-Identifier: GPL-2.0-or-later
 * Names of the rows that the format files define. */
#ifndef PVROOT_FORMATS_H
#define PVROOT_FORMATS_H

#include "format.h"

extern const struct probe_format probe_ext, probe_fat, probe_swap,
	probe_swsuspend;

/* The boot sector of a FAT, which might pass for a partition table? */
bool fat_is_boot_sector(const uint8_t *sector);

#endif
