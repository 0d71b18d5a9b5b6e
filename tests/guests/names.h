/* SPDX-License-Identifier: GPL-2.0-or-later
 * Between names.c, which knows one name, and line.c, which chooses many. */
#ifndef GUESTS_NAMES_H
#define GUESTS_NAMES_H

#include "guests.h"

void name_draw_device(struct dice *d, struct name *n, const struct view *v,
		      unsigned int disk, bool is_root);
void name_draw_letter(struct dice *d, struct name *n);
/* Returns false where nothing on that disk can be named so. */
bool name_draw_tag(struct dice *d, struct name *n, unsigned int disk,
		   bool swap);
void name_draw_other(struct dice *d, struct name *n);

#endif
