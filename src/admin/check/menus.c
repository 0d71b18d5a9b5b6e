// SPDX-License-Identifier: GPL-2.0-or-later
/* Says of each boot what is wrong with it: its files, its initrd, its command
 * line. Reads what the model of the boots (boots.c) found. */
#include <stdlib.h>
#include <string.h>

#include "admin/check/check.h"
#include "base/text.h"

#define REWRITE "write the menu again (update-grub or the like)"

/* None of this menu's entries has its files, and another menu's has: it is what
 * a change of firmware or loader has left. Entries that are files of their own
 * (BLS) are no menu. */
static bool is_left_over(const struct check *check, const char *file)
{
	bool other = false;
	unsigned int i;

	if (strstr(file, "/loader/entries/"))
		return false;
	for (i = 0; i < check->boots.count; i++) {
		const struct boot *boot = &check->boots.at[i];

		if (boot->missing.count || !boot->kernel[0])
			continue;
		if (!strcmp(boot->entry->file, file))
			return false;
		other = true;
	}
	return other;
}

static void found_missing(struct check *check, const struct boot *boot)
{
	unsigned int i;

	if (boot->missing.count && is_left_over(check, boot->entry->file)) {
		check_add(check, FOUND_WARNING, "menu-left-over",
			  "If the boot loader still reads this menu, the guest "
			  "does not boot.",
			  "Remove it, if the boot loader reads the other one; "
			  "if not: " REWRITE ".",
			  "%s: no entry's files are there; those of another "
			  "menu are",
			  boot->entry->file);
		return;
	}
	for (i = 0; i < boot->missing.count; i++)
		check_add(check, FOUND_PROBLEM, "menu-missing",
			  "Choosing this entry does not boot.",
			  "Build the image if it is one, and " REWRITE ".",
			  "%s: \"%s\" names %s, which is not there",
			  boot->entry->file, boot->entry->title,
			  boot->missing.at[i]);
}

static void found_unclear(struct check *check, const struct boot *boot)
{
	const struct entry *entry = boot->entry;
	unsigned int i;

	for (i = 0; i < entry->unclear.count; i++)
		check_add(check, FOUND_WARNING, "menu-unclear",
			  "What this boot does is not known for certain.",
			  "Compare with what `pvroot check --list` says of it.",
			  "%s: \"%s\" not understood: %s", entry->file,
			  entry->title, entry->unclear.at[i]);
}

/* Ubuntu tries it so first, and comes back with an initrd: a boot that only one
 * way of an if has does not stop for good. */
static void found_no_initrd(struct check *check, const struct boot *boot)
{
	const struct entry *entry = boot->entry;
	bool stops = boot->outcome == BOOT_STOPS && !boot->missing.count &&
		     !entry->condition[0];

	check_add(check, stops ? FOUND_PROBLEM : FOUND_WARNING,
		  "menu-no-initrd",
		  stops ? "The kernel alone does not know that root: it panics."
			: "pvroot cannot run in a boot without an initrd.",
		  "Build an image for that kernel and name it in the menu. "
		  "Where GRUB tries it without one first (Ubuntu's "
		  "GRUB_FORCE_PARTUUID), remove that setting.",
		  "%s: \"%s\"%s%s%s has no initrd", entry->file, entry->title,
		  entry->condition[0] ? " (" : "", entry->condition,
		  entry->condition[0] ? ")" : "");
}

/* The words that an image adds; those of the kernel's own line win. */
static void look_at_image_line(struct check *check,
			       const struct kept_image *image, const char *own,
			       const struct cmdline *whole)
{
	char where[1024];
	const struct checked_line line = { .where = where,
					   .line = image->line,
					   .kernel = "",
					   .whole = whole,
					   .winner = own };

	text_format(where, sizeof(where), "%.900s (a line in it)", image->path);
	check_line(check, &line);
}

static void look_at_lines(struct check *check, const struct boot *boot,
			  const struct cmdline *whole)
{
	const struct entry *entry = boot->entry;
	const struct kept_image *image = check_image_of(check, boot);
	const struct checked_line line = { .where = entry->file,
					   .line = entry->line,
					   .kernel = entry->kernel,
					   .whole = whole,
					   .winner = "" };

	check_line(check, &line);
	if (image && image->line)
		look_at_image_line(check, image, entry->line, whole);
}

static void look_at_boot(struct check *check, struct boot *boot)
{
	struct cmdline cmd;

	boot_line(check, boot, &cmd);
	boot_predict(check, boot, &cmd);
	found_missing(check, boot);
	found_unclear(check, boot);
	if (!boot->initrds.count && !boot->entry->initrds.count)
		found_no_initrd(check, boot);
	look_at_lines(check, boot, &cmd);
}

static void look_at_files(struct check *check)
{
	struct entries *entries = &check->entries;
	unsigned int i;

	for (i = 0; i < entries->unread.count; i++)
		check_add(check, FOUND_WARNING, "menu-unread",
			  "What the boot menu says is not known.",
			  check_todo_read(), "%s", entries->unread.at[i]);
	for (i = 0; i < entries->files.count; i++)
		check_add(check, FOUND_OK, "menu", "", "", "%s was read",
			  entries->files.at[i]);
}

/* No menu that boots Linux: the line of the running kernel is the best guess,
 * and no more than that. */
static void guess(struct check *check)
{
	const struct checked_line line = { .where = "/proc/cmdline",
					   .line = check->survey->line,
					   .kernel = check->survey->kernel,
					   .whole = &check->survey->cmd,
					   .winner = "" };
	char what[256];
	unsigned int i;
	const struct words *unknown = &check->entries.unknown;

	words_join(unknown, ", ", what, sizeof(what));
	check_add(check, FOUND_WARNING, "menu-none",
		  "The next boot may be another one than what is judged here: "
		  "the images in /boot, and the kernel line of this boot.",
		  "Look at the boot loader's own configuration: does it boot "
		  "one of these images, with that line?",
		  "no boot menu was understood%s%s",
		  unknown->count ? "; there is " : "", what);
	check_images_by_name(check);
	check_line(check, &line);
	for (i = 0; i < check->images.count; i++) {
		const struct kept_image *image = &check->images.at[i];
		struct cmdline whole;

		if (!image->line)
			continue;
		image_whole_line(image, line.line, &whole);
		look_at_image_line(check, image, line.line, &whole);
	}
}

void check_boots(struct check *check)
{
	struct boots *boots = &check->boots;
	unsigned int i;

	boots_make(check);
	for (i = 0; i < boots->count; i++) {
		struct boot *boot = &boots->at[i];

		if (boot->initrds.count)
			boot->image = check_image(check, &boot->initrds,
						  boot->version, boot->rescue);
	}
	look_at_files(check);
	for (i = 0; i < boots->count; i++)
		look_at_boot(check, &boots->at[i]);
	if (!boots->count)
		guess(check);
}
