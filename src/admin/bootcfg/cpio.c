// SPDX-License-Identifier: GPL-2.0-or-later
/* Reads "newc" cpio archives. Takes bytes from a stream, opens nothing.
 * Source: the kernel's Documentation/driver-api/early-userspace/
 * buffer-format.rst. */
#include "admin/bootcfg/cpio.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "admin/lib/words.h"
#include "base/text.h"

#define HEADER_SIZE 110	    /* magic and 13 fields of 8 hex digits */
#define MAX_ENTRIES 1000000 /* no image has so many */

enum field { MODE = 1, FILE_SIZE = 6, NAME_SIZE = 11 };

bool cpio_is_magic(const uint8_t *bytes)
{
	return !memcmp(bytes, "070701", CPIO_MAGIC_LEN) ||
	       !memcmp(bytes, "070702", CPIO_MAGIC_LEN);
}

static int get_field(const char *header, enum field field, uint64_t *out)
{
	char digits[9];

	memcpy(digits, header + CPIO_MAGIC_LEN + 8 * (unsigned int)field, 8);
	digits[8] = '\0';
	return text_u64(digits, 16, UINT32_MAX, out) ? -EUCLEAN : 0;
}

/* Everything is aligned to 4 bytes, counted from the archive's start. */
static int align(struct stream *s, uint64_t size)
{
	return stream_take(s, NULL, (4 - size % 4) % 4);
}

static int read_header(struct stream *s, struct cpio_entry *entry, char *name)
{
	uint64_t mode, len;
	char header[HEADER_SIZE];
	int err = stream_take(s, header, HEADER_SIZE);

	if (err)
		return err;
	if (!cpio_is_magic((const uint8_t *)header) ||
	    get_field(header, MODE, &mode) ||
	    get_field(header, FILE_SIZE, &entry->size) ||
	    get_field(header, NAME_SIZE, &len) || !len || len > CPIO_NAME_SIZE)
		return -EUCLEAN;
	err = stream_take(s, name, len);
	if (!err)
		err = align(s, HEADER_SIZE + len);
	if (err)
		return err;
	name[len - 1] = '\0';
	entry->mode = (uint32_t)mode;
	entry->name = name;
	while (text_prefix(entry->name, "./", &entry->name) ||
	       text_prefix(entry->name, "/", &entry->name))
		;
	return 0;
}

static int read_content(struct stream *s, const struct cpio_entry *entry,
			const struct cpio_reader *reader)
{
	char *content = NULL;
	int err;

	if (entry->size && entry->size <= CPIO_KEEP_SIZE &&
	    reader->want(entry, reader->ctx))
		content = memory_new((size_t)entry->size + 1);
	else if (entry->size > CPIO_KEEP_SIZE || !entry->size)
		reader->want(entry, reader->ctx); /* notes the name only */
	err = stream_take(s, content, entry->size);
	if (!err)
		err = align(s, entry->size);
	if (!err && content)
		reader->take(entry, content, reader->ctx);
	free(content);
	return err;
}

int cpio_read(struct stream *s, const struct cpio_reader *reader)
{
	char name[CPIO_NAME_SIZE];
	struct cpio_entry entry;
	unsigned int i;
	int err;

	for (i = 0; i < MAX_ENTRIES; i++) {
		err = read_header(s, &entry, name);
		if (err)
			return err;
		if (!strcmp(entry.name, "TRAILER!!!"))
			return 0;
		err = read_content(s, &entry, reader);
		if (err)
			return err;
	}
	return -EFBIG;
}
