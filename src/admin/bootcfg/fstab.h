/* SPDX-License-Identifier: GPL-2.0-or-later
 * Lines in the form of fstab and mounts. Pure. */
#ifndef PVROOT_FSTAB_H
#define PVROOT_FSTAB_H

#include <stdbool.h>

#define FSTAB_SIZE 65536

struct fstab_line {
	unsigned int number; /* counted from 1 */
	const char *spec, *place, *type, *options;
	bool swap;
	bool device;   /* the spec looks like a block device */
	bool optional; /* noauto or nofail: a boot does not need it */
};

/* Cuts the next line that is neither empty nor a comment off *text; counts
 * lines in *number. Decodes octal escapes. Returns false at the end. */
bool fstab_next(char **text, unsigned int *number, struct fstab_line *line);

/* Is this word in the comma list? */
bool fstab_option_has(const char *options, const char *word);
/* noauto or nofail: a boot does not need what has these options. */
bool fstab_is_optional(const char *options);

#endif
