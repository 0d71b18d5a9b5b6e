/* SPDX-License-Identifier: GPL-2.0-or-later
 * A system of few files, all made of a fuzzer's input: takes the place of
 * src/sys/ for those who read files (files.c). */
#ifndef PVROOT_FILES_H
#define PVROOT_FILES_H

#include <stddef.h>
#include <stdint.h>

struct files {
	const uint8_t *bytes; /* of every file that can be opened or read */
	size_t len;
	size_t piece;	  /* at most so many come at once; not 0 */
	const char *menu; /* the only path that is there; NULL: each is */
	const char *name; /* of the one file in each folder; NULL: one.conf */
	size_t at;	  /* how far the open file was read */
};

extern struct files files;

#endif
