/* SPDX-License-Identifier: GPL-2.0-or-later
 * What a link of udev's to an emulated disk looks like. */
#ifndef PVROOT_LINK_FORM_H
#define PVROOT_LINK_FORM_H

#include <stdbool.h>

/* Is this name (below /dev, to the end of its word) made as links_read() makes
 * them, so that it is among them if it means the disk? */
bool link_has_form(const char *name);
/* ... and can it be computed on every kernel? */
bool link_is_certain(const char *name);

/* Is it a link to a partition by its disk's path and what is in it, as udev
 * makes them since systemd 257: "disk/by-path/…-part/by-uuid/…"? Their second
 * half is udev's work, also for the PV disk. */
bool link_is_by_content(const char *name);

/* Skips "-part1" and sets *part (0: there is none). Returns false where
 * something else follows that belongs to the name. */
bool link_ends(const char *rest, unsigned int *part);

#endif
