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

/* Before Xen: a name that follows the content leads to the PV disk there. */
static void predict_first(struct check *check, struct boot *boot,
			  const struct cmdline *cmd)
{
	const struct kept_image *image = &check->images.at[boot->image];
	struct tag tag;

	if (tag_parse(cmd->root, &tag) || !name_is_foreign(cmd->root, &tag))
		will(boot, image->pvroot ? BOOT_PV : BOOT_UNKNOWN, "%s",
		     image->pvroot ? "root follows its content to the PV disk"
				   : "pvroot does not run in it");
	else if (tag.kind == TAG_DISK && !text_prefix(tag.value, "vd", NULL))
		will(boot, BOOT_UNKNOWN,
		     "which disk will have had that name must be proven there");
	else
		will(boot, BOOT_STOPS, "no disk has that name on Xen");
}

/* Is a disk there, or was in this boot, that a device model shows? */
static bool sees_emulated(const struct survey *survey)
{
	unsigned int i;

	for (i = 0; i < survey->disks.count; i++) {
		if (survey->views[i].way == WAY_EMULATED &&
		    !survey->disks.at[i].cdrom)
			return true;
	}
	return survey->detached.count;
}

/* Without pvroot the initrd takes what it finds: the PV disk where that is all
 * there is. */
static void predict_without(const struct check *check, struct boot *boot,
			    const struct cmdline *cmd, bool pv)
{
	if (pv && cmd->unplug == UNPLUG_DEFAULT &&
	    !sees_emulated(check->survey))
		will(boot, BOOT_PV,
		     "pvroot does not run in it, and there is no other disk");
	else
		will(boot, BOOT_UNKNOWN,
		     "pvroot does not run in it: the initrd takes whichever "
		     "path it meets first");
}

/* root=/dev/sda1, before that disk has a driver: it cannot be shown which disk
 * is meant, so all of it is left on its old path. */
static void predict_late(const struct check *check, struct boot *boot,
			 const struct cmdline *cmd)
{
	struct tag tag = { .kind = TAG_NONE };

	boot->device[0] = '\0';
	if (check_twin_may_be_first(check->survey->sys, boot->version,
				    cmd->root))
		will(boot, BOOT_UNKNOWN,
		     "whether root=%.100s has a driver when pvroot runs is not "
		     "known",
		     cmd->root);
	else if (cmd->mode == MODE_STRICT)
		will(boot, BOOT_STOPS,
		     "root=%.100s has no driver yet when pvroot runs",
		     cmd->root);
	else
		will(boot, BOOT_EMULATED,
		     "root=%.100s has no driver yet when pvroot runs: the disk "
		     "is left on its old path",
		     cmd->root);
	if (boot->outcome == BOOT_EMULATED && !tag_parse(cmd->root, &tag) &&
	    tag.kind == TAG_DISK)
		disk_part_name(boot->device, tag.value, tag.part);
}

/* Is root on a disk or partition, as far as that is known? */
static bool is_plain(const char *root, const char *device)
{
	struct tag tag;

	return !text_prefix(device, "dm-", NULL) &&
	       !text_prefix(device, "md", NULL) &&
	       (tag_parse(root, &tag) || tag.kind != TAG_STACK);
}

/* Where its files are whole: what the command line and the image make of it. */
static void predict_root(struct check *check, struct boot *boot,
			 const struct cmdline *cmd)
{
	const struct kept_image *image = &check->images.at[boot->image];
	struct root_place root = check_root_place(check, cmd->root);
	bool strict = cmd->mode == MODE_STRICT;

	text_copy(boot->device, sizeof(boot->device), root.device);
	if (cmd->unplug == UNPLUG_NEVER) {
		if (root.pv)
			boot->device[0] = '\0'; /* its twin */
		will(boot, BOOT_EMULATED,
		     "xen_emul_unplug=never keeps the PV drivers away");
	} else if (!image->driver) {
		will(boot, BOOT_STOPS,
		     "the kernel unplugs the emulated disk, and the image has "
		     "no PV disk driver");
	} else if (!check->survey->xen) {
		predict_first(check, boot, cmd);
	} else if (image->pvroot && cmd->mode != MODE_OFF && !image->holds &&
		   check_names_twin(check, cmd->root)) {
		predict_late(check, boot, cmd);
	} else if (image->own && !is_plain(cmd->root, root.device)) {
		will(boot, BOOT_STOPS,
		     "pvroot's own initramfs knows no LVM, RAID or encryption");
	} else if (!root.device[0]) {
		will(boot, strict || root.nowhere ? BOOT_STOPS : BOOT_UNKNOWN,
		     root.nowhere
			     ? "no device carries root=%.100s"
			     : "which device root=%.100s is cannot be told",
		     cmd->root);
	} else if (!image->pvroot || cmd->mode == MODE_OFF) {
		predict_without(check, boot, cmd, root.pv);
	} else if (root.pv) {
		will(boot, BOOT_PV, "root is on the PV disk");
	} else {
		will(boot, strict ? BOOT_STOPS : BOOT_EMULATED,
		     "root is on no PV disk");
	}
}

bool root_needs_initrd(const char *root)
{
	struct tag tag;

	if (tag_parse(root, &tag))
		return false;
	return tag.kind == TAG_LABEL || tag.kind == TAG_UUID ||
	       tag.kind == TAG_LINK || tag.kind == TAG_STACK;
}

void boot_predict(struct check *check, struct boot *boot,
		  const struct cmdline *cmd)
{
	text_copy(boot->root, sizeof(boot->root), cmd->root);
	if (boot->missing.count)
		will(boot, BOOT_STOPS, "%.200s is not there",
		     boot->missing.at[0]);
	else if (boot->image < 0 && root_needs_initrd(cmd->root))
		will(boot, BOOT_STOPS,
		     "it has no initrd, and the kernel alone does not know "
		     "root=%.100s",
		     cmd->root);
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
	else if (!cmd->root[0])
		will(boot, BOOT_UNKNOWN, "its line has no root=");
	else
		predict_root(check, boot, cmd);
}
