// SPDX-License-Identifier: GPL-2.0-or-later
/* Collects findings, each once. Touches only its memory. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "admin/check/check.h"
#include "base/print.h"
#include "sys/admin.h"

#define WHAT_SIZE 1024

void check_add(struct check *check, enum level level, const char *id,
	       const char *means, const char *todo, const char *fmt, ...)
{
	char what[WHAT_SIZE];
	struct finding *finding;
	va_list args;
	unsigned int i;

	va_start(args, fmt);
	format_args(what, sizeof(what), fmt, args);
	va_end(args);
	for (i = 0; i < check->count; i++) {
		if (!strcmp(check->at[i].what, what) &&
		    !strcmp(check->at[i].id, id))
			return;
	}
	array_extend(&check->at, check->count, &check->room, sizeof(*finding));
	finding = &check->at[check->count++];
	finding->level = level;
	finding->id = id;
	finding->means = means;
	finding->what = memory_text(what);
	finding->todo = memory_text(todo);
}

const char *check_todo_read(void)
{
	return sys_is_root()
		       ? "Look at it with `ls -l` and `file`: it may be a "
			 "folder, or its file system may be damaged."
		       : "Run pvroot check as root.";
}

enum level check_worst(const struct check *check)
{
	enum level worst = FOUND_OK;
	unsigned int i;

	for (i = 0; i < check->count; i++) {
		if (check->at[i].level > worst)
			worst = check->at[i].level;
	}
	return worst;
}

const char *check_level_name(enum level level)
{
	static const char *const names[] = { "ok", "warning", "problem" };

	return names[level];
}

void check_free(struct check *check)
{
	unsigned int i;

	for (i = 0; i < check->count; i++) {
		free(check->at[i].what);
		free(check->at[i].todo);
	}
	for (i = 0; i < check->images.count; i++) {
		free(check->images.at[i].path);
		free(check->images.at[i].version);
		free(check->images.at[i].line);
	}
	free(check->images.at);
	free(check->at);
	boots_free(check);
}
