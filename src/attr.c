// SPDX-License-Identifier: GPL-2.0-or-later
/* sysfs attributes by formatted path, so that a caller needs no buffer. */
#include "attr.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>

#include "text.h"

struct path {
	char text[SYS_PATH_SIZE];
};

static int path_format(struct path *path, const char *fmt, va_list args)
{
	int len = vsnprintf(path->text, sizeof(path->text), fmt, args);

	return len < 0 || (size_t)len >= sizeof(path->text) ? -ENAMETOOLONG : 0;
}

#define PATH_FROM_ARGS(path, err, fmt)                  \
	do {                                            \
		va_list args;                           \
		va_start(args, fmt);                    \
		(err) = path_format(&(path), fmt, args); \
		va_end(args);                           \
	} while (0)

int attr_read(const struct sys *sys, char *buf, size_t size, const char *fmt,
	      ...)
{
	struct path path;
	int err;

	buf[0] = '\0';
	PATH_FROM_ARGS(path, err, fmt);
	return err ? err : sys_read_line(sys, path.text, buf, size);
}

int attr_number(const struct sys *sys, uint64_t *out, const char *fmt, ...)
{
	struct path path;
	char text[32];
	int err;

	PATH_FROM_ARGS(path, err, fmt);
	if (!err)
		err = sys_read_line(sys, path.text, text, sizeof(text));
	return err < 0 ? err : text_u64(text, 10, UINT64_MAX, out);
}

int attr_link(const struct sys *sys, char *buf, size_t size, const char *fmt,
	      ...)
{
	struct path path;
	int err;

	buf[0] = '\0';
	PATH_FROM_ARGS(path, err, fmt);
	return err ? err : sys_readlink(sys, path.text, buf, size);
}

int attr_write(const struct sys *sys, const char *text, const char *fmt, ...)
{
	struct path path;
	int err;

	PATH_FROM_ARGS(path, err, fmt);
	return err ? err : sys_write(sys, path.text, text);
}

bool attr_exists(const struct sys *sys, const char *fmt, ...)
{
	struct path path;
	int err;

	PATH_FROM_ARGS(path, err, fmt);
	return !err && sys_exists(sys, path.text);
}
