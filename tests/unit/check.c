// SPDX-License-Identifier: GPL-2.0-or-later
/* Assertions about a run: each prints what it found where it fails. Reads only
 * the fixture. */
#include <ctype.h>
#include <string.h>

#include "fixture.h"

static void show_writes(struct fixture *f)
{
	unsigned int i;

	for (i = 0; i < f->writes; i++)
		print_error("  wrote \"%s\" to %s\n", f->write[i].text,
			    f->write[i].path);
}

void check_said(struct fixture *f, const char *text)
{
	if (!strstr(f->kmsg, text))
		fail_msg("not said: %s\nsaid was:\n%s", text, f->kmsg);
}

void check_not_said(struct fixture *f, const char *text)
{
	if (strstr(f->kmsg, text))
		fail_msg("must not be said: %s\nsaid was:\n%s", text, f->kmsg);
}

void check_out(struct fixture *f, const char *text)
{
	if (strcmp(f->out, text))
		fail_msg("stdout: \"%s\", not \"%s\"\nsaid was:\n%s", f->out,
			 text, f->kmsg);
}

void check_answers(struct fixture *f, const char *cmdline, int status,
		   const char *out)
{
	fixture_cmdline(f, cmdline);
	fixture_boot(f);
	check_out(f, out);
	if (f->status != status)
		fail_msg("%s: status %d, not %d:\n%s", cmdline, f->status,
			 status, f->kmsg);
}

void check_wrote(struct fixture *f, const char *path, const char *text)
{
	if (fixture_wrote(f, path, text))
		return;
	show_writes(f);
	fail_msg("\"%s\" was not written to %s\nsaid was:\n%s", text, path,
		 f->kmsg);
}

void check_no_writes(struct fixture *f)
{
	show_writes(f);
	if (f->writes)
		fail_msg("sysfs was written to; said was:\n%s", f->kmsg);
}

void check_reported(struct fixture *f, const char *text)
{
	if (!strstr(f->report, text))
		fail_msg("not reported: %s\nthe report:\n%s", text, f->report);
}

/* RFC 8259, by recursive descent; NULL where it is not valid. The depth is
 * limited: a report has three levels. */
static const char *value(const char *s, int depth);

static const char *space(const char *s)
{
	while (*s && strchr(" \t\r\n", *s))
		s++;
	return s;
}

static const char *string(const char *s)
{
	int i;

	if (*s++ != '"')
		return NULL;
	for (; *s != '"'; s++) {
		if ((unsigned char)*s < ' ')
			return NULL;
		if (*s != '\\')
			continue;
		s++;
		if (!*s || !strchr("\"\\/bfnrtu", *s))
			return NULL;
		for (i = 0; *s == 'u' && i < 4; i++)
			if (!isxdigit((unsigned char)s[i + 1]))
				return NULL;
	}
	return s + 1;
}

static const char *number(const char *s)
{
	if (*s == '0' && isdigit((unsigned char)s[1]))
		return NULL;
	if (!isdigit((unsigned char)*s))
		return NULL;
	while (isdigit((unsigned char)*s))
		s++;
	return s;
}

/* Parses the members of an array or object up to its end. */
static const char *members(const char *s, char end, int depth)
{
	s = space(s);
	if (*s == end)
		return s + 1;
	for (;;) {
		if (end == '}') {
			s = string(space(s));
			s = s ? space(s) : NULL;
			if (!s || *s++ != ':')
				return NULL;
		}
		s = value(s, depth);
		s = s ? space(s) : NULL;
		if (!s || (*s != ',' && *s != end))
			return NULL;
		if (*s++ == end)
			return s;
	}
}

static const char *value(const char *s, int depth)
{
	s = space(s);
	if (depth > 8)
		return NULL;
	if (*s == '{')
		return members(s + 1, '}', depth + 1);
	if (*s == '[')
		return members(s + 1, ']', depth + 1);
	if (*s == '"')
		return string(s);
	if (!strncmp(s, "true", 4) || !strncmp(s, "null", 4))
		return s + 4;
	if (!strncmp(s, "false", 5))
		return s + 5;
	return number(s);
}

bool json_is_valid(const char *text)
{
	const char *end = value(text, 0);

	return end && !*space(end);
}
