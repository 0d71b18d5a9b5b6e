/* SPDX-License-Identifier: GPL-2.0-or-later
 * Says things: one clear line per decision, kept for the report too. */
#ifndef PVROOT_LOG_H
#define PVROOT_LOG_H

#include <stdbool.h>
#include <stddef.h>

#include "sys/sys.h"

#define LOG_LINE_SIZE 512

enum log_level {
	LOG_ERR = 3, /* the kernel's numbers; shown even with "quiet" */
	LOG_WARN = 4,
	LOG_INFO = 6,
	LOG_DEBUG = 7, /* said only with pvroot=debug */
};

enum log_target {
	LOG_TO_KMSG, /* a boot: /dev/kmsg, or standard error where that fails */
	LOG_TO_STDERR, /* a person's command */
};

struct log {
	const struct sys *sys;
	enum log_target target;
	bool debug;
	bool quiet;  /* log errors only (--udev only asks) */
	char *story; /* every line said, each ended by a newline */
	size_t used, room;
};

void log_open(struct log *log, const struct sys *sys, enum log_target target);
void log_close(struct log *log);

/* Says "pvroot: …". A line that is too long is cut. A byte that could disturb a
 * terminal or a log reader becomes \xNN. */
void log_say(struct log *log, enum log_level level, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* The text for a negative errno: -ENOENT is "no such file or directory". */
const char *log_errno(int err);

#endif
