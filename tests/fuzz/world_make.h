/* SPDX-License-Identifier: GPL-2.0-or-later
 * The two halves of making a guest, world.c and world_disks.c. */
#ifndef PVROOT_WORLD_MAKE_H
#define PVROOT_WORLD_MAKE_H

#include "world.h"

char junk_char(uint8_t byte);
struct ctrl *add_ctrl(struct bytes *b, uint8_t kind);
/* These return NULL where there is no room, or the place is taken. */
struct wdisk *add_pv(uint8_t how, unsigned int slot, uint8_t media);
struct wdisk *add_emulated(struct ctrl *c, uint8_t place, uint8_t media);
void make_cdrom(struct wdisk *d, bool no_block);

#endif
