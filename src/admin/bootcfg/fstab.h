/* SPDX-License-Identifier: GPL-2.0-or-later
 * Lines of the fstab and mounts kind. Pure. */
#ifndef PVROOT_FSTAB_H
#define PVROOT_FSTAB_H

#include <stdbool.h>

#define FSTAB_SIZE 65536

struct fstab_line {
	unsigned int number; /* counted from 1 */
	const char *spec, *place, *type, *options;
	bool swap;
	bool device; /* the spec names a block device, as far as can be told */
	bool optional; /* noauto or nofail: a boot does not need it */
};

/* Cuts the next line that says something out of *text; counts in *number.
 * Octal escapes are decoded. Returns false at the end. */
bool fstab_next(char **text, unsigned int *number, struct fstab_line *line);

/* Is this word in the comma list? */
bool fstab_option_has(const char *options, const char *word);

#endif
