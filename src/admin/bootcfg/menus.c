// SPDX-License-Identifier: GPL-2.0-or-later
/* Reads the boot menus that exist. Reads files below /boot, /efi and /etc
 * only. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "admin/bootcfg/entry.h"
#include "admin/bootcfg/uki.h"
#include "admin/lib/file.h"
#include "base/text.h"
#include "sys/admin.h"
#include "sys/log.h"

#define MENU_SIZE   (512 * 1024)
#define GRUBENV_MAX 4096
#define OSREL_MAX   4096
#define MAX_FILES   256
#define MAX_DEPTH   8 /* of files that include files */

static const struct {
	const char *path;
	entry_parse_fn *parse;
} menus[] = {
	{ "/boot/grub/menu.lst", entry_parse_legacy },
	{ "/boot/grub/grub.conf", entry_parse_legacy },
	{ "/boot/grub/grub.cfg", entry_parse_grub2 },
	{ "/boot/grub2/grub.cfg", entry_parse_grub2 },
	{ "/boot/extlinux/extlinux.conf", entry_parse_extlinux },
	{ "/boot/extlinux.conf", entry_parse_extlinux },
	{ "/boot/syslinux/syslinux.cfg", entry_parse_extlinux },
	{ "/boot/syslinux/extlinux.conf", entry_parse_extlinux },
};

/* Where the EFI system partition may be mounted. */
static const char *const esps[] = { "/boot/efi", "/efi", "/boot" };

/* Menus that nobody here understands. */
static const char *const unknown[] = {
	"/etc/lilo.conf",	   "/etc/elilo.conf",
	"/boot/limine.conf",	   "/boot/limine/limine.conf",
	"/boot/refind_linux.conf", "/boot/boot.scr",
};

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* Was this file read before, under any name? Remembers it. */
static bool is_seen(struct entries *entries, const char *path)
{
	struct sys_file_id id;
	char text[64];
	bool seen;

	if (sys_file_id(entries->sys, path, &id))
		return false;
	text_format(text, sizeof(text), "%llx:%llx",
		    (unsigned long long)id.device,
		    (unsigned long long)id.number);
	seen = words_has(&entries->seen, text);
	words_add(&entries->seen, "%s", text);
	return seen;
}

/* NULL: it is not there, was read before, or cannot be read (which is noted).
 */
static char *read_text(struct entries *entries, const char *path)
{
	int err;
	char *text;

	if (is_seen(entries, path))
		return NULL;
	text = file_text(entries->sys, path, MENU_SIZE, &err);
	if (text && err == -EFBIG)
		words_add(&entries->unread, "%s: only its first 512 KiB", path);
	if (text)
		words_add(&entries->files, "%s", path);
	else if (err != -ENOENT && err != -ENOTDIR)
		words_add(&entries->unread, "%s: %s", path, log_errno(err));
	return text;
}

void entries_read_menu(struct entries *entries, const char *path,
		       entry_parse_fn *parse)
{
	char *text;

	if (entries->depth == MAX_DEPTH) {
		words_add(&entries->unread, "%s: included too deep", path);
		return;
	}
	entries->depth++;
	text = read_text(entries, path);
	if (text)
		parse(entries, path, text);
	free(text);
	entries->depth--;
}

char *entries_include(struct entries *entries, const struct entry *where,
		      const char *path)
{
	char file[SYS_PATH_SIZE], *text = NULL;

	if (!entries->sys)
		return NULL;
	if (entries->depth < MAX_DEPTH &&
	    entry_find_file(entries->sys, where, path, file))
		text = read_text(entries, file);
	else
		words_add(&entries->unread, "%.200s: not found", path);
	entries->depth += text != NULL;
	return text;
}

void entries_included(struct entries *entries, char *text)
{
	entries->depth--;
	free(text);
}

struct names {
	struct words words;
	const char *ends;
};

