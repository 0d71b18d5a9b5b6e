// SPDX-License-Identifier: GPL-2.0-or-later
/* `pvroot names`: the names of devices that the configuration in /etc uses, for
 * the image that is being built, and whether root is on a disk that is none of
 * pvroot's. Reads only. */
#include <string.h>

#include "admin/admin.h"
#include "admin/bootcfg/tools.h"
#include "admin/survey/names.h"
#include "admin/survey/survey.h"
#include "base/text.h"
#include "dev/xen.h"
#include "find/inuse.h"
#include "sys/log.h"

static int print_use(const struct inuse_name *use)
{
	char line[INUSE_WHERE + INUSE_NAME + sizeof(" reject \n")];

	text_format(line, sizeof(line), "%s %s%s\n", use->where,
		    inuse_kind_word(use->kind), use->name);
	return sys_print(1, line, strlen(line));
}

/* A file that could not be read may name any disk, and the image must know
 * that. */
static const struct inuse_name any_disk = { .where = "/etc", .name = "/dev/?" };

/* smartd talks to the drive itself. */
static void add_tool(enum tool tool, const char *path, const char *name,
		     void *ctx)
{
	if (tool != TOOL_SMARTD)
		inuse_add(ctx, path, name, INUSE_LATER);
}

static bool is_root(const struct volume *volume)
{
	unsigned int i;

	for (i = 0; i < volume->used.count; i++) {
		if (!strcmp(volume->used.at[i], "/"))
			return true;
	}
	return false;
}

/* Is this disk none of the device model's? An emulated one without a twin may
 * be a PV disk's all the same, which only cannot be proven. */
static bool is_another(const struct disk_view *view)
{
	return view->way == WAY_PASSED || view->way == WAY_OTHER;
}

/* Root runs from such a disk, and a PV disk carries what root= names too: an
 * image that had no PV driver so far always found the right one. So the image
 * must not lead root= to the PV disk. */
static void add_root(struct inuse *inuse, const struct sys *sys)
{
	char where[INUSE_WHERE];
	struct survey survey;
	unsigned int i;

	if (!xen_is_hvm_guest(sys))
		return;
	survey_make(&survey, sys);
	for (i = 0; i < survey.volumes.count; i++) {
		const struct volume *volume = &survey.volumes.at[i];

		if (volume->disk < 0 || !is_root(volume) ||
		    !is_another(&survey.views[volume->disk]) ||
		    !names_find(&survey, survey.cmd.root, PROBE_FILESYSTEM).pv)
			continue;
		text_format(where, sizeof(where), "root-on-%s", volume->name);
		inuse_add(inuse, where, "/dev/?", INUSE_BOOT);
	}
	survey_free(&survey);
}

int cmd_names(const struct sys *sys, int argc, char **argv)
{
	struct inuse inuse = { 0 };
	unsigned int i;
	int err = 0;

	if (argc > 1)
		return usage_error("names", "takes no words:", argv[1]);
	inuse_add_etc(&inuse, sys);
	tools_read(sys, add_tool, &inuse);
	add_root(&inuse, sys);
	for (i = 0; !err && i < inuse.count; i++)
		err = print_use(&inuse.at[i]);
	if (inuse.lost && !err) {
		err = print_use(&any_disk);
		usage_error("names",
			    "a file in /etc could not be read: no twin goes",
			    NULL);
	}
	inuse_free(&inuse);
	return err ? EXIT_FAULT : EXIT_GO_ON;
}
