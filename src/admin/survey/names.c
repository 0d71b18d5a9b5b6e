// SPDX-License-Identifier: GPL-2.0-or-later
/* What the configuration calls each device: looks names up in the survey. */
#include "admin/lib/file.h"
#include "admin/survey/names.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "admin/bootcfg/fstab.h"
#include "base/text.h"

static bool carries(const struct volume *volume, const struct tag *tag)
{
	switch (tag->kind) {
	case TAG_LABEL:
		return volume->what.type[0] &&
		       probe_carries(&volume->what, PROBE_LABEL, tag->value);
	case TAG_UUID:
		return volume->what.type[0] &&
		       probe_carries(&volume->what, PROBE_UUID, tag->value);
	case TAG_PARTUUID:
		return volume->partuuid[0] &&
		       !strcasecmp(volume->partuuid, tag->value);
	case TAG_PARTLABEL:
		return volume->partlabel[0] &&
		       !strcmp(volume->partlabel, tag->value);
	default:
		return false;
	}
}

static bool fits(const struct volume *volume, enum probe_usage usage)
{
	return volume->what.usage == usage;
}

static bool is_twin(const struct survey *survey, const struct volume *volume)
{
	return volume->disk >= 0 &&
	       survey->views[volume->disk].proof == PROOF_TWIN;
}

static bool same_btrfs(const struct volume *a, const struct volume *b)
{
	return !strcmp(a->what.type, "btrfs") &&
	       !strcmp(b->what.type, "btrfs") &&
	       !strcmp(a->what.uuid, b->what.uuid);
}

/* The device before this one that cannot be told from it: the same device of
 * the same btrfs, twice. NULL where there is none. */
static struct volume *clone_of(struct survey *survey,
			       const struct volume *volume)
{
	struct volume *a;

	for (a = survey->volumes.at; a < volume; a++) {
		if (same_btrfs(a, volume) && !is_twin(survey, a) &&
		    survey_volume_way(survey, a) ==
			    survey_volume_way(survey, volume) &&
		    !strcmp(a->what.uuid_sub, volume->what.uuid_sub))
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
	if (*counter && same_btrfs(named->volume[0], volume)) {
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
		if (!carries(volume, tag))
			continue;
		volume = offset_volume(survey, volume, tag->partnroff);
		if (volume &&
		    (tag->kind == TAG_PARTUUID || tag->kind == TAG_PARTLABEL ||
		     fits(volume, usage)))
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

/* /dev/sda1: the device of that name, whatever it is; a twin's name counts as
 * a name that goes. */
static void find_disk(struct survey *survey, const struct tag *tag,
		      struct named *named)
{
	char name[TAG_VALUE_SIZE + 16];
	struct volume *volume;

	/* a name that ends in a digit has a p before the number */
	if (tag->part)
		text_format(name, sizeof(name), "%s%s%u", tag->value,
			    text_prefix(tag->value, "nvme", NULL) ? "p" : "",
			    tag->part);
	else
		text_copy(name, sizeof(name), tag->value);
	volume = survey_volume(survey, name);
	if (volume)
		count(survey, named, volume);
	else
		named->gone = disks_find(&survey->disks, tag->value) < 0;
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
	else if (tag_is_sought(&tag) && tag.kind != TAG_NUMBER)
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

/* A device that is used though the PV one of the same tag is there: the twin
 * of the named one is called by that name too. */
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
