// SPDX-License-Identifier: GPL-2.0-or-later
/* Finds the PV devices that a tag names: opens them read-only. */
#include "find/search.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sysmacros.h>

#include "base/array.h"
#include "base/text.h"
#include "dev/letters.h"
#include "dev/links.h"
#include "dev/listing.h"
#include "find/candidate.h"
#include "find/match.h"

/* The earlier device that has the same UUIDs as this one, or NULL. Sets *sister
 * where another device of the same btrfs was found before. */
static const struct member *find_clone(const struct search *s,
				       const struct probe_result *what,
				       bool *sister)
{
	unsigned int i;

	for (i = 0; i < s->members_count; i++) {
		const struct member *m = &s->members[i];

		switch (match_btrfs(m->uuid, m->uuid_sub, what)) {
		case MATCH_CLONE:
			return m;
		case MATCH_SISTER:
			*sister = true;
			break;
		default:
			break;
		}
	}
	return NULL;
}

static void remember_member(struct search *s, const struct candidate *c,
			    const struct probe_result *what)
{
	struct member *m;

	if (array_grow(&s->members, s->members_count, &s->members_room,
		       sizeof(*m))) {
		s->error = -ENOMEM;
		return;
	}
	m = &s->members[s->members_count++];
	text_copy(m->device, sizeof(m->device), candidate_name(c));
	m->vbd = c->disk->place.vbd;
	text_copy(m->uuid, sizeof(m->uuid), what->uuid);
	text_copy(m->uuid_sub, sizeof(m->uuid_sub), what->uuid_sub);
}

/* Is this another device of a btrfs that was found before? A clone is not: it
 * counts as a second match, and the first one is set to the device that it
 * cannot be told apart from, so that the message names these two. */
static bool is_new_member(struct search *s, const struct candidate *c,
			  const struct probe_result *what)
{
	const struct member *clone;
	bool sister = false;

	if (strcmp(what->type, "btrfs") || !what->uuid[0])
		return false;
	clone = find_clone(s, what, &sister);
	if (clone && s->count == 1) {
		text_copy(s->match[0].device, sizeof(s->match[0].device),
			  clone->device);
		s->match[0].vbd = clone->vbd;
	}
	sister = sister && !clone;
	remember_member(s, c, what);
	return sister;
}

static void add_match(struct search *s, const struct candidate *c,
		      const struct probe_result *what)
{
	struct match *m;

	if (is_new_member(s, c, what))
		return;
	if (s->count < SEARCH_MATCHES) {
		m = &s->match[s->count];
		text_copy(m->device, sizeof(m->device), candidate_name(c));
		m->vbd = c->disk->place.vbd;
		m->disk = c->disk;
		m->what = *what;
	}
	s->count++;
}

static enum probe_field field_of(const struct tag *tag)
{
	return tag->kind == TAG_UUID ? PROBE_UUID : PROBE_LABEL;
}

/* Probes a device in full. One that two formats claim, or that belongs to RAID,
 * LVM or LUKS, does not match. */
static void consider(struct search *s, const struct candidate *c,
		     struct source *source)
{
	struct probe_result what;

	if (probe_superblock(&source->bytes, &what) == 1 &&
	    match_superblock(s->tag, &what, s->usage))
		add_match(s, c, &what);
}

/* The first bytes of so many devices are requested before the first is looked
 * at: a disk's answer takes far longer than the request. */
#define BATCH 16

struct batch {
	struct search *s;
	unsigned int count;
	struct {
		struct candidate candidate;
		char part[DISK_NAME_SIZE];
		struct source source;
	} at[BATCH];
};

static void finish_batch(struct batch *batch)
{
	struct search *s = batch->s;
	unsigned int i;

	for (i = 0; i < batch->count; i++) {
		struct source *source = &batch->at[i].source;

		/* An error counts as "perhaps": the full probe reads again, and
		 * the error may have passed. */
		if (probe_may_carry(&source->bytes, field_of(s->tag),
				    s->tag->value))
			consider(s, &batch->at[i].candidate, source);
		source_close(source);
	}
	batch->count = 0;
}

static int add_to_batch(const struct candidate *c, void *ctx)
{
	struct batch *batch = ctx;
	struct candidate *mine = &batch->at[batch->count].candidate;
	struct source *source = &batch->at[batch->count].source;
	char *part = batch->at[batch->count].part;

	if (candidate_open(batch->s->sys, c, source))
		return 0;
	sys_disk_prefetch(source->fd, PROBE_HEAD_SIZE);
	*mine = *c;
	if (c->part) { /* the list of names is freed sooner */
		text_copy(part, DISK_NAME_SIZE, c->part);
		mine->part = part;
	}
	if (++batch->count == BATCH)
		finish_batch(batch);
	return 0;
}

