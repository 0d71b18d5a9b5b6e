// SPDX-License-Identifier: GPL-2.0-or-later
/* The options on the kernel command line for the first process.
 * initramfs/cmdline explains them and reads them for the script. */
#include <string.h>

#include "base/cmdline.h"
#include "base/text.h"
#include "init/init.h"

#define NUMBER_MAX 99999

static bool take_number(struct init *i, const char *word, const char *value,
			int *number)
{
	bool minus = *value == '-';
	uint64_t n;

	if (text_u64(value + minus, 10, NUMBER_MAX, &n)) {
		init_say(i, 4, "ignored: %s: no number of at most 5 digits",
			 word);
		return false;
	}
	*number = minus ? -(int)n : (int)n;
	return true;
}

static void take_break(struct init *i, const char *word, const char *at)
{
	if (!strcmp(at, "premount") || !strcmp(at, "mount") ||
	    !strcmp(at, "bottom"))
		i->break_at = at;
	else
		init_say(i, 4, "ignored: %s: premount, mount or bottom", word);
}

static void take_flag(struct init *i, const char *word)
{
	if (!strcmp(word, "ro") || !strcmp(word, "rw"))
		i->rw = word[1] == 'w';
	else if (!strcmp(word, "noresume"))
		i->resume = i->line + INIT_LINE_SIZE - 1;
	else if (!strcmp(word, "rootwait"))
		i->deadline_s = 600;
	else if (!strcmp(word, "break"))
		i->break_at = "premount";
	else if (!strcmp(word, "debug"))
		i->debug = true;
}

static void take_value(struct init *i, char *word, char *value)
{
	int number;
	const struct {
		const char *name;
		char **to;
	} texts[] = {
		{ "root=", &i->root },
		{ "init=", &i->init },
		{ "rootfstype=", &i->rootfstype },
		{ "resume=", &i->resume },
		{ "rootflags=", &i->rootflags },
	};
	size_t n;

	for (n = 0; n < sizeof(texts) / sizeof(texts[0]); n++) {
		if (text_prefix(word, texts[n].name, NULL))
			*texts[n].to = value;
	}
	if (text_prefix(word, "panic=", NULL)) {
		take_number(i, word, value, &i->panic);
	} else if (text_prefix(word, "rootwait=", NULL)) {
		take_number(i, word, value, &i->deadline_s);
	} else if (text_prefix(word, "rootdelay=", NULL)) {
		if (take_number(i, word, value, &number) &&
		    number > i->deadline_s)
			i->deadline_s = number;
	} else if (text_prefix(word, "break=", NULL)) {
		take_break(i, word, value);
	}
}

/* `pvroot boot` logs what it does not understand, so nothing is done here. */
static void ignore(void *ctx, const char *what, const char *why)
{
	(void)ctx, (void)what, (void)why;
}

static bool is_strict(const struct init *i)
{
	struct cmdline cmd;

	cmdline_parse(i->line, &cmd, ignore, NULL);
	return cmd.mode == MODE_STRICT;
}

void options_as_tag(char *value)
{
	static const char *const kinds[][2] = {
		{ "/dev/disk/by-label/", "LABEL=" },
		{ "/dev/disk/by-uuid/", "UUID=" },
		{ "/dev/disk/by-partuuid/", "PARTUUID=" },
		{ "/dev/disk/by-partlabel/", "PARTLABEL=" },
	};
	const char *name;
	size_t n, len;

	for (n = 0; n < sizeof(kinds) / sizeof(kinds[0]); n++) {
		if (!text_prefix(value, kinds[n][0], &name))
			continue;
		len = strlen(kinds[n][1]);
		memmove(value + len, name, strlen(name) + 1);
		memcpy(value, kinds[n][1], len);
		text_unescape(value + len);
		return;
	}
}

void options_read(struct init *i)
{
	char *word = i->line, *value;
	const char *rest = i->line;

	i->root = i->rootfstype = i->rootflags = i->init = i->resume =
		i->line + INIT_LINE_SIZE - 1; /* "" */
	i->deadline_s = 30;
	sys_read(&i->sys, "/proc/cmdline", i->line, INIT_LINE_SIZE - 1);
	i->strict = is_strict(i);
	for (; cmdline_next_word(&rest, word); word += strlen(word) + 1) {
		if (!strcmp(word, "--"))
			break;
		value = strchr(word, '=');
		if (value)
			take_value(i, word, value + 1);
		else
			take_flag(i, word);
	}
	options_as_tag(i->root);
	options_as_tag(i->resume);
}
