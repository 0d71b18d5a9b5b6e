/* SPDX-License-Identifier: GPL-2.0-or-later
 * The ways through the ifs of one entry of a menu: each is a boot of its own.
 * Pure. */
#ifndef PVROOT_WAYS_H
#define PVROOT_WAYS_H

#include "admin/bootcfg/entry.h"

#define MAX_WAYS 8

/* The entry, as each way has left it so far. */
struct ways {
	struct entry *at[MAX_WAYS];
	unsigned int count;
};

void ways_free(struct ways *ways);
void ways_copy(struct ways *to, const struct ways *from);
/* Moves the ways of from to to, each boot once. */
void ways_join(struct ways *to, struct ways *from);

#endif
