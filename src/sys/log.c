// SPDX-License-Identifier: GPL-2.0-or-later
/* Says things: to the kernel log in a boot, to standard error for a person,
 * and keeps each line for the report. Touches nothing else. */
#include "sys/log.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/print.h"

void log_open(struct log *log, const struct sys *sys, enum log_target target)
{
	memset(log, 0, sizeof(*log));
	log->sys = sys;
	log->target = target;
}

void log_close(struct log *log)
{
	free(log->story);
	log->story = NULL;
	log->used = log->room = 0;
}

/* Labels and the command line are untrusted: everything but printable ASCII is
 * escaped. The backslash is too, so that the result is unambiguous. */
static void escape(char *dst, size_t size, const char *src)
{
	static const char hex[] = "0123456789abcdef";

	for (; *src && size > 5; src++) {
		unsigned char c = (unsigned char)*src;

		if (c >= ' ' && c < 0x7f) {
			*dst++ = *src;
			size--;
			continue;
		}
		*dst++ = '\\';
		*dst++ = 'x';
		*dst++ = hex[c >> 4];
		*dst++ = hex[c & 15];
		size -= 4;
	}
	*dst = '\0';
}

/* The story is for the report only: without memory the line is left out of
 * it. */
static void remember(struct log *log, const char *line)
{
	size_t len = strlen(line) + 1;

	if (log->used + len > log->room) {
		size_t room = log->room * 2 + LOG_LINE_SIZE;
		char *more = realloc(log->story, room);

		if (!more)
			return;
		log->story = more;
		log->room = room;
	}
	memcpy(log->story + log->used, line, len - 1);
	log->story[log->used + len - 1] = '\n';
	log->used += len;
}

void log_say(struct log *log, enum log_level level, const char *fmt, ...)
{
	char raw[LOG_LINE_SIZE], line[LOG_LINE_SIZE + 16] = "pvroot: ";
	va_list args;

	if ((level == LOG_DEBUG && !log->debug) ||
	    (log->quiet && level > LOG_ERR))
		return;
	va_start(args, fmt);
	format_args(raw, sizeof(raw), fmt, args);
	va_end(args);
	escape(line + 8, LOG_LINE_SIZE, raw);
	remember(log, line + 8);
	if (log->target == LOG_TO_KMSG && !sys_kmsg(log->sys, level, line))
		return;
	line[strlen(line) + 1] = '\0';
	line[strlen(line)] = '\n';
	sys_print(2, line, strlen(line));
}

/* klibc's strerror() has 4 KiB of texts; these are the errors that the calls of
 * src/sys can return. */
static const struct {
	unsigned char err;
	char text[20];
} errors[] = {
	{ EPERM, "not permitted" },
	{ ENOENT, "no such file" },
	{ EIO, "input/output error" },
	{ ENXIO, "no such device" },
	{ ENOEXEC, "not for this kernel" },
	{ ENOMEM, "out of memory" },
	{ EACCES, "permission denied" },
	{ EBUSY, "in use" },
	{ ENODEV, "no such device" },
	{ EINVAL, "invalid argument" },
	{ EFBIG, "too long" },
	{ EROFS, "read-only" },
	{ ENOTBLK, "not a disk or file" },
	{ ENOSYS, "not in this kernel" },
	{ ENOMEDIUM, "no medium" },
	{ EOPNOTSUPP, "not supported" },
	{ ETIMEDOUT, "timed out" },
	{ EKEYREJECTED, "signature refused" },
};

const char *log_errno(int err)
{
	size_t i;

	for (i = 0; i < sizeof(errors) / sizeof(errors[0]); i++) {
		if (errors[i].err == -err)
			return errors[i].text;
	}
	return "unexpected error";
}
