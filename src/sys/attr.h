/* SPDX-License-Identifier: GPL-2.0-or-later
 * sysfs attributes by formatted path: attr_read(sys, buf, size,
 * "/sys/block/%s/size", name). A path that does not fit is -ENAMETOOLONG. */
#ifndef PVROOT_ATTR_H
#define PVROOT_ATTR_H

#include "sys/sys.h"

#define ATTR_FORMAT(n) __attribute__((format(printf, n, (n) + 1)))

/* sys_read_line(): one line into buf[size]; its length or -errno. */
int attr_read(const struct sys *sys, char *buf, size_t size, const char *fmt,
	      ...) ATTR_FORMAT(4);
/* sys_read(): the bytes as they are, into buf[size]; their number or -errno. */
int attr_bytes(const struct sys *sys, char *buf, size_t size, const char *fmt,
	       ...) ATTR_FORMAT(4);
/* A decimal number. Returns 0 or -errno (-EINVAL: it is none). */
int attr_number(const struct sys *sys, uint64_t *out, const char *fmt, ...)
	ATTR_FORMAT(3);
/* sys_readlink(): where a link leads, into buf[size]; its length or -errno. */
int attr_link(const struct sys *sys, char *buf, size_t size, const char *fmt,
	      ...) ATTR_FORMAT(4);
/* sys_write(): text in one write. Returns 0 or -errno. */
int attr_write(const struct sys *sys, const char *text, const char *fmt, ...)
	ATTR_FORMAT(3);
bool attr_exists(const struct sys *sys, const char *fmt, ...) ATTR_FORMAT(2);

#endif
