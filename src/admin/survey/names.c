// SPDX-License-Identifier: GPL-2.0-or-later
/* What the configuration calls each device: looks names up in the survey. */
#include "admin/lib/file.h"
#include "admin/survey/names.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sysmacros.h>

#include "admin/bootcfg/fstab.h"
#include "base/text.h"
#include "find/match.h"

static bool is_twin(const struct survey *survey, const struct volume *volume)
{
	return volume->disk >= 0 &&
	       survey->views[volume->disk].proof == PROOF_TWIN;
}

static enum match_relation relation(const struct volume *a,
				    const struct volume *b)
{
	return strcmp(a->what.type, "btrfs")
		       ? MATCH_OTHER
		       : match_btrfs(a->what.uuid, a->what.uuid_sub, &b->what);
}

/* An earlier device that cannot be told apart from this one: both have the
 * UUIDs of the same device of the same btrfs. NULL where there is none. */
static struct volume *clone_of(struct survey *survey,
			       const struct volume *volume)
{
	struct volume *a;

	for (a = survey->volumes.at; a < volume; a++) {
		if (relation(a, volume) == MATCH_CLONE && !is_twin(survey, a) &&
		    survey_volume_way(survey, a) ==
			    survey_volume_way(survey, volume))
			return a;
	}
	return NULL;
}

static void count(struct survey *survey, struct named *named,
		  struct volume *volume)
{
	bool pv = survey_volume_way(survey, volume) == WAY_PV;
	unsigned int *counter = pv ? &named->pv : &named->other;

	if (is_twin(survey, volume)) {
		named->twin = true;
		return;
	}
	if (*counter && relation(named->volume[0], volume) != MATCH_OTHER) {
		struct volume *clone = clone_of(survey, volume);

		if (!clone)
			return;
		if (*counter == 1)
			named->volume[0] = clone;
	}
	if (pv && !named->pv)
		named->volume[0] = named->volume[1] = NULL;
	if (*counter < 2 && (pv || !named->pv))
		named->volume[*counter] = volume;
	++*counter;
}

/* The partition after (before) the named one: PARTUUID=…/PARTNROFF=N. */
static struct volume *offset_volume(struct survey *survey,
				    struct volume *volume, int by)
{
	size_t len = strlen(volume->name), digits = len;
	char name[2 * DISK_NAME_SIZE];
	uint64_t number;

	while (digits && volume->name[digits - 1] >= '0' &&
	       volume->name[digits - 1] <= '9')
		digits--;
	if (!by || text_u64(volume->name + digits, 10, 65535, &number))
		return volume;
	text_format(name, sizeof(name), "%.*s%d", (int)digits, volume->name,
		    (int)number + by);
	return survey_volume(survey, name);
}

static void find_tag(struct survey *survey, const struct tag *tag,
		     enum probe_usage usage, struct named *named)
{
	unsigned int i;

	for (i = 0; i < survey->volumes.count; i++) {
		struct volume *volume = &survey->volumes.at[i];

		if (volume->error && volume->error != -ENOMEDIUM)
			named->unsure = true;
		if (!match_superblock(tag, &volume->what, usage) &&
		    !match_partition(tag, volume->partuuid, volume->partlabel))
			continue;
		volume = offset_volume(survey, volume, tag->partnroff);
		if (volume)
			count(survey, named, volume);
	}
}

static void find_path(struct survey *survey, const char *path,
		      struct named *named)
{
	char link[SYS_PATH_SIZE];
	struct volume *volume;
	const char *slash;

	if (sys_readlink(survey->sys, path, link, sizeof(link)) > 0)
		path = link;
	slash = strrchr(path, '/');
	volume = survey_volume(survey, slash ? slash + 1 : path);
	if (volume)
		count(survey, named, volume);
}

/* /dev/sda1: finds the device of that name, of whatever kind. named->gone is
 * set where the disk is not there. */
