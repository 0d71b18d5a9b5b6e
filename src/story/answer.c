// SPDX-License-Identifier: GPL-2.0-or-later
/* Prints the answers of `pvroot boot` to standard output. */
#include "story/boot.h"

#include <string.h>

#include "base/exit.h"
#include "base/text.h"

static int assign(const char *key, const char *value)
{
	char line[CMDLINE_VALUE];

	/* This always fits: device names are short. */
	text_format(line, sizeof(line), "%s='%s'\n", key, value);
	return sys_print(1, line, strlen(line));
}

/* The hook passes standard output to eval. So only changes are printed, and
 * only words without special characters: a device name with any other byte is
 * not printed. */
static int print_answer(const char *key, const char *asked,
			const struct answer *found)
{
	char path[DISK_NAME_SIZE + 8];

	if (!text_is_word(found->device, ""))
		return 0;
	text_format(path, sizeof(path), "/dev/%s", found->device);
	return strcmp(path, asked) ? assign(key, path) : 0;
}

int give_answers(struct boot *b)
{
	int err = 0;

	if (b->stop)
		return EXIT_STOP;
	if (b->links || b->unit)
		err = unit_links(b);
	if (b->unit)
		return err ? EXIT_FAULT : EXIT_GO_ON;
	err |= print_answer("root", b->asked.cmd.root, &b->root);
	err |= print_answer("resume", b->asked.cmd.resume, &b->resume);
	if (b->root.refused[0])
		err |= assign("pvroot_refused", b->root.refused);
	return err ? EXIT_FAULT : EXIT_GO_ON;
}
