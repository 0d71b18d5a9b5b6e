/* SPDX-License-Identifier: GPL-2.0-or-later
 * The PV disk driver: its names, and what keeps it from loading. Pure. */
#ifndef PVROOT_MODULE_H
#define PVROOT_MODULE_H

#include <stdbool.h>
#include <stddef.h>

/* Is this (of len bytes) a name of the PV disk driver's module? */
bool module_is_pv_disk(const char *name, size_t len);
/* Is this a path of its file: …/xen-blkfront.ko, .ko.xz …? */
bool module_is_pv_disk_file(const char *path);
/* Is it in a list with commas? */
bool module_in_list(const char *list);
/* The first line of a modprobe.d file that forbids it, or NULL. Changes the
 * text. */
const char *module_forbidden(char *text);

/* Are these names of the same kernel module? "-" and "_" are equal in them. */
bool module_is_same(const char *a, const char *b, size_t len);

#endif
