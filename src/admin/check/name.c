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
	char todo[256], letters[LETTERS_SIZE];

	if (!pv && survey->xen && view && view->way == WAY_EMULATED &&
	    view->offered && !view->named_by[0]) {
		struct vdev vdev = vdev_decode(view->vbd);

		text_format(todo, sizeof(todo),
			    "See the findings on the PV driver, and use "
			    "vdev=xvd%s in the VM's definition.",
			    disk_letters(vdev.disk, letters));
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
	bool strict = use->resolved ? use->strict
				    : check->survey->cmd.mode == MODE_STRICT;
	const char *means = "That name does not follow to the PV disk: while "
			    "it stands there, the whole disk is left on its "
			    "emulated path, which is slower.";

	if (use->optional) {
		means = "A boot does not need that line, so the emulated disk "
			"goes, and the name with it.";
	} else if (!named->twin || strict) {
		level = use->service ? FOUND_WARNING : FOUND_PROBLEM;
		means = "That is the emulated path's name, which leads nowhere "
			"where the emulated disk is not there.";
	}
	check_add(check, level, "name-twin", means,
		  "Write LABEL= or UUID= there, as `blkid` says it, then build "
		  "the "
		  "images again.",
		  "%s %s", use->where, use->name);
}

/* Formats that blkid knows and pvroot does not. */
static bool is_unknown_type(const char *type)
{
	static const char *const known[] = {
		"auto",	 "ext2",    "ext3",    "ext4",	   "xfs",   "btrfs",
		"vfat",	 "msdos",   "exfat",   "swap",	   "jfs",   "reiserfs",
		"f2fs",	 "nilfs2",  "iso9660", "squashfs", "erofs", "ntfs",
		"ntfs3", "ntfs-3g", "fuseblk", "zfs",	   "none",  "",
	};
	size_t i;

	for (i = 0; type && i < sizeof(known) / sizeof(known[0]); i++) {
		if (!strcmp(type, known[i]))
			return false;
	}
	return type != NULL;
}

#define LARGE_SECTORS 65536 /* less holds no root: 32 MiB */

/* A device that holds something that pvroot does not know, or NULL. */
static const struct volume *unknown_volume(const struct survey *survey)
{
	unsigned int i;

	for (i = 0; i < survey->volumes.count; i++) {
		const struct volume *volume = &survey->volumes.at[i];

		if (!volume->what.type[0] && !volume->error && !volume->blank &&
		    volume->sectors >= LARGE_SECTORS)
			return volume;
	}
	return NULL;
}

static void found_unknown(struct check *check, const struct name_use *use,
			  const char *why)
{
	bool stops = use->resolved && !use->optional && use->strict;

	check_add(check, stops ? FOUND_PROBLEM : FOUND_WARNING, "name-unknown",
		  stops ? "pvroot cannot find it, and pvroot=strict stops."
			: "pvroot leaves it to the system's own tools.",
		  "Ask `blkid`: where it finds the device, all is well.",
		  "%s %s: %s", use->where, use->name, why);
}

static void found_none(struct check *check, const struct name_use *use,
		       const struct named *named)
{
	const struct volume *unknown = unknown_volume(check->survey);
	bool may_fail = use->optional || use->service;
	char todo[512], why[96];

	if (named->unsure) {
		check_add(check, FOUND_WARNING, "name-unsure",
			  "A device that could not be read may carry it.",
			  check_todo_read(), "%s %s: found nowhere", use->where,
			  use->name);
		return;
	}
	if (!named->gone && (unknown || is_unknown_type(use->type))) {
		if (is_unknown_type(use->type))
			text_format(why, sizeof(why),
				    "%.40s is not known to pvroot", use->type);
		else
			text_format(why, sizeof(why),
				    "not found, and what is on %s is not "
				    "known to pvroot",
				    unknown->name);
		found_unknown(check, use, why);
		return;
	}
	text_format(todo, sizeof(todo),
		    "Compare with what `blkid` says, and correct %s.",
		    use->where);
	check_add(check, may_fail ? FOUND_WARNING : FOUND_PROBLEM,
		  "name-nowhere",
		  may_fail ? "The boot goes on without it, perhaps after a "
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
	     ((tag.kind != TAG_DISK && tag.kind != TAG_NUMBER) ||
	      !use->resolved)) ||
	    check_name_is_late(check, use->name) || search_pv(&s) ||
	    s.count != 1)
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

/* Names that stand for no disk, or that whoever uses them makes. */
static bool is_no_disk(const char *name, const struct tag *tag)
{
	static const char *const names[] = { "/dev/root", "/dev/ram",
					     "/dev/fd",	  "/dev/loop",
					     "/dev/zram", "/dev/null" };
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (text_prefix(name, names[i], NULL))
			return true;
	}
	return tag->kind == TAG_NETWORK || tag->kind == TAG_NONE;
}

/* A disk that is not there is no twin. What may be missing at a boot (a stick)
 * is not worth a word. */
