/* SPDX-License-Identifier: GPL-2.0-or-later
 * Reads a cpio archive in the "newc" form, as initrds have it. */
#ifndef PVROOT_CPIO_H
#define PVROOT_CPIO_H

#include <stdbool.h>
#include <stdint.h>

#include "admin/lib/stream.h"

#define CPIO_NAME_SIZE 4096	    /* PATH_MAX */
#define CPIO_KEEP_SIZE (128 * 1024) /* contents that may be asked for */
#define CPIO_MAGIC_LEN 6

struct cpio_entry {
	const char *name; /* without a leading "/" or "./" */
	uint32_t mode;
	uint64_t size;
};

struct cpio_reader {
	/* Is the content of this file wanted? (up to CPIO_KEEP_SIZE bytes) */
	bool (*want)(const struct cpio_entry *entry, void *ctx);
	/* Gets the wanted content, with a NUL at the end. */
	void (*take)(const struct cpio_entry *entry, char *content, void *ctx);
	void *ctx;
};

bool cpio_is_magic(const uint8_t *bytes);
/* Reads one archive, including its trailer. Returns 0, -EUCLEAN where the bytes
 * are no archive or it ends too early, or another -errno of stream.h. */
int cpio_read(struct stream *s, const struct cpio_reader *reader);

#endif
