// SPDX-License-Identifier: GPL-2.0-or-later
/* Names of disks that no boot needs, but a tool does later: they keep no twin.
 * Reads the survey, and the tools' files through bootcfg/tools.c. */
#include "admin/bootcfg/tools.h"

#include <string.h>

#include "admin/check/check.h"
#include "base/text.h"
#include "find/tag.h"

static const struct {
	const char *means, *todo;
} tools[] = {
	[TOOL_GRUB] = { "grub-install will not find the disk by that name.",
			"Delete the file (GRUB 2 needs none), or write the PV "
			"disk's name." },
	[TOOL_GRUB2] = { "grub2-install will not find the disk by that name.",
			 "Delete the file (GRUB 2 needs none), or write the PV "
			 "disk's name." },
	[TOOL_GRUB_PC] = { "The next update of grub-pc will not find the disk "
			   "by that name.",
			   "Run `dpkg-reconfigure grub-pc` and choose the PV "
			   "disk." },
	[TOOL_GRUB_SUSE] = { "The next update of GRUB will not find the disk "
			     "by that name.",
			     "Write the PV disk's name there." },
	[TOOL_SMARTD] = { "smartd will not find the disk by that name, and a "
			  "PV disk has no SMART data.",
			  "Delete the line." },
};

/* What is wrong with a disk's name: it is a twin's, that is there or has gone;
 * no disk has it; or none will have it on Xen. NULL: nothing. */
static const char *wrong(const struct check *check, const char *name)
{
	const struct survey *survey = check->survey;
	struct tag tag;
	unsigned int i;
	int index;

	if (tag_parse(name, &tag) || tag.kind != TAG_DISK ||
	    text_prefix(tag.value, "xvd", NULL))
		return NULL;
	if (!survey->xen)
		return "will be no disk's name on Xen";
	index = disks_find(&survey->disks, tag.value);
	if (index >= 0)
		return survey->views[index].proof == PROOF_TWIN &&
				       !check_holds_letter(check, tag.value)
			       ? "is the emulated disk's name"
			       : NULL;
	for (i = 0; i < survey->detached.count; i++) {
		const struct record *record = &survey->detached.at[i].record;

		if (!strcmp(record->name, tag.value))
			return record->state != RECORD_RESTORED &&
					       !sys_exists(survey->sys, name)
				       ? "is the emulated disk's name"
				       : NULL;
	}
	return sys_exists(survey->sys, name) ? NULL : "is no disk's name";
}

static void look_at_name(enum tool tool, const char *path, const char *name,
			 void *ctx)
{
	struct check *check = ctx;
	const char *why = wrong(check, name);

	if (why)
		check_add(check, FOUND_WARNING, "name-tool", tools[tool].means,
			  tools[tool].todo, "%s: %s %s", path, name, why);
}

void check_tools(struct check *check)
{
	tools_read(check->survey->sys, look_at_name, check);
}
