// SPDX-License-Identifier: GPL-2.0-or-later
/* Understands the files of boot menus. Pure: changes the text that it is given.
 * A value that is too long is left out. */
#include <string.h>

#include "admin/bootcfg/entry.h"
#include "base/text.h"

/* "(hd0,0)/vmlinuz" and "($root)/vmlinuz" become "/vmlinuz". */
static const char *without_device(const char *path)
{
	const char *end = *path == '(' ? strchr(path, ')') : NULL;

	return end ? end + 1 : path;
}

static void skip_blanks(char **line)
{
	while (text_is_blank(**line))
		++*line;
}

static void add_initrds(struct entry *entry, char *line)
{
	const char *word;

	while (*(word = text_next_word(&line)))
		words_add(&entry->initrds, "%s", without_device(word));
}

/* The kernel's path, then its command line. */
static void take_kernel(struct entry *entry, char *line)
{
	text_copy(entry->kernel, sizeof(entry->kernel),
		  without_device(text_next_word(&line)));
	skip_blanks(&line);
	text_copy(entry->line, sizeof(entry->line), line);
	text_chomp(entry->line);
}

/* Compares without case, as extlinux does. */
static bool is_word(const char *word, const char *list)
{
	size_t len = strlen(word);

	while (*list) {
		size_t n = strcspn(list, " ");

		if (n == len && !strncasecmp(list, word, len))
			return true;
		list += n;
		list += *list == ' ';
	}
	return false;
}

void entry_parse_legacy(struct entries *entries, const char *file, char *text)
{
	struct entry *entry = NULL;
	char *line, *word;

	while ((line = text_next_line(&text))) {
		word = text_next_word(&line);
		if (!strcmp(word, "title")) {
			entry = entry_add(entries, file);
			skip_blanks(&line);
			if (entry)
				text_format(entry->title, sizeof(entry->title),
					    "%.120s", line);
		} else if (entry && !strcmp(word, "kernel")) {
			/* "--no-mem-option" and the like are GRUB's own. */
			skip_blanks(&line);
			while (text_prefix(line, "--", NULL)) {
				text_next_word(&line);
				skip_blanks(&line);
			}
			take_kernel(entry, line);
		} else if (entry && is_word(word, "initrd module")) {
			add_initrds(entry, line);
		}
	}
}

/* menuentry 'Debian GNU/Linux' --class debian { */
static void take_title(struct entry *entry, const char *line)
{
	const char *start = strpbrk(line, "'\"");
	const char *end = start ? strchr(start + 1, *start) : NULL;

	if (end)
		text_format(
			entry->title, sizeof(entry->title), "%.*s",
			(int)(end - start - 1 < 120 ? end - start - 1 : 120),
			start + 1);
}

void entry_parse_grub2(struct entries *entries, const char *file, char *text)
{
	struct entry *entry = NULL;
	char *line, *word;

	while ((line = text_next_line(&text))) {
		word = text_next_word(&line);
		if (!strcmp(word, "menuentry")) {
			entry = entry_add(entries, file);
			if (entry)
				take_title(entry, line);
		} else if (!strcmp(word, "}")) {
			entry = NULL;
		} else if (entry && is_word(word, "linux linux16 linuxefi")) {
			take_kernel(entry, line);
		} else if (entry &&
			   is_word(word, "initrd initrd16 initrdefi")) {
			add_initrds(entry, line);
		}
	}
}

void entry_parse_bls(struct entries *entries, const char *file, char *text)
{
	struct entry *entry = entry_add(entries, file);
	char *line, *word;

	while (entry && (line = text_next_line(&text))) {
		word = text_next_word(&line);
		skip_blanks(&line);
		text_chomp(line);
		if (!strcmp(word, "title"))
			text_format(entry->title, sizeof(entry->title),
				    "%.120s", line);
		else if (!strcmp(word, "linux"))
			text_copy(entry->kernel, sizeof(entry->kernel), line);
		else if (!strcmp(word, "initrd"))
			add_initrds(entry, line);
		else if (!strcmp(word, "options") && !entry->line[0])
			text_copy(entry->line, sizeof(entry->line), line);
		else if (!strcmp(word, "options")) {
			text_add(entry->line, " ", sizeof(entry->line));
			text_add(entry->line, line, sizeof(entry->line));
		}
	}
}

/* The command line may contain "initrd=a,b" too. */
static void take_append(struct entry *entry, char *line)
{
	char copy[CMDLINE_SIZE], *at = copy, *word;
	const char *list;

	text_copy(entry->line, sizeof(entry->line), line);
	text_copy(copy, sizeof(copy), line);
	while (*(word = text_next_word(&at))) {
		if (!text_prefix(word, "initrd=", &list))
			continue;
		for (word = (char *)list; *word; word++) {
			if (*word == ',')
				*word = ' ';
		}
		add_initrds(entry, (char *)list);
	}
}

void entry_parse_extlinux(struct entries *entries, const char *file, char *text)
{
	struct entry *entry = NULL;
	char *line, *word;

	while ((line = text_next_line(&text))) {
		word = text_next_word(&line);
		skip_blanks(&line);
		text_chomp(line);
		if (is_word(word, "label")) {
			entry = entry_add(entries, file);
			if (entry)
				text_format(entry->title, sizeof(entry->title),
					    "%.120s", line);
		} else if (entry && is_word(word, "kernel linux")) {
			text_copy(entry->kernel, sizeof(entry->kernel), line);
		} else if (entry && is_word(word, "initrd")) {
			for (word = line; *word; word++) {
				if (*word == ',')
					*word = ' ';
			}
			add_initrds(entry, line);
		} else if (entry && is_word(word, "append")) {
			take_append(entry, line);
		}
	}
}
