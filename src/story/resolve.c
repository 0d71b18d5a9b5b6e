// SPDX-License-Identifier: GPL-2.0-or-later
/* Step 6: finds the PV devices of root= and resume=, and the names in use that
 * keep a disk on its old path. Opens PV disks read-only. */
#include "story/boot.h"

#include <string.h>
#include <sys/sysmacros.h>

#include "base/text.h"
#include "dev/controller.h"
#include "dev/letters.h"
#include "find/search.h"

/* A command-line key that names a device. */
struct want {
	const char *key;   /* "root" */
	const char *value; /* as on the command line */
	const struct tag *tag;
	struct answer *found;
	enum probe_usage usage;
};

/* root=/dev/xvda1: a PV device by its own name, or number. */
static bool is_own_name(const struct boot *b, const struct tag *tag,
			const struct disk *pv)
{
	unsigned int part;

	if (tag->kind == TAG_DISK)
		return !strcmp(tag->value, pv->name);
	return tag->kind == TAG_NUMBER &&
	       disk_has_number(b->sys, pv->name,
			       makedev(tag->major, tag->minor), &part);
}

static void take(struct boot *b, const struct want *want,
		 const struct match *match)
{
	struct answer *found = want->found;
	const char *number = match->device + strlen(match->disk->name);
	uint64_t part = 0;

	text_copy(found->device, sizeof(found->device), match->device);
	text_copy(found->type, sizeof(found->type), match->what.type);
	text_copy(found->uuid, sizeof(found->uuid), match->what.uuid);
	found->asked = is_own_name(b, want->tag, match->disk);
	found->several = match->what.devices > 1;
	found->vbd = match->vbd;
	found->disk = (int)(match->disk - b->disks.at);
	text_u64(number, 10, UINT32_MAX, &part);
	found->part = (unsigned int)part;
}

static void refuse(struct boot *b, const struct want *want,
		   const struct search *s)
{
	text_format(want->found->refused, sizeof(want->found->refused), "%s %s",
		    s->match[0].device, s->match[1].device);
	log_say(&b->log, LOG_ERR,
		"%s %.200s refused: %u PV devices carry it (%s, %s%s): name "
		"one of them by UUID= or PARTUUID=, or change its label",
		want->key, want->value, s->count, s->match[0].device,
		s->match[1].device, s->count > 2 ? " and more" : "");
}

static void find(struct boot *b, const struct want *want)
{
	struct search s = { .sys = b->sys,
			    .disks = &b->disks,
			    .tag = want->tag,
			    .usage = want->usage };
	int err;

	want->found->disk = -1;
	if (!tag_is_sought(want->tag))
		return;
	err = search_pv(&s);
	if (err)
		log_say(&b->log, LOG_ERR, "%s %.200s: %s", want->key,
			want->value, log_errno(err));
	else if (s.count == 1)
		take(b, want, &s.match[0]);
	else if (s.count > 1)
		refuse(b, want, &s);
}

/* A name in root= or resume= that is not turned into a PV device is a name in
 * use like any other. One that is needs no twin; but udev makes it a link, for
 * which no other disk should get the letter. */
static void add_name(struct boot *b, const struct want *want)
{
	char where[16], name[DISK_NAME_SIZE], path[DISK_NAME_SIZE + 8];

	text_format(where, sizeof(where), "%s=", want->key);
	if (!want->found->device[0]) {
		inuse_add_tag(&b->inuse, where, want->tag);
	} else if (want->tag->kind == TAG_DISK && !want->found->asked) {
		disk_part_name(name, want->tag->value, want->tag->part);
		text_format(path, sizeof(path), "/dev/%s", name);
		inuse_add(&b->inuse, where, path, INUSE_LATER);
	}
}

static const struct disk *twin_of(const struct boot *b, int pv)
{
	unsigned int i;

	for (i = 0; i < b->disks.count; i++) {
		if (b->disks.at[i].twin_of == pv &&
		    b->disks.at[i].twin != TWIN_DETACHED)
			return &b->disks.at[i];
	}
	return NULL;
}

/* A disk must be used by one path only. So if one name keeps it on the old
 * path, root= and resume= use that path too. Where the twin is not there yet,
 * there is no answer. */
static void leave_on_old_path(struct boot *b, const struct want *want)
{
	struct answer *found = want->found;
	const struct disk *pv = &b->disks.at[found->disk];
	const struct disk *twin = twin_of(b, found->disk);

	log_say(&b->log, LOG_WARN,
		"%s %.200s is on %s, but %s names its emulated twin (%.100s): "
		"the disk is left on its old path; UUID= there lets it go",
		want->key, want->value, found->device, pv->named->where,
		pv->named->name);
	found->device[0] = '\0';
	if (twin)
		disk_part_name(found->device, twin->name, found->part);
	found->disk = -1;
}

static void say_found(struct boot *b, const struct want *want)
{
	struct answer *found = want->found;

	if (found->disk < 0)
		return;
	if (b->disks.at[found->disk].named && !found->asked &&
	    b->asked.cmd.mode != MODE_STRICT) {
		leave_on_old_path(b, want);
		return;
	}
	log_say(&b->log, LOG_INFO, "%s %.200s -> /dev/%s (%s%svbd-%u)",
		want->key, want->value, found->device, found->type,
		found->type[0] ? ", " : "", found->vbd);
}

/* A missing resume device does not stop the boot: the generator waits for it
 * itself. */
static void say_no_resume(struct boot *b)
{
	if (tag_is_sought(&b->asked.resume) && !b->resume.device[0] &&
	    !b->resume.refused[0])
		log_say(&b->log, LOG_WARN,
			"resume %.200s is on no PV disk: left as it was",
			b->asked.cmd.resume);
}

void resolve(struct boot *b)
{
	const struct want wants[] = {
		{ "root", b->asked.cmd.root, &b->asked.root, &b->root,
		  PROBE_FILESYSTEM },
		/* With an offset it is a file in the file system of that name.
		 */
		{ "resume", b->asked.cmd.resume, &b->asked.resume, &b->resume,
		  text_contains(b->asked.line, "resume_offset=")
			  ? PROBE_FILESYSTEM
			  : PROBE_SWAP },
	};
	size_t i;

	for (i = 0; i < 2; i++)
		find(b, &wants[i]);
	inuse_add_cmdline(&b->inuse, b->asked.line);
	inuse_add_image(&b->inuse, b->sys);
	for (i = 0; i < 2; i++)
		add_name(b, &wants[i]);
	b->inuse.hidden = b->nodes;
	inuse_mark(&b->inuse, b->sys, &b->asked.cmd, &b->disks, true);
	for (i = 0; i < 2; i++)
		say_found(b, &wants[i]);
	say_no_resume(b);
}
