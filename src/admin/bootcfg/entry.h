/* SPDX-License-Identifier: GPL-2.0-or-later
 * Entries of boot menus: GRUB legacy, GRUB 2, Boot Loader Specification,
 * extlinux. */
#ifndef PVROOT_ENTRY_H
#define PVROOT_ENTRY_H

#include "admin/lib/words.h"
#include "base/cmdline.h"
#include "sys/sys.h"

#define ENTRY_PATH 256

struct entry {
	char file[ENTRY_PATH];
	char title[128];
	char kernel[ENTRY_PATH];
	char line[CMDLINE_SIZE]; /* the kernel command line */
	struct words initrds;
};

struct entries {
	struct entry *at;
	unsigned int count, room;
	struct words files;  /* that were read */
	struct words unread; /* could not be read, and why */
};

void entries_read(struct entries *entries, const struct sys *sys);
void entries_free(struct entries *entries);

/* Parsers, pure. Each takes the text of one file and changes it. */
void entry_parse_legacy(struct entries *entries, const char *file, char *text);
void entry_parse_grub2(struct entries *entries, const char *file, char *text);
void entry_parse_bls(struct entries *entries, const char *file, char *text);
void entry_parse_extlinux(struct entries *entries, const char *file,
			  char *text);

/* A new entry at the end. */
struct entry *entry_add(struct entries *entries, const char *file);

#endif
