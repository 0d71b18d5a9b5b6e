// SPDX-License-Identifier: GPL-2.0-or-later
/* The checks of the running system and its files: the guest itself, and
 * modprobe's configuration. Reads only. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "admin/bootcfg/module.h"
#include "admin/check/check.h"
#include "admin/lib/file.h"
#include "base/text.h"
#include "sys/log.h"

#define MODPROBE_SIZE (128 * 1024)

/* What the report of this boot says. Images and files may have been corrected
 * since. */
static void check_old_paths(struct check *check)
{
	const struct survey *survey = check->survey;
	bool strict = survey->cmd.mode == MODE_STRICT;
	unsigned int i;

	for (i = 0; i < survey->disks.count; i++) {
		const struct disk_view *view = &survey->views[i];

		/* (its PV path may be put aside) */
		if (!view->named_by[0] ||
		    (view->way != WAY_PV && !view->offered))
			continue;
		check_add(
			check, FOUND_WARNING, "old-path",
			strict ? "strict took the emulated disk away all the "
				 "same: that name leads nowhere."
			       : "In this boot the disk was left on its "
				 "emulated "
				 "path, which is slower.",
			"Write LABEL= or UUID= there, as `blkid` says it, then "
			"build the images again and reboot.",
			"%s: %s names %s (%.100s)", survey->disks.at[i].name,
			view->named_by,
			view->offered ? "it" : "its emulated twin",
			view->named);
	}
}

static bool was_restored(const struct survey *survey, const char *name)
{
	unsigned int i;

	for (i = 0; i < survey->detached.count; i++) {
		const struct record *record = &survey->detached.at[i].record;

		if (record->state == RECORD_RESTORED &&
		    !strcmp(record->name, name))
			return true;
	}
	return false;
}

/* A twin that nobody asked to keep. Where pvroot has not run or is off, that is
 * told already. */
static bool stays_unasked(const struct survey *survey, unsigned int i)
{
	const struct disk *disk = &survey->disks.at[i];
	const struct disk_view *view = &survey->views[i];

	return survey->ran && survey->cmd.mode != MODE_OFF &&
	       view->proof == PROOF_TWIN && !view->hidden &&
	       !view->named_by[0] &&
	       !cmdline_keeps(&survey->cmd, disk->name, disk->place.pci) &&
	       !was_restored(survey, disk->name);
}

static void check_twins(struct check *check)
{
	const struct survey *survey = check->survey;
	unsigned int i;

	for (i = 0; i < survey->disks.count; i++) {
		const char *beside = survey->views[i].beside;

		if (!stays_unasked(survey, i))
			continue;
		check_add(check, FOUND_WARNING, "twin-stays",
			  "The disk has two paths: whoever writes to both "
			  "loses data.",
			  beside[0] ? "Let the host give the other one a PV "
				      "path too, or take it away; then reboot."
				    : "`pvroot check --boot-log` says why.",
			  "%s is still there beside %s%s%s",
			  survey->disks.at[i].name,
			  survey->disks.at[survey->views[i].pv].name,
			  beside[0] ? ": its controller has to stay, for " : "",
			  beside);
	}
}

void check_guest(struct check *check)
{
	struct survey *survey = check->survey;
	unsigned int i;

	check_add(check, FOUND_OK, "guest", "", "", "%s",
		  survey->xen ? "This is a Xen HVM guest"
			      : "This is not a Xen HVM guest now; the rest is "
				"about booting it as one");
	if (survey->xen && survey->cmd.mode != MODE_OFF && !survey->ran)
		check_add(
			check, FOUND_WARNING, "not-run",
			"This boot was without pvroot: its image has none, or "
			"it was installed since.",
			"See to the images below, then reboot.",
			"pvroot did not run in this boot");
	check_old_paths(check);
	check_twins(check);
	for (i = 0; i < survey->unread.count; i++)
		check_add(check, FOUND_WARNING, "unread",
			  "What depends on it is not known.", check_todo_read(),
			  "%s", survey->unread.at[i]);
}

struct folder {
	struct check *check;
	const char *path;
	bool good;
};

static void check_file(struct folder *folder, const char *path)
{
	int err;
	char *text = file_text(folder->check->survey->sys, path, MODPROBE_SIZE,
			       &err);
	const char *line = text ? module_forbidden(text) : NULL;

	if (line) {
		folder->good = false;
		check_add(folder->check, FOUND_PROBLEM, "blacklist",
			  "The PV disk driver is not loaded when a device asks "
			  "for "
			  "it; images built now take the line along.",
			  "Remove the line, then build the images again.",
			  "%s: %s", path, line);
	}
	free(text);
}

static int check_conf(const char *name, void *ctx)
{
	struct folder *folder = ctx;
	char path[SYS_PATH_SIZE];

	/* Only old modprobes read files without .conf. Such a file that forbids
	 * the driver is a problem all the same. */
	if (name[0] != '.' &&
	    !text_format(path, sizeof(path), "%s/%s", folder->path, name))
		check_file(folder, path);
	return 0;
}

void check_modprobe(struct check *check)
{
	static const char *const folders[] = { "/etc/modprobe.d",
					       "/run/modprobe.d",
					       "/usr/local/lib/modprobe.d",
					       "/usr/lib/modprobe.d",
					       "/lib/modprobe.d" };
	struct folder folder = { check, NULL, true };
	char link[SYS_PATH_SIZE];
	size_t i;

	for (i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
		folder.path = folders[i];
		/* /lib is /usr/lib on merged systems. */
		if (text_prefix(folders[i], "/lib/", NULL) &&
		    sys_readlink(check->survey->sys, "/lib", link,
				 sizeof(link)) > 0)
			continue;
		sys_list(check->survey->sys, folders[i], check_conf, &folder);
	}
	check_file(&folder, "/etc/modprobe.conf");
	if (folder.good)
		check_add(
			check, FOUND_OK, "blacklist", "", "",
			"modprobe's configuration leaves the PV driver alone");
}
