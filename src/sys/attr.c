// SPDX-License-Identifier: GPL-2.0-or-later
/* sysfs attributes by formatted path, so that a caller needs no buffer. */
#include "sys/attr.h"

#include <errno.h>
#include <stdarg.h>

#include "base/print.h"
#include "base/text.h"

static int make_path(char path[SYS_PATH_SIZE], const char *fmt, va_list args)
{
	int len = format_args(path, SYS_PATH_SIZE, fmt, args);

	return len < 0 || len >= SYS_PATH_SIZE ? -ENAMETOOLONG : 0;
}

typedef int getter(const struct sys *sys, const char *path, char *buf,
		   size_t size);

static int get(getter *how, const struct sys *sys, char *buf, size_t size,
	       const char *fmt, va_list args)
{
	char path[SYS_PATH_SIZE];
	int err = make_path(path, fmt, args);

	buf[0] = '\0';
	return err ? err : how(sys, path, buf, size);
}

int attr_read(const struct sys *sys, char *buf, size_t size, const char *fmt,
	      ...)
{
	va_list args;
	int ret;

	va_start(args, fmt);
	ret = get(sys_read_line, sys, buf, size, fmt, args);
	va_end(args);
	return ret;
}

int attr_bytes(const struct sys *sys, char *buf, size_t size, const char *fmt,
	       ...)
{
	va_list args;
	int ret;

	va_start(args, fmt);
	ret = get(sys_read, sys, buf, size, fmt, args);
	va_end(args);
	return ret;
}

int attr_number(const struct sys *sys, uint64_t *out, const char *fmt, ...)
{
	char text[32];
	va_list args;
	int ret;

	va_start(args, fmt);
	ret = get(sys_read_line, sys, text, sizeof(text), fmt, args);
	va_end(args);
	return ret < 0 ? ret : text_u64(text, 10, UINT64_MAX, out);
}

int attr_link(const struct sys *sys, char *buf, size_t size, const char *fmt,
	      ...)
{
	va_list args;
	int ret;

	va_start(args, fmt);
	ret = get(sys_readlink, sys, buf, size, fmt, args);
	va_end(args);
	return ret;
}

int attr_write(const struct sys *sys, const char *text, const char *fmt, ...)
{
	char path[SYS_PATH_SIZE];
	va_list args;
	int err;

	va_start(args, fmt);
	err = make_path(path, fmt, args);
	va_end(args);
	return err ? err : sys_write(sys, path, text);
}

bool attr_exists(const struct sys *sys, const char *fmt, ...)
{
	char path[SYS_PATH_SIZE];
	va_list args;
	int err;

	va_start(args, fmt);
	err = make_path(path, fmt, args);
	va_end(args);
	return !err && sys_exists(sys, path);
}
