// SPDX-License-Identifier: GPL-2.0-or-later
/* What pvroot took away since the boot. Reads its own folder only. */
#include <stdlib.h>
#include <string.h>

#include "admin/survey/survey.h"
#include "base/json_read.h"
#include "base/text.h"

#define RECORD_SIZE 16384

/* Finds out from the report whose twin it was: a record from before 0.2 does
 * not say it. */
static void find_partner(const char *report, struct detached *item)
{
	struct json_value disks, disk;
	char name[DISK_NAME_SIZE];

	if (!report || !json_member(report, "disks", &disks))
		return;
	for (disk = json_first(&disks); disk.at; disk = json_next(&disk)) {
		if (json_text(&disk, "name", name, sizeof(name)) &&
		    !strcmp(name, item->record.name))
			json_text(&disk, "twin_of", item->twin_of,
				  sizeof(item->twin_of));
	}
}

static bool is_known(const struct detached_list *detached, const char *name)
{
	unsigned int i;

	for (i = 0; i < detached->count; i++) {
		if (!strcmp(detached->at[i].record.name, name))
			return true;
	}
	return false;
}

/* The links that its twin has left a PV disk, or a partition of it: udev's rule
 * reads them there. */
static void read_links(struct survey *survey, int pv, const char *folder,
		       const char *name)
{
	char text[RECORD_SIZE], path[RECORD_PATH_SIZE];
	char *at = text, *line, *link;

	record_path_in(survey->sys, path, folder, name);
	if (sys_read(survey->sys, path, text, sizeof(text)) < 0)
		return;
	while ((line = text_next_line(&at))) {
		link = strchr(line, '=');
		if (link && link[1])
			words_add(&survey->views[pv].links, "%s", link + 1);
	}
}

static void read_all_links(struct survey *survey)
{
	struct partitions parts;
	unsigned int i, k;

	for (i = 0; i < survey->disks.count; i++) {
		const struct disk *disk = &survey->disks.at[i];

		if (!disk_is_pv(disk))
			continue;
		read_links(survey, (int)i, RECORD_NAMES, disk->name);
		read_links(survey, (int)i, RECORD_LINKS, disk->name);
		if (partitions_scan(&parts, survey->sys, disk->name))
			continue;
		for (k = 0; k < parts.count; k++)
			read_links(survey, (int)i, RECORD_LINKS,
				   parts.at[k].name);
		partitions_free(&parts);
	}
}

void survey_detached(struct survey *survey)
{
	struct detached_list *detached = &survey->detached;
	char text[RECORD_SIZE], *at = text, *line;
	char path[RECORD_PATH_SIZE], *report;
	int err;

	report = survey_report(survey->sys, &err);
	record_path(survey->sys, path, RECORD_TWINS);
	if (sys_read(survey->sys, path, text, sizeof(text)) < 0)
		text[0] = '\0';
	while ((line = text_next_line(&at))) {
		struct detached item = { .twin_of = "" };
		const char *name;

		text_next_word(
			&line); /* the state; record_find() finds the newest */
		name = text_next_word(&line);
		if (!*name || is_known(detached, name) ||
		    record_find(survey->sys, name, NULL, &item.record) != 1)
			continue;
		text_copy(item.twin_of, sizeof(item.twin_of), item.record.pv);
		if (!item.twin_of[0])
			find_partner(report, &item);
		array_extend(&detached->at, detached->count, &detached->room,
			     sizeof(item));
		detached->at[detached->count++] = item;
	}
	free(report);
	read_all_links(survey);
}
