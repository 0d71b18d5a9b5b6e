// SPDX-License-Identifier: GPL-2.0-or-later
/* Cuts a script of GRUB 2 into its commands. Pure.
 * Source: the GRUB manual, "Writing full configuration files directly". */
#include "admin/bootcfg/script.h"

#include <string.h>

#include "base/text.h"

/* The text that is cut, and the command that comes of it. */
struct lexer {
	const char *at;
	const struct vars *vars;
	struct command *command;
	bool in_word, quoted; /* a word has begun, or a part of it was quoted */
	bool device;	      /* inside of "(hd0,1)", which is left out later */
};

static void put(struct lexer *lx, char c)
{
	struct command *command = lx->command;

	if (!lx->in_word && command->count < SCRIPT_WORDS)
		command->word[command->count] = command->text + command->used;
	lx->in_word = true;
	if (command->used + 2 < sizeof(command->text) &&
	    command->count < SCRIPT_WORDS)
		command->text[command->used++] = c;
	else
		words_add(&command->unclear, "it is too long");
}

static void begin_word(struct lexer *lx)
{
	struct command *command = lx->command;

	if (!lx->in_word && command->count < SCRIPT_WORDS)
		command->word[command->count] = command->text + command->used;
	lx->in_word = true;
}

static void end_word(struct lexer *lx)
{
	struct command *command = lx->command;

	if (lx->in_word && command->count < SCRIPT_WORDS) {
		command->text[command->used] = '\0';
		if (command->used + 1 < sizeof(command->text))
			command->used++;
		command->count++;
	}
	lx->in_word = lx->quoted = lx->device = false;
}

/* "$x" or "${x}" at lx->at. In double quotes its value is one word. */
static void put_variable(struct lexer *lx, bool quoted)
{
	char name[64];
	const char *start, *value;
	size_t len, n = vars_name(lx->at, &start, &len);

	if (!n || text_format(name, sizeof(name), "%.*s", (int)len, start)) {
		put(lx, *lx->at++);
		return;
	}
	lx->at += n;
	value = vars_value(lx->vars, name,
			   lx->device ? NULL : &lx->command->unclear);
	for (; *value; value++) {
		if (!quoted && text_is_blank(*value))
			end_word(lx);
		else
			put(lx, *value);
	}
}

/* A backslash at the end of a line joins it to the next one. */
static bool skip_join(struct lexer *lx)
{
	size_t n = lx->at[1] == '\r' && lx->at[2] == '\n' ? 3
		   : lx->at[1] == '\n'			  ? 2
							  : 0;

	lx->at += n;
	return n;
}

static void take_quoted(struct lexer *lx)
{
	begin_word(lx);
	lx->quoted = true;
	for (lx->at++; *lx->at && *lx->at != '"';) {
		if (*lx->at == '$') {
			put_variable(lx, true);
		} else if (*lx->at == '\\' && lx->at[1] &&
			   strchr("$\"\\\n", lx->at[1])) {
			if (!skip_join(lx)) {
				put(lx, lx->at[1]);
				lx->at += 2;
			}
		} else {
			put(lx, *lx->at++);
		}
	}
	lx->at += *lx->at == '"';
}

static void take_literal(struct lexer *lx)
{
	begin_word(lx);
	lx->quoted = true;
	for (lx->at++; *lx->at && *lx->at != '\'';)
		put(lx, *lx->at++);
	lx->at += *lx->at == '\'';
}

static bool is_end(char c)
{
	return c == '\n' || c == ';' || !c;
}

/* Is the word that has just ended one after which a command begins? */
static bool is_keyword(const struct command *command)
{
	static const char *const keywords[] = { "then", "else", "do" };
	size_t i;

	for (i = 0; command->count == 1 && i < 3; i++) {
		if (!strcmp(command->word[0], keywords[i]))
			return true;
	}
	return false;
}

/* A brace that is a word of its own. Returns whether the command ends. */
static bool take_brace(struct lexer *lx)
{
	struct command *command = lx->command;

	if (*lx->at == '}' && command->count)
		return true; /* it is the next one */
	if (*lx->at == '}') {
		put(lx, *lx->at++);
		end_word(lx);
		return true;
	}
	command->opens = true;
	lx->at++;
	return true;
}

static bool is_brace(const struct lexer *lx)
{
	char next = lx->at[1];

	return !lx->in_word &&
	       (*lx->at == '}' ||
		(*lx->at == '{' && (text_is_blank(next) || is_end(next))));
}

/* One step. Returns true where the command ends. */
static bool step(struct lexer *lx)
{
	char c = *lx->at;

	if (c == '#' && !lx->in_word) {
		lx->at += strcspn(lx->at, "\n");
		return false;
	}
	if (is_end(c) || text_is_blank(c)) {
		bool quoted = lx->quoted;

		end_word(lx);
		if (!c || (is_end(c) && lx->command->count)) {
			lx->at += c != '\0';
			return true;
		}
		lx->at++;
		return !quoted && is_keyword(lx->command);
	}
	if (is_brace(lx))
		return take_brace(lx);
	if (c == '\\' && lx->at[1]) {
		if (!skip_join(lx)) {
			put(lx, lx->at[1]);
			lx->at += 2;
		}
	} else if (c == '"') {
		take_quoted(lx);
	} else if (c == '\'') {
		take_literal(lx);
	} else if (c == '$') {
		put_variable(lx, false);
	} else {
		if (c == '(' && !lx->in_word)
			lx->device = true;
		if (c == ')')
			lx->device = false;
		put(lx, c);
		lx->at++;
	}
	return false;
}

bool command_next(const char **at, const struct vars *vars,
		  struct command *command)
{
	struct lexer lx = { .at = *at, .vars = vars, .command = command };

	command->count = 0;
	command->used = 0;
	command->opens = false;
	memset(&command->unclear, 0, sizeof(command->unclear));
	while (*lx.at && (text_is_blank(*lx.at) || *lx.at == ';'))
		lx.at++;
	command->from = lx.at;
	while (!step(&lx))
		;
	command->word[command->count] = NULL;
	command->len = (size_t)(lx.at - command->from);
	while (command->len &&
	       (text_is_blank(command->from[command->len - 1]) ||
		is_end(command->from[command->len - 1])))
		command->len--;
	*at = lx.at;
	return command->count || command->opens || *lx.at;
}

void command_free(struct command *command)
{
	words_free(&command->unclear);
}
