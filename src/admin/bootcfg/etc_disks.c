// SPDX-License-Identifier: GPL-2.0-or-later
/* Names of disks in tables, units and lists. Pure. */
#include <string.h>

#include "admin/bootcfg/etc.h"
#include "admin/bootcfg/fstab.h"
#include "base/text.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

char *etc_cut(char **at, const char *ends)
{
	char *word;

	while ((word = strsep(at, ends))) {
		if (*word)
			return word;
	}
	return NULL;
}

static enum inuse_kind kind(const struct etc *etc)
{
	return etc->later ? INUSE_LATER : INUSE_BOOT;
}

void etc_add_any_disk(struct etc *etc)
{
	inuse_add(etc->inuse, etc->where, "/dev/?", kind(etc));
}

/* "dev-disk-by\x2dpath-x.device": systemd's name of a unit for /dev/disk/…
 * Returns false where it is none. */
static bool unit_to_path(const char *word, char path[INUSE_NAME])
{
	const char *end = strstr(word, ".device");
	char *at;

	if (!text_prefix(word, "dev-", NULL) || !end ||
	    text_format(path, INUSE_NAME, "/%.*s", (int)(end - word), word))
		return false;
	for (at = path; *at; at++)
		*at = *at == '-' ? '/' : *at;
	text_unescape(path);
	return true;
}

/* A service may use any device: /dev/log, /dev/kvm. These may be a twin. */
static bool is_likely(const char *name)
{
	static const char *const prefixes[] = { "/dev/sd", "/dev/hd",
						"/dev/nvme", "/dev/block/",
						"/dev/disk/" };
	size_t i;

	for (i = 0; i < COUNT(prefixes); i++) {
		if (text_prefix(name, prefixes[i], NULL))
			return true;
	}
	return false;
}

static void add_devices(struct etc *etc, const char *word, bool any)
{
	char path[INUSE_NAME];
	const char *at;

	/* mount(8) and dracut take a link's name so; not every link of a twin
	 * that tools make is known. */
	if (text_prefix(word, "ID=", &at) &&
	    !text_format(path, sizeof(path), "/dev/disk/by-id/%s", at))
		inuse_add(etc->inuse, etc->where, path, kind(etc));
	for (at = word; *at; at++) {
		const char *name = at;

		if (at != word && !strchr("=:,|^\"", at[-1]))
			continue;
		/* ext4's external journal, by its number. */
		if (text_prefix(at, "journal_dev=", NULL))
			etc_add_any_disk(etc);
		if (unit_to_path(at, path))
			name = path;
		if (text_prefix(name, "/dev/", NULL) &&
		    (any || is_likely(name)))
			inuse_add(etc->inuse, etc->where, name, kind(etc));
	}
}

void etc_add_devices(struct etc *etc, const char *word)
{
	add_devices(etc, word, true);
}

void etc_words(struct etc *etc, char *line)
{
	char *word;

	while ((word = etc_cut(&line, " \t")))
		add_devices(etc, word, true);
}

void etc_service(struct etc *etc, char *line)
{
	char *word;

	while ((word = etc_cut(&line, " \t\"'<>()[]{};,")))
		add_devices(etc, word, false);
}

/* "/WWID/": what a disk says of itself, which no link gives the PV disk. NVMe's
 * has the model's letters as hex digits ("QEMU NVMe Ctrl"). */
void etc_wwid(struct etc *etc, char *line)
{
	if (*line == '/' &&
	    (text_contains(line, "QEMU") || text_contains(line, "51454d55")))
		etc_add_any_disk(etc);
}

void etc_dracut(struct etc *etc, char *line)
{
	if (text_prefix(line, "fstab_lines", NULL) ||
	    text_prefix(line, "add_device", NULL))
		etc_service(etc, line);
}

void etc_zpool(struct etc *etc, char *line)
{
	if (text_prefix(line, "/dev/", NULL))
		inuse_add(etc->inuse, etc->where, line, kind(etc));
}

void etc_nothing(struct etc *etc, char *line)
{
	(void)etc;
	(void)line;
}

void etc_table(struct etc *etc, char *line)
{
	char *field[4] = { NULL }, *rest = line;
	size_t i;

	for (i = 0; i < COUNT(field); i++)
		field[i] = etc_cut(&rest, " \t");
	etc->later = field[3] && fstab_is_optional(field[3]);
	for (i = 0; i < COUNT(field) && field[i]; i++)
		add_devices(etc, field[i], true);
}

void etc_unit(struct etc *etc, char *line)
{
	const char *rest;

	if (text_prefix(line, "What", &rest) ||
	    text_prefix(line, "Options", &rest) ||
	    text_prefix(line, "Exec", &rest))
		etc_words(etc, line + (rest - line));
}

void etc_initramfs(struct etc *etc, char *line)
{
	char copy[512];

	if (text_prefix(line, "RESUME=", NULL) ||
	    text_copy(copy, sizeof(copy), line))
		return;
	etc_cards(etc, copy);
	etc_service(etc, line);
}
