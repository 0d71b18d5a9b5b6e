// SPDX-License-Identifier: GPL-2.0-or-later
/* Reads the boot menus that exist. Reads files below /boot and /etc only. */
#include "admin/bootcfg/entry.h"
#include "admin/lib/file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "sys/log.h"

#define MENU_SIZE   (512 * 1024)
#define MAX_ENTRIES 256
#define MAX_FILES   256

typedef void parse_fn(struct entries *entries, const char *file, char *text);

static const struct {
	const char *path;
	parse_fn *parse;
} menus[] = {
	{ "/boot/grub/menu.lst", entry_parse_legacy },
	{ "/boot/grub/grub.conf", entry_parse_legacy },
	{ "/boot/grub/grub.cfg", entry_parse_grub2 },
	{ "/boot/grub2/grub.cfg", entry_parse_grub2 },
	{ "/boot/extlinux/extlinux.conf", entry_parse_extlinux },
	{ "/boot/extlinux.conf", entry_parse_extlinux },
	{ "/boot/syslinux/syslinux.cfg", entry_parse_extlinux },
};

#define BLS_FOLDER "/boot/loader/entries"

struct entry *entry_add(struct entries *entries, const char *file)
{
	struct entry *entry;

	if (entries->count == MAX_ENTRIES)
		return NULL;
	array_extend(&entries->at, entries->count, &entries->room,
		     sizeof(*entry));
	entry = &entries->at[entries->count++];
	text_copy(entry->file, sizeof(entry->file), file);
	return entry;
}

static void read_menu(struct entries *entries, const struct sys *sys,
		      const char *path, parse_fn *parse)
{
	int err;
	char *text = file_text(sys, path, MENU_SIZE, &err);

	if (text) {
		words_add(&entries->files, "%s", path);
		parse(entries, path, text);
	} else if (err != -ENOENT && err != -ENOTDIR) {
		words_add(&entries->unread, "%s: %s", path, log_errno(err));
	}
	free(text);
}

static int add_name(const char *name, void *ctx)
{
	struct words *names = ctx;

	if (text_ends_with(name, ".conf") && names->count < MAX_FILES)
		words_add(names, "%s", name);
	return 0;
}

/* Replaces "$kernelopts" in RHEL 8's entries by the line of that name in
 * grubenv. */
static void expand(struct entries *entries, unsigned int from,
		   const struct sys *sys)
{
	static const char *const envs[] = { "/boot/grub2/grubenv",
					    "/boot/grub/grubenv" };
	const char *value = NULL, *line;
	char *text = NULL, *at, *place;
	unsigned int i;
	int err;

	for (i = 0; i < 2 && !text; i++)
		text = file_text(sys, envs[i], 4096, &err);
	at = text;
	while (text && !value && (line = text_next_line(&at)))
		text_prefix(line, "kernelopts=", &value);
	for (i = from; value && i < entries->count; i++) {
		char full[CMDLINE_SIZE], *options = entries->at[i].line;

		place = strstr(options, "$kernelopts");
		if (!place || text_format(full, sizeof(full), "%.*s%s%s",
					  (int)(place - options), options,
					  value, place + 11))
			continue;
		text_copy(options, CMDLINE_SIZE, full);
	}
	free(text);
}

static void read_bls(struct entries *entries, const struct sys *sys)
{
	unsigned int i, from = entries->count;
	struct words names = { 0 };
	char path[SYS_PATH_SIZE];
	int err = sys_list(sys, BLS_FOLDER, add_name, &names);

	if (err && err != -ENOENT && err != -ENOTDIR)
		words_add(&entries->unread, "%s: %s", BLS_FOLDER,
			  log_errno(err));
	for (i = 0; i < names.count; i++) {
		if (!text_format(path, sizeof(path), "%s/%s", BLS_FOLDER,
				 names.at[i]))
			read_menu(entries, sys, path, entry_parse_bls);
	}
	words_free(&names);
	expand(entries, from, sys);
}

/* A link to another menu in the same folder (menu.lst is one to grub.conf) is
 * not read a second time. */
static bool is_link(const struct sys *sys, const char *path)
{
	char link[SYS_PATH_SIZE];

	return sys_readlink(sys, path, link, sizeof(link)) > 0 &&
	       !strchr(link, '/');
}

void entries_read(struct entries *entries, const struct sys *sys)
{
	size_t i;

	memset(entries, 0, sizeof(*entries));
	for (i = 0; i < sizeof(menus) / sizeof(menus[0]); i++) {
		if (!is_link(sys, menus[i].path))
			read_menu(entries, sys, menus[i].path, menus[i].parse);
	}
	read_bls(entries, sys);
}

void entries_free(struct entries *entries)
{
	unsigned int i;

	for (i = 0; i < entries->count; i++)
		words_free(&entries->at[i].initrds);
	free(entries->at);
	words_free(&entries->files);
	words_free(&entries->unread);
}
