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

/* Is it the emulated path's name: of a twin that is there, or that has gone? */
static bool names_twin(const struct survey *survey, const char *name)
{
	struct tag tag;
	unsigned int i;
	int index;

	if (tag_parse(name, &tag) || tag.kind != TAG_DISK)
		return false;
	index = disks_find(&survey->disks, tag.value);
	if (index >= 0)
		return survey->views[index].proof == PROOF_TWIN;
	for (i = 0; i < survey->detached.count; i++) {
		const struct record *record = &survey->detached.at[i].record;

		if (!strcmp(record->name, tag.value))
			return record->state != RECORD_RESTORED;
	}
	return false;
}

static void look_at_line(struct check *check, const struct tool *tool,
			 char *line)
{
	char *word;

	while (*(word = text_next_word(&line)) && *word != '#') {
		word[strcspn(word, ",")] = '\0';
		if (!text_prefix(word, "/dev/", NULL) ||
		    !names_twin(check->survey, word))
			continue;
		check_add(check, FOUND_WARNING, "name-tool", tool->means,
			  tool->todo, "%s: %s is the emulated disk's name",
			  tool->path, word);
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

	for (i = 0; check->survey->xen && i < sizeof(tools) / sizeof(tools[0]);
	     i++) {
		char *text = file_text(check->survey->sys, tools[i].path,
				       FILE_MAX, &err);

		if (text)
			look_at_file(check, &tools[i], text);
		free(text);
	}
}
