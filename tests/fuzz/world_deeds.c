// SPDX-License-Identifier: GPL-2.0-or-later
/* The other half of world_sys.c: log, writes and other actions. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "world.h"

int sys_kmsg(const struct sys *sys, int level, const char *line)
{
	(void)sys;
	world_call(CALLS);
	if (level < 0 || level > 7 || strlen(line) > 1000)
		judge_fail("says", line);
	if (getenv("FUZZ_SAY")) /* for a person who looks into a case */
		fprintf(stderr, "%7u us: %s\n", (unsigned int)world.now_us,
			line);
	return 0;
}

int sys_print(int fd, const char *text, size_t len)
{
	world_call(CALLS);
	if (fd != 1)
		return 0;
	if (world.outs + len >= sizeof(world.out))
		judge_fail("prints too much", world.out);
	memcpy(world.out + world.outs, text, len);
	world.outs += len;
	return 0;
}

static struct ctrl *ctrl_of(const char *path, const char **rest)
{
	const char *pci = path + strlen("/sys/bus/pci/devices/");
	size_t len = strcspn(pci, "/");

	*rest = pci + len;
	return tree_ctrl(pci, len);
}

static int unbind_vbd(const char *path, const char *vbd)
{
	char own[80];
	unsigned int i;

	for (i = 0; i < world.disks; i++) {
		struct wdisk *d = &world.disk[i];

		snprintf(own, sizeof(own),
			 "/sys/bus/xen/devices/vbd-%u/driver/unbind",
			 d->number);
		if (d->kind != DISK_PV || strcmp(own, path))
			continue;
		if (strncmp(vbd, "vbd-", 4) ||
		    strtoul(vbd + 4, NULL, 10) != d->number)
			judge_fail("unbinds", vbd);
		judge_aside(d);
		if (d->deaf)
			return -EIO;
		d->gone = d->aside = true;
		return 0;
	}
	judge_fail("writes to", path);
}

/* Only these files may be written to. */
int sys_write(const struct sys *sys, const char *path, const char *text)
{
	const char *name, *rest;
	struct wdisk *d;
	struct ctrl *c;

	(void)sys;
	world_call(CALLS);
	world.deeds++;
	if (!strncmp(path, "/sys/block/", 11)) {
		name = path + 11;
		rest = strchr(name, '/');
		d = rest ? tree_disk(name, (size_t)(rest - name)) : NULL;
		if (!rest || strcmp(rest, "/device/delete") ||
		    strcmp(text, "1"))
			judge_fail("writes to", path);
		if (!d) /* it vanished by itself */
			return -ENOENT;
		judge_delete(d);
		if (d->delete_fails)
			return -EIO;
		d->gone = !d->deaf;
		return 0;
	}
	if (!strncmp(path, "/sys/bus/xen/devices/", 21))
		return unbind_vbd(path, text);
	if (strncmp(path, "/sys/bus/pci/devices/", 21) ||
	    !(c = ctrl_of(path, &rest)))
		judge_fail("writes to", path);
	if (!strcmp(rest, "/driver_override")) {
		judge_override(c, text);
		if (c->no_override)
			return -ENOENT;
		return c->override_fails ? -EINVAL : 0;
	}
	if (strcmp(rest, "/driver/unbind") || strcmp(text, c->pci))
		judge_fail("writes to", path);
	if (!c->bound)
		return -ENOENT;
	judge_unbind(c);
	return c->unbind_fails ? -ENODEV : 0;
}

static int keep_to(const char *path, const char *prefix)
{
	world_call(CALLS);
	if (strncmp(path, prefix, strlen(prefix)))
		judge_fail("writes to", path);
	return 0;
}

static int keep_to_ours(const char *path)
{
	return keep_to(path, strncmp(path, "/dev/", 5) ? "/run/pvroot"
						       : "/dev/.pvroot");
}

int sys_replace(const struct sys *sys, const char *path, const char *data,
		size_t len)
{
	(void)sys;
	if (memchr(data, '\0', len))
		judge_fail("a NUL in", path);
	return keep_to_ours(path);
}

int sys_append(const struct sys *sys, const char *path, const char *line)
{
	(void)sys, (void)line;
	return keep_to_ours(path);
}

