/* SPDX-License-Identifier: GPL-2.0-or-later
 * Arrays that grow. Pure. */
#ifndef PVROOT_ARRAY_H
#define PVROOT_ARRAY_H

#include <stddef.h>

/* Grows an array of `size`-byte elements to hold one more; zeroes the new one.
 * Returns 0 or -ENOMEM. at is the address of the array's pointer. */
int array_grow(void *at, unsigned int count, unsigned int *room, size_t size);

#endif
