/* SPDX-License-Identifier: GPL-2.0-or-later
 * Unified kernel images: EFI programs that have a kernel, its initrd and its
 * command line as sections. */
#ifndef PVROOT_ADMIN_UKI_H
#define PVROOT_ADMIN_UKI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sys/sys.h"

#define UKI_HEAD 4096 /* all headers lie in it */

struct uki_section {
	uint64_t at;
	uint64_t size; /* 0: there is no such section */
};

struct uki {
	struct uki_section kernel, initrd, line, uname, osrel;
};

/* Reads the table of sections. Pure. Returns false where these bytes begin no
 * EFI program, or the table is not whole. */
bool uki_parse(const uint8_t *head, size_t len, struct uki *out);
/* The same for an open file. */
bool uki_look(int fd, uint64_t file_size, struct uki *out);
/* Reads a section as one text, without what follows its first NUL. Returns 0,
 * -EFBIG where it does not fit, or -EIO. */
int uki_text(int fd, const struct uki_section *section, char *buf, size_t size);

#endif