static void found_gone(struct check *check, const struct name_use *use,
		       const struct named *named, const struct tag *tag)
{
	if (check_twin_is_gone(check->survey, tag->value))
		found_twin_name(check, use, named);
	else if (!use->optional && !use->service)
		found_none(check, use, named);
}

/* The UUID on the device is written in another way, and whoever looks for it
 * compares bytes. The kernel does not with PARTUUID=, and pvroot with neither.
 */
static bool found_case(struct check *check, const struct name_use *use,
		       const struct tag *tag, const struct volume *volume)
{
	const char *real = tag->kind == TAG_UUID       ? volume->what.uuid
			   : tag->kind == TAG_PARTUUID ? volume->partuuid
						       : tag->value;
	char todo[256];

	if (!strcmp(real, tag->value) || !text_same(real, tag->value) ||
	    (!use->exact && tag->kind == TAG_PARTUUID))
		return false;
	text_format(todo, sizeof(todo), "Write %s.", real);
	check_add(check,
		  use->exact && !use->optional ? FOUND_PROBLEM : FOUND_WARNING,
		  "name-case",
		  use->exact
			  ? "mount and blkid tell upper from lower case: they "
			    "find nothing."
			  : "pvroot finds it; blkid and udev, which may look "
			    "too, tell upper from lower case.",
		  todo, "%s %s: %s has it as %s", use->where, use->name,
		  volume->name, real);
	return true;
}

static void found(struct check *check, const struct name_use *use,
		  const struct tag *tag, const struct named *named)
{
	if (found_case(check, use, tag, named->volume[0]))
		return;
	if (named->volume[0]->by_udev && use->resolved)
		found_unknown(check, use, "found by udev only");
	else
		found_one(check, use, named->volume[0], named->pv == 1);
}

void check_name(struct check *check, const struct name_use *use)
{
	struct survey *survey = check->survey;
	struct named named;
	struct tag tag;

	if (tag_parse(use->name, &tag) || is_no_disk(use->name, &tag) ||
	    is_removable(survey, use->name) ||
	    check_foreign(check, use, &tag) || resolve_name(check, use))
		return;
	named = names_find(survey, use->name, use->usage);
	/* Where the name stands in root= the next boot keeps the twin. */
	named.twin |= use->resolved && check_names_twin(check, use->name);
	if (!named.known) {
		if (use->name[0] == '/' && !sys_exists(survey->sys, use->name))
			found_none(check, use, &named);
		return;
	}
	if (named.pv == 1 || (!named.pv && named.other == 1))
		found(check, use, &tag, &named);
	else if (named.pv || named.other)
		found_many(check, use, &named, named.pv > 0);
	else if (named.twin && tag.kind == TAG_DISK &&
		 check_holds_letter(check, tag.value))
		check_add(check, FOUND_OK, "name", "", "",
			  "%s %s: leads to the PV disk after the next boot",
			  use->where, use->name);
	else if (named.twin)
		found_twin_name(check, use, &named);
	else if (text_prefix(use->name, "/dev/", NULL) &&
		 !text_prefix(use->name, "/dev/disk/", NULL) &&
		 sys_exists(survey->sys, use->name))
		check_add(check, FOUND_OK, "name", "", "", "%s %s: is there",
			  use->where, use->name);
	else if (named.gone)
		found_gone(check, use, &named, &tag);
	else
		found_none(check, use, &named);
}

static void note_way(struct survey *survey, int disk, void *ctx)
{
	if (survey->views[disk].way != WAY_PV)
		*(bool *)ctx = false;
}

/* Is it on PV disks only, also below LVM and md? */
static bool is_on_pv(struct survey *survey, const struct volume *volume)
{
	bool pv = true;

	survey_disks_below(survey, volume->name, note_way, &pv);
	return pv;
}

struct root_place check_root_place(struct check *check, const char *name)
{
	struct survey *survey = check->survey;
	struct root_place where = { .pv = false };
	struct tag tag;
	struct search s = { .sys = survey->sys,
			    .disks = &survey->disks,
			    .tag = &tag,
			    .usage = PROBE_FILESYSTEM };
	struct named named;

	if (tag_parse(name, &tag))
		return where;
	if (survey->xen && tag_is_sought(&tag) && !search_pv(&s) &&
	    s.count == 1) {
		text_copy(where.device, sizeof(where.device),
			  s.match[0].device);
		where.pv = true;
		return where;
	}
	named = names_find(survey, name, PROBE_FILESYSTEM);
	if (named.known && named.pv + named.other == 1) {
		text_copy(where.device, sizeof(where.device),
			  named.volume[0]->name);
		where.pv = is_on_pv(survey, named.volume[0]);
	}
	where.nowhere = named.known && tag_is_sought(&tag) && !named.pv &&
			!named.other && !named.twin && !named.unsure &&
			!unknown_volume(survey);
	return where;
}
