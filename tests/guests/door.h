/* SPDX-License-Identifier: GPL-2.0-or-later
 * Between the two halves of the door, and the story that opens it. */
#ifndef GUESTS_DOOR_H
#define GUESTS_DOOR_H

#include <setjmp.h>

#include "guests.h"

#define DOOR_UEVENTS 90
#define DOOR_LOCK    91
#define DOOR_FIRST   100

extern jmp_buf door_escape; /* where a story that does not end is left */

void door_open(void);
void door_call(void);
void door_forget_memory(void);
/* What the program has written to this file; NULL where there is none. */
const char *door_text(const char *path);
/* Closes what is open; true where that was anything but a lock. */
bool door_close_all(void);

/* ---- lists.c ---- */
size_t list_partitions(char *text, size_t size);
size_t list_used(char *text, size_t size, enum use use, const char *rest);
const char *ata_class(const struct node *n);

#endif
