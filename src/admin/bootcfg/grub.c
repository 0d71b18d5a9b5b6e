// SPDX-License-Identifier: GPL-2.0-or-later
/* Understands the menus of GRUB 2: follows the script, without running it.
 * Where an "if" in an entry makes a difference, both ways become boots. Pure,
 * except for files that it includes. */
#include <stdlib.h>
#include <string.h>

#include "admin/bootcfg/entry.h"
#include "admin/bootcfg/script.h"
#include "admin/bootcfg/ways.h"
#include "base/text.h"

#define MAX_DEPTH 32 /* of blocks in blocks */

enum block { BLOCK_NONE, BLOCK_IF, BLOCK_LOOP, BLOCK_FUNCTION, BLOCK_ENTRY };

struct frame {
	enum block block;
	bool has_else;
	bool if_empty; /* if [ -z "$x" ] */
	char condition[96];
	struct ways before, done; /* of an if: at its begin, of its branches */
};

struct grub {
	struct entries *entries;
	const char *file;
	struct frame frame[MAX_DEPTH];
	unsigned int depth, beyond; /* beyond: blocks that did not fit */
	struct ways now;
};

static struct frame *top(struct grub *grub)
{
	return grub->depth ? &grub->frame[grub->depth - 1] : NULL;
}

static struct frame *open_block(struct grub *grub, enum block block)
{
	struct frame *frame;

	if (grub->depth == MAX_DEPTH) {
		grub->beyond++;
		return NULL;
	}
	frame = &grub->frame[grub->depth++];
	memset(frame, 0, sizeof(*frame));
	frame->block = block;
	return frame;
}

static void set_condition(struct grub *grub, const char *word,
			  const struct frame *frame)
{
	unsigned int i;

	for (i = 0; i < grub->now.count; i++)
		text_format(grub->now.at[i]->condition,
			    sizeof(grub->now.at[i]->condition), "%s %s", word,
			    frame->condition);
}

static void do_if(struct grub *grub, const struct command *command)
{
	struct frame *frame = open_block(grub, BLOCK_IF);
	const char *is = command->from + strcspn(command->from, " \t");
	size_t len = command->len - (size_t)(is - command->from);

	if (!frame)
		return;
	is += strspn(is, " \t");
	if (len > sizeof(frame->condition) - 1)
		len = sizeof(frame->condition) - 1;
	text_format(frame->condition, sizeof(frame->condition), "%.*s",
		    (int)len, is);
	frame->condition[strcspn(frame->condition, "\n;")] = '\0';
	text_chomp(frame->condition);
	frame->if_empty = strstr(frame->condition, "-z ") != NULL;
	ways_copy(&frame->before, &grub->now);
	set_condition(grub, "if", frame);
}

static void do_else(struct grub *grub, bool last)
{
	struct frame *frame = top(grub);

	if (!frame || frame->block != BLOCK_IF)
		return;
	ways_join(&frame->done, &grub->now);
	ways_copy(&grub->now, &frame->before);
	set_condition(grub, "if not", frame);
	frame->has_else |= last;
}

static void end_if(struct grub *grub, struct frame *frame)
{
	unsigned int i;

	ways_join(&frame->done, &grub->now);
	if (!frame->has_else) {
		ways_copy(&grub->now, &frame->before);
		set_condition(grub, "if not", frame);
		ways_join(&frame->done, &grub->now);
	}
	/* Where the ways have become one again, an outer if still holds. */
	for (i = 0; i < frame->before.count &&
		    frame->done.count == frame->before.count;
	     i++)
		memcpy(frame->done.at[i]->condition,
		       frame->before.at[i]->condition,
		       sizeof(frame->before.at[i]->condition));
	ways_free(&frame->before);
	grub->now = frame->done;
}

