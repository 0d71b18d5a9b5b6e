// SPDX-License-Identifier: GPL-2.0-or-later
/* What is on the disks: every partition, every disk without one, every device
 * on top of others. Opens devices read-only; where that is not allowed, udev's
 * database is read instead. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/sysmacros.h>

#include "admin/survey/survey.h"
#include "base/text.h"
#include "find/source.h"
#include "probe/part/part.h"
#include "sys/attr.h"

#define UDEV_SIZE 16384
#define MAX_DEPTH 8 /* dm on md on dm …; this limits a loop */

struct volume *survey_volume(struct survey *survey, const char *name)
{
	unsigned int i;

	for (i = 0; i < survey->volumes.count; i++) {
		if (!strcmp(survey->volumes.at[i].name, name))
			return &survey->volumes.at[i];
	}
	return NULL;
}

enum way survey_volume_way(const struct survey *survey,
			   const struct volume *volume)
{
	return volume->disk < 0 ? WAY_STACKED : survey->views[volume->disk].way;
}

static void take_property(struct volume *volume, const char *line)
{
	struct probe_result *what = &volume->what;
	const struct {
		const char *key;
		char *to;
		size_t size;
	} keys[] = {
		{ "E:ID_FS_TYPE=", what->type, sizeof(what->type) },
		{ "E:ID_FS_LABEL_ENC=", what->label, sizeof(what->label) },
		{ "E:ID_FS_UUID=", what->uuid, sizeof(what->uuid) },
		{ "E:ID_PART_ENTRY_UUID=", volume->partuuid,
		  sizeof(volume->partuuid) },
		{ "E:ID_PART_ENTRY_NAME=", volume->partlabel,
		  sizeof(volume->partlabel) },
	};
	const char *value;
	size_t i;

	for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		if (!text_prefix(line, keys[i].key, &value))
			continue;
		text_copy(keys[i].to, keys[i].size, value);
		text_unescape(keys[i].to);
	}
}

bool survey_describe_by_udev(const struct sys *sys, struct volume *volume)
{
	char path[SYS_PATH_SIZE], text[UDEV_SIZE], *at = text, *line;
	int len;

	text_format(path, sizeof(path), "/run/udev/data/b%u:%u",
		    major(volume->number), minor(volume->number));
	len = sys_read(sys, path, text, sizeof(text));
	if (len < 0)
		return false;
	while ((line = text_next_line(&at)))
		take_property(volume, line);
	if (!strcmp(volume->what.type, "swap"))
		volume->what.usage = PROBE_SWAP;
	else if (text_ends_with(volume->what.type, "_member") ||
		 !strcmp(volume->what.type, "crypto_LUKS"))
		volume->what.usage = PROBE_MEMBER;
	volume->error = 0;
	return true;
}

static void describe(struct survey *survey, struct volume *volume)
{
	struct source source;
	int err =
		source_open(&source, survey->sys, volume->name, volume->number);

	if (!err) {
		source.bytes.whole =
			volume->disk >= 0 &&
			!strcmp(volume->name,
				survey->disks.at[volume->disk].name);
		volume->sectors = source.bytes.size / 512;
		err = probe_superblock(&source.bytes, &volume->what);
		source_close(&source);
	}
	/* -EUCLEAN: two formats claim it, so nothing is known. */
	volume->error = err < 0 && err != -EUCLEAN ? err : 0;
	if (err != 1)
		memset(&volume->what, 0, sizeof(volume->what));
	if (volume->error == -EACCES || volume->error == -EPERM)
		survey_describe_by_udev(survey->sys, volume);
	if (!err) {
		bool seen = survey_describe_by_udev(survey->sys, volume);

		volume->by_udev = volume->what.type[0];
		volume->blank = seen && !volume->by_udev;
	}
	if (volume->error && volume->error != -ENOMEDIUM)
		words_add(&survey->unread, "/dev/%s: %s", volume->name,
			  log_errno(volume->error));
}

