// SPDX-License-Identifier: GPL-2.0-or-later
/* What pvroot took away since the boot. Reads its own folder only. */
#include <stdlib.h>
#include <string.h>

#include "admin/survey/survey.h"
#include "base/json_read.h"
#include "base/text.h"

#define RECORD_SIZE 16384

/* Whose twin it was, as the report says it: a record of before 0.2 does not. */
static void find_partner(const char *report, struct gone *gone)
{
	struct json_value disks, disk;
	char name[DISK_NAME_SIZE];

	if (!report || !json_member(report, "disks", &disks))
		return;
	for (disk = json_first(&disks); disk.at; disk = json_next(&disk)) {
		if (json_text(&disk, "name", name, sizeof(name)) &&
		    !strcmp(name, gone->record.name))
			json_text(&disk, "twin_of", gone->twin_of,
				  sizeof(gone->twin_of));
	}
}

static bool is_known(const struct gones *gones, const char *name)
{
	unsigned int i;

	for (i = 0; i < gones->count; i++) {
		if (!strcmp(gones->at[i].record.name, name))
			return true;
	}
	return false;
}

void survey_gones(struct survey *survey)
{
	struct gones *gones = &survey->gones;
	char text[RECORD_SIZE], *at = text, *line;
	char path[RECORD_PATH_SIZE], *report;
	int err;

	report = survey_report(survey->sys, &err);
	record_path(survey->sys, path, RECORD_TWINS);
	if (sys_read(survey->sys, path, text, sizeof(text)) < 0)
		text[0] = '\0';
	while ((line = next_line(&at))) {
		struct gone gone = { .twin_of = "" };
		const char *name;

		next_word(&line); /* its state: record_find() knows the last */
		name = next_word(&line);
		if (!*name || is_known(gones, name) ||
		    record_find(survey->sys, name, NULL, &gone.record) != 1)
			continue;
		text_copy(gone.twin_of, sizeof(gone.twin_of), gone.record.pv);
		if (!gone.twin_of[0])
			find_partner(report, &gone);
		grow(&gones->at, gones->count, &gones->room, sizeof(gone));
		gones->at[gones->count++] = gone;
	}
	free(report);
}
