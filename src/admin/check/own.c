// SPDX-License-Identifier: GPL-2.0-or-later
/* Did the last boot by pvroot's own initramfs reach the system? GRUB notes in
 * its grubenv that it tries one (hooks/own/grub); a service takes the note away
 * when the system is up. Reads grubenv and the kernel line. */
#include <stdlib.h>
#include <string.h>

#include "admin/check/check.h"
#include "admin/lib/file.h"
#include "base/text.h"

#define ENV_SIZE 65536

static bool has_line(const struct sys *sys, const char *path, const char *line)
{
	int err;
	char *text = file_text(sys, path, ENV_SIZE, &err), *at = text, *next;
	bool has = false;

	while (text && (next = text_next_line(&at)))
		has |= !strcmp(next, line);
	free(text);
	return has;
}

void check_own(struct check *check)
{
	static const char *const envs[] = { "/boot/grub/grubenv",
					    "/boot/grub2/grubenv" };
	const struct survey *survey = check->survey;
	size_t i;

	/* This boot is the one that is tried: its service comes yet. */
	if (strstr(survey->line, "pvroot.initramfs"))
		return;
	for (i = 0; i < sizeof(envs) / sizeof(envs[0]); i++) {
		if (has_line(survey->sys, envs[i], "pvroot_tried=1"))
			check_add(check, FOUND_WARNING, "own-failed",
				  "GRUB boots the distribution's entry until "
				  "there is another small image.",
				  "Look at that boot's console for the reason; "
				  "then: pvroot-initramfs update, or retry",
				  "%s: pvroot's own initramfs did not bring "
				  "the system up when it was tried",
				  envs[i]);
	}
}
