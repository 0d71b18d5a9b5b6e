// SPDX-License-Identifier: GPL-2.0-or-later
/* What this boot has left in writing of disks that are still there: which name
 * or neighbour keeps a twin, and which twin is hidden. Reads /run/pvroot only.
 */
#include <stdlib.h>
#include <string.h>

#include "admin/lib/file.h"
#include "admin/survey/survey.h"
#include "base/json_read.h"

#define REPORT_SIZE (256 * 1024) /* read at most */

static void take(struct survey *survey, const struct json_value *disk)
{
	char name[DISK_NAME_SIZE], twin[16] = "";
	struct disk_view *view;
	int index;

	if (!json_text(disk, "name", name, sizeof(name)))
		return;
	index = disks_find(&survey->disks, name);
	if (index < 0)
		return;
	view = &survey->views[index];
	json_text(disk, "named_by", view->named_by, sizeof(view->named_by));
	json_text(disk, "named", view->named, sizeof(view->named));
	json_text(disk, "twin", twin, sizeof(twin));
	view->hidden = !strcmp(twin, "hidden");
}

static void read_beside(struct survey *survey, unsigned int disk)
{
	char path[RECORD_PATH_SIZE];
	struct disk_view *view = &survey->views[disk];

	if (sys_read_line(survey->sys,
			  record_path_in(survey->sys, path, RECORD_KEPT,
					 survey->disks.at[disk].name),
			  view->beside, sizeof(view->beside)) < 0)
		view->beside[0] = '\0';
}

char *survey_report(const struct sys *sys, int *err)
{
	char path[RECORD_PATH_SIZE];

	return file_text(sys, record_path(sys, path, RECORD_REPORT),
			 REPORT_SIZE, err);
}

void survey_reported(struct survey *survey)
{
	struct json_value disks, disk;
	unsigned int i;
	int err;
	char *report = survey_report(survey->sys, &err);

	if (report && json_member(report, "disks", &disks)) {
		for (disk = json_first(&disks); disk.at;
		     disk = json_next(&disk))
			take(survey, &disk);
	}
	free(report);
	for (i = 0; i < survey->disks.count; i++)
		read_beside(survey, i);
}