static int search_superblocks(struct search *s)
{
	struct batch batch = { .s = s };
	int err = candidates_on_pv(s->sys, s->disks, add_to_batch, &batch);

	finish_batch(&batch);
	return err;
}

/* Probes the type of a device that was found by name or partition table. */
static void describe(const struct sys *sys, const struct candidate *c,
		     struct probe_result *what)
{
	struct source source;

	memset(what, 0, sizeof(*what));
	if (candidate_open(sys, c, &source))
		return;
	if (probe_superblock(&source.bytes, what) != 1)
		what->type[0] = '\0';
	source_close(&source);
}

static void add_partition(struct search *s, const struct disk *disk,
			  unsigned int number)
{
	struct candidate c = { disk, NULL };
	struct probe_result what;
	struct partitions parts;
	unsigned int i;

	if (partitions_scan(&parts, s->sys, disk->name))
		return;
	for (i = 0; i < parts.count; i++) {
		if (parts.at[i].number != number)
			continue;
		c.part = parts.at[i].name;
		describe(s->sys, &c, &what);
		add_match(s, &c, &what);
		break;
	}
	partitions_free(&parts);
}

/* Adds a partition, or with 0 the disk itself. */
static void add_device(struct search *s, const struct disk *disk,
		       unsigned int part)
{
	struct candidate c = { disk, NULL };
	struct probe_result what;

	if (part) {
		add_partition(s, disk, part);
		return;
	}
	describe(s->sys, &c, &what);
	add_match(s, &c, &what);
}

struct table_search {
	struct search *s;
	const struct disk *disk;
};

static int look_at_entry(const struct part_entry *entry, void *ctx)
{
	struct table_search *t = ctx;
	const struct tag *tag = t->s->tag;

	if (match_partition(tag, entry->uuid, entry->name))
		add_partition(t->s, t->disk,
			      entry->number + (unsigned int)tag->partnroff);
	return 0;
}

static void search_tables(struct search *s)
{
	unsigned int i;

	for (i = 0; i < s->disks->count; i++) {
		struct table_search t = { s, &s->disks->at[i] };
		struct candidate c = { t.disk, NULL };
		struct source source;

		if (!disk_is_pv(t.disk) || candidate_open(s->sys, &c, &source))
			continue;
		source_walk(&source, look_at_entry, &t);
		source_close(&source);
	}
}

static void search_name(struct search *s)
{
	const struct disk *disk = letters_disk(s->sys, s->disks, s->tag->value);
	unsigned int part = s->tag->part;
	char whole[TAG_VALUE_SIZE + 12];

	if (!disk && part) {
		/* A vbd may itself be a partition: vdev=xvda1. */
		text_format(whole, sizeof(whole), "%s%u", s->tag->value, part);
		disk = letters_disk(s->sys, s->disks, whole);
		part = 0;
	}
	if (disk)
		add_device(s, disk, part);
}

static const struct disk *pv_of(const struct search *s, const struct disk *disk)
{
	if (disk_is_pv(disk))
		return disk;
	return disk->twin_of >= 0 ? &s->disks->at[disk->twin_of] : NULL;
}

/* Looks for 8:1: the number of a PV device, or of a proven twin. */
static void search_number(struct search *s)
{
	dev_t number = makedev(s->tag->major, s->tag->minor);
	unsigned int i, part;

	for (i = 0; i < s->disks->count; i++) {
		const struct disk *disk = &s->disks->at[i];

		if (pv_of(s, disk) &&
		    disk_has_number(s->sys, disk->name, number, &part))
			add_device(s, pv_of(s, disk), part);
	}
}

/* Looks for a link of udev's that means a proven twin. */
static void search_link(struct search *s)
{
	const char *name = s->tag->value;
	struct links links;
	unsigned int i, part;

	text_prefix(name, "/dev/", &name);
	for (i = 0; i < s->disks->count; i++) {
		const struct disk *disk = &s->disks->at[i];

		if (disk->twin_of >= 0 && !links_read(s->sys, disk, &links) &&
		    links_mean(&links, name, &part))
			add_device(s, pv_of(s, disk), part);
	}
}

static int search_by_kind(struct search *s)
{
	switch (s->tag->kind) {
	case TAG_LABEL:
	case TAG_UUID:
		return search_superblocks(s);
	case TAG_PARTLABEL:
	case TAG_PARTUUID:
		search_tables(s);
		return 0;
	case TAG_DISK:
		search_name(s);
		return 0;
	case TAG_NUMBER:
		search_number(s);
		return 0;
	case TAG_LINK:
		search_link(s);
		return 0;
	default:
		return 0;
	}
}

int search_pv(struct search *s)
{
	int err;

	s->count = 0;
	s->error = 0;
	err = search_by_kind(s);
	free(s->members);
	s->members = NULL;
	s->members_count = s->members_room = 0;
	return err ? err : s->error;
}