static struct volume *add_volume(struct survey *survey, const char *name,
				 int disk, dev_t number)
{
	struct volumes *volumes = &survey->volumes;
	struct volume *volume;

	array_extend(&volumes->at, volumes->count, &volumes->room,
		     sizeof(*volume));
	volume = &volumes->at[volumes->count++];
	text_copy(volume->name, sizeof(volume->name), name);
	volume->disk = disk;
	volume->number = number;
	return volume;
}

struct table {
	struct survey *survey;
	const char *disk;
	const struct partitions *parts;
};

static int take_entry(const struct part_entry *entry, void *ctx)
{
	struct table *table = ctx;
	unsigned int i;

	for (i = 0; i < table->parts->count; i++) {
		struct volume *volume;

		if (table->parts->at[i].number != entry->number)
			continue;
		volume = survey_volume(table->survey, table->parts->at[i].name);
		if (volume) {
			text_copy(volume->partuuid, sizeof(volume->partuuid),
				  entry->uuid);
			text_copy(volume->partlabel, sizeof(volume->partlabel),
				  entry->name);
		}
	}
	return 0;
}

static void read_table(struct survey *survey, const char *disk,
		       const struct partitions *parts)
{
	struct table table = { survey, disk, parts };
	struct source source;

	if (!parts->count || source_open(&source, survey->sys, disk,
					 disk_number(survey->sys, disk, NULL)))
		return;
	part_walk(&source.bytes, take_entry, &table);
	source_close(&source);
}

static void add_disk(struct survey *survey, int index)
{
	const struct disk *disk = &survey->disks.at[index];
	struct partitions parts;
	unsigned int i;

	if (disk->cdrom || !survey->views[index].sectors ||
	    partitions_scan(&parts, survey->sys, disk->name))
		return;
	if (!parts.count)
		describe(survey, add_volume(survey, disk->name, index,
					    disk_number(survey->sys, disk->name,
							NULL)));
	for (i = 0; i < parts.count; i++)
		describe(survey, add_volume(survey, parts.at[i].name, index,
					    disk_number(survey->sys, disk->name,
							parts.at[i].name)));
	read_table(survey, disk->name, &parts);
	partitions_free(&parts);
}

static int add_stacked(const char *name, void *ctx)
{
	struct survey *survey = ctx;
	uint64_t sectors;

	if ((!text_prefix(name, "dm-", NULL) &&
	     !text_prefix(name, "md", NULL) &&
	     !text_prefix(name, "bcache", NULL)) ||
	    strlen(name) >= DISK_NAME_SIZE ||
	    disk_sectors(survey->sys, name, &sectors) || !sectors)
		return 0;
	if (!survey_volume(survey, name))
		describe(survey,
			 add_volume(survey, name, -1,
				    disk_number(survey->sys, name, NULL)));
	return 0;
}

void survey_volumes(struct survey *survey)
{
	unsigned int i;

	for (i = 0; i < survey->disks.count; i++)
		add_disk(survey, (int)i);
	sys_list(survey->sys, "/sys/block", add_stacked, survey);
}

struct below {
	struct survey *survey;
	void (*fn)(struct survey *survey, int disk, void *ctx);
	void *ctx;
	unsigned int depth;
};

static int go_down(const char *name, void *ctx)
{
	struct below *below = ctx;
	struct volume *volume = survey_volume(below->survey, name);
	int disk =
		volume ? volume->disk : disks_find(&below->survey->disks, name);
	char path[SYS_PATH_SIZE];

	if (disk >= 0) {
		below->fn(below->survey, disk, below->ctx);
		return 0;
	}
	if (below->depth == MAX_DEPTH)
		return 0;
	below->depth++;
	if (!text_format(path, sizeof(path), "/sys/block/%s/slaves", name))
		sys_list(below->survey->sys, path, go_down, below);
	below->depth--;
	return 0;
}

void survey_disks_below(struct survey *survey, const char *name,
			void (*fn)(struct survey *survey, int disk, void *ctx),
			void *ctx)
{
	struct below below = { survey, fn, ctx, 0 };

	go_down(name, &below);
}
