// SPDX-License-Identifier: GPL-2.0-or-later
/* What will a boot do on Xen? Pure: reads the survey and what is known of the
 * boot's files. */
#include <stdarg.h>
#include <string.h>

#include "admin/check/check.h"
#include "base/print.h"
#include "base/text.h"

const char *outcome_name(enum outcome outcome)
{
	static const char *const names[] = { "unknown", "pv", "emulated",
					     "stops" };

	return names[outcome];
}

static void __attribute__((format(printf, 3, 4)))
will(struct boot *boot, enum outcome outcome, const char *fmt, ...)
{
	va_list args;

	boot->outcome = outcome;
	va_start(args, fmt);
	format_args(boot->why, sizeof(boot->why), fmt, args);
	va_end(args);
}

static void ignore(void *ctx, const char *what, const char *why)
{
	(void)ctx, (void)what, (void)why;
}

/* Where its files are whole: what the command line and the image make of it. */
static void predict_root(struct check *check, struct boot *boot,
			 const struct cmdline *cmd)
{
	const struct kept_image *image = &check->images.at[boot->image];
	bool pv, never = cmd->unplug == UNPLUG_NEVER;

	check_name_device(check, cmd->root, boot->device, &pv);
	if (!image->driver && !never)
		will(boot, BOOT_STOPS,
		     "the kernel unplugs the emulated disk, and the image has "
		     "no PV disk driver");
	else if (!boot->device[0])
		will(boot, cmd->mode == MODE_STRICT ? BOOT_STOPS : BOOT_UNKNOWN,
		     "which device root=%.100s is cannot be told", cmd->root);
	else if (never || !image->pvroot || cmd->mode == MODE_OFF)
		will(boot, never ? BOOT_EMULATED : BOOT_UNKNOWN, "%s",
		     never ? "xen_emul_unplug=never keeps the PV drivers away"
			   : "pvroot does not run in it: the initrd takes "
			     "whichever path it meets first");
	else if (pv)
		will(boot, BOOT_PV, "root is on the PV disk");
	else
		will(boot,
		     cmd->mode == MODE_STRICT ? BOOT_STOPS : BOOT_EMULATED,
		     "root is on no PV disk");
}

void boot_predict(struct check *check, struct boot *boot)
{
	struct cmdline cmd;

	cmdline_parse(boot->entry->line, &cmd, ignore, NULL);
	text_copy(boot->root, sizeof(boot->root), cmd.root);
	if (boot->missing.count)
		will(boot, BOOT_STOPS, "%.200s is not there",
		     boot->missing.at[0]);
	else if (boot->image < 0)
		will(boot, BOOT_UNKNOWN,
		     "it has no initrd: the kernel alone looks for root");
	else if (check->images.at[boot->image].broken)
		will(boot, BOOT_STOPS, "Linux cannot unpack its initrd");
	else if (boot->entry->unclear.count)
		will(boot, BOOT_UNKNOWN, "not understood: %.200s",
		     boot->entry->unclear.at[0]);
	else if (check->images.at[boot->image].unread)
		will(boot, BOOT_UNKNOWN, "what is in its initrd is not known");
	else if (!cmd.root[0])
		will(boot, BOOT_UNKNOWN, "its line has no root=");
	else
		predict_root(check, boot, &cmd);
}
