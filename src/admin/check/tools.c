// SPDX-License-Identifier: GPL-2.0-or-later
/* Names of disks that no boot needs, but a tool does later: GRUB's map of disks
 * and the device that it is installed on, and smartd. They keep no twin. Reads
 * these files and the survey. */
#include <stdlib.h>
#include <string.h>

#include "admin/check/check.h"
#include "admin/lib/file.h"
#include "base/text.h"
#include "find/tag.h"

/* debconf's database has everybody's answers. */
#define FILE_MAX (8 << 20)

static const struct tool {
	const char *path;
	const char *begins; /* the first line of its block; "": all of it */
	const char *means, *todo;
} tools[] = {
	{ "/boot/grub/device.map", "",
	  "grub-install will not find the disk by that name.",
	  "Delete the file (GRUB 2 needs none), or write the PV disk's name." },
	{ "/boot/grub2/device.map", "",
	  "grub2-install will not find the disk by that name.",
	  "Delete the file (GRUB 2 needs none), or write the PV disk's name." },
	{ "/var/cache/debconf/config.dat", "Name: grub-pc/install_devices",
	  "The next update of grub-pc will not find the disk by that name.",
	  "Run `dpkg-reconfigure grub-pc` and choose the PV disk." },
	{ "/etc/smartd.conf", "",
	  "smartd will not find the disk by that name, and a PV disk has no "
	  "SMART data.",
	  "Delete the line." },
};

/* What is wrong with a disk's name: it is a twin's, that is there or has gone;
 * no disk has it; or none will have it on Xen. NULL: nothing. */
static const char *wrong(const struct survey *survey, const char *name)
{
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
		return survey->views[index].proof == PROOF_TWIN
			       ? "is the emulated disk's name"
			       : NULL;
	for (i = 0; i < survey->detached.count; i++) {
		const struct record *record = &survey->detached.at[i].record;

		if (!strcmp(record->name, tag.value))
			return record->state != RECORD_RESTORED
				       ? "is the emulated disk's name"
				       : NULL;
	}
	return sys_exists(survey->sys, name) ? NULL : "is no disk's name";
}

static void look_at_line(struct check *check, const struct tool *tool,
			 char *line)
{
	char *word;

	while (*(word = text_next_word(&line)) && *word != '#') {
		const char *why = NULL;

		word[strcspn(word, ",")] = '\0';
		if (text_prefix(word, "/dev/", NULL))
			why = wrong(check->survey, word);
		if (why)
			check_add(check, FOUND_WARNING, "name-tool",
				  tool->means, tool->todo, "%s: %s %s",
				  tool->path, word, why);
	}
}

static void look_at_file(struct check *check, const struct tool *tool,
			 char *text)
{
	bool ours = !tool->begins[0];
	char *line;

	while ((line = text_next_line(&text))) {
		if (tool->begins[0] && !*line)
			ours = false;
		else if (!strcmp(line, tool->begins))
			ours = true;
		else if (ours)
			look_at_line(check, tool, line);
	}
}

void check_tools(struct check *check)
{
	size_t i;
	int err;

	for (i = 0; i < sizeof(tools) / sizeof(tools[0]); i++) {
		char *text = file_text(check->survey->sys, tools[i].path,
				       FILE_MAX, &err);

		if (text)
			look_at_file(check, &tools[i], text);
		free(text);
	}
}
