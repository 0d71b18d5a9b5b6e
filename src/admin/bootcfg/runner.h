/* SPDX-License-Identifier: GPL-2.0-or-later
 * What runs pvroot in an image. */
#ifndef PVROOT_ADMIN_RUNNER_H
#define PVROOT_ADMIN_RUNNER_H

#include <stdbool.h>
#include <stddef.h>

/* Bits, one for each row of the table in runner.c. */
struct runner {
	unsigned int hooks, callers;
	bool udev; /* systemd's socket for it is there */
};

/* Notes a file of the image; name is without a leading "/". */
void runner_note_file(struct runner *runner, const char *name);
/* Is this the image's first process, whose content counts? */
bool runner_is_init(const char *name);
void runner_note_init(struct runner *runner, const char *content, size_t len);
/* Is there a hook of pvroot, and what calls it? */
bool runner_is_there(const struct runner *runner);

#endif
