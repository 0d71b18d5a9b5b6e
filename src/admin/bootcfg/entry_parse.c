// SPDX-License-Identifier: GPL-2.0-or-later
/* Understands the menus that are lines: GRUB legacy, entries of the Boot Loader
 * Specification, extlinux. Pure, except for files that a menu includes. */
#include <stdlib.h>
#include <string.h>

#include "admin/bootcfg/entry.h"
#include "base/text.h"

static void skip_blanks(char **line)
{
	while (text_is_blank(**line))
		++*line;
}

/* Cuts blanks off the end, and the CR of a file from Windows. */
static void cut_end(char *line)
{
	size_t len = strlen(line);

	while (len && text_is_blank(line[len - 1]))
		line[--len] = '\0';
}

/* What follows the first word. */
static char *rest_of(char *line)
{
	skip_blanks(&line);
	cut_end(line);
	return line;
}

static void add_initrds(struct entry *entry, char *line, char between)
{
	char *word;

	for (word = line; between && *word; word++) {
		if (*word == between)
			*word = ' ';
	}
	while (*(word = text_next_word(&line)))
		entry_add_initrd(entry, word);
}

/* The kernel's path, then its command line. */
static void take_kernel(struct entry *entry, char *line)
{
	entry_set_kernel(entry, text_next_word(&line));
	entry->line[0] = '\0';
	entry_add_line(entry, rest_of(line));
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

/* A backslash at its end joins a line to the next one. */
static void join_lines(char *text)
{
	for (; *text; text++) {
		if (text[0] == '\\' && text[1] == '\n')
			text[0] = text[1] = ' ';
	}
}

/* The first word of a line, which a blank or "=" ends. */
static char *next_key(char **line)
{
	char *key;

	skip_blanks(line);
	key = *line;
	*line += strcspn(key, " \t\r=");
	if (**line)
		*(*line)++ = '\0';
	return key;
}

void entry_parse_legacy(struct entries *entries, const char *file, char *text)
{
	struct entry *entry = NULL;
	char *line, *word;

	join_lines(text);
	while ((line = text_next_line(&text))) {
		word = next_key(&line);
		if (!strcmp(word, "title")) {
			entry = entry_add(entries, file);
			if (entry)
				entry_set_title(entry, rest_of(line));
		} else if (entry && !strcmp(word, "kernel")) {
			/* "--no-mem-option" and the like are GRUB's own. */
			skip_blanks(&line);
			while (text_prefix(line, "--", NULL)) {
				text_next_word(&line);
				skip_blanks(&line);
			}
			take_kernel(entry, line);
		} else if (entry && is_word(word, "initrd module")) {
			add_initrds(entry, line, 0);
		}
	}
}

/* The paths of /boot/efi/loader/entries/a.conf begin in /boot/efi. */
static void set_base(struct entry *entry)
{
	const char *end = strstr(entry->file, "/loader/entries/");

	if (end && (size_t)(end - entry->file) < sizeof(entry->base))
		memcpy(entry->base, entry->file, (size_t)(end - entry->file));
}

void entry_parse_bls(struct entries *entries, const char *file, char *text)
{
	struct entry *entry = entry_add(entries, file);
	char *line, *word;

	if (!entry)
		return;
	set_base(entry);
	while ((line = text_next_line(&text))) {
		word = text_next_word(&line);
		line = rest_of(line);
		if (!strcmp(word, "title"))
			entry_set_title(entry, line);
		else if (is_word(word, "linux efi uki"))
			entry_set_kernel(entry, line);
		else if (!strcmp(word, "initrd"))
			add_initrds(entry, line, 0);
		else if (!strcmp(word, "options"))
			entry_add_line(entry, line);
	}
}

struct extlinux {
	struct entries *entries;
	const char *file;
	struct entry *entry;
	bool own_append;	   /* the entry has one */
	char append[CMDLINE_SIZE]; /* of all that have none */
};

/* The command line may contain "initrd=a,b" too. */
static void take_append(struct entry *entry, const char *line)
{
	char copy[CMDLINE_SIZE], *at = copy, *word;
	const char *list;

	entry->line[0] = '\0';
	entry_add_line(entry, line);
	text_copy(copy, sizeof(copy), line);
	while (*(word = text_next_word(&at))) {
		if (text_prefix(word, "initrd=", &list))
			add_initrds(entry, word + (list - word), ',');
	}
}

static void end_label(struct extlinux *x)
{
	if (x->entry && !x->own_append && x->append[0])
		take_append(x->entry, x->append);
	x->entry = NULL;
}

static void begin_label(struct extlinux *x, const char *title)
{
	const char *slash = strrchr(x->file, '/');

	end_label(x);
	x->entry = entry_add(x->entries, x->file);
	x->own_append = false;
	if (!x->entry)
		return;
	entry_set_title(x->entry, title);
	if (slash && (size_t)(slash - x->file) < sizeof(x->entry->base))
		memcpy(x->entry->base, x->file, (size_t)(slash - x->file));
}

/* KERNEL may have a command line behind it. */
static void take_extlinux_kernel(struct entry *entry, char *line)
{
	entry_set_kernel(entry, text_next_word(&line));
}

static void append(struct extlinux *x, const char *line)
{
	if (!x->entry) {
		if (text_copy(x->append, sizeof(x->append), line))
			words_add(&x->entries->unread,
				  "%s: its APPEND is too long", x->file);
		return;
	}
	x->own_append = true;
	if (strcmp(line, "-"))
		take_append(x->entry, line);
}

static void take_extlinux(struct extlinux *x, char *text);

/* INCLUDE file: as if its lines stood here. */
static void include(struct extlinux *x, char *line)
{
	char *path = text_next_word(&line), *text;
	struct entry where = { .kernel = "" };
	const char *slash = strrchr(x->file, '/');

	if (slash && (size_t)(slash - x->file) < sizeof(where.base))
		memcpy(where.base, x->file, (size_t)(slash - x->file));
	text = entries_include(x->entries, &where, path);
	if (!text)
		return;
	take_extlinux(x, text);
	entries_included(x->entries, text);
}

static void take_extlinux(struct extlinux *x, char *text)
{
	char *line, *word;

	while ((line = text_next_line(&text))) {
		word = text_next_word(&line);
		line = rest_of(line);
		if (is_word(word, "label"))
			begin_label(x, line);
		else if (is_word(word, "append"))
			append(x, line);
		else if (is_word(word, "include"))
			include(x, line);
		else if (!x->entry)
			continue;
		else if (is_word(word, "kernel linux"))
			take_extlinux_kernel(x->entry, line);
		else if (is_word(word, "initrd"))
			add_initrds(x->entry, line, ',');
	}
}

void entry_parse_extlinux(struct entries *entries, const char *file, char *text)
{
	struct extlinux *x = memory_new(sizeof(*x));

	x->entries = entries;
	x->file = file;
	take_extlinux(x, text);
	end_label(x);
	free(x);
}