/* There is one process in this world. */
int sys_lock(const struct sys *sys, const char *path, unsigned int limit_ms)
{
	(void)sys;
	(void)path;
	(void)limit_ms;
	return -EOPNOTSUPP;
}

void sys_unlock(int lock)
{
	(void)lock;
}

int sys_mkdir(const struct sys *sys, const char *path)
{
	(void)sys;
	return keep_to_ours(path);
}

/* Nodes are made for PV disks only; the number of /dev/root must be one's
 * too. */
int sys_make_node(const struct sys *sys, const char *name, dev_t devno)
{
	const struct wdisk *d;
	int part;

	(void)sys;
	world_call(CALLS);
	d = tree_device(name, &part);
	if (!devno || (strcmp(name, "root") && d && d->kind != DISK_PV))
		judge_fail("makes a node", name);
	return 0;
}

int sys_remove_node(const struct sys *sys, const char *name)
{
	(void)sys;
	world_call(CALLS);
	judge_hide(name);
	return 0;
}

/* fd must be the whole disk that is hidden, opened exclusively. */
int sys_partition_delete(const struct sys *sys, int fd, unsigned int number)
{
	const struct fd *at = &world.fd[fd - FD_BASE];

	(void)sys;
	world_call(CALLS);
	if (at->part || !number)
		judge_fail("deletes no partition of", at->disk->name);
	judge_hide(at->disk->name);
	return 0;
}

int sys_card_rename(const struct sys *sys, const char *from, const char *to)
{
	unsigned int i;

	(void)sys, (void)to;
	world_call(CALLS);
	for (i = 0; i < world.nics; i++) {
		if (world.nic[i].ctrl && !strcmp(world.nic[i].name, from))
			judge_fail("renames a card that is no vif", from);
	}
	return 0;
}

int sys_link(const struct sys *sys, const char *target, const char *path)
{
	const struct wdisk *d;
	int part;

	(void)sys;
	d = tree_device(target, &part);
	if (d && d->kind != DISK_PV)
		judge_fail("links to an emulated disk", target);
	return keep_to(path, "/dev/");
}

bool sys_cpuid_is_xen(const struct sys *sys)
{
	(void)sys;
	return false; /* the platform device says it */
}

void *sys_shared_memory(size_t size)
{
	size_t pages = (size + 4095) / 4096;
	void *memory = aligned_alloc(4096, pages * 4096);

	return memory ? memset(memory, 0, size) : NULL;
}

void sys_memory_give_back(void *memory, size_t size)
{
	(void)size;
	free(memory);
}

int sys_child_run(struct sys_child *child, int (*fn)(void *ctx), void *ctx)
{
	(void)child, (void)fn, (void)ctx;
	abort();
}

int sys_child_until(int (*fn)(void *ctx), bool (*enough)(void *ctx), void *ctx,
		    unsigned int limit_ms)
{
	(void)fn, (void)enough, (void)ctx, (void)limit_ms;
	abort();
}

int sys_open(struct sys *sys, const char *dir)
{
	(void)sys, (void)dir;
	abort();
}

void sys_close(struct sys *sys)
{
	(void)sys;
	abort();
}

int sys_file_open(const struct sys *sys, const char *path)
{
	(void)sys, (void)path;
	abort();
}

int sys_ata_identity(const struct sys *sys, const char *name, dev_t devno,
		     uint8_t identity[SYS_ATA_IDENTITY])
{
	(void)sys, (void)name, (void)devno, (void)identity;
	return -ENOTTY;
}

/* No controller answers here, so pvroot looks at the vbds. */
int sys_nvme_namespaces(const struct sys *sys, const char *name, uint32_t *nsid,
			unsigned int max)
{
	(void)sys;
	(void)name;
	(void)nsid;
	(void)max;
	return -ENOTTY;
}

/* There is a loop driver, and it takes every disk. */
bool sys_can_hold(const struct sys *sys)
{
	(void)sys;
	return true;
}

int sys_hold(const struct sys *sys, int fd)
{
	(void)sys;
	return fd;
}

int sys_hold_end(const struct sys *sys, int number)
{
	(void)sys, (void)number;
	return 0;
}