static void end_entry(struct grub *grub)
{
	unsigned int i;

	for (i = 0; i < grub->now.count; i++) {
		struct entry *way = grub->now.at[i];
		struct entry *entry = entry_add(grub->entries, grub->file);

		if (entry) {
			memcpy(entry, way, sizeof(*entry));
		} else {
			words_free(&way->initrds);
			words_free(&way->unclear);
		}
		free(way);
	}
	grub->now.count = 0;
}

static void close_block(struct grub *grub)
{
	struct frame *frame = top(grub);

	grub->depth--;
	if (frame->block == BLOCK_IF)
		end_if(grub, frame);
	else if (frame->block == BLOCK_ENTRY)
		end_entry(grub);
}

/* Closes the innermost block that the word closes, and what is in it. */
static void do_close(struct grub *grub, const char *word)
{
	bool is_if = !strcmp(word, "fi"), is_loop = !strcmp(word, "done");
	unsigned int i;

	if (grub->beyond) {
		grub->beyond--;
		return;
	}
	for (i = grub->depth; i > 0; i--) {
		enum block block = grub->frame[i - 1].block;

		if (is_if     ? block == BLOCK_IF
		    : is_loop ? block == BLOCK_LOOP
			      : block != BLOCK_IF && block != BLOCK_LOOP)
			break;
	}
	while (i && grub->depth >= i)
		close_block(grub);
}

static bool is_conditional(const struct grub *grub)
{
	unsigned int i;

	for (i = 0; i < grub->depth; i++) {
		if (grub->frame[i].block == BLOCK_IF ||
		    grub->frame[i].block == BLOCK_LOOP ||
		    grub->frame[i].block == BLOCK_FUNCTION)
			return true;
	}
	return grub->beyond;
}

/* set NAME=VALUE. What grubenv has stays, where it is set only if it is not
 * there. */
static void do_set(struct grub *grub, const struct command *command)
{
	char *value = command->count > 1 ? strchr(command->word[1], '=') : NULL;
	struct vars *vars = &grub->entries->vars;
	const struct frame *frame = top(grub);
	const struct var *var;

	if (!value)
		return;
	*value++ = '\0';
	var = vars_find(vars, command->word[1]);
	if (var && var->stored && frame && frame->if_empty)
		return;
	vars_set(vars, command->word[1], value,
		 is_conditional(grub) ? VARS_MAYBE : VARS_PLAIN);
}

/* search --set=NAME: a device, which is left out of paths. */
static void do_search(struct grub *grub, const struct command *command)
{
	unsigned int i;
	const char *name;

	for (i = 1; i < command->count; i++) {
		if (text_prefix(command->word[i], "--set=", &name))
			vars_set(&grub->entries->vars, name, "", VARS_PLAIN);
	}
}

/* Options of menuentry that have a value of their own. */
static const char *title_of(const struct command *command)
{
	unsigned int i;

	for (i = 1; i < command->count; i++) {
		if (!text_prefix(command->word[i], "--", NULL))
			return command->word[i];
		if (strcmp(command->word[i], "--unrestricted") &&
		    !strchr(command->word[i], '='))
			i++;
	}
	return "";
}

static void do_entry(struct grub *grub, const struct command *command)
{
	struct entry *entry;

	if (!command->opens || !open_block(grub, BLOCK_ENTRY))
		return;
	ways_free(&grub->now); /* an entry in an entry is none */
	entry = memory_new(sizeof(*entry));
	text_copy(entry->file, sizeof(entry->file), grub->file);
	entry_set_title(entry, title_of(command));
	grub->now.at[0] = entry;
	grub->now.count = 1;
}

/* A word with blanks gets its quotes back: the kernel reads them. */
static void add_word(struct entry *entry, const char *word)
{
	char quoted[CMDLINE_SIZE];

	if (!strpbrk(word, " \t") ||
	    text_format(quoted, sizeof(quoted), "\"%s\"", word))
		entry_add_line(entry, word);
	else
		entry_add_line(entry, quoted);
}

