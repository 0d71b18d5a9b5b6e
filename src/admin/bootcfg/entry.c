// SPDX-License-Identifier: GPL-2.0-or-later
/* Entries of boot menus, and the files that they mean. */
#include "admin/bootcfg/entry.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#define MAX_ENTRIES 256
#define TITLE_MAX   120

struct entry *entry_add(struct entries *entries, const char *file)
{
	struct entry *entry;

	if (entries->count == MAX_ENTRIES) {
		words_add(&entries->unread, "%s: more than %u entries", file,
			  MAX_ENTRIES);
		return NULL;
	}
	array_extend(&entries->at, entries->count, &entries->room,
		     sizeof(*entry));
	entry = &entries->at[entries->count++];
	text_copy(entry->file, sizeof(entry->file), file);
	return entry;
}

void entry_set_title(struct entry *entry, const char *title)
{
	text_format(entry->title, sizeof(entry->title), "%.*s", TITLE_MAX,
		    title);
}

static const char *without_device(const char *path)
{
	const char *end = *path == '(' ? strchr(path, ')') : NULL;

	return end ? end + 1 : path;
}

void entry_set_kernel(struct entry *entry, const char *path)
{
	if (text_copy(entry->kernel, sizeof(entry->kernel),
		      without_device(path)))
		words_add(&entry->unclear, "its kernel's path is too long");
	text_chomp(entry->kernel);
}

void entry_add_initrd(struct entry *entry, const char *path)
{
	words_add(&entry->initrds, "%s", without_device(path));
}

void entry_add_line(struct entry *entry, const char *words)
{
	size_t used = strlen(entry->line);

	if (used + strlen(words) + 2 > sizeof(entry->line))
		words_add(&entry->unclear, "it is too long");
	if (used)
		text_add(entry->line, " ", sizeof(entry->line));
	text_add(entry->line, words, sizeof(entry->line));
}

void entry_expand(struct entry *entry, const struct vars *vars)
{
	struct words initrds = entry->initrds;
	char path[ENTRY_PATH], *at, *word;
	unsigned int i;

	vars_expand(vars, entry->kernel, sizeof(entry->kernel),
		    &entry->unclear);
	vars_expand(vars, entry->line, sizeof(entry->line), &entry->unclear);
	memset(&entry->initrds, 0, sizeof(entry->initrds));
	for (i = 0; i < initrds.count; i++) {
		if (text_copy(path, sizeof(path), initrds.at[i]))
			continue;
		vars_expand(vars, path, sizeof(path), &entry->unclear);
		for (at = path; *(word = text_next_word(&at));)
			entry_add_initrd(entry, word);
	}
	words_free(&initrds);
}

static bool is_there(const struct sys *sys, char file[SYS_PATH_SIZE],
		     const char *folder, const char *path)
{
	return !text_format(file, SYS_PATH_SIZE, "%s%s%s", folder,
			    *path == '/' ? "" : "/", path) &&
	       sys_exists(sys, file);
}

bool entry_find_file(const struct sys *sys, const struct entry *entry,
		     const char *path, char file[SYS_PATH_SIZE])
{
	static const char *const folders[] = { "", "/boot", "/boot/efi",
					       "/efi" };
	const char *part;
	size_t i;

	if (!*path)
		return false;
	if (entry->base[0] && is_there(sys, file, entry->base, path))
		return true;
	for (i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
		if (is_there(sys, file, folders[i], path))
			return true;
	}
	/* In a subvolume of btrfs, or a dataset of ZFS: /@/boot/vmlinuz,
	 * /@boot/vmlinuz. */
	part = strstr(path, "/boot/");
	if (part && is_there(sys, file, "", part))
		return true;
	part = strchr(path + 1, '/');
	return part && memchr(path, '@', (size_t)(part - path)) &&
	       is_there(sys, file, "/boot", part);
}

bool entry_boots_linux(const struct entry *entry)
{
	static const char *const others[] = { "memtest",     "mt86",	"xen",
					      "ipxe",	     "memdisk", "chain",
					      "netboot.xyz", "grub",	"plop",
					      "sbm" };
	const char *base = strrchr(entry->kernel, '/');
	size_t i;

	base = base ? base + 1 : entry->kernel;
	for (i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		if (text_prefix(base, others[i], NULL))
			return false;
	}
	return *base && !text_ends_with(base, ".c32") &&
	       !text_ends_with(base, ".0") && !text_ends_with(base, ".bss") &&
	       !strstr(base, "memtest");
}

void entries_free(struct entries *entries)
{
	unsigned int i;

	for (i = 0; i < entries->count; i++) {
		words_free(&entries->at[i].initrds);
		words_free(&entries->at[i].unclear);
	}
	free(entries->at);
	vars_free(&entries->vars);
	words_free(&entries->files);
	words_free(&entries->unread);
	words_free(&entries->unknown);
	words_free(&entries->seen);
	memset(entries, 0, sizeof(*entries));
}
