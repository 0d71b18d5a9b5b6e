/* SPDX-License-Identifier: GPL-2.0-or-later
 * Between the parts that draw a guest. */
#ifndef GUESTS_DRAW_H
#define GUESTS_DRAW_H

#include "guests.h"

/* files.c: a new file, its own or a byte copy; -1 where there is no room. */
int draw_file(struct dice *d);
unsigned int draw_content(struct dice *d);
/* hardware.c: -1 where there is no room. */
int draw_card(enum card_kind kind, bool bound);
void draw_host(struct dice *d);
/* cards.c */
void draw_record(uint64_t seed);

#endif