static void find_disk(struct survey *survey, const struct tag *tag,
		      struct named *named)
{
	char name[DISK_NAME_SIZE], path[SYS_PATH_SIZE], link[SYS_PATH_SIZE];
	struct volume *volume;

	disk_part_name(name, tag->value, tag->part);
	volume = survey_volume(survey, name);
	/* It may be a link: sdf1 -> xvdf1. */
	if (!volume && !text_format(path, sizeof(path), "/dev/%s", name) &&
	    sys_readlink(survey->sys, path, link, sizeof(link)) > 0)
		volume = survey_volume(survey, strrchr(link, '/')
						       ? strrchr(link, '/') + 1
						       : link);
	if (volume)
		count(survey, named, volume);
	else
		named->gone = disks_find(&survey->disks, tag->value) < 0;
}

/* 8:1 */
static void find_number(struct survey *survey, const struct tag *tag,
			struct named *named)
{
	dev_t number = makedev(tag->major, tag->minor);
	unsigned int i;

	for (i = 0; i < survey->volumes.count; i++) {
		if (survey->volumes.at[i].number == number)
			count(survey, named, &survey->volumes.at[i]);
	}
	named->gone = !named->pv && !named->other && !named->twin;
}

struct named names_find(struct survey *survey, const char *name,
			enum probe_usage usage)
{
	struct named named = { 0 };
	struct tag tag;

	if (tag_parse(name, &tag) || tag.kind == TAG_NONE)
		return named;
	named.known = true;
	if (tag.kind == TAG_DISK)
		find_disk(survey, &tag, &named);
	else if (tag.kind == TAG_NUMBER)
		find_number(survey, &tag, &named);
	else if (tag.kind >= TAG_LABEL && tag.kind <= TAG_PARTUUID)
		find_tag(survey, &tag, usage, &named);
	else if (text_prefix(name, "/dev/", NULL))
		find_path(survey, name, &named);
	else
		named.known = false;
	return named;
}

static void call(struct survey *survey, const char *name,
		 enum probe_usage usage, const char *where)
{
	struct named named = names_find(survey, name, usage);
	unsigned int i;

	for (i = 0; i < 2; i++) {
		if (named.volume[i])
			words_add(&named.volume[i]->called, "%s (%s)", name,
				  where);
	}
}

static void call_by_fstab(struct survey *survey)
{
	struct fstab_line line;
	unsigned int number = 0;
	int err;
	char *text = file_text(survey->sys, "/etc/fstab", FSTAB_SIZE, &err);
	char *at = text;

	while (text && fstab_next(&at, &number, &line)) {
		if (line.device)
			call(survey, line.spec,
			     line.swap ? PROBE_SWAP : PROBE_FILESYSTEM,
			     "fstab");
	}
	if (!text)
		words_add(&survey->unread, "/etc/fstab: %s", log_errno(err));
	free(text);
}

/* Gives the names of a PV volume to its twin too, so that status shows by which
 * name a twin is in use. */
static void call_twins(struct survey *survey)
{
	unsigned int i, j;

	for (i = 0; i < survey->volumes.count; i++) {
		struct volume *volume = &survey->volumes.at[i], *pv;
		const char *digits;
		char name[2 * DISK_NAME_SIZE];

		if (!is_twin(survey, volume) ||
		    !text_prefix(volume->name,
				 survey->disks.at[volume->disk].name, &digits))
			continue;
		text_format(
			name, sizeof(name), "%s%s",
			survey->disks.at[survey->views[volume->disk].pv].name,
			digits);
		pv = survey_volume(survey, name);
		for (j = 0; pv && j < pv->called.count; j++)
			words_add(&volume->called, "%s", pv->called.at[j]);
	}
}

void survey_names(struct survey *survey)
{
	if (survey->cmd.root[0])
		call(survey, survey->cmd.root, PROBE_FILESYSTEM, "root=");
	if (survey->cmd.resume[0])
		call(survey, survey->cmd.resume, PROBE_SWAP, "resume=");
	call_by_fstab(survey);
	call_twins(survey);
}
