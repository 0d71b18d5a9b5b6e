// SPDX-License-Identifier: GPL-2.0-or-later
/* sysfs attributes by formatted path, so that a caller needs no buffer. */
#include "sys/attr.h"

#include <errno.h>
#include <stdarg.h>

#include "base/print.h"
#include "base/text.h"

enum attr_verb { READ, LINK, WRITE, EXISTS };

/* One function formats and calls, so that the path's buffer is paid for once.
 */
static int attr_do(const struct sys *sys, enum attr_verb verb, char *buf,
		   size_t size, const char *fmt, va_list args)
{
	char path[SYS_PATH_SIZE];
	int len = format_args(path, sizeof(path), fmt, args);

	if (len < 0 || (size_t)len >= sizeof(path))
		return -ENAMETOOLONG;
	switch (verb) {
	case READ:
		return sys_read_line(sys, path, buf, size);
	case LINK:
		return sys_readlink(sys, path, buf, size);
	case WRITE:
		return sys_write(sys, path, buf);
	default:
		return sys_exists(sys, path);
	}
}

#define ATTR_DO(ret, sys, verb, buf, size, fmt)                                \
	do {                                                                   \
		va_list args;                                                  \
		va_start(args, fmt);                                           \
		(ret) = attr_do((sys), (verb), (buf), (size), (fmt), args);    \
		va_end(args);                                                  \
	} while (0)

int attr_read(const struct sys *sys, char *buf, size_t size, const char *fmt,
	      ...)
{
	int ret;

	buf[0] = '\0';
	ATTR_DO(ret, sys, READ, buf, size, fmt);
	return ret;
}

int attr_number(const struct sys *sys, uint64_t *out, const char *fmt, ...)
{
	char text[32];
	int ret;

	ATTR_DO(ret, sys, READ, text, sizeof(text), fmt);
	return ret < 0 ? ret : text_u64(text, 10, UINT64_MAX, out);
}

int attr_link(const struct sys *sys, char *buf, size_t size, const char *fmt,
	      ...)
{
	int ret;

	buf[0] = '\0';
	ATTR_DO(ret, sys, LINK, buf, size, fmt);
	return ret;
}

int attr_write(const struct sys *sys, const char *text, const char *fmt, ...)
{
	int ret;

	ATTR_DO(ret, sys, WRITE, (char *)text, 0, fmt);
	return ret;
}

bool attr_exists(const struct sys *sys, const char *fmt, ...)
{
	int ret;

	ATTR_DO(ret, sys, EXISTS, NULL, 0, fmt);
	return ret > 0;
}
