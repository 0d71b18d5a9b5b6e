// SPDX-License-Identifier: GPL-2.0-or-later
/* The other half of door.c: disks, time, events, modules, what is said. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "door.h"

#define DESCRIPTORS 64

static struct {
	bool open;
	unsigned int disk, part;
} fds[DESCRIPTORS];

bool door_close_all(void)
{
	bool left = false;
	unsigned int i;

	for (i = 0; i < DESCRIPTORS; i++) {
		left |= fds[i].open;
		fds[i].open = false;
	}
	return left;
}

int sys_disk_open(const struct sys *sys, const char *name, dev_t devno,
		  enum sys_open_mode mode)
{
	unsigned int disk, part, i;
	const struct disk_state *s;

	(void)sys;
	door_call();
	if (!device_find(&kernel.now, name, &disk, &part) ||
	    guest.disk[disk].no_node)
		return -ENOENT;
	s = &kernel.now.disk[disk];
	if ((guest.old_kernel || s->hidden) && !devno)
		return -ENOENT;
	/* O_EXCL does not see a loop device. */
	if (mode == SYS_EXCLUSIVE && guest.disk[disk].use != USE_NONE &&
	    guest.disk[disk].use != USE_LOOP)
		return -EBUSY;
	for (i = 0; i < DESCRIPTORS; i++) {
		if (fds[i].open)
			continue;
		fds[i].open = true;
		fds[i].disk = disk;
		fds[i].part = part;
		return DOOR_FIRST + (int)i;
	}
	return -EMFILE;
}

static const struct content *content_of(int fd)
{
	return &guest.content[guest.file[guest.disk[fds[fd - DOOR_FIRST].disk]
						 .file]];
}

void sys_fd_close(int fd)
{
	if (fd >= DOOR_FIRST && fd < DOOR_FIRST + DESCRIPTORS)
		fds[fd - DOOR_FIRST].open = false;
}

bool sys_can_hold(const struct sys *sys)
{
	(void)sys;
	door_call();
	return guest.loops;
}

int sys_hold(const struct sys *sys, int fd)
{
	unsigned int disk = fds[fd - DOOR_FIRST].disk;

	(void)sys;
	door_call();
	kernel.now.disk[disk].held = true;
	return (int)disk;
}

int sys_hold_end(const struct sys *sys, int number)
{
	(void)sys;
	door_call();
	kernel.now.disk[number].held = false;
	return 0;
}

int sys_disk_size(int fd, uint64_t *bytes)
{
	door_call();
	*bytes = part_size(content_of(fd), fds[fd - DOOR_FIRST].part);
	return 0;
}

uint32_t sys_disk_sector_size(int fd)
{
	(void)fd;
	return 512;
}

int sys_disk_read(int fd, uint64_t off, void *buf, size_t len)
{
	unsigned int disk = fds[fd - DOOR_FIRST].disk;
	unsigned int part = fds[fd - DOOR_FIRST].part;
	uint64_t size = part_size(content_of(fd), part);

	door_call();
	if (!kernel.now.disk[disk].there || off > size || len > size - off)
		return -EIO;
	contents_read(guest.file[guest.disk[disk].file],
		      part_at(part) * 512 + off, buf, len);
	return 0;
}

void sys_disk_prefetch(int fd, size_t len)
{
	(void)fd, (void)len;
}

int sys_file_open(const struct sys *sys, const char *path)
{
	return strncmp(path, "/dev/", 5)
		       ? -ENOENT
		       : sys_disk_open(sys, path + 5, 0, SYS_SHARED);
}

int sys_make_node(const struct sys *sys, const char *name, dev_t devno)
{
	unsigned int disk, part;

	(void)sys, (void)devno;
	door_call();
	if (device_find(&kernel.now, name, &disk, &part) && !is_pv(disk) &&
	    kernel.now.disk[disk].hidden)
		find_fault(RULE_WRITES, "node", "makes the node of %s", name);
	return 0;
}

/* The disk stays in the kernel, but has no name in /dev any more. */
int sys_remove_node(const struct sys *sys, const char *name)
{
	unsigned int disk, part;

	(void)sys;
	door_call();
	if (!device_find(&kernel.now, name, &disk, &part))
		return -ENOENT;
	kernel.deeds++;
	if (!kernel.now.disk[disk].hidden)
		judge_taken(disk, "hide");
	kernel.now.disk[disk].hidden = true;
	return 0;
}

/* The partition is removed from the kernel's list, which hides the disk too. */
int sys_partition_delete(const struct sys *sys, int fd, unsigned int number)
{
	unsigned int disk = fds[fd - DOOR_FIRST].disk;

	(void)sys;
	door_call();
	if (fds[fd - DOOR_FIRST].part || !number)
		find_fault(RULE_WRITES, "partition", "deletes no partition");
	kernel.deeds++;
	if (!kernel.now.disk[disk].hidden)
		judge_taken(disk, "hide");
	kernel.now.disk[disk].hidden = true;
	return 0;
}

/* ---- time and events ---- */

uint64_t sys_now_us(void)
{
	door_call();
	return kernel.now_us;
}

