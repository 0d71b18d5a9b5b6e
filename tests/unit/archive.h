/* SPDX-License-Identifier: GPL-2.0-or-later
 * Builds cpio archives in memory, for the tests of those who read them. */
#ifndef PVROOT_ARCHIVE_H
#define PVROOT_ARCHIVE_H

#include <stddef.h>

struct archive {
	char bytes[1 << 20];
	size_t len;
};

/* Adds a regular file. */
void archive_add(struct archive *a, const char *name, const char *content);
/* The same, of any mode and bytes; name_size counts its NUL. */
void archive_add_raw(struct archive *a, unsigned int mode, const char *name,
		     size_t name_size, const char *content, size_t size);
/* One of the two names of the file with this number. */
void archive_add_link(struct archive *a, unsigned int inode, const char *name,
		      const char *content);
void archive_end(struct archive *a);
/* Any bytes. */
void archive_put(struct archive *a, const void *bytes, size_t len);
/* Writes it to a file through a shell command: "cat", "gzip -c". */
void archive_pack(const struct archive *a, const char *command,
		  const char *path);
/* A file in memory that holds it all, at its begin; to be closed. */
int archive_open(const struct archive *a);

#endif