static void do_linux(struct grub *grub, const struct command *command)
{
	unsigned int i, k;

	for (i = 0; i < grub->now.count; i++) {
		struct entry *entry = grub->now.at[i];

		entry->line[0] = '\0';
		entry_set_kernel(entry,
				 command->count > 1 ? command->word[1] : "");
		for (k = 2; k < command->count; k++)
			add_word(entry, command->word[k]);
		for (k = 0; k < command->unclear.count; k++)
			words_add(&entry->unclear, "%s",
				  command->unclear.at[k]);
	}
}

/* The last command of an entry counts. */
static void do_initrd(struct grub *grub, const struct command *command)
{
	unsigned int i, k;

	for (i = 0; i < grub->now.count; i++) {
		struct entry *entry = grub->now.at[i];

		words_free(&entry->initrds);
		for (k = 1; k < command->count; k++)
			entry_add_initrd(entry, command->word[k]);
		for (k = 0; k < command->unclear.count; k++)
			words_add(&entry->unclear, "%s",
				  command->unclear.at[k]);
	}
}

/* What GRUB sets for the file that it reads. */
static void set_folder(const struct grub *grub)
{
	char folder[ENTRY_PATH];

	text_copy(folder, sizeof(folder), grub->file);
	if (strrchr(folder, '/'))
		*strrchr(folder, '/') = '\0';
	vars_set(&grub->entries->vars, "prefix", folder, VARS_PLAIN);
	vars_set(&grub->entries->vars, "config_directory", folder, VARS_PLAIN);
}

static void do_file(struct grub *grub, const struct command *command)
{
	struct entry where = { .kernel = "" };
	char path[SYS_PATH_SIZE];

	if (!grub->entries->sys || command->count < 2)
		return;
	entry_set_kernel(&where, command->word[1]);
	if (entry_find_file(grub->entries->sys, &where, where.kernel, path))
		entries_read_menu(grub->entries, path, entry_parse_grub2);
	set_folder(grub);
}

static bool is_one_of(const char *word, const char *list)
{
	size_t len = strlen(word);

	for (; *list; list += strspn(list, " ")) {
		size_t n = strcspn(list, " ");

		if (n == len && !strncmp(list, word, len))
			return true;
		list += n;
	}
	return false;
}

static void run(struct grub *grub, const struct command *command)
{
	const char *word = command->count ? command->word[0] : "";

	if (!strcmp(word, "menuentry"))
		do_entry(grub, command);
	else if (!strcmp(word, "if"))
		do_if(grub, command);
	else if (is_one_of(word, "elif else"))
		do_else(grub, word[2] == 's');
	else if (is_one_of(word, "while until for"))
		open_block(grub, BLOCK_LOOP);
	else if (!strcmp(word, "function"))
		open_block(grub, BLOCK_FUNCTION);
	else if (command->opens) /* submenu */
		open_block(grub, BLOCK_NONE);
	else if (is_one_of(word, "fi done }"))
		do_close(grub, word);
	else if (is_one_of(word, "linux linux16 linuxefi"))
		do_linux(grub, command);
	else if (is_one_of(word, "initrd initrd16 initrdefi"))
		do_initrd(grub, command);
	else if (!strcmp(word, "set"))
		do_set(grub, command);
	else if (!strcmp(word, "search"))
		do_search(grub, command);
	else if (is_one_of(word, "source configfile ."))
		do_file(grub, command);
}

void entry_parse_grub2(struct entries *entries, const char *file, char *text)
{
	struct command *command = memory_new(sizeof(*command));
	struct grub *grub = memory_new(sizeof(*grub));
	const char *at = text;

	grub->entries = entries;
	grub->file = file;
	set_folder(grub);
	while (command_next(&at, &entries->vars, command)) {
		run(grub, command);
		command_free(command);
	}
	command_free(command);
	while (grub->depth)
		close_block(grub);
	free(grub);
	free(command);
}
