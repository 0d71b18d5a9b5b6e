// SPDX-License-Identifier: GPL-2.0-or-later
/* Names of disks that no boot needs, but a tool does later: GRUB's map of disks
 * and the device that it is installed on, and smartd. Reads these files. */
#include "admin/bootcfg/tools.h"

#include <stdlib.h>
#include <string.h>

#include "admin/lib/file.h"
#include "base/text.h"

/* debconf's database has everybody's answers. */
#define FILE_MAX (8 << 20)

static const struct tool_file {
	enum tool tool;
	const char *path;
	const char *begins; /* the first line of its block; "": all of it */
} files[] = {
	{ TOOL_GRUB, "/boot/grub/device.map", "" },
	{ TOOL_GRUB2, "/boot/grub2/device.map", "" },
	{ TOOL_GRUB_PC, "/var/cache/debconf/config.dat",
	  "Name: grub-pc/install_devices" },
	{ TOOL_GRUB_SUSE, "/etc/default/grub_installdevice", "" },
	{ TOOL_SMARTD, "/etc/smartd.conf", "" },
};

static void read_line(const struct tool_file *file, char *line,
		      tool_name_fn *fn, void *ctx)
{
	char *word;

	while (*(word = text_next_word(&line)) && *word != '#') {
		word[strcspn(word, ",")] = '\0';
		if (text_prefix(word, "/dev/", NULL))
			fn(file->tool, file->path, word, ctx);
	}
}

static void read_file(const struct tool_file *file, char *text,
		      tool_name_fn *fn, void *ctx)
{
	bool ours = !file->begins[0];
	char *line;

	while ((line = text_next_line(&text))) {
		if (file->begins[0] && !*line)
			ours = false;
		else if (!strcmp(line, file->begins))
			ours = true;
		else if (ours)
			read_line(file, line, fn, ctx);
	}
}

void tools_read(const struct sys *sys, tool_name_fn *fn, void *ctx)
{
	size_t i;
	int err;

	for (i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		char *text = file_text(sys, files[i].path, FILE_MAX, &err);

		if (text)
			read_file(&files[i], text, fn, ctx);
		free(text);
	}
}