static int add_name(const char *name, void *ctx)
{
	struct names *names = ctx;

	if (text_ends_with(name, names->ends) && names->words.count < MAX_FILES)
		words_add(&names->words, "%s", name);
	return 0;
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The names in a folder that end so, sorted; to be freed. */
static struct words list(struct entries *entries, const char *folder,
			 const char *ends)
{
	struct names names = { { 0 }, ends };
	int err = sys_list(entries->sys, folder, add_name, &names);

	if (err && err != -ENOENT && err != -ENOTDIR)
		words_add(&entries->unread, "%s: %s", folder, log_errno(err));
	if (names.words.count)
		qsort(names.words.at, names.words.count,
		      sizeof(names.words.at[0]), by_text);
	return names.words;
}

/* Calls read for each file of a folder whose name ends so; tail is added to the
 * path. */
static void each(struct entries *entries, const char *base, const char *folder,
		 const char *ends, const char *tail,
		 void (*read)(struct entries *entries, const char *path))
{
	char path[SYS_PATH_SIZE];
	struct words names;
	unsigned int i;

	if (text_format(path, sizeof(path), "%s%s", base, folder))
		return;
	names = list(entries, path, ends);
	for (i = 0; i < names.count; i++) {
		if (!text_format(path, sizeof(path), "%s%s/%s%s", base, folder,
				 names.at[i], tail))
			read(entries, path);
	}
	words_free(&names);
}

static void read_grub2(struct entries *entries, const char *path)
{
	entries_read_menu(entries, path, entry_parse_grub2);
}

static void read_bls(struct entries *entries, const char *path)
{
	entries_read_menu(entries, path, entry_parse_bls);
}

static void read_env(struct entries *entries, const char *path)
{
	int err;
	char *text = file_text(entries->sys, path, GRUBENV_MAX, &err);

	if (text)
		vars_take_env(&entries->vars, text);
	free(text);
}

static void read_grubenv(struct entries *entries)
{
	read_env(entries, "/boot/efi/EFI/redhat/grubenv");
	read_env(entries, "/boot/grub/grubenv");
	read_env(entries, "/boot/grub2/grubenv");
}

/* Adds the command line and the initrd of an addon to the entry. */
static void read_addon(struct entries *entries, struct entry *entry,
		       const char *path)
{
	char line[CMDLINE_SIZE];
	int fd = sys_file_open(entries->sys, path);
	struct uki uki;
	uint64_t size;

	if (fd < 0)
		return;
	if (sys_disk_size(fd, &size) || !uki_look(fd, size, &uki) ||
	    uki_text(fd, &uki.line, line, sizeof(line)))
		words_add(&entry->unclear, "%.100s cannot be read", path);
	else if (line[0])
		entry_add_line(entry, line);
	if (uki.initrd.size)
		words_add(&entry->initrds, "%s", path);
	sys_fd_close(fd);
}

static void read_addons(struct entries *entries, struct entry *entry,
			const char *folder)
{
	struct words names = list(entries, folder, ".addon.efi");
	char path[SYS_PATH_SIZE];
	unsigned int i;

	for (i = 0; i < names.count; i++) {
		if (!text_format(path, sizeof(path), "%s/%s", folder,
				 names.at[i]))
			read_addon(entries, entry, path);
	}
	words_free(&names);
}

static void take_title(struct entry *entry, char *osrel)
{
	const char *value;
	char *line;

	while ((line = text_next_line(&osrel))) {
		if (text_prefix(line, "PRETTY_NAME=", &value)) {
			entry_set_title(entry, value + (*value == '"'));
			entry->title[strcspn(entry->title, "\"")] = '\0';
		}
	}
}

/* What its sections say. */
static void take_uki(struct entry *entry, int fd, const struct uki *uki)
{
	char osrel[OSREL_MAX];

	entry_set_kernel(entry, entry->file);
	if (uki_text(fd, &uki->line, entry->line, sizeof(entry->line)))
		words_add(&entry->unclear,
			  "its command line could not be read");
	if (!uki->line.size)
		words_add(&entry->unclear, "it has no command line in it");
	uki_text(fd, &uki->uname, entry->version, sizeof(entry->version));
	if (!uki_text(fd, &uki->osrel, osrel, sizeof(osrel)))
		take_title(entry, osrel);
	if (uki->initrd.size)
		words_add(&entry->initrds, "%s", entry->file);
}

static void read_uki(struct entries *entries, const char *path)
{
	char folder[SYS_PATH_SIZE];
	const char *base = strstr(path, "/EFI/Linux/");
	struct entry *entry;
	struct uki uki;
	uint64_t size;
	int fd = is_seen(entries, path) ? -EEXIST
					: sys_file_open(entries->sys, path);

	if (fd == -EEXIST)
		return;
	if (fd < 0 || sys_disk_size(fd, &size) || !uki_look(fd, size, &uki)) {
		words_add(&entries->unread, "%s: no unified kernel image",
			  path);
	} else if (uki.kernel.size && (entry = entry_add(entries, path))) {
		words_add(&entries->files, "%s", path);
		take_uki(entry, fd, &uki);
		if (!text_format(folder, sizeof(folder), "%s.extra.d", path))
			read_addons(entries, entry, folder);
		if (base &&
		    !text_format(folder, sizeof(folder), "%.*s/loader/addons",
				 (int)(base - path), path))
			read_addons(entries, entry, folder);
	}
	if (fd >= 0)
		sys_fd_close(fd);
}

void entries_read(struct entries *entries, const struct sys *sys)
{
	unsigned int from, i;

	memset(entries, 0, sizeof(*entries));
	entries->sys = sys;
	read_grubenv(entries);
	for (i = 0; i < COUNT(menus); i++)
		entries_read_menu(entries, menus[i].path, menus[i].parse);
	for (i = 0; i < COUNT(esps); i++)
		each(entries, esps[i], "/EFI", "", "/grub.cfg", read_grub2);
	from = entries->count;
	for (i = 0; i < COUNT(esps); i++)
		each(entries, esps[i], "/loader/entries", ".conf", "",
		     read_bls);
	for (; from < entries->count; from++)
		entry_expand(&entries->at[from], &entries->vars);
	for (i = 0; i < COUNT(esps); i++)
		each(entries, esps[i], "/EFI/Linux", ".efi", "", read_uki);
	for (i = 0; i < COUNT(unknown); i++) {
		if (sys_exists(sys, unknown[i]))
			words_add(&entries->unknown, "%s", unknown[i]);
	}
}