void sys_sleep_ms(unsigned int ms)
{
	door_call();
	kernel_wait_until(kernel.now_us + ms * 1000ULL);
}

int sys_uevent_open(const struct sys *sys)
{
	(void)sys;
	door_call();
	kernel.announced = kernel.comers;
	return guest.no_uevents ? -EOPNOTSUPP : DOOR_UEVENTS;
}

static int put_event(unsigned int disk, char *buf, size_t size)
{
	const struct disk *d = &guest.disk[disk];
	const char *name = kernel.now.disk[disk].name;
	char path[96];

	if (d->kind == DISK_PV)
		snprintf(path, sizeof(path), "/devices/%svbd-%u/block/%s",
			 guest.old_kernel ? "xen/" : "", d->number, name);
	else
		snprintf(path, sizeof(path), "/devices/pci0000:00/%s/block/%s",
			 guest.card[d->card].pci, name);
	return snprintf(buf, size,
			"add@%s%cACTION=add%cDEVPATH=%s%cSUBSYSTEM=block%c"
			"DEVNAME=%s%cDEVTYPE=disk%c",
			path, 0, 0, path, 0, 0, name, 0, 0);
}

int sys_uevent_next(int fd, char *buf, size_t size, int timeout_ms)
{
	uint64_t until = kernel.now_us + (uint64_t)timeout_ms * 1000;
	unsigned int comer;

	door_call();
	if (fd != DOOR_UEVENTS || timeout_ms < 0) {
		find_fault(RULE_LATE, "poll", "waits without a deadline");
		return -EINVAL;
	}
	if (kernel.announced == kernel.comers) {
		kernel_wait_until(kernel.next_us < until ? kernel.next_us
							 : until);
		if (kernel.announced == kernel.comers)
			return -ETIMEDOUT;
	}
	comer = kernel.came[kernel.announced++];
	return comer < MAX_DISKS ? put_event(comer, buf, size) : 0;
}

int sys_module_load(const struct sys *sys, const char *path)
{
	(void)sys;
	door_call();
	if (strstr(path, "xen-blkfront"))
		kernel_load_pv_driver();
	return 0;
}

/* ---- what is said ---- */

static size_t add_text(char *to, size_t used, size_t size, const char *text,
		       size_t len)
{
	if (used + len + 1 >= size)
		return used;
	memcpy(to + used, text, len);
	to[used + len] = '\0';
	return used + len;
}

int sys_kmsg(const struct sys *sys, int level, const char *line)
{
	(void)sys, (void)level;
	door_call();
	kernel.logs = add_text(kernel.log, kernel.logs, sizeof(kernel.log),
			       line, strlen(line));
	kernel.logs =
		add_text(kernel.log, kernel.logs, sizeof(kernel.log), "\n", 1);
	return 0;
}

/* Output of a child goes to its parent first. */
static struct sys_child *child_now;

int sys_print(int fd, const char *text, size_t len)
{
	door_call();
	if (fd != 1)
		return 0;
	if (child_now) {
		if (len > child_now->size - child_now->len)
			len = child_now->size - child_now->len;
		memcpy(child_now->out + child_now->len, text, len);
		child_now->len += len;
	} else {
		kernel.outs = add_text(kernel.out, kernel.outs,
				       sizeof(kernel.out), text, len);
	}
	return 0;
}

int sys_child_run(struct sys_child *child, int (*fn)(void *ctx), void *ctx)
{
	struct sys_child *before = child_now;
	int ret;

	child->len = 0;
	child->signal = 0;
	child_now = child;
	ret = fn(ctx);
	child_now = before;
	return ret;
}

int sys_child_until(int (*fn)(void *ctx), bool (*enough)(void *ctx), void *ctx,
		    unsigned int limit_ms)
{
	(void)enough, (void)limit_ms;
	return fn(ctx);
}

/* A real process frees this memory when it ends; here door_open() frees it. */
static void *shared[16];

void *sys_shared_memory(size_t size)
{
	unsigned int i;

	for (i = 0; i < COUNT(shared); i++) {
		if (shared[i])
			continue;
		shared[i] = aligned_alloc(4096, (size + 4095) / 4096 * 4096);
		return shared[i] ? memset(shared[i], 0, size) : NULL;
	}
	return NULL;
}

void sys_memory_give_back(void *memory, size_t size)
{
	unsigned int i;

	(void)size;
	for (i = 0; i < COUNT(shared); i++)
		if (shared[i] == memory)
			shared[i] = NULL;
	free(memory);
}

void door_forget_memory(void)
{
	unsigned int i;

	for (i = 0; i < COUNT(shared); i++)
		if (shared[i])
			sys_memory_give_back(shared[i], 0);
}

bool sys_cpuid_is_xen(const struct sys *sys)
{
	(void)sys;
	return guest.old_kernel;
}

/* Functions that no command of the image's copy calls. */
int sys_open(struct sys *sys, const char *dir)
{
	(void)sys, (void)dir;
	abort();
}

void sys_close(struct sys *sys)
{
	(void)sys;
}
