// SPDX-License-Identifier: GPL-2.0-or-later
/* udev's rules in /etc: those by which the administrator gives one disk a name,
 * an owner or a command. What a distribution puts there (RHEL 5, old Debians)
 * speaks of every disk, and holds for the PV disk, too. Pure. */
#include <string.h>

#include "admin/bootcfg/etc.h"
#include "base/text.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

struct rule {
	const char *kernel; /* the value of KERNEL==, or NULL */
	bool one;	    /* asks for a value that one disk only has */
	bool gives;	    /* a name, an owner, a command */
	bool owner;	    /* an owner that distributions give no disk */
	bool other;	    /* is of a CD-ROM, a network card, USB */
};

static bool is_any_of(const char *word, const char *const *words, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		if (text_prefix(word, words[i], NULL))
			return true;
	}
	return false;
}

/* ENV{ID_SERIAL}=="QM00001", RESULT=="36000c29…": what scsi_id or sysfs say of
 * the emulated disk alone. A value with a * is no single disk's. */
static bool asks_for_one(const char *key, const char *value)
{
	static const char *const keys[] = {
		"ENV{ID_SERIAL",    "ENV{ID_WWN",    "ENV{ID_MODEL",
		"ENV{ID_PATH",	    "ENV{ID_SCSI_",  "RESULT",
		"ATTR{serial}",	    "ATTRS{serial}", "ATTR{wwid}",
		"ATTRS{wwid}",	    "SYSFS{serial}", "SYSFS{model}",
		"ATTR{model}",	    "ATTRS{model}",  "ATTR{device/vpd_",
		"ATTRS{device/vpd_"
	};

	if (!is_any_of(key, keys, COUNT(keys)) || strlen(value) < 4 ||
	    strpbrk(value, "*?["))
		return false;
	/* RHEL 5's own rules have RESULT=="cdrom"; clouds' have the models of
	 * theirs. */
	if (*key == 'R')
		return strpbrk(value, "0123456789");
	return !(text_contains(key, "MODEL") || text_contains(key, "model")) ||
	       text_contains(value, "QEMU");
}

/* A command that only tunes a disk is nothing that one would miss. */
static bool gives(const char *key, const char *value)
{
	static const char *const keys[] = { "SYMLINK", "NAME", "MODE" };

	if (text_prefix(key, "RUN", NULL))
		return !text_contains(value, "hdparm") &&
		       !text_contains(value, "/queue/");
	return is_any_of(key, keys, COUNT(keys));
}

static bool gives_owner(const char *key, const char *value)
{
	static const char *const usual[] = { "root",   "disk", "cdrom",
					     "floppy", "tape", "users" };

	return (text_prefix(key, "OWNER", NULL) ||
		text_prefix(key, "GROUP", NULL)) &&
	       !is_any_of(value, usual, COUNT(usual));
}

static bool is_of_others(const char *key, const char *value)
{
	return text_prefix(key, "ENV{ID_CDROM", NULL) ||
	       text_prefix(key, "ENV{GENERATED}", NULL) ||
	       text_contains(key, "{idVendor}") ||
	       ((text_prefix(key, "SUBSYSTEM", NULL) ||
		 text_prefix(key, "ENV{ID_BUS}", NULL)) &&
		(!strcmp(value, "net") || !strcmp(value, "usb") ||
		 !strcmp(value, "tty") || !strcmp(value, "input")));
}

/* KEY{attribute}OPERATOR"value", cut at its end; NULL where there is none. */
static char *next_pair(char **at, char **key, bool *compares)
{
	char *value, *end;

	*key = *at + strspn(*at, " \t,");
	value = strchr(*key, '"');
	end = value ? strchr(value + 1, '"') : NULL;
	if (!end)
		return NULL;
	*value++ = *end = '\0';
	*at = end + 1;
	*compares = text_contains(*key, "==");
	return value;
}

static struct rule parse(char *line)
{
	struct rule rule = { 0 };
	char *key, *value;
	bool compares;

	while ((value = next_pair(&line, &key, &compares))) {
		if (compares && text_prefix(key, "KERNEL", NULL))
			rule.kernel = value;
		rule.one |= compares && asks_for_one(key, value);
		rule.gives |= !compares && gives(key, value);
		rule.owner |= !compares && gives_owner(key, value);
		rule.other |= is_of_others(key, value);
	}
	return rule;
}

static bool is_disk(const char *name)
{
	static const char *const kinds[] = { "sd", "hd", "nvme" };

	return is_any_of(name, kinds, COUNT(kinds));
}

/* "sda2", "sd[bc]1", "nvme0n1": not "sd*" or "sd?1", which are all of them. */
static bool is_one_name(const char *name)
{
	const char *rest;

	if (text_prefix(name, "nvme", &rest))
		return *rest >= '0' && *rest <= '9';
	rest = name + 2;
	return (*rest >= 'a' && *rest <= 'z') ||
	       (*rest == '[' && !text_prefix(rest, "[a-z]", NULL) &&
		rest[1] != '!');
}

/* A link of that name does not help: the rule is about the device itself, so
 * the name is added as a pattern. */
static void add_kernel_name(struct etc *etc, const char *name, bool owner)
{
	char text[INUSE_NAME];

	if (!is_disk(name) || !(owner || is_one_name(name)))
		return;
	if (text_format(text, sizeof(text), "/dev/%s*", name))
		etc_add_any_disk(etc);
	else
		inuse_add(etc->inuse, etc->where, text, INUSE_BOOT);
}

void etc_udev_rule(struct etc *etc, char *line)
{
	struct rule rule = parse(line);
	char names[INUSE_NAME], *at = names, *name;

	if (!(rule.gives || rule.owner) || rule.other)
		return;
	if (rule.one) {
		if (!rule.kernel || is_disk(rule.kernel) ||
		    strchr("*?[", *rule.kernel))
			etc_add_any_disk(etc);
	} else if (rule.kernel &&
		   !text_copy(names, sizeof(names), rule.kernel)) {
		while ((name = strsep(&at, "|")))
			add_kernel_name(etc, name, rule.owner);
	}
}
