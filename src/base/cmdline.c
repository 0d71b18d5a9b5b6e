// SPDX-License-Identifier: GPL-2.0-or-later
/* Understands the kernel command line. Pure: touches nothing but its arguments.
 * A typo must not stop a boot: what is not understood is reported and
 * ignored. */
#include "base/cmdline.h"

#include <string.h>

#include "base/text.h"

struct parse {
	struct cmdline *out;
	cmdline_complain_fn *complain;
	void *ctx;
};

static void set_auto(struct parse *p, const char *value)
{
	(void)value;
	p->out->mode = MODE_AUTO;
}

static void set_strict(struct parse *p, const char *value)
{
	(void)value;
	p->out->mode = MODE_STRICT;
}

static void set_off(struct parse *p, const char *value)
{
	(void)value;
	p->out->mode = MODE_OFF;
}

static void set_debug(struct parse *p, const char *value)
{
	(void)value;
	p->out->debug = true;
}

static void set_wait(struct parse *p, const char *value)
{
	uint64_t seconds;

	if (text_u64(value, 10, CMDLINE_WAIT_MAX, &seconds))
		p->complain(p->ctx, value,
			    "wait= takes whole seconds, 0 to 600");
	else
		p->out->wait_s = (unsigned int)seconds;
}

static void add_keep(struct parse *p, const char *value)
{
	struct cmdline *out = p->out;

	if (out->keeps == CMDLINE_KEEP)
		p->complain(p->ctx, value, "keep= can name 16 devices");
	else if (!*value ||
		 text_copy(out->keep[out->keeps], sizeof(out->keep[0]), value))
		p->complain(p->ctx, value, "keep= takes a device's name");
	else
		out->keeps++;
}

static const struct option {
	const char *name;
	bool has_value;
	void (*set)(struct parse *p, const char *value);
} options[] = {
	{ "auto", false, set_auto }, { "strict", false, set_strict },
	{ "off", false, set_off },   { "debug", false, set_debug },
	{ "wait=", true, set_wait }, { "keep=", true, add_keep },
};

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static void parse_option(struct parse *p, const char *text)
{
	const char *value;
	size_t i;

	for (i = 0; i < COUNT(options); i++) {
		if (!text_prefix(text, options[i].name, &value))
			continue;
		if (!options[i].has_value && *value)
			continue;
		options[i].set(p, value);
		return;
	}
	p->complain(p->ctx, text,
		    "no such option of pvroot=; there are auto, strict, off, "
		    "wait=N, keep=NAME, debug");
}

static void parse_pvroot(struct parse *p, char *value)
{
	while (value) {
		char *comma = strchr(value, ',');

		if (comma)
			*comma++ = '\0';
		if (*value)
			parse_option(p, value);
		value = comma;
	}
}

static void parse_root(struct parse *p, char *value)
{
	if (text_copy(p->out->root, sizeof(p->out->root), value))
		p->complain(p->ctx, "root=", "the value is too long");
}

static void parse_resume(struct parse *p, char *value)
{
	if (text_copy(p->out->resume, sizeof(p->out->resume), value))
		p->complain(p->ctx, "resume=", "the value is too long");
}

static void parse_unplug(struct parse *p, char *value)
{
	if (!strcmp(value, "never"))
		p->out->unplug = UNPLUG_NEVER;
	else if (!strcmp(value, "unnecessary"))
		p->out->unplug = UNPLUG_UNNECESSARY;
	else
		p->out->unplug = UNPLUG_OTHER;
}

static const struct key {
	const char *name;
	void (*parse)(struct parse *p, char *value);
} keys[] = {
	{ "pvroot=", parse_pvroot },
	{ "root=", parse_root },
	{ "resume=", parse_resume },
	{ "xen_emul_unplug=", parse_unplug },
};

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

bool cmdline_next_word(const char **text, char *word)
{
	const char *s = *text;
	bool quoted = false;
	size_t len = 0;

	while (is_space(*s))
		s++;
	if (!*s)
		return false;
	for (; *s && (quoted || !is_space(*s)); s++) {
		if (*s == '"')
			quoted = !quoted;
		else if (len < CMDLINE_SIZE - 1)
			word[len++] = *s;
	}
	/* Moves on before word is ended: word may lie in the text, and its NUL
	 * may then overwrite this blank. */
	*text = *s ? s + 1 : s;
	word[len] = '\0';
	return true;
}

size_t cmdline_end(char *line)
{
	const char *at = line, *end = line;
	char word[CMDLINE_SIZE], *close;
	bool quoted = false;

	while (cmdline_next_word(&at, word) && strcmp(word, "--"))
		end = at;
	for (at = line; at < end; at++) {
		if (*at == '"')
			quoted = !quoted;
	}
	close = line + (end - line);
	if (quoted)
		*close++ = '"';
	*close++ = ' ';
	*close = '\0';
	return (size_t)(close - line);
}

void cmdline_parse(const char *text, struct cmdline *out,
		   cmdline_complain_fn *complain, void *ctx)
{
	struct parse p = { out, complain, ctx };
	char word[CMDLINE_SIZE];
	const char *value;
	size_t i;

	memset(out, 0, sizeof(*out));
	out->wait_s = CMDLINE_WAIT_S;
	while (cmdline_next_word(&text, word)) {
		/* What follows a lone "--" is init's, not the kernel's. */
		if (!strcmp(word, "--"))
			break;
		for (i = 0; i < COUNT(keys); i++) {
			if (text_prefix(word, keys[i].name, &value))
				keys[i].parse(&p, word + (value - word));
		}
	}
}

bool cmdline_keeps(const struct cmdline *cmd, const char *name, const char *pci)
{
	unsigned int i;

	for (i = 0; i < cmd->keeps; i++) {
		if (!strcmp(cmd->keep[i], name) || !strcmp(cmd->keep[i], pci))
			return true;
	}
	return false;
}
