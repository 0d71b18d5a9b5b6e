// SPDX-License-Identifier: GPL-2.0-or-later
/* The words that an image adds to the kernel's command line. Pure. */
#include "admin/bootcfg/image_line.h"

#include <stdlib.h>
#include <string.h>

#include "admin/lib/words.h"
#include "base/text.h"

#define MAX_FILES 256
#define RESUME	  "resume="

static bool is_conf_of_initramfs_tools(const char *name)
{
	return text_prefix(name, "conf/conf.d/", NULL) ||
	       !strcmp(name, "conf/initramfs.conf");
}

bool image_line_is_file(const char *name)
{
	const char *rest;

	return !strcmp(name, "etc/cmdline") ||
	       is_conf_of_initramfs_tools(name) ||
	       (text_prefix(name, "etc/cmdline.d/", &rest) && *rest != '.' &&
		!strchr(rest, '/') && text_ends_with(rest, ".conf"));
}

/* The last RESUME= of a file that a shell reads, as a word of the command line;
 * "" where it has none. text has room for RESUME and content. */
static void take_resume(char *content, char *text)
{
	const char *line, *value;

	*text = '\0';
	while ((line = text_next_line(&content))) {
		if (!text_prefix(line, "RESUME=", &value))
			continue;
		value += strspn(value, "\"'");
		strcpy(text, RESUME);
		strcat(text, value);
		text[strcspn(text, "\"' \t#")] = '\0';
	}
}

static struct image_line *get(struct image_lines *lines, const char *name)
{
	unsigned int i;

	for (i = 0; i < lines->count; i++) {
		if (!strcmp(lines->at[i].name, name)) {
			free(lines->at[i].text);
			return &lines->at[i];
		}
	}
	array_extend(&lines->at, lines->count, &lines->room,
		     sizeof(lines->at[0]));
	lines->at[lines->count].name = memory_text(name);
	return &lines->at[lines->count++];
}

void image_lines_take(struct image_lines *lines, const char *name,
		      char *content)
{
	struct image_line *line;

	if (lines->count == MAX_FILES)
		return;
	line = get(lines, name);
	if (!is_conf_of_initramfs_tools(name)) {
		line->text = memory_text(content);
		return;
	}
	line->text = memory_new(sizeof(RESUME) + strlen(content));
	take_resume(content, line->text);
}

/* initramfs-tools' init reads initramfs.conf first; pvroot boot the folder
 * etc/cmdline.d before the file. */
static int by_turn(const void *a, const void *b)
{
	static const char *const turns[] = { "conf/initramfs.conf",
					     "conf/conf.d/", "etc/cmdline.d/",
					     "etc/cmdline" };
	const char *one = ((const struct image_line *)a)->name;
	const char *other = ((const struct image_line *)b)->name;
	size_t i;

	for (i = 0; i < sizeof(turns) / sizeof(turns[0]); i++) {
		bool first = text_prefix(one, turns[i], NULL);

		if (first != text_prefix(other, turns[i], NULL))
			return first ? -1 : 1;
		if (first)
			break;
	}
	return strcmp(one, other);
}

/* The RESUME= that is set last, in files that are in their order; "" where that
 * names no device. */
static const char *last_resume(const struct image_lines *lines)
{
	const char *last = "";
	unsigned int i;

	for (i = 0; i < lines->count; i++) {
		if (is_conf_of_initramfs_tools(lines->at[i].name) &&
		    lines->at[i].text[0])
			last = lines->at[i].text;
	}
	if (!strcmp(last, RESUME) || !strcmp(last, RESUME "auto") ||
	    !strcmp(last, RESUME "none"))
		return "";
	return last;
}

/* Returns false where it does not fit. */
static bool add(char text[CMDLINE_SIZE], size_t *used, const char *line)
{
	if (*used + strlen(line) + CMDLINE_END >= CMDLINE_SIZE)
		return false;
	if (*line) {
		strcpy(text + *used, line);
		*used += cmdline_end(text + *used);
	}
	return true;
}

void image_lines_join(struct image_lines *lines, char text[CMDLINE_SIZE])
{
	size_t used = 0;
	unsigned int i;
	bool fits;

	*text = '\0';
	if (lines->count)
		qsort(lines->at, lines->count, sizeof(lines->at[0]), by_turn);
	fits = add(text, &used, last_resume(lines));
	for (i = 0; fits && i < lines->count; i++) {
		if (!is_conf_of_initramfs_tools(lines->at[i].name))
			fits = add(text, &used, lines->at[i].text);
	}
}

void image_lines_free(struct image_lines *lines)
{
	unsigned int i;

	for (i = 0; i < lines->count; i++) {
		free(lines->at[i].name);
		free(lines->at[i].text);
	}
	free(lines->at);
	memset(lines, 0, sizeof(*lines));
}
