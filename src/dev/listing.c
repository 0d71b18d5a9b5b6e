// SPDX-License-Identifier: GPL-2.0-or-later
/* Reads /proc/partitions, which lists each disk and right after it its
 * partitions. sysfs says the same, but at four system calls for each disk.
 * Reads only. */
#include "dev/listing.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/text.h"

#define FIRST_SIZE (8 * 1024)	 /* some 250 lines */
#define LAST_SIZE  (1024 * 1024) /* the kernel has no more disks than that */

static int read_text(struct listing *l, const struct sys *sys)
{
	size_t size;
	int len = -EFBIG;

	for (size = FIRST_SIZE; len == -EFBIG && size <= LAST_SIZE; size *= 2) {
		free(l->names);
		l->names = malloc(size);
		if (!l->names)
			return -ENOMEM;
		len = sys_read(sys, "/proc/partitions", l->names, size);
	}
	return len < 0 ? len : 0;
}

/* Copies the last word of each line to the start of the buffer, one after the
 * other. The heading begins with a letter, a disk's line with a space or a
 * digit. */
static unsigned int keep_names(struct listing *l)
{
	const char *line = l->names, *newline;
	unsigned int count = 0;

	l->end = l->names;
	for (; (newline = strchr(line, '\n')); line = newline + 1) {
		const char *word = newline;
		size_t len;

		while (word > line && word[-1] != ' ' && word[-1] != '\t')
			word--;
		len = (size_t)(newline - word);
		if (!len || *line == 'm')
			continue;
		memmove(l->end, word, len);
		l->end += len;
		*l->end++ = '\0';
		count++;
	}
	return count;
}

/* The number of the partition name on disk, 0 where name is not one of its
 * partitions. Where the disk's name ends in a digit, a p comes before the
 * number. */
static unsigned int part_number(const char *disk, const char *name)
{
	const char *digits;
	uint64_t number;

	if (!text_prefix(name, disk, &digits) || digits == name)
		return 0;
	if (digits[-1] >= '0' && digits[-1] <= '9' && *digits++ != 'p')
		return 0;
	return text_u64(digits, 10, 0xffff, &number) ? 0 : (unsigned int)number;
}

/* Returns the slot of the disk with this name, or the empty one where it
 * belongs. */
static const char **slot_of(const struct listing *l, const char *name)
{
	unsigned int hash = 5381;
	const char *c;

	for (c = name; *c; c++)
		hash = hash * 33 + (unsigned char)*c;
	/* Spreads similar names over the table (Knuth's multiplier). */
	hash = hash * 2654435761U >> 12;
	for (;; hash++) {
		const char **slot = &l->disks[hash & (l->slots - 1)];

		if (!*slot || !strcmp(*slot, name))
			return slot;
	}
}

int listing_read(struct listing *l, const struct sys *sys)
{
	const char *disk = "", *name;
	unsigned int count;
	int err;

	memset(l, 0, sizeof(*l));
	err = read_text(l, sys);
	if (err)
		return err;
	count = keep_names(l);
	for (l->slots = 16; l->slots <= count + count / 2;)
		l->slots *= 2;
	l->disks = calloc(l->slots, sizeof(*l->disks));
	if (!l->disks)
		return -ENOMEM;
	for (name = l->names; name < l->end; name += strlen(name) + 1) {
		if (part_number(disk, name))
			continue;
		disk = name;
		*slot_of(l, name) = name;
	}
	return 0;
}

void listing_free(struct listing *l)
{
	free(l->names);
	free(l->disks);
	memset(l, 0, sizeof(*l));
}

int listing_partitions(const struct listing *l, const char *disk,
		       struct partitions *parts)
{
	const char *name = l->disks ? *slot_of(l, disk) : NULL;
	struct partition *part;
	unsigned int number;

	memset(parts, 0, sizeof(*parts));
	if (!name)
		return -ENOENT;
	for (name += strlen(name) + 1; name < l->end;
	     name += strlen(name) + 1) {
		number = part_number(disk, name);
		if (!number)
			break;
		if (array_grow(&parts->at, parts->count, &parts->room,
			       sizeof(*part))) {
			partitions_free(parts);
			return -ENOMEM;
		}
		part = &parts->at[parts->count];
		part->number = number;
		if (!text_copy(part->name, sizeof(part->name), name))
			parts->count++;
	}
	return 0;
}
