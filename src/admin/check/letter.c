// SPDX-License-Identifier: GPL-2.0-or-later
/* Kernel names of twins (sda1): do they lead to the PV disk at the next boot?
 * Reads the survey, what is known of the images, and lists of modules. */
#include <stdlib.h>
#include <string.h>

#include "admin/check/check.h"
#include "admin/lib/file.h"
#include "admin/survey/names.h"
#include "base/text.h"

#define LIST_MAX (256 * 1024)

/* Does every image with pvroot load the drivers of emulated disks first? */
static bool images_hold(const struct check *check)
{
	unsigned int i, holding = 0;

	for (i = 0; i < check->images.count; i++) {
		if (!check->images.at[i].good)
			continue;
		if (!check->images.at[i].holds)
			return false;
		holding++;
	}
	return holding;
}

bool check_holds_letter(const struct check *check, const char *disk)
{
	const struct survey *survey = check->survey;
	int index = disks_find(&survey->disks, disk);
	struct cmdline next;

	check_next_line(check, &next);
	return index >= 0 && survey->disks.at[index].place.kind == PLACE_SCSI &&
	       next.mode != MODE_OFF &&
	       !cmdline_keeps(&next, disk, survey->disks.at[index].place.pci) &&
	       images_hold(check);
}

bool check_twin_is_gone(const struct survey *survey, const char *disk)
{
	unsigned int i;

	for (i = 0; i < survey->detached.count; i++) {
		if (!strcmp(survey->detached.at[i].record.name, disk))
			return survey->detached.at[i].record.state !=
			       RECORD_RESTORED;
	}
	return false;
}

static bool is_twin_disk(const struct survey *survey, const char *disk)
{
	int index = disks_find(&survey->disks, disk);

	if (text_prefix(disk, "hd", NULL)) /* counts places: it is answered */
		return false;
	return index >= 0 ? survey->views[index].proof == PROOF_TWIN
			  : check_twin_is_gone(survey, disk);
}

bool check_names_twin(const struct check *check, const char *name)
{
	struct tag tag;

	if (!check->survey->xen || tag_parse(name, &tag))
		return false;
	if (tag.kind == TAG_NUMBER)
		return names_find(check->survey, name, PROBE_FILESYSTEM).twin;
	return tag.kind == TAG_DISK && is_twin_disk(check->survey, tag.value);
}

bool check_twin_may_be_first(const struct sys *sys, const char *version,
			     const char *name)
{
	char path[SYS_PATH_SIZE];
	bool first;
	char *list;
	int err;

	if (text_format(path, sizeof(path), "/lib/modules/%s/modules.builtin",
			version))
		return true;
	list = file_text(sys, path, LIST_MAX, &err);
	first = !list ||
		text_contains(list, text_contains(name, "nvme") ? "/nvme.ko"
								: "/sd_mod.ko");
	free(list);
	return first;
}

bool check_name_is_late(const struct check *check, const char *name)
{
	const struct survey *survey = check->survey;

	return check_names_twin(check, name) && !images_hold(check) &&
	       !check_twin_may_be_first(survey->sys, survey->kernel, name);
}
