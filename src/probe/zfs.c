// SPDX-License-Identifier: GPL-2.0-or-later
/* A device of a ZFS pool: a member, never mounted. Pure. Four labels of 256
 * KiB, two at each end. In each, at 16 KiB: a list of names and values in XDR
 * (big-endian); at 128 KiB: 128 uberblocks of 1 KiB. Source: ZFS on-disk
 * specification, 2006, chapter 1; OpenZFS, nvpair.c. */
#include <string.h>

#include "base/bytes.h"
#include "probe/formats.h"

enum {
	LABEL = 256 * 1024,
	LABEL_LIST = 16 * 1024,
	LABEL_RING = 128 * 1024,
	RING_SIZE = 128 * 1024,
	UBERBLOCK = 1024,
	WANTED = 4, /* at least so many uberblocks: libblkid's rule */
	CHUNK = 4096,
	MIN_SIZE = 64 * 1024 * 1024,

	LIST_HEADER = 12,
	PAIR_HEADER = 12, /* size, decoded size, length of the name */
	TYPE_UINT64 = 8,
	TYPE_STRING = 9,
	TYPE_LIST = 19,
	LIST_VALUE = 16,
};

#define UBERBLOCK_MAGIC 0x00bab10cULL

static int count_uberblocks(struct probe *p, uint64_t ring)
{
	int count = 0;

	for (uint32_t at = 0; at < RING_SIZE && count < WANTED; at += CHUNK) {
		const uint8_t *s = probe_bytes(p, ring + at, CHUNK);

		if (!s)
			return p->error;
		for (uint32_t i = 0; i < CHUNK; i += UBERBLOCK)
			count += le64(s + i) == UBERBLOCK_MAGIC ||
				 be64(s + i) == UBERBLOCK_MAGIC;
	}
	return count;
}

static void put_decimal(char *dst, uint64_t n)
{
	char digits[20];
	size_t len = 0;

	do {
		digits[len++] = (char)('0' + n % 10);
		n /= 10;
	} while (n);
	while (len)
		*dst++ = digits[--len];
	*dst = '\0';
}

static bool named(const uint8_t *pair, uint32_t len, const char *name)
{
	return len == strlen(name) && !memcmp(pair + PAIR_HEADER, name, len);
}

/* Takes one pair. value has room bytes: type, count, and the value itself. */
static void take_value(const uint8_t *pair, uint32_t name_len,
		       const uint8_t *value, uint32_t room,
		       struct probe_result *out)
{
	uint32_t type = room >= 12 ? be32(value) : 0;

	if (type == TYPE_STRING && named(pair, name_len, "name")) {
		uint32_t len = be32(value + 8);

		if (len <= room - 12)
			probe_set_label(out, value + 12, len);
	} else if (type == TYPE_UINT64 && room >= 16) {
		if (named(pair, name_len, "pool_guid"))
			put_decimal(out->uuid, be64(value + 8));
		else if (named(pair, name_len, "guid"))
			put_decimal(out->uuid_sub, be64(value + 8));
	}
}

/* Takes pool name and ids from the outermost list; lists inside it are skipped
 * pair by pair. All that is needed is in the first 4 KiB. */
static void read_list(const uint8_t *list, uint32_t left,
		      struct probe_result *out)
{
	const uint8_t *pair = list + LIST_HEADER;
	int depth = 0;

	left -= LIST_HEADER;
	while (left >= PAIR_HEADER) {
		uint32_t size = be32(pair);
		uint32_t name_len = be32(pair + 8);
		uint32_t name_room, room;

		if (!size) { /* the end of a list: 8 bytes */
			if (!depth--)
				return;
			size = 8;
		} else {
			if (size > left || size < PAIR_HEADER ||
			    name_len > size - PAIR_HEADER)
				return;
			name_room = (name_len + 3) & ~3U;
			if (name_room > size - PAIR_HEADER)
				return;
			room = size - PAIR_HEADER - name_room;
			if (room >= LIST_VALUE &&
			    be32(pair + PAIR_HEADER + name_room) == TYPE_LIST) {
				size = PAIR_HEADER + name_room + LIST_VALUE;
				depth++;
			} else if (!depth) {
				take_value(pair, name_len,
					   pair + PAIR_HEADER + name_room, room,
					   out);
			}
		}
		pair += size;
		left -= size;
	}
}

/* Is this a list in XDR (1), of a writer of either byte order, version 0, with
 * unique names? */
static bool is_list(const uint8_t *s)
{
	return s && s[0] == 1 && s[1] <= 1 && !le16(s + 2) && !be32(s + 4) &&
	       be32(s + 8) == 1;
}

static int zfs_check(struct probe *p, const uint8_t *sb,
		     const struct probe_magic *magic, struct probe_result *out)
{
	uint64_t end = p->src->size - p->src->size % LABEL;
	const uint64_t labels[4] = { 0, LABEL, end - 2 * LABEL, end - LABEL };
	int found = 0;

	(void)sb;
	(void)magic;
	for (int i = 0; i < 4; i++) {
		const uint8_t *list;
		int count;

		/* The uberblocks are read only if a list comes before them. */
		if (!is_list(probe_bytes(p, labels[i] + LABEL_LIST,
					 LIST_HEADER)))
			continue;
		if (probe_in_partition(p, labels[i], LABEL))
			continue;
		count = count_uberblocks(p, labels[i] + LABEL_RING);
		if (count < 0)
			return count;
		found += count;
		if (found < WANTED)
			continue;
		list = probe_bytes(p, labels[i] + LABEL_LIST, CHUNK);
		if (list)
			read_list(list, CHUNK, out);
		break;
	}
	return p->error ? p->error : found >= WANTED;
}

const struct probe_format probe_zfs = {
	.type = "zfs_member",
	.usage = PROBE_MEMBER,
	.min_size = MIN_SIZE,
	.check = zfs_check,
};
