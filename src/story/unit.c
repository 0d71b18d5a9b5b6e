// SPDX-License-Identifier: GPL-2.0-or-later
/* What `pvroot boot` leaves for udev and systemd. Under systemd root= becomes a
 * mount unit before any hook runs, and that unit waits for the name on the
 * command line; so does resume=. pvroot's udev rule makes the links of tags; a
 * name such as /dev/sda1 needs a rule of its own. Writes below
 * /run/udev/rules.d only. */
#include "story/boot.h"

#include <string.h>

#include "base/exit.h"
#include "base/text.h"

#define RULES_DIR  "/run/udev/rules.d"
#define NAMES_RULE "/lib/pvroot/names.rules"
#define RULE_SIZE  8192

/* The part of a name below /dev for a link, or NULL. Links in /dev/disk are
 * left out: they lead to the PV device by their tags. */
static const char *link_name(const char *asked)
{
	const char *name;

	if (!text_prefix(asked, "/dev/", &name))
		return NULL;
	name += strspn(name, "/");
	if (text_prefix(name, "disk/", NULL) || text_contains(name, "..") ||
	    !text_is_word(name, "/:.+"))
		return NULL;
	return name;
}

static int write_rule(const struct sys *sys, const char *file, const char *rule)
{
	int err = sys_mkdir(sys, "/run/udev");

	if (!err)
		err = sys_mkdir(sys, RULES_DIR);
	return err ? err : sys_replace(sys, file, rule, strlen(rule));
}

static int lead(struct boot *b, const char *file, const char *asked,
		const struct answer *found)
{
	const char *name = link_name(asked);
	char rule[CMDLINE_VALUE + 128];
	int err;

	if (!name || !text_is_word(found->device, "") ||
	    !strcmp(name, found->device) ||
	    text_format(rule, sizeof(rule),
			"SUBSYSTEM==\"block\", KERNEL==\"%s\", "
			"SYMLINK+=\"%s\"\n",
			found->device, name))
		return 0;
	err = write_rule(b->sys, file, rule);
	if (err)
		log_say(&b->log, LOG_ERR, "%s: %s: %.200s does not lead to %s",
			file, log_errno(err), asked, found->device);
	return err;
}

int unit_links(struct boot *b)
{
	int root = lead(b, RULES_DIR "/59-pvroot-root.rules", b->asked.cmd.root,
			&b->root);
	int resume = lead(b, RULES_DIR "/59-pvroot-resume.rules",
			  b->asked.cmd.resume, &b->resume);

	return root ? root : resume;
}

void keep_names(const struct boot *b)
{
	char rule[RULE_SIZE];

	if (sys_read(b->sys, NAMES_RULE, rule, sizeof(rule)) > 0)
		write_rule(b->sys, RULES_DIR "/59-pvroot-names.rules", rule);
}

int unit_status(struct boot *b, int status)
{
	if (status == EXIT_GO_ON || status == EXIT_STOP)
		return status;
	if (b->asked.cmd.mode == MODE_STRICT) {
		log_say(&b->log, LOG_ERR, "strict: a fault stops the boot");
		return EXIT_STOP;
	}
	log_say(&b->log, LOG_WARN,
		"a fault: the boot goes on as if pvroot were not there");
	return EXIT_GO_ON;
}
