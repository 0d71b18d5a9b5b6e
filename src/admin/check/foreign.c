// SPDX-License-Identifier: GPL-2.0-or-later
/* Names of disks that will mean nothing on Xen, in a guest that is not there
 * yet. Pure: reads the survey. */
#include <string.h>

#include "admin/check/check.h"
#include "admin/survey/names.h"
#include "base/text.h"

/* What Xen calls the disk of that name: its letter stays where the disks are
 * given in the same order. */
static void name_on_xen(const struct tag *tag, char *buf, size_t size)
{
	const char *name = tag->value, *rest, *letters = "a";
	char letter[2] = "a";

	if (text_prefix(name, "nvme", &rest) && *rest >= '0' && *rest <= '9')
		letter[0] = (char)('a' + (*rest - '0'));
	else if (text_prefix(name, "vd", &rest) ||
		 text_prefix(name, "sd", &rest) ||
		 text_prefix(name, "hd", &rest))
		letters = rest;
	if (!strcmp(letters, "a"))
		letters = letter;
	if (tag->part)
		text_format(buf, size, "/dev/xvd%.8s%u", letters, tag->part);
	else
		text_format(buf, size, "/dev/xvd%.8s", letters);
}

/* A name that follows the content instead, where one is known. */
static void better_name(const struct named *named, char *buf, size_t size)
{
	const struct volume *volume = named->volume[0];

	if (volume && volume->what.uuid[0])
		text_format(buf, size,
			    "Write UUID=%s there: it is the same "
			    "on Xen and here.",
			    volume->what.uuid);
	else
		text_copy(buf, size,
			  "Write UUID= or LABEL= there, as `blkid` says it: "
			  "they are the same on Xen and here.");
}

/* Links by what the disk or its controller is: neither is the same on Xen. */
static bool is_hardware_link(const char *name)
{
	return (text_prefix(name, "/dev/disk/by-id/", NULL) &&
		!text_prefix(name, "/dev/disk/by-id/dm-", NULL) &&
		!text_prefix(name, "/dev/disk/by-id/md-", NULL) &&
		!text_prefix(name, "/dev/disk/by-id/lvm-", NULL)) ||
	       text_prefix(name, "/dev/disk/by-path/", NULL);
}

bool name_is_foreign(const char *name, const struct tag *tag)
{
	return !text_prefix(tag->value, "xvd", NULL) &&
	       (tag->kind == TAG_DISK || tag->kind == TAG_NUMBER ||
		is_hardware_link(name));
}

bool check_foreign(struct check *check, const struct name_use *use,
		   const struct tag *tag)
{
	struct survey *survey = check->survey;
	enum level level = FOUND_PROBLEM;
	char todo[256], xen[32] = "";
	struct named named;

	if (survey->xen || !name_is_foreign(use->name, tag))
		return false;
	named = names_find(survey, use->name, use->usage);
	better_name(&named, todo, sizeof(todo));
	if (tag->kind == TAG_DISK)
		name_on_xen(tag, xen, sizeof(xen));
	/* pvroot finds the old name of an emulated disk where it can prove it.
	 */
	if (use->optional || (tag->kind == TAG_DISK && use->resolved &&
			      !text_prefix(tag->value, "vd", NULL)))
		level = FOUND_WARNING;
	check_add(check, level, "name-xen",
		  level == FOUND_PROBLEM
			  ? "The first boot on Xen does not find it."
			  : "It is found on Xen only where pvroot can prove "
			    "which disk had that name, or not needed.",
		  todo, "%s %s: no such name on Xen%s%s%s", use->where,
		  use->name, xen[0] ? "; the disk is called " : "", xen,
		  xen[0] ? " there if the definition gives the disks in the "
			   "same order"
			 : "");
	return true;
}
