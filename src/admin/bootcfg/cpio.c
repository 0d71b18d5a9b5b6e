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

#define MAX_LINKS 4096
#define TYPE_BITS 0170000
#define TYPE_FILE 0100000

enum field {
	INODE = 0,
	MODE = 1,
	LINKS = 4,
	FILE_SIZE = 6,
	MAJOR = 7,
	MINOR = 8,
	NAME_SIZE = 11
};

/* A file with several names: all but one of its entries have no content, often
 * the first ones. name: it waits for the content; NULL: the content has come.
 */
struct linked {
	uint64_t inode, device;
	char *name;
	uint32_t mode;
	uint64_t size;
};

struct archive {
	const struct cpio_reader *reader;
	struct stream *s;
	uint64_t inode, device, links; /* of the entry at hand */
	struct linked *linked;
	unsigned int count, room;
};

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

static int read_node(struct archive *a, const char *header)
{
	uint64_t major, minor;

	if (get_field(header, INODE, &a->inode) ||
	    get_field(header, LINKS, &a->links) ||
	    get_field(header, MAJOR, &major) ||
	    get_field(header, MINOR, &minor))
		return -EUCLEAN;
	a->device = major << 32 | minor;
	return 0;
}

static int read_header(struct archive *a, struct cpio_entry *entry, char *name)
{
	uint64_t mode, len;
	char header[HEADER_SIZE];
	int err = stream_take(a->s, header, HEADER_SIZE);

	if (err)
		return err;
	if (!cpio_is_magic((const uint8_t *)header) || read_node(a, header) ||
	    get_field(header, MODE, &mode) ||
	    get_field(header, FILE_SIZE, &entry->size) ||
	    get_field(header, NAME_SIZE, &len) || !len || len > CPIO_NAME_SIZE)
		return -EUCLEAN;
	err = stream_take(a->s, name, len);
	if (!err)
		err = align(a->s, HEADER_SIZE + len);
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

/* Hands a copy on, since the taker may change it. */
static void hand_over(const struct archive *a, const struct cpio_entry *entry,
		      const char *content)
{
	char *copy = memory_new((size_t)entry->size + 1);

	memcpy(copy, content, (size_t)entry->size);
	a->reader->take(entry, copy, a->reader->ctx);
	free(copy);
}

static bool is_this(const struct archive *a, const struct linked *linked)
{
	return linked->inode == a->inode && linked->device == a->device;
}

/* Shows the names that waited for this content (NULL: too long, or none). */
static void show_waiting(struct archive *a, const struct cpio_entry *entry,
			 const char *content)
{
	unsigned int i;

	for (i = 0; i < a->count; i++) {
		struct linked *linked = &a->linked[i];
		struct cpio_entry other = *entry;

		if (!linked->name || !is_this(a, linked))
			continue;
		other.name = linked->name;
		if (a->reader->want(&other, a->reader->ctx) && content)
			hand_over(a, &other, content);
		free(linked->name);
		linked->name = NULL;
		linked->size = entry->size;
	}
}

static int read_content(struct archive *a, const struct cpio_entry *entry)
{
	bool kept = entry->size && entry->size <= CPIO_KEEP_SIZE;
	bool wanted = a->reader->want(entry, a->reader->ctx) && kept;
	char *content = NULL;
	int err;

	if (wanted || (kept && a->links > 1))
		content = memory_new((size_t)entry->size + 1);
	err = stream_take(a->s, content, entry->size);
	if (!err)
		err = align(a->s, entry->size);
	if (!err && wanted)
		hand_over(a, entry, content);
	if (!err && a->links > 1)
		show_waiting(a, entry, content);
	free(content);
	return err;
}

static void add_linked(struct archive *a, const struct cpio_entry *entry,
		       const char *name)
{
	struct linked *linked;

	if (a->count == MAX_LINKS)
		return;
	array_extend(&a->linked, a->count, &a->room, sizeof(*linked));
	linked = &a->linked[a->count++];
	linked->inode = a->inode;
	linked->device = a->device;
	linked->mode = entry->mode;
	linked->size = entry->size;
	if (!name)
		return;
	linked->name = memory_text(name);
}

/* A name without content of a file with several: its content has been seen, or
 * comes later. Returns whether it is dealt with. */
static bool wait_for_content(struct archive *a, struct cpio_entry *entry)
{
	unsigned int i;

	for (i = 0; i < a->count; i++) {
		if (is_this(a, &a->linked[i]) && !a->linked[i].name) {
			entry->size = a->linked[i].size;
			a->reader->want(entry, a->reader->ctx);
			return true;
		}
	}
	if (a->count == MAX_LINKS)
		return false;
	add_linked(a, entry, entry->name);
	return true;
}

static int read_entry(struct archive *a, struct cpio_entry *entry)
{
	bool linked = a->links > 1 && (entry->mode & TYPE_BITS) == TYPE_FILE;

	if (linked && !entry->size && wait_for_content(a, entry))
		return 0;
	if (linked)
		add_linked(a, entry, NULL);
	return read_content(a, entry);
}

/* The names that have got no content are empty files. */
static void end_archive(struct archive *a)
{
	unsigned int i;

	for (i = 0; i < a->count; i++) {
		struct linked *linked = &a->linked[i];
		struct cpio_entry entry = { linked->name, linked->mode, 0 };

		if (linked->name)
			a->reader->want(&entry, a->reader->ctx);
		free(linked->name);
	}
	free(a->linked);
}

int cpio_read(struct stream *s, const struct cpio_reader *reader)
{
	struct archive a = { .reader = reader, .s = s };
	char name[CPIO_NAME_SIZE];
	struct cpio_entry entry;
	int err = -EFBIG;
	unsigned int i;

	for (i = 0; i < MAX_ENTRIES; i++) {
		err = read_header(&a, &entry, name);
		if (err || !strcmp(entry.name, "TRAILER!!!"))
			break;
		err = read_entry(&a, &entry);
		if (err)
			break;
		err = -EFBIG;
	}
	end_archive(&a);
	return err;
}
