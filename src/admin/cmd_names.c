// SPDX-License-Identifier: GPL-2.0-or-later
/* `pvroot names`: the names of devices that the configuration in /etc uses, for
 * the image that is being built. Reads only. */
#include <string.h>

#include "admin/admin.h"
#include "admin/bootcfg/tools.h"
#include "base/text.h"
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

int cmd_names(const struct sys *sys, int argc, char **argv)
{
	struct inuse inuse = { 0 };
	unsigned int i;
	int err = 0;

	if (argc > 1)
		return usage_error("names", "takes no words:", argv[1]);
	inuse_add_etc(&inuse, sys);
	tools_read(sys, add_tool, &inuse);
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
