// SPDX-License-Identifier: GPL-2.0-or-later
/* How pvroot will be run at the next boot: by which command line, and before or
 * behind udev. Pure: reads the survey and what is known of boots and images. */
#include "admin/check/check.h"
#include "base/text.h"

static void ignore(void *ctx, const char *what, const char *why)
{
	(void)ctx, (void)what, (void)why;
}

void image_whole_line(const struct kept_image *image, const char *line,
		      struct cmdline *cmd)
{
	const char *before = image ? image->line : NULL;
	char whole[2 * CMDLINE_SIZE];

	text_format(whole, sizeof(whole), "%s%s", before ? before : "", line);
	cmdline_parse(whole, cmd, ignore, NULL);
}

void boot_line(const struct check *check, const struct boot *boot,
	       struct cmdline *cmd)
{
	image_whole_line(check_image_of(check, boot), boot->entry->line, cmd);
}

/* Menus begin with the entry that is booted where nobody chooses. */
void check_next_line(const struct check *check, struct cmdline *cmd)
{
	unsigned int i;

	for (i = 0; i < check->boots.count; i++) {
		const struct boot *boot = &check->boots.at[i];

		if (boot->image >= 0 && check->images.at[boot->image].pvroot) {
			boot_line(check, boot, cmd);
			return;
		}
	}
	*cmd = check->survey->cmd;
}

bool check_udev_is_first(const struct check *check)
{
	unsigned int i;

	for (i = 0; i < check->images.count; i++) {
		if (check->images.at[i].pvroot && check->images.at[i].udev)
			return true;
	}
	return false;
}
