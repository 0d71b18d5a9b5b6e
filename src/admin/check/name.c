// SPDX-License-Identifier: GPL-2.0-or-later
/* Does a name in the configuration lead to exactly one device, and to the right
 * one? Pure, except that it reads the survey and PV disks. */
#include <stdio.h>
#include <string.h>

#include "admin/check/check.h"
#include "admin/survey/names.h"
#include "base/text.h"
#include "find/search.h"

static void found_one(struct check *check, const struct name_use *use,
		      const struct volume *volume, bool pv)
{
	struct survey *survey = check->survey;
	const struct disk_view *view =
		volume->disk >= 0 ? &survey->views[volume->disk] : NULL;
	char todo[256];

	if (!pv && survey->xen && view && view->way == WAY_EMULATED &&
	    view->offered) {
		struct vdev vdev = vdev_decode(view->vbd);

		text_format(todo, sizeof(todo),
			    "See the findings on the PV driver, and use "
			    "vdev=xvd%c in the VM's definition.",
			    vdev.disk < 26 ? (char)('a' + vdev.disk) : '?');
		check_add(check, FOUND_WARNING, "name-emulated",
			  "The host offers a PV path to this disk, which no "
			  "driver "
			  "has taken.",
			  todo, "%s %s: on %s, an emulated disk", use->where,
			  use->name, volume->name);
		return;
	}
	check_add(check, FOUND_OK, "name", "", "", "%s %s: /dev/%s%s%s%s",
		  use->where, use->name, volume->name,
		  volume->what.type[0] ? " (" : "", volume->what.type,
		  volume->what.type[0] ? ")" : "");
}

static void found_many(struct check *check, const struct name_use *use,
		       const struct named *named, bool pv)
{
	check_add(
		check, pv ? FOUND_PROBLEM : FOUND_WARNING, "name-ambiguous",
		"Which of them is meant cannot be known; pvroot refuses to "
		"choose.",
		"Name one of them by UUID= or PARTUUID=, or change its label.",
		"%s %s: %u devices carry it: %s, %s%s", use->where, use->name,
		pv ? named->pv : named->other, named->volume[0]->name,
		named->volume[1] ? named->volume[1]->name : "",
		(pv ? named->pv : named->other) > 2 ? " and more" : "");
}

/* A name of an emulated disk that does not lead to its PV disk. In auto it
 * keeps the twin if a boot needs the name; in strict it does not. */
static void found_twin_name(struct check *check, const struct name_use *use,
			    const struct named *named)
{
	enum level level = FOUND_WARNING;
	const char *means = "That name does not follow to the PV disk: while "
			    "it stands there, the whole disk is left on its "
			    "emulated path, which is slower.";

	if (use->optional) {
		means = "A boot does not need that line, so the emulated disk "
			"goes, and the name with it.";
	} else if (!named->twin || check->survey->cmd.mode == MODE_STRICT) {
		level = FOUND_PROBLEM;
		means = "That is the emulated path's name, which leads nowhere "
			"where the emulated disk is not there.";
	}
	check_add(check, level, "name-twin", means,
		  "Write LABEL= or UUID= there, as `blkid` says it, then build "
		  "the "
		  "images again.",
		  "%s %s", use->where, use->name);
}

static void found_none(struct check *check, const struct name_use *use,
		       const struct named *named)
{
	char todo[512];

	if (named->unsure) {
		check_add(check, FOUND_WARNING, "name-unsure",
			  "A device that could not be read may carry it.",
			  check_todo_read(), "%s %s: found nowhere", use->where,
			  use->name);
		return;
	}
	text_format(todo, sizeof(todo),
		    "Compare with what `blkid` says, and correct %s.",
		    use->where);
	check_add(check, use->optional ? FOUND_WARNING : FOUND_PROBLEM,
		  "name-nowhere",
		  use->optional
			  ? "The boot goes on without it, perhaps after a "
			    "wait."
			  : "The boot waits for it in vain.",
		  todo, "%s %s: no device carries it", use->where, use->name);
}

/* root=/dev/sda1, and udev's links of a twin in any file: finds what `pvroot
 * boot` would answer, or where the link will lead. */
static bool resolve_name(struct check *check, const struct name_use *use)
{
	struct survey *survey = check->survey;
	struct tag tag;
	struct search s = { .sys = survey->sys,
			    .disks = &survey->disks,
			    .tag = &tag,
			    .usage = use->usage };

	if (!survey->xen || tag_parse(use->name, &tag) ||
	    (tag.kind != TAG_LINK &&
	     (tag.kind != TAG_DISK || !use->resolved)) ||
	    search_pv(&s) || s.count != 1)
		return false;
	check_add(check, FOUND_OK, "name", "", "", "%s %s: /dev/%s", use->where,
		  use->name, s.match[0].device);
	return true;
}

/* Drives that may have no medium. */
static bool is_removable(const struct survey *survey, const char *name)
{
	static const char *const starts[] = { "/dev/sr", "/dev/cdrom",
					      "/dev/scd", "/dev/dvd",
					      "/dev/fd" };
	const char *disk;
	size_t i;
	int index;

	for (i = 0; i < sizeof(starts) / sizeof(starts[0]); i++) {
		if (text_prefix(name, starts[i], NULL))
			return true;
	}
	index = text_prefix(name, "/dev/", &disk)
			? disks_find(&survey->disks, disk)
			: -1;
	return index >= 0 && survey->disks.at[index].cdrom;
}

void check_name(struct check *check, const struct name_use *use)
{
	struct survey *survey = check->survey;
	struct named named;

	if (is_removable(survey, use->name) || resolve_name(check, use))
		return;
	named = names_find(survey, use->name, use->usage);
	if (!named.known) {
		if (use->name[0] == '/' && !sys_exists(survey->sys, use->name))
			found_none(check, use, &named);
		return;
	}
	if (named.pv == 1)
		found_one(check, use, named.volume[0], true);
	else if (named.pv)
		found_many(check, use, &named, true);
	else if (named.other == 1)
		found_one(check, use, named.volume[0], false);
	else if (named.other)
		found_many(check, use, &named, false);
	else if (named.twin || (named.gone && survey->xen && !use->resolved))
		found_twin_name(check, use, &named);
	else if (text_prefix(use->name, "/dev/", NULL) &&
		 !text_prefix(use->name, "/dev/disk/", NULL) &&
		 sys_exists(survey->sys, use->name))
		check_add(check, FOUND_OK, "name", "", "", "%s %s: is there",
			  use->where, use->name);
	else
		found_none(check, use, &named);
}
