/* SPDX-License-Identifier: GPL-2.0-or-later
 * Entries of boot menus: GRUB legacy, GRUB 2, Boot Loader Specification,
 * extlinux, unified kernel images. */
#ifndef PVROOT_ENTRY_H
#define PVROOT_ENTRY_H

#include "admin/bootcfg/vars.h"
#include "admin/lib/words.h"
#include "base/cmdline.h"
#include "sys/sys.h"

#define ENTRY_PATH 256

/* One way to boot. An entry of a menu that has an "if" may be several. */
struct entry {
	char file[ENTRY_PATH];
	char title[128];
	char condition[128]; /* of the "if", where both ways are kept; or "" */
	char base[64];	     /* the folder in which its paths begin, or "" */
	char kernel[ENTRY_PATH];
	char line[CMDLINE_SIZE]; /* the kernel command line */
	char version[128];	 /* of the kernel, where the entry says it */
	struct words initrds;
	struct words unclear; /* what of it was not understood */
};

struct entries {
	struct entry *at;
	unsigned int count, room;
	struct words files;   /* that were read */
	struct words unread;  /* could not be read, and why */
	struct words unknown; /* menus of a kind that is not understood */
	struct vars vars;     /* of GRUB: grubenv, and what its menus set */
	/* For files that a menu includes; NULL: there are none. */
	const struct sys *sys;
	unsigned int depth; /* of files in files */
	struct words seen;  /* the files themselves, under whatever name */
};

void entries_read(struct entries *entries, const struct sys *sys);
void entries_free(struct entries *entries);

/* Parsers, pure unless entries->sys is set. Each takes the text of one file and
 * changes it. */
void entry_parse_legacy(struct entries *entries, const char *file, char *text);
void entry_parse_grub2(struct entries *entries, const char *file, char *text);
void entry_parse_bls(struct entries *entries, const char *file, char *text);
void entry_parse_extlinux(struct entries *entries, const char *file,
			  char *text);

typedef void entry_parse_fn(struct entries *entries, const char *file,
			    char *text);
/* Reads one menu, unless it was read before under any name. */
void entries_read_menu(struct entries *entries, const char *path,
		       entry_parse_fn *parse);

/* The text of a file that a menu includes, or NULL (and it is told). where says
 * where its path begins. To be given back to entries_included(). */
char *entries_include(struct entries *entries, const struct entry *where,
		      const char *path);
void entries_included(struct entries *entries, char *text);

/* A new entry at the end, or NULL where there are too many. */
struct entry *entry_add(struct entries *entries, const char *file);
void entry_set_title(struct entry *entry, const char *title);
/* "(hd0,0)/vmlinuz" is "/vmlinuz": sets the kernel. */
void entry_set_kernel(struct entry *entry, const char *path);
void entry_add_initrd(struct entry *entry, const char *path);
/* Adds words to the kernel command line. */
void entry_add_line(struct entry *entry, const char *words);
/* Replaces the variables in its texts by their values. */
void entry_expand(struct entry *entry, const struct vars *vars);

/* The file that the boot loader's path means: /boot may be a partition of its
 * own, or a part of a btrfs. Returns false where there is none. */
bool entry_find_file(const struct sys *sys, const struct entry *entry,
		     const char *path, char file[SYS_PATH_SIZE]);
/* Does it boot Linux? (not a memory test, a chain loader …) */
bool entry_boots_linux(const struct entry *entry);

#endif
