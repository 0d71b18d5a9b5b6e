// SPDX-License-Identifier: GPL-2.0-or-later
/* What the folders of world.h list. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "world.h"

#define DISKS_OF(d)                                                            \
	for ((d) = world.disk; (d) < world.disk + world.disks; (d)++)

static int list_block(sys_entry_fn *fn, void *ctx)
{
	struct wdisk *d;
	int ret = fn("loop0", ctx);

	DISKS_OF(d)
	if (!ret && !d->no_block && disk_is_there(d))
		ret = fn(d->name, ctx);
	return ret;
}

static int list_parts(const char *name, sys_entry_fn *fn, void *ctx)
{
	const struct wdisk *d = tree_disk(name, strlen(name));
	char entry[WORLD_NAME + 4];
	int part, ret = 0;

	if (!d)
		return -ENOENT;
	for (part = media_parts(d); !ret && part; part--) {
		tree_part_name(d, part, entry);
		ret = fn(entry, ctx);
	}
	return ret ? ret : fn("size", ctx);
}

static int list_vbds(sys_entry_fn *fn, void *ctx)
{
	char name[24];
	struct wdisk *d;
	int ret = fn("vfb-0", ctx);

	DISKS_OF(d)
	{
		if (d->kind != DISK_PV || ret)
			continue;
		snprintf(name, sizeof(name), "vbd-%u", d->number);
		ret = fn(name, ctx);
	}
	return ret;
}

static int list_bus(enum disk_kind one, enum disk_kind two, sys_entry_fn *fn,
		    void *ctx)
{
	char name[32];
	struct wdisk *d;
	int ret = 0;

	DISKS_OF(d)
	{
		unsigned int host = d->ctrl ? d->ctrl->first + d->port : 0;

		if ((d->kind != one && d->kind != two) || ret ||
		    !disk_is_there(d))
			continue;
		if (d->kind == DISK_IDE)
			snprintf(name, sizeof(name), "%u.%u", d->port, d->unit);
		else
			snprintf(name, sizeof(name), "%u:0:%u:0",
				 host - (d->kind == DISK_ATA), d->unit);
		ret = fn(name, ctx);
	}
	return ret;
}

static int list_ctrls(sys_entry_fn *fn, void *ctx)
{
	unsigned int i;
	int ret = fn("0000:00:02.0", ctx);

	for (i = 0; !ret && i < world.ctrls; i++)
		ret = fn(world.ctrl[i].pci, ctx);
	return ret;
}

static int list_ports(const char *pci, sys_entry_fn *fn, void *ctx)
{
	const struct ctrl *c = tree_ctrl(pci, strlen(pci));
	char name[16];
	unsigned int i;
	int ret = 0;

	if (!c)
		return -ENOENT;
	for (i = 0; !ret && i < 3; i++) {
		if (c->chip == CTRL_IDE && world.old_kernel)
			snprintf(name, sizeof(name), "ide%u", i);
		else
			snprintf(name, sizeof(name), "ata%u", c->first + i);
		ret = fn(name, ctx);
	}
	return ret ? ret : fn("vendor", ctx);
}

static int list_nics(sys_entry_fn *fn, void *ctx)
{
	unsigned int i;
	int ret = fn("lo", ctx);

	for (i = 0; !ret && i < world.nics; i++)
		if (!world.nic[i].gone)
			ret = fn(world.nic[i].name, ctx);
	return ret;
}

static int list_nic(const char *name, sys_entry_fn *fn, void *ctx)
{
	unsigned int i;
	int ret;

	for (i = 0; i < world.nics; i++) {
		const struct wnic *n = &world.nic[i];

		if (n->gone || strcmp(n->name, name))
			continue;
		ret = fn("address", ctx);
		return !ret && n->enslaved ? fn("master", ctx) : ret;
	}
	return -ENOENT;
}

static bool is_below(const char *path, const char *dir, const char **name)
{
	size_t n = strlen(dir);

	*name = path + n;
	return !strncmp(path, dir, n) && !strchr(*name, '/');
}

int tree_list(const char *path, sys_entry_fn *fn, void *ctx)
{
	const char *name;

	if (!strcmp(path, "/sys/block"))
		return list_block(fn, ctx);
	if (!strcmp(path, "/sys/bus/xen/devices"))
		return list_vbds(fn, ctx);
	if (!strcmp(path, "/sys/bus/scsi/devices"))
		return list_bus(DISK_ATA, DISK_SCSI, fn, ctx);
	if (!strcmp(path, "/sys/bus/ide/devices"))
		return world.old_kernel ? list_bus(DISK_IDE, DISK_IDE, fn, ctx)
					: -ENOENT;
	if (!strcmp(path, "/sys/bus/pci/devices"))
		return list_ctrls(fn, ctx);
	if (!strcmp(path, "/sys/class/net"))
		return list_nics(fn, ctx);
	if (is_below(path, "/sys/block/", &name))
		return list_parts(name, fn, ctx);
	if (is_below(path, "/sys/bus/pci/devices/", &name))
		return list_ports(name, fn, ctx);
	if (is_below(path, "/sys/class/net/", &name))
		return list_nic(name, fn, ctx);
	return -ENOENT;
}
