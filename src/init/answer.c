// SPDX-License-Identifier: GPL-2.0-or-later
/* Runs pvroot and takes root= and resume= from its answer, but only if they are
 * plain device paths. */
#include <string.h>

#include "base/text.h"
#include "init/init.h"

/* 'VALUE' without its quotes, in place. */
static char *unquoted(char *value)
{
	size_t len = strlen(value);

	if (len < 2 || value[0] != '\'' || value[len - 1] != '\'')
		return NULL;
	value[len - 1] = '\0';
	return value + 1;
}

static bool is_plain_device(const char *path)
{
	const char *name;

	return text_prefix(path, "/dev/", &name) && text_is_word(name, "");
}

/* Two PV disks with root's tag: either may be the wrong one. */
static void refuse(struct init *i, char *value)
{
	char *names = unquoted(value);

	init_stop(i, "Name one by UUID= or PARTUUID=, or change its label.",
		  "root=%s is on more than one PV disk: %s", i->root,
		  names ? names : value);
}

static bool take_assignment(char *line, const char *name, char **to)
{
	const char *rest;
	char *value;

	if (!text_prefix(line, name, &rest))
		return false;
	value = unquoted(line + (rest - line));
	if (value && is_plain_device(value)) {
		*to = value;
		return true;
	}
	if (value) /* puts the quote back, for the message */
		value[strlen(value)] = '\'';
	return false;
}

static void take_line(struct init *i, char *line)
{
	const char *rest;

	if (text_prefix(line, "pvroot_refused=", &rest))
		refuse(i, line + (rest - line));
	if (*line && !take_assignment(line, "root=", &i->root) &&
	    !take_assignment(line, "resume=", &i->resume))
		init_say(i, 4, "ignored: pvroot's answer %s", line);
}

void answer_get(struct init *i)
{
	char *argv[] = { (char *)"/bin/pvroot", (char *)"boot", NULL };
	int status = program_run(argv, i->answer, sizeof(i->answer));
	char *rest = i->answer, *line;

	if (status == 1)
		init_stop(i,
			  "See above; pvroot=auto or pvroot=off on the command "
			  "line "
			  "asks for less.",
			  "pvroot found no root that it may use");
	if (status && i->strict)
		init_stop(i,
			  "Without pvroot=strict the boot goes on as if pvroot "
			  "were "
			  "not there.",
			  "pvroot=strict, and pvroot failed (status %d)",
			  status);
	if (status)
		init_say(i, 4, "pvroot failed (status %d): going on without it",
			 status);
	while (!status && (line = strsep(&rest, "\n")))
		take_line(i, line);
}
