// SPDX-License-Identifier: GPL-2.0-or-later
/* The door to the kernel, as far as readers of files use it. An unpacker hands
 * on what follows the first six bytes of what it is given. */
#include "files.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "sys/admin.h"
#include "sys/log.h"

struct files files;

static bool is_there(const char *path)
{
	return !files.menu || !strcmp(path, files.menu);
}

int sys_read(const struct sys *sys, const char *path, char *buf, size_t size)
{
	size_t len = files.len < size - 1 ? files.len : size - 1;

	(void)sys;
	if (!is_there(path))
		return -ENOENT;
	memcpy(buf, files.bytes, len);
	buf[len] = '\0';
	return len < files.len ? -EFBIG : (int)len;
}

int sys_read_line(const struct sys *sys, const char *path, char *buf,
		  size_t size)
{
	int len = sys_read(sys, path, buf, size);

	while (len > 0 && (buf[len - 1] == '\n' || buf[len - 1] == ' '))
		buf[--len] = '\0';
	return len;
}

int sys_write(const struct sys *sys, const char *path, const char *text)
{
	(void)sys, (void)path, (void)text;
	abort();
}

bool sys_exists(const struct sys *sys, const char *path)
{
	(void)sys;
	return is_there(path);
}

int sys_list(const struct sys *sys, const char *path, sys_entry_fn *fn,
	     void *ctx)
{
	(void)sys, (void)path;
	return files.menu ? -ENOENT
			  : fn(files.name ? files.name : "one.conf", ctx);
}

int sys_readlink(const struct sys *sys, const char *path, char *buf,
		 size_t size)
{
	(void)sys, (void)path, (void)buf, (void)size;
	return -EINVAL;
}

int sys_file_open(const struct sys *sys, const char *path)
{
	(void)sys;
	files.at = 0;
	return is_there(path) ? 3 : -ENOENT;
}

int sys_ata_identity(const struct sys *sys, const char *name, dev_t devno,
		     uint8_t identity[SYS_ATA_IDENTITY])
{
	(void)sys, (void)name, (void)devno;
	if (files.len < SYS_ATA_IDENTITY)
		return -ENOTTY;
	memcpy(identity, files.bytes, SYS_ATA_IDENTITY);
	return 0;
}

bool sys_can_hold(const struct sys *sys)
{
	(void)sys;
	return false;
}

int sys_disk_size(int fd, uint64_t *bytes)
{
	(void)fd;
	*bytes = files.len;
	return 0;
}

int sys_stream_read(int fd, void *buf, size_t size, uint64_t deadline_us)
{
	size_t len = files.len - files.at;

	(void)fd, (void)deadline_us;
	if (len > size)
		len = size;
	if (len > files.piece)
		len = files.piece;
	memcpy(buf, files.bytes + files.at, len);
	files.at += len;
	return (int)len;
}

int sys_seek(int fd, uint64_t offset)
{
	(void)fd;
	if (offset > files.len)
		abort();
	files.at = (size_t)offset;
	return 0;
}

int sys_disk_read(int fd, uint64_t off, void *buf, size_t len)
{
	(void)fd;
	if (off > files.len || len > files.len - off)
		return -EIO;
	memcpy(buf, files.bytes + off, len);
	return 0;
}

int sys_file_id(const struct sys *sys, const char *path, struct sys_file_id *id)
{
	(void)sys;
	id->device = 1;
	id->number = strlen(path);
	return is_there(path) ? 0 : -ENOENT;
}

int sys_tool_start(struct sys_tool *tool, const char *const *argv, int in,
		   uint64_t offset, uint64_t len)
{
	(void)in;
	if (!argv[0] || offset > files.len ||
	    (len != SYS_TOOL_REST && len > files.len - offset))
		abort();
	tool->fd = 4;
	files.at = files.len - offset > 6 ? (size_t)offset + 6 : files.len;
	return 0;
}

int sys_tool_end(struct sys_tool *tool)
{
	(void)tool;
	return 0;
}

void sys_fd_close(int fd)
{
	(void)fd;
}

uint64_t sys_now_us(void)
{
	return 0;
}

int sys_print(int fd, const char *text, size_t len)
{
	(void)fd, (void)text, (void)len;
	return 0;
}

const char *log_errno(int err)
{
	return err ? "an error" : "none";
}

/* ---- what those who only read must not do ---- */

int sys_replace(const struct sys *sys, const char *path, const char *data,
		size_t len)
{
	(void)sys, (void)path, (void)data, (void)len;
	abort();
}

int sys_append(const struct sys *sys, const char *path, const char *line)
{
	(void)sys, (void)path, (void)line;
	abort();
}

int sys_mkdir(const struct sys *sys, const char *path)
{
	(void)sys, (void)path;
	abort();
}

int sys_card_rename(const struct sys *sys, const char *from, const char *to)
{
	(void)sys, (void)from, (void)to;
	abort();
}

void sys_sleep_ms(unsigned int ms)
{
	(void)ms;
}

void log_say(struct log *log, enum log_level level, const char *fmt, ...)
{
	(void)log, (void)level, (void)fmt;
}

bool sys_cpuid_is_xen(const struct sys *sys)
{
	(void)sys;
	return false;
}
