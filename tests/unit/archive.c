// SPDX-License-Identifier: GPL-2.0-or-later
/* Builds "newc" archives: a header of 110 characters, the name, the content,
 * each filled up to a multiple of four. */
#include "archive.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

void archive_put(struct archive *a, const void *bytes, size_t len)
{
	assert_true(len <= sizeof(a->bytes) - a->len);
	memcpy(a->bytes + a->len, bytes, len);
	a->len += len;
}

static void fill_up(struct archive *a)
{
	while (a->len % 4)
		archive_put(a, "", 1);
}

static void add(struct archive *a, unsigned int inode, unsigned int links,
		unsigned int mode, const char *name, size_t name_size,
		const char *content, size_t size)
{
	char header[111];

	fill_up(a);
	snprintf(header, sizeof(header),
		 "070701%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x",
		 inode, mode, 0, 0, links, 0, (unsigned int)size, 0, 0, 0, 0,
		 (unsigned int)name_size, 0);
	archive_put(a, header, 110);
	archive_put(a, name, name_size);
	fill_up(a);
	archive_put(a, content, size);
	fill_up(a);
}

void archive_add_raw(struct archive *a, unsigned int mode, const char *name,
		     size_t name_size, const char *content, size_t size)
{
	add(a, 1, 1, mode, name, name_size, content, size);
}

void archive_add_link(struct archive *a, unsigned int inode, const char *name,
		      const char *content)
{
	add(a, inode, 2, 0100644, name, strlen(name) + 1, content,
	    strlen(content));
}

void archive_add(struct archive *a, const char *name, const char *content)
{
	archive_add_raw(a, 0100644, name, strlen(name) + 1, content,
			strlen(content));
}

void archive_end(struct archive *a)
{
	archive_add_raw(a, 0, "TRAILER!!!", 11, "", 0);
}

int archive_open(const struct archive *a)
{
	int fd = memfd_create("archive", 0);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, a->bytes, a->len), a->len);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	return fd;
}

void archive_pack(const struct archive *a, const char *command,
		  const char *path)
{
	char line[400];
	FILE *pipe;

	assert_in_range(snprintf(line, sizeof(line), "%s >%s", command, path),
			1, sizeof(line) - 1);
	pipe = popen(line, "w");
	assert_non_null(pipe);
	assert_int_equal(fwrite(a->bytes, 1, a->len, pipe), a->len);
	assert_int_equal(pclose(pipe), 0);
}
