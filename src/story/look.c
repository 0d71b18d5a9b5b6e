// SPDX-License-Identifier: GPL-2.0-or-later
/* Step 1: is this a Xen HVM guest, and what was asked for? Reads procfs and
 * sysfs, changes nothing. */
#include "story/look.h"

#include "dev/xen.h"

static void complain(void *ctx, const char *what, const char *why)
{
	log_say(ctx, LOG_WARN, "kernel command line: \"%.64s\" ignored: %s",
		what, why);
}

static void parse_tag(struct log *log, const char *key, const char *value,
		      struct tag *tag)
{
	int err = tag_parse(value, tag);

	if (err)
		log_say(log, LOG_WARN,
			"kernel command line: %s%.64s is not understood (%s): "
			"left to the generator",
			key, value, log_errno(err));
}

int look(const struct sys *sys, struct log *log, const char *image_line,
	 struct asked *asked)
{
	int err;

	if (!xen_is_hvm_guest(sys))
		return 0;
	err = lines_read(sys, log, image_line, asked->line);
	if (err)
		return err;
	cmdline_parse(asked->line, &asked->cmd, complain, log);
	if (asked->cmd.mode == MODE_OFF)
		return 0;
	log->debug = asked->cmd.debug;
	parse_tag(log, "root=", asked->cmd.root, &asked->root);
	parse_tag(log, "resume=", asked->cmd.resume, &asked->resume);
	return 1;
}
