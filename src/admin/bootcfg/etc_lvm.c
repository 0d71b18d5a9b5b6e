// SPDX-License-Identifier: GPL-2.0-or-later
/* What LVM takes and what it does not: filters in lvm.conf, and its list of
 * devices. Pure. The forms of a filter are those of lvm2's filter-regex.c. */
#include <string.h>

#include "admin/bootcfg/etc.h"
#include "base/text.h"

#define SPECIAL "*?[.(\\|$+{" /* in a regular expression */

/* "IDTYPE=devname IDNAME=/dev/sda2 DEVNAME=/dev/sda2 PVID=…". A device that is
 * known by anything but its name (sys_wwid) is lost where it is another device,
 * so no link of that name will do. */
void etc_lvm_devices(struct etc *etc, char *line)
{
	char name[INUSE_NAME], *word, *type = NULL;
	const char *at;

	while ((word = etc_cut(&line, " \t"))) {
		if (text_prefix(word, "IDTYPE=", &at))
			type = strcmp(at, "devname") ? word + 7 : NULL;
		else if (!type)
			etc_add_devices(etc, word);
		else if (text_prefix(word, "DEVNAME=", &at) &&
			 !text_format(name, sizeof(name), "%s:%s", at, type))
			inuse_add(etc->inuse, etc->where, name, INUSE_BOOT);
	}
}

/* Does the pattern take everything, or everything in /dev? What an earlier one
 * takes or leaves is decided by then. */
static bool is_everything(const char *pattern)
{
	text_prefix(pattern, "^", &pattern);
	text_prefix(pattern, "/dev", &pattern);
	text_prefix(pattern, "/", &pattern);
	return !*pattern || !strcmp(pattern, ".*") || !strcmp(pattern, ".*/");
}

/* "sd", "nvme0": the pattern has no end, and the names of many disks begin
 * so. */
static bool is_begin(const char *name)
{
	const char *rest;

	if (strpbrk(name, SPECIAL))
		return false;
	if (text_prefix(name, "nvme", &rest))
		return !strchr(rest, 'n');
	return strlen(name) < 3;
}

/* Adds what may be accepted, "/dev/sda|": the mark at its end says that it is
 * a pattern, for which a link of that name is not always enough. */
static void add_accepted(struct etc *etc, const char *name)
{
	char text[INUSE_NAME];

	if (text_format(text, sizeof(text), "/dev/%s%s|", name,
			is_begin(name) ? ".*" : ""))
		etc_add_any_disk(etc);
	else
		inuse_add(etc->inuse, etc->where, text, INUSE_BOOT);
}

/* Where in a pattern a kernel's name of a disk begins, or NULL. */
static const char *find_kernel_name(const char *pattern)
{
	const char *at;

	for (at = pattern; *at; at++) {
		if (at != pattern && ((at[-1] | 0x20) >= 'a') &&
		    ((at[-1] | 0x20) <= 'z'))
			continue;
		if (text_prefix(at, "sd", NULL) ||
		    text_prefix(at, "hd", NULL) ||
		    text_prefix(at, "nvme", NULL))
			return at;
	}
	return NULL;
}

/* A pattern matches anywhere in a path: "sda" is /dev/sda. One that begins with
 * a special character, or is as short as "sd", may mean any; another is a name
 * that no emulated disk has: "xvd", "mpath". */
static void accept_pattern(struct etc *etc, const char *pattern)
{
	const char *at = pattern;

	if (is_everything(pattern))
		return;
	if (text_contains(pattern, "/dev/")) {
		while ((at = strstr(at, "/dev/"))) {
			at += strlen("/dev/");
			add_accepted(etc, at);
		}
		return;
	}
	at = find_kernel_name(pattern);
	text_prefix(pattern, "^", &pattern);
	if (at)
		add_accepted(etc, at);
	else if (strlen(pattern) < 3 || strchr(SPECIAL, *pattern))
		etc_add_any_disk(etc);
}

/* One that may reject the PV disks themselves: the emulated ones must stay. */
static bool rejects_pv(const char *pattern)
{
	const char *rest;

	text_prefix(pattern, "^", &pattern);
	if (text_contains(pattern, "xvd"))
		return true;
	return text_prefix(pattern, "/dev/x", &rest) &&
	       (!*rest || strchr(SPECIAL "v", *rest));
}

static void reject_pattern(struct etc *etc, const char *pattern)
{
	if (is_everything(pattern))
		return;
	inuse_add(etc->inuse, etc->where, pattern, INUSE_REJECT);
	if (rejects_pv(pattern))
		etc_add_any_disk(etc);
}

/* "a|^/dev/sda|": any character, or a pair of brackets, is around the
 * pattern. A slash needs no backslash before it, but may have one. */
static void read_pattern(struct etc *etc, char *word)
{
	static const char opened[] = "([{", closed[] = ")]}";
	size_t len = strlen(word), i, k = 2;
	const char *bracket;
	char end;

	if (len < 4 || (*word != 'a' && *word != 'r'))
		return;
	bracket = strchr(opened, word[1]);
	end = bracket ? closed[bracket - opened] : word[1];
	if (word[len - 1] != end)
		return;
	word[len - 1] = '\0';
	for (i = 2; word[i]; i++) {
		if (word[i] == '\\' && word[i + 1] == '/')
			continue;
		word[k++] = word[i];
	}
	word[k] = '\0';
	if (*word == 'a')
		accept_pattern(etc, word + 2);
	else
		reject_pattern(etc, word + 2);
}

/* filter = [ "a|^/dev/sda|", 'r|.*|' ], on one line or several. A bracket in a
 * pattern does not end it. */
void etc_lvm_filter(struct etc *etc, char *line)
{
	const char *filter = strstr(line, "filter");
	char *word, quote[2] = "";

	if (!etc->depth && (!filter || !strchr(filter, '=')))
		return;
	while (line && (word = strpbrk(line, "\"'"))) {
		quote[0] = *word;
		line = word + 1;
		read_pattern(etc, strsep(&line, quote));
	}
	etc->depth = !(line && strchr(line, ']'));
}
