// SPDX-License-Identifier: GPL-2.0-or-later
/* sys.h for the guest of world.h, in place of src/sys/. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "world.h"

#define FD_UEVENT 99
#define MAX_CALLS 4000000 /* no story takes as many: this one does not end */

/* Every call takes a microsecond; some must fail. */
int world_call(enum call kind)
{
	unsigned int i, nth;

	world.now_us++;
	if (++world.calls > MAX_CALLS)
		judge_fail("does not end", "");
	if (kind == CALLS)
		return 0;
	nth = world.counted[kind]++;
	for (i = 0; i < world.faults; i++)
		if (world.fault[i].call == kind && world.fault[i].nth == nth) {
			world.failed++;
			return world.fault[i].err;
		}
	return 0;
}

int sys_read(const struct sys *sys, const char *path, char *buf, size_t size)
{
	static char text[4096];
	int err = world_call(CALL_READ), kind;
	size_t len;

	(void)sys;
	buf[0] = '\0';
	kind = err ? err : tree_ask(path, text, sizeof(text));
	if (kind != NODE_FILE)
		return kind < 0 ? kind : -EISDIR;
	len = strlen(text);
	if (len >= size) {
		memcpy(buf, text, size - 1);
		buf[size - 1] = '\0';
		return -EFBIG;
	}
	memcpy(buf, text, len + 1);
	return (int)len;
}

int sys_read_line(const struct sys *sys, const char *path, char *buf,
		  size_t size)
{
	int len = sys_read(sys, path, buf, size);

	while (len > 0 && (buf[len - 1] == '\n' || buf[len - 1] == ' '))
		buf[--len] = '\0';
	return len;
}

int sys_readlink(const struct sys *sys, const char *path, char *buf,
		 size_t size)
{
	char text[SYS_PATH_SIZE];
	int err = world_call(CALL_LINK), kind;

	(void)sys;
	buf[0] = '\0';
	kind = err ? err : tree_ask(path, text, sizeof(text));
	if (kind != NODE_LINK)
		return kind < 0 ? kind : -EINVAL;
	if (strlen(text) >= size - 1)
		return -ENAMETOOLONG;
	strcpy(buf, text);
	return (int)strlen(text);
}

bool sys_exists(const struct sys *sys, const char *path)
{
	static char text[4096];

	(void)sys;
	world_call(CALLS);
	if (!strncmp(path, "/dev/", 5)) {
		int part;
		struct wdisk *d = tree_device(path + 5, &part);

		return d && !d->no_node;
	}
	return tree_ask(path, text, sizeof(text)) >= 0;
}

/* A getdents that fails ends a list after some entries. */
struct cut {
	sys_entry_fn *fn;
	void *ctx;
	unsigned int left;
	int err;
};

static int cut_entry(const char *name, void *ctx)
{
	struct cut *cut = ctx;

	if (!cut->left--)
		return cut->err;
	return cut->fn(name, cut->ctx);
}

int sys_list(const struct sys *sys, const char *path, sys_entry_fn *fn,
	     void *ctx)
{
	int err = world_call(CALL_LIST);
	struct cut cut = { fn, ctx, world.counted[CALL_LIST] & 3, err };

	(void)sys;
	return err ? tree_list(path, cut_entry, &cut)
		   : tree_list(path, fn, ctx);
}

/* ---- disks ---- */

int sys_disk_open(const struct sys *sys, const char *name, dev_t devno,
		  enum sys_open_mode mode)
{
	int err = world_call(CALL_OPEN), part = 0, i;
	struct wdisk *d = tree_device(name, &part);

	(void)sys;
	if (err)
		return err;
	if (!d || (d->no_node && !devno))
		return -ENOENT;
	if (mode == SYS_EXCLUSIVE && d->used)
		return -EBUSY;
	for (i = 0; i < WORLD_FDS; i++) {
		if (world.fd[i].open)
			continue;
		world.fd[i] =
			(struct fd){ true, mode == SYS_EXCLUSIVE, d, part };
		return FD_BASE + i;
	}
	return -EMFILE;
}

static struct fd *fd_of(int fd)
{
	if (fd < FD_BASE || fd >= FD_BASE + WORLD_FDS ||
	    !world.fd[fd - FD_BASE].open)
		judge_fail("uses a descriptor that is not open", "");
	return &world.fd[fd - FD_BASE];
}

void sys_fd_close(int fd)
{
	if (fd != FD_UEVENT)
		fd_of(fd)->open = false;
}

int sys_disk_size(int fd, uint64_t *bytes)
{
	const struct fd *f = fd_of(fd);

	world_call(CALLS);
	*bytes = f->part ? 512 * WORLD_PART : media_size(f->disk);
	return 0;
}

uint32_t sys_disk_sector_size(int fd)
{
	fd_of(fd);
	return 512;
}

int sys_disk_read(int fd, uint64_t off, void *buf, size_t len)
{
	const struct fd *f = fd_of(fd);
	uint64_t size = media_size(f->disk);
	int err = world_call(CALL_FETCH);

	if (err || !disk_is_there(f->disk))
		return err ? err : -EIO;
	if (!f->part && (off > size || len > size - off))
		return -EIO;
	if (f->disk->bad_first && !f->part && off < 512)
		return -EIO;
	if (f->disk->bad_last && !f->part && off + len == size)
		return -EIO;
	media_read(f->disk, f->part, off, buf, len);
	return 0;
}

void sys_disk_prefetch(int fd, size_t len)
{
	(void)len;
	fd_of(fd);
}

/* ---- time and events ---- */

uint64_t sys_now_us(void)
{
	world_call(CALLS);
	return world.now_us;
}

void sys_sleep_ms(unsigned int ms)
{
	world_call(CALLS);
	world.now_us += ms * 1000ULL;
}

int sys_uevent_open(const struct sys *sys)
{
	(void)sys;
	return world.uevents ? FD_UEVENT : -EOPNOTSUPP;
}

static struct event *next_event(void)
{
	struct event *first = NULL;
	unsigned int i;

	for (i = 0; i < world.events; i++)
		if (world.event[i].at_us != UINT64_MAX &&
		    (!first || world.event[i].at_us < first->at_us))
			first = &world.event[i];
	return first;
}

int sys_uevent_next(int fd, char *buf, size_t size, int timeout_ms)
{
	uint64_t until = world.now_us + (uint64_t)timeout_ms * 1000;
	struct event *e = next_event();
	const struct wdisk *d;

	world_call(CALLS);
	if (fd != FD_UEVENT || timeout_ms < 0)
		judge_fail("waits without a deadline", "");
	if (!e || e->at_us > until) {
		world.now_us = until;
		return -ETIMEDOUT;
	}
	if (e->at_us > world.now_us)
		world.now_us = e->at_us;
	e->at_us = UINT64_MAX;
	if (e->disk < 0)
		return e->error;
	d = &world.disk[e->disk];
	return snprintf(buf, size,
			"add@/devices/vbd-%u/block/%s%cACTION=add%c"
			"DEVPATH=/devices/vbd-%u/block/%s%cSUBSYSTEM=block%c"
			"DEVTYPE=disk%c",
			d->number, d->name, 0, 0, d->number, d->name, 0, 0, 0);
}

int sys_module_load(const struct sys *sys, const char *path)
{
	(void)sys, (void)path;
	world_call(CALLS);
	if (world.module_fails)
		return -ENODEV;
	world.driver_late = false;
	return 0;
}
