// SPDX-License-Identifier: GPL-2.0-or-later
/* Step 6: finds the PV device that root= and resume= mean, and decides what
 * may happen where there is none, or more than one. */
#include "boot.h"

#include <string.h>

#include "search.h"
#include "text.h"

/* A command-line key that names a device. */
struct want {
	const char *key;   /* "root" */
	const char *value; /* as it stands on the command line */
	const struct tag *tag;
	struct found *found;
	enum probe_usage usage;
};

static void take(struct boot *b, const struct want *want,
		 const struct match *match)
{
	struct found *found = want->found;

	text_copy(found->device, sizeof(found->device), match->device);
	text_copy(found->type, sizeof(found->type), match->what.type);
	found->vbd = match->vbd;
	log_say(&b->log, LOG_INFO, "%s %.200s -> /dev/%s (%s%svbd-%u)",
		want->key, want->value, found->device, found->type,
		found->type[0] ? ", " : "", found->vbd);
}

static void refuse(struct boot *b, const struct want *want,
		   const struct search *s)
{
	text_format(want->found->refused, sizeof(want->found->refused),
		    "%s %s", s->match[0].device, s->match[1].device);
	log_say(&b->log, LOG_ERR,
		"%s %.200s refused: %u PV devices carry it (%s, %s%s): name "
		"one of them by UUID= or PARTUUID=, or change its label",
		want->key, want->value, s->count, s->match[0].device,
		s->match[1].device, s->count > 2 ? " and more" : "");
}

/* Returns true where the device was found. */
static bool find(struct boot *b, const struct want *want)
{
	struct search s = { .sys = b->sys,
			    .disks = &b->disks,
			    .tag = want->tag,
			    .usage = want->usage };
	int err = search_pv(&s);

	if (err)
		log_say(&b->log, LOG_ERR, "%s %.200s: %s", want->key,
			want->value, log_errno(err));
	else if (s.count == 1)
		take(b, want, &s.match[0]);
	else if (s.count > 1)
		refuse(b, want, &s);
	return want->found->device[0];
}

static bool has_pv_disk(const struct boot *b)
{
	unsigned int i;

	for (i = 0; i < b->disks.count; i++) {
		if (disk_is_pv(&b->disks.at[i]))
			return true;
	}
	return false;
}

/* LVM, md, LUKS, NFS: not ours to find. With the twins gone their own tools
 * see each disk once; in strict mode that must really be so. */
static void pass_through(struct boot *b)
{
	unsigned int i;

	log_say(&b->log, LOG_INFO, "root %.200s is left to the generator",
		b->cmd.root[0] ? b->cmd.root : "(none given)");
	if (b->cmd.mode != MODE_STRICT)
		return;
	/* none was given, or none that is understood */
	if (!has_pv_disk(b) || !b->root.value[0])
		b->stop = true;
	for (i = 0; i < b->disks.count; i++) {
		if (b->disks.at[i].twin == TWIN_LEFT)
			b->stop = true;
	}
	if (b->stop)
		log_say(&b->log, LOG_ERR,
			"strict: it cannot be shown that root is on a PV disk");
}

static void not_found(struct boot *b)
{
	bool strict = b->cmd.mode == MODE_STRICT;

	log_say(&b->log, strict ? LOG_ERR : LOG_WARN,
		"root %.200s is on no PV disk: %s", b->cmd.root,
		strict ? "strict mode stops here" : "left as it was");
	diagnose(b);
	search_say_all(&b->log, &b->disks);
	b->stop = strict;
}

static void resolve_root(struct boot *b)
{
	const struct want want = { "root", b->cmd.root, &b->root,
				   &b->found_root, PROBE_FILESYSTEM };

	if (b->root.kind == TAG_NONE || b->root.kind == TAG_OTHER)
		pass_through(b);
	else if (!find(b, &want) && !b->found_root.refused[0])
		not_found(b);
	else if (b->found_root.refused[0])
		b->stop = b->cmd.mode == MODE_STRICT;
}

/* No resume image is no reason to stop: the generator's own wait covers it. */
static void resolve_resume(struct boot *b)
{
	const struct want want = { "resume", b->cmd.resume, &b->resume,
				   &b->found_resume, PROBE_SWAP };

	if (b->resume.kind == TAG_NONE || b->resume.kind == TAG_OTHER)
		return;
	if (!find(b, &want) && !b->found_resume.refused[0])
		log_say(&b->log, LOG_WARN,
			"resume %.200s is on no PV disk: left as it was",
			b->cmd.resume);
}

void resolve(struct boot *b)
{
	resolve_root(b);
	resolve_resume(b);
}
