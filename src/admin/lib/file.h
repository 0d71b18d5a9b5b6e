/* SPDX-License-Identifier: GPL-2.0-or-later
 * Whole files as text. */
#ifndef PVROOT_FILE_H
#define PVROOT_FILE_H

#include "sys/sys.h"

/* Reads a file of at most limit bytes; NULL where it cannot be read (-errno in
 * *err). To be freed. */
char *file_text(const struct sys *sys, const char *path, size_t limit,
		int *err);

#endif
