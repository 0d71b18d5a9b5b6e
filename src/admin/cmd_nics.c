// SPDX-License-Identifier: GPL-2.0-or-later
/* `pvroot nics`: which network card has which name of the configuration, by
 * MAC, for the image that is being built. --record keeps it, since a guest that
 * was moved to Xen has lost the name by then; --boot does only that, from a
 * running system. In a chroot only the record counts, and is left as it is. */
#include <string.h>

#include "admin/admin.h"
#include "admin/bootcfg/cards.h"
#include "base/text.h"
#include "sys/admin.h"
#include "sys/log.h"

static int print(const struct cards *cards)
{
	char text[CARDS_TEXT];

	cards_for_image(cards, text);
	return sys_print(1, text, strlen(text));
}

static int record(const struct cards *cards)
{
	char text[CARDS_TEXT] = "", old[CARDS_TEXT] = "";
	unsigned int i;
	int err;

	for (i = 0; i < cards->count; i++)
		cards_line(text, &cards->at[i]);
	sys_read(cards->sys, CARDS_FILE, old, sizeof(old));
	if (!strcmp(text, old))
		return 0;
	err = sys_mkdir(cards->sys, "/var/lib");
	if (!err)
		err = sys_mkdir(cards->sys, CARDS_FOLDER);
	return err ? err
		   : sys_replace(cards->sys, CARDS_FILE, text, strlen(text));
}

/* The image has the names all the same. */
static void say_unwritten(int err)
{
	char line[128];

	if (!err)
		return;
	text_format(line, sizeof(line),
		    "pvroot nics: cannot write " CARDS_FILE ": %s\n",
		    log_errno(err));
	sys_print(2, line, strlen(line));
}

/* A rescue system, or a helper machine that builds the image: the cards there
 * are not this guest's. Where process 1's root cannot be seen nothing is known.
 */
static bool in_chroot(const struct sys *sys)
{
	struct sys_file_id own, first;

	return !sys_file_id(sys, "/", &own) &&
	       !sys_file_id(sys, "/proc/1/root", &first) &&
	       (own.device != first.device || own.number != first.number);
}

int cmd_nics(const struct sys *sys, int argc, char **argv)
{
	struct cards cards;
	bool keep = argc == 2 && !strcmp(argv[1], "--record");
	bool boot = argc == 2 && !strcmp(argv[1], "--boot");
	bool elsewhere = in_chroot(sys);
	int err = 0;

	if (argc > 1 + (keep || boot))
		return usage_error("nics",
				   "takes --record, --boot or nothing, not",
				   argv[1]);
	if (elsewhere)
		cards_read_record(&cards, sys);
	else if (boot)
		cards_read_boot(&cards, sys);
	else
		cards_read(&cards, sys);
	if (!boot)
		err = print(&cards);
	if ((keep || boot) && !elsewhere)
		say_unwritten(record(&cards));
	cards_free(&cards);
	return err ? EXIT_FAULT : EXIT_GO_ON;
}
