// SPDX-License-Identifier: GPL-2.0-or-later
/* What is on the disks: every partition, every disk without one, every device
 * on top of others. Opens devices read-only; where that is not allowed, udev's
 * own record of the device is read instead. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/sysmacros.h>

#include "sys/attr.h"
#include "probe/part/part.h"
#include "find/source.h"
#include "admin/survey/survey.h"
#include "base/text.h"

#define UDEV_SIZE 16384
#define MAX_DEPTH 8 /* dm on md on dm …; no loop runs on for ever */

struct area *survey_area(struct survey *survey, const char *name)
{
	unsigned int i;

	for (i = 0; i < survey->areas.count; i++) {
		if (!strcmp(survey->areas.at[i].name, name))
			return &survey->areas.at[i];
	}
	return NULL;
}

enum way area_way(const struct survey *survey, const struct area *area)
{
	return area->disk < 0 ? WAY_STACKED : survey->drives[area->disk].way;
}

static void take_property(struct area *area, const char *line)
{
	struct probe_result *what = &area->what;
	const struct {
		const char *key;
		char *to;
		size_t size;
	} keys[] = {
		{ "E:ID_FS_TYPE=", what->type, sizeof(what->type) },
		{ "E:ID_FS_LABEL_ENC=", what->label, sizeof(what->label) },
		{ "E:ID_FS_UUID=", what->uuid, sizeof(what->uuid) },
		{ "E:ID_PART_ENTRY_UUID=", area->partuuid,
		  sizeof(area->partuuid) },
		{ "E:ID_PART_ENTRY_NAME=", area->partlabel,
		  sizeof(area->partlabel) },
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

void udev_describe(const struct sys *sys, struct area *area)
{
	char path[SYS_PATH_SIZE], text[UDEV_SIZE], *at = text, *line;
	int len;

	text_format(path, sizeof(path), "/run/udev/data/b%u:%u",
		    major(area->number), minor(area->number));
	len = sys_read(sys, path, text, sizeof(text));
	if (len < 0)
		return;
	while ((line = next_line(&at)))
		take_property(area, line);
	if (!strcmp(area->what.type, "swap"))
		area->what.usage = PROBE_SWAP;
	else if (ends_with(area->what.type, "_member") ||
		 !strcmp(area->what.type, "crypto_LUKS"))
		area->what.usage = PROBE_MEMBER;
	area->error = 0;
}

static void describe(struct survey *survey, struct area *area)
{
	struct source source;
	int err = source_open(&source, survey->sys, area->name, area->number);

	if (!err) {
		err = probe_superblock(&source.bytes, &area->what);
		source_close(&source);
	}
	/* -EUCLEAN: two formats claim it; nothing can be said of it. */
	area->error = err < 0 && err != -EUCLEAN ? err : 0;
	if (err != 1)
		memset(&area->what, 0, sizeof(area->what));
	if (area->error == -EACCES || area->error == -EPERM)
		udev_describe(survey->sys, area);
	if (area->error && area->error != -ENOMEDIUM)
		words_add(&survey->unread, "/dev/%s: %s", area->name,
			  log_errno(area->error));
}

static struct area *add_area(struct survey *survey, const char *name, int disk,
			     dev_t number)
{
	struct areas *areas = &survey->areas;
	struct area *area;

	grow(&areas->at, areas->count, &areas->room, sizeof(*area));
	area = &areas->at[areas->count++];
	text_copy(area->name, sizeof(area->name), name);
	area->disk = disk;
	area->number = number;
	return area;
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
		struct area *area;

		if (table->parts->at[i].number != entry->number)
			continue;
		area = survey_area(table->survey, table->parts->at[i].name);
		if (area) {
			text_copy(area->partuuid, sizeof(area->partuuid),
				  entry->uuid);
			text_copy(area->partlabel, sizeof(area->partlabel),
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

	if (disk->cdrom || !survey->drives[index].sectors ||
	    partitions_scan(&parts, survey->sys, disk->name))
		return;
	if (!parts.count)
		describe(survey,
			 add_area(survey, disk->name, index,
				  disk_number(survey->sys, disk->name, NULL)));
	for (i = 0; i < parts.count; i++)
		describe(survey, add_area(survey, parts.at[i].name, index,
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
	if (!survey_area(survey, name))
		describe(survey,
			 add_area(survey, name, -1,
				  disk_number(survey->sys, name, NULL)));
	return 0;
}

void survey_areas(struct survey *survey)
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
	struct area *area = survey_area(below->survey, name);
	int disk = area ? area->disk : disks_find(&below->survey->disks, name);
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
