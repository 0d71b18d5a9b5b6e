// SPDX-License-Identifier: GPL-2.0-or-later
/* `pvroot check --list`: the boots, as they were understood. */
#include <string.h>

#include "admin/check/check.h"
#include "admin/lib/out.h"
#include "base/text.h"

#define INDENT 12

static void say(struct out *out, const char *key, const char *value)
{
	if (!*value)
		return;
	out_say(out, "  %-*s", INDENT - 2, key);
	out_wrap(out, INDENT, INDENT, value);
}

static void say_initrds(struct out *out, const struct check *check,
			const struct boot *boot)
{
	const struct kept_image *image = check_image_of(check, boot);
	char text[1024];

	words_join(&boot->initrds, " + ", text, sizeof(text));
	if (image) {
		text_add(text, ": ", sizeof(text));
		text_add(text,
			 image->broken	 ? "Linux cannot unpack it"
			 : image->unread ? "what is in it is not known"
					 : image->has,
			 sizeof(text));
	}
	say(out, "initrd", boot->initrds.count ? text : "none");
}

static void say_boot(struct out *out, const struct check *check,
		     const struct boot *boot)
{
	static const enum paint paints[] = { YELLOW, GREEN, YELLOW, RED };
	const struct kept_image *image = check_image_of(check, boot);
	const struct entry *entry = boot->entry;
	char text[2 * SYS_PATH_SIZE];
	unsigned int i;

	out_paint(out, BOLD);
	out_wrap(out, 0, 2, entry->title[0] ? entry->title : "(no title)");
	out_paint(out, PLAIN);
	say(out, "menu", entry->file);
	say(out, "where", entry->condition);
	text_format(text, sizeof(text), "%s%s%s",
		    boot->kernel[0] ? boot->kernel : entry->kernel,
		    boot->version[0] ? ", version " : "", boot->version);
	say(out, "kernel", text);
	say_initrds(out, check, boot);
	for (i = 0; i < boot->missing.count; i++)
		say(out, "missing", boot->missing.at[i]);
	say(out, "line", entry->line);
	if (image && image->line)
		say(out, "initrd's", image->line);
	if (boot->root[0]) {
		text_format(text, sizeof(text), "%.400s -> %s%s", boot->root,
			    boot->device[0] ? "/dev/" : "not known",
			    boot->device);
		say(out, "root", text);
	}
	for (i = 0; i < entry->unclear.count; i++)
		say(out, "unclear", entry->unclear.at[i]);
	out_paint(out, paints[boot->outcome]);
	text_format(text, sizeof(text), "%s: %s", outcome_name(boot->outcome),
		    boot->why);
	say(out, "on Xen", text);
	out_paint(out, PLAIN);
}

int check_list(const struct check *check, bool quiet)
{
	struct out out;
	unsigned int i;

	(void)quiet;
	out_open(&out);
	for (i = 0; i < check->boots.count; i++)
		say_boot(&out, check, &check->boots.at[i]);
	if (!check->boots.count)
		out_say(&out, "No boot menu was understood.\n");
	return out_close(&out);
}
