// SPDX-License-Identifier: GPL-2.0-or-later
/* The names of disks in /etc: fstab, crypttab, and the other files that name
 * them. Reads these files and the survey. */
#include <stdlib.h>
#include <string.h>

#include "admin/bootcfg/etc.h"
#include "admin/bootcfg/fstab.h"
#include "admin/check/check.h"
#include "admin/lib/file.h"
#include "base/text.h"
#include "find/inuse.h"

#define ENDS "*?[](){}|\\$\"'^,;" /* of a name, in a pattern or a list */

/* "sda2" and "/dev/sda2:root" are /dev/sda2. Links by path have colons of their
 * own. */
static bool cut_name(const struct sys *sys, const char *name, char *path,
		     size_t size)
{
	char *colon;

	if (text_format(path, size, "%s%s",
			text_prefix(name, "/dev/", NULL) ? "" : "/dev/", name))
		return false;
	path[strcspn(path, ENDS)] = '\0';
	colon = strrchr(path, ':');
	if (!colon || text_prefix(path, "/dev/block/", NULL))
		return true;
	if (!text_prefix(path, "/dev/disk/", NULL))
		path[strcspn(path, ":")] = '\0';
	else if (!sys_exists(sys, path) && !strpbrk(colon, "0123456789"))
		*colon = '\0';
	return true;
}

/* "/dev/sd*", "/dev/sd[ab]1": of a kind of disk of which there is none. */
static void check_pattern(struct check *check, const char *where,
			  const char *name)
{
	const struct survey *survey = check->survey;
	const char *kind;
	unsigned int i;

	if (!text_prefix(name, "/dev/", &kind) ||
	    (!text_prefix(kind, "sd", NULL) && !text_prefix(kind, "hd", NULL) &&
	     !text_prefix(kind, "vd", NULL)))
		return;
	for (i = 0; i < survey->disks.count; i++) {
		if (survey->xen &&
		    !strncmp(survey->disks.at[i].name, kind, 2) &&
		    !survey->disks.at[i].cdrom)
			return;
	}
	check_add(check, FOUND_WARNING, "name-pattern",
		  "Whoever looks for disks by that pattern finds none.",
		  "Add /dev/xvd* there.", "%s %s: no disk %s has such a name",
		  where, name, survey->xen ? "here" : "on Xen");
}

void check_used_name(struct check *check, const char *where, const char *name)
{
	struct name_use use = { .where = where,
				.usage = PROBE_FILESYSTEM,
				.service = etc_is_service(where) };
	char path[INUSE_NAME + 8];
	struct tag tag;

	if (!cut_name(check->survey->sys, name, path, sizeof(path)) ||
	    tag_parse(path, &tag))
		return;
	if (strpbrk(name, "*?[") || text_ends_with(name, ".")) {
		check_pattern(check, where, name);
		return;
	}
	use.name = path;
	if (tag.kind == TAG_DISK || tag.kind == TAG_LINK ||
	    tag.kind == TAG_NUMBER)
		check_name(check, &use);
}

static void check_fstab(struct check *check)
{
	const struct sys *sys = check->survey->sys;
	struct fstab_line line;
	unsigned int number = 0;
	char where[64], *text, *at;
	int err;

	text = at = file_text(sys, "/etc/fstab", FSTAB_SIZE, &err);
	while (text && fstab_next(&at, &number, &line)) {
		struct name_use use = { .where = where,
					.name = line.spec,
					.type = line.type,
					.exact = true };

		if (!line.device)
			continue;
		text_format(where, sizeof(where),
			    "/etc/fstab line %u:", line.number);
		use.usage = line.swap ? PROBE_SWAP : PROBE_FILESYSTEM;
		use.optional = line.optional;
		check_name(check, &use);
	}
	free(text);
}

/* NAME DEVICE KEY OPTIONS: of the form of fstab's first four fields. */
static void check_crypttab(struct check *check)
{
	const struct sys *sys = check->survey->sys;
	struct fstab_line line;
	unsigned int number = 0;
	char where[64], *text, *at;
	int err;

	text = at = file_text(sys, "/etc/crypttab", FSTAB_SIZE, &err);
	while (text && fstab_next(&at, &number, &line)) {
		struct name_use use = { .where = where,
					.name = line.place,
					.usage = PROBE_MEMBER,
					.optional = line.optional,
					.exact = true };
		struct tag tag;

		text_format(where, sizeof(where),
			    "/etc/crypttab line %u:", line.number);
		if (!tag_parse(use.name, &tag) && tag_is_sought(&tag))
			check_name(check, &use);
	}
	free(text);
}

/* The others: those of LVM, md, mount units, services. Which names those are is
 * the business of bootcfg/inuse_etc.c. */
static void check_others(struct check *check)
{
	struct inuse inuse = { 0 };
	unsigned int i;

	inuse_add_etc(&inuse, check->survey->sys);
	for (i = 0; i < inuse.count; i++) {
		const struct inuse_name *use = &inuse.at[i];

		if (inuse_is_disk(use->kind) &&
		    !text_prefix(use->where, "/etc/fstab:", NULL) &&
		    !text_prefix(use->where, "/etc/crypttab:", NULL))
			check_used_name(check, use->where, use->name);
	}
	inuse_free(&inuse);
}

void check_config(struct check *check)
{
	check_fstab(check);
	check_crypttab(check);
	check_others(check);
}
