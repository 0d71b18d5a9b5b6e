/* SPDX-License-Identifier: GPL-2.0-or-later
 * What `pvroot check` finds, and the checks that find it. */
#ifndef PVROOT_CHECK_H
#define PVROOT_CHECK_H

#include "admin/bootcfg/entry.h"
#include "admin/survey/survey.h"

enum level { FOUND_OK, FOUND_WARNING, FOUND_PROBLEM };

struct finding {
	enum level level;
	const char *id; /* stable, for programs */
	char *what, *todo;
	const char *means; /* "" for ok */
};

/* An initrd in /boot whose content is known. */
struct kept_image {
	char *path, *version;
	bool good; /* has pvroot and a PV disk driver that may load */
};

struct kept_images {
	struct kept_image *at;
	unsigned int count, room;
};

struct check {
	struct survey *survey;
	struct finding *at;
	unsigned int count, room;
	struct entries entries; /* of the boot menus */
	struct kept_images images;
};

/* Adds a finding, unless one with the same text is there. todo and means are ""
 * for ok. */
void check_add(struct check *check, enum level level, const char *id,
	       const char *means, const char *todo, const char *fmt, ...)
	__attribute__((format(printf, 6, 7)));
enum level check_worst(const struct check *check);
const char *check_level_name(enum level level);

/* The checks, each with its own part of the system. */
void check_guest(struct check *check);
void check_images(struct check *check);
void check_menus(struct check *check);
void check_fstab(struct check *check);
void check_modprobe(struct check *check);
void check_cards(struct check *check);
void check_tools(struct check *check);
void check_definition(struct check *check);

/* Checks one kernel command line; where says where it is from. */
void check_line(struct check *check, const char *where, const char *line,
		const char *kernel);
/* A name in root=, resume= or fstab. */
struct name_use {
	const char *where; /* "/etc/fstab line 3" */
	const char *name;
	enum probe_usage usage;
	bool optional; /* the boot does not need it */
	bool resolved; /* root=, resume=: pvroot resolves it, even /dev/sda1 */
};
void check_name(struct check *check, const struct name_use *use);

/* The advice for something that could not be read. */
const char *check_todo_read(void);
/* The command that rebuilds this system's image for a version. */
void check_rebuild_command(const struct sys *sys, const char *version,
			   char *buf, size_t size);

/* Writes to standard output; returns 0 or -errno. */
int check_prometheus(const struct check *check, bool quiet);

int bootlog_explain(struct survey *survey);

/* Frees what was found. */
void check_free(struct check *check);
/* The command; see cmd/command.h. */
int cmd_check(const struct sys *sys, int argc, char **argv);

#endif
