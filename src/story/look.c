// SPDX-License-Identifier: GPL-2.0-or-later
/* Step 1: is this a Xen HVM guest, and what was asked for? Reads procfs and
 * sysfs, changes nothing. */
#include "story/boot.h"

#include <string.h>

#include "dev/xen.h"
#include "base/text.h"

static void complain(void *ctx, const char *what, const char *why)
{
	struct boot *b = ctx;

	log_say(&b->log, LOG_WARN, "kernel command line: \"%.64s\" ignored: %s",
		what, why);
}

static void parse_tag(struct boot *b, const char *key, const char *value,
		      struct tag *tag)
{
	int err = tag_parse(value, tag);

	if (err)
		log_say(&b->log, LOG_WARN,
			"kernel command line: %s%.64s is not understood (%s): "
			"left to the generator",
			key, value, log_errno(err));
}

int look(struct boot *b)
{
	int err;

	if (!xen_is_hvm_guest(b->sys))
		return 0;
	err = lines_read(b, b->line);
	if (err)
		return err;
	cmdline_parse(b->line, &b->cmd, complain, b);
	if (b->cmd.mode == MODE_OFF)
		return 0;
	b->log.debug = b->cmd.debug;
	parse_tag(b, "root=", b->cmd.root, &b->root);
	parse_tag(b, "resume=", b->cmd.resume, &b->resume);
	return 1;
}
