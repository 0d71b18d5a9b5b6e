// SPDX-License-Identifier: GPL-2.0-or-later
/* sysfs and procfs of world.h: what is at a path, and what a folder lists.
 * Knows the paths that src/ asks for; no others exist. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "world.h"

#define PCI_ROOT "../devices/pci0000:00"

struct wdisk *tree_disk(const char *name, size_t len)
{
	unsigned int i;

	for (i = 0; i < world.disks; i++) {
		struct wdisk *d = &world.disk[i];

		if (!d->no_block && strlen(d->name) == len &&
		    !memcmp(d->name, name, len) && disk_is_there(d))
			return d;
	}
	return NULL;
}

struct ctrl *tree_ctrl(const char *pci, size_t len)
{
	unsigned int i;

	for (i = 0; i < world.ctrls; i++)
		if (strlen(world.ctrl[i].pci) == len &&
		    !memcmp(world.ctrl[i].pci, pci, len))
			return &world.ctrl[i];
	return NULL;
}

void tree_part_name(const struct wdisk *d, int part, char name[WORLD_NAME + 4])
{
	const char *p = d->kind == DISK_NVME ? "p" : "";

	if (part)
		snprintf(name, WORLD_NAME + 4, "%s%s%d", d->name, p, part);
	else
		snprintf(name, WORLD_NAME + 4, "%s", d->name);
}

struct wdisk *tree_device(const char *name, int *part)
{
	char own[WORLD_NAME + 4];
	unsigned int i;

	for (i = 0; i < world.disks; i++) {
		struct wdisk *d = &world.disk[i];
		int parts = media_parts(d);

		if (d->no_block || !disk_is_there(d) ||
		    strncmp(name, d->name, strlen(d->name)))
			continue;
		for (*part = 0; *part <= parts; ++*part) {
			tree_part_name(d, *part, own);
			if (!strcmp(own, name))
				return d;
		}
	}
	return NULL;
}

/* For a path DIR/A/rest: sets *name to A and *len to its length, and returns
 * the rest ("" where there is none). */
static const char *below(const char *path, const char *dir, const char **name,
			 size_t *len)
{
	size_t n = strlen(dir);

	if (strncmp(path, dir, n))
		return NULL;
	*name = path + n;
	*len = strcspn(*name, "/");
	return (*name)[*len] ? *name + *len + 1 : *name + *len;
}

static bool is_old(const struct wdisk *d)
{
	return world.old_kernel && (d->kind == DISK_IDE || d->kind == DISK_PV);
}

static void device_path(const struct wdisk *d, char *text, size_t size)
{
	unsigned int host = d->ctrl ? d->ctrl->first + d->port : 0;

	if (d->kind == DISK_PV)
		snprintf(text, size, "../devices/%svbd-%u",
			 world.old_kernel ? "xen/" : "", d->number);
	else if (d->kind == DISK_ATA)
		snprintf(text, size,
			 PCI_ROOT "/%s/ata%u/host%u/target%u:0:%u/%u:0:%u:0",
			 d->ctrl->pci, host, host - 1, host - 1, d->unit,
			 host - 1, d->unit);
	else if (d->kind == DISK_SCSI)
		snprintf(text, size,
			 PCI_ROOT "/%s/host%u/target%u:0:%u/%u:0:%u:0",
			 d->ctrl->pci, host, host, d->unit, host, d->unit);
	else if (d->kind == DISK_IDE)
		snprintf(text, size, PCI_ROOT "/%s/ide%u/%u.%u", d->ctrl->pci,
			 d->port, d->port, d->unit);
	else if (d->kind == DISK_NVME)
		snprintf(text, size, PCI_ROOT "/%s/nvme/nvme%u", d->ctrl->pci,
			 host);
	else
		snprintf(text, size, PCI_ROOT "/%s/virtio%u", d->ctrl->pci,
			 host);
}

static int link_of(const struct wdisk *d, char *text, size_t size)
{
	size_t len;

	if (d->junk_link[0]) {
		snprintf(text, size, "%s", d->junk_link);
		return NODE_LINK;
	}
	device_path(d, text, size);
	len = strlen(text);
	if (!is_old(d))
		snprintf(text + len, size - len, "%s/%s",
			 d->kind == DISK_NVME ? "" : "/block", d->name);
	return NODE_LINK;
}

static int number(char *text, size_t size, unsigned long long value, char junk)
{
	if (junk)
		snprintf(text, size, "%llu%c\n", value, junk);
	else
		snprintf(text, size, "%llu\n", value);
	return NODE_FILE;
}

static int ask_part(const struct wdisk *d, const char *rest, char *text,
		    size_t size)
{
	char name[WORLD_NAME + 4];
	int part;

	for (part = 1; part <= media_parts(d); part++) {
		size_t len;

		tree_part_name(d, part, name);
		len = strlen(name);
		if (strncmp(rest, name, len))
			continue;
		if (!rest[len])
			return NODE_DIR;
		if (!strcmp(rest + len, "/start"))
			return number(text, size, (unsigned)part * WORLD_PART,
				      d->junk_attr);
		if (!strcmp(rest + len, "/dev")) {
			snprintf(text, size, "202:%d\n",
				 (int)(d - world.disk) * 16 + part);
			return NODE_FILE;
		}
	}
	return -ENOENT;
}

static int ask_disk(const struct wdisk *d, const char *rest, char *text,
		    size_t size)
{
	if (!d)
		return -ENOENT;
	if (!*rest)
		return is_old(d) ? NODE_DIR : link_of(d, text, size);
	if (!strcmp(rest, "device"))
		return is_old(d) ? link_of(d, text, size) : NODE_LINK;
	if (!strcmp(rest, "size"))
		return number(text, size, media_size(d) / 512, d->junk_attr);
	if (!strcmp(rest, "nsid"))
		return d->kind == DISK_NVME
			       ? number(text, size, d->unit + 1, d->junk_attr)
			       : -ENOENT;
	if (!strcmp(rest, "dev")) {
		snprintf(text, size, "202:%d%.1s\n", (int)(d - world.disk) * 16,
			 &d->junk_attr);
		return NODE_FILE;
	}
	return ask_part(d, rest, text, size);
}

static int ask_ctrl(const struct ctrl *c, const char *rest, char *text,
		    size_t size)
{
	static const char *const keys[] = { "pci:v", "d", "sv", "sd" };
	size_t used = 0;
	unsigned int i;

	if (!c)
		return -ENOENT;
	if (!strcmp(rest, "modalias")) {
		for (i = 0; i < 4; i++)
			used += (size_t)snprintf(
				text + used, size - used, "%s%08X%.*s", keys[i],
				c->id[i], c->junk && c->junk_at == i, &c->junk);
		snprintf(text + used, size - used, "bc01sc06i01\n");
		return NODE_FILE;
	}
	if (!strcmp(rest, "driver") && c->bound) {
		snprintf(text, size, "../../../bus/pci/drivers/drv");
		return NODE_LINK;
	}
	return *rest ? -ENOENT : NODE_DIR;
}

static int ask_bus(const char *name, size_t len, enum disk_kind kind,
		   char *text, size_t size)
{
	unsigned int i;

	for (i = 0; i < world.disks; i++) {
		const struct wdisk *d = &world.disk[i];
		const char *own;

		if ((d->kind != kind && d->kind != DISK_SCSI) ||
		    !disk_is_there(d))
			continue;
		device_path(d, text, size);
		own = strrchr(text, '/') + 1;
		if (strlen(own) == len && !memcmp(own, name, len))
			return NODE_LINK;
	}
	return -ENOENT;
}

static int ask_vbd(const char *name, size_t len, const char *rest, char *text,
		   size_t size)
{
	char own[24];
	unsigned int i;

	for (i = 0; i < world.disks; i++) {
		const struct wdisk *d = &world.disk[i];

		snprintf(own, sizeof(own), "vbd-%u", d->number);
		if (d->kind != DISK_PV || strlen(own) != len ||
		    memcmp(own, name, len))
			continue;
		if (!strcmp(rest, "state")) {
			snprintf(text, size, "Initialising\n");
			return NODE_FILE;
		}
		if (!*rest)
			return NODE_LINK;
		return d->accepted && !world.driver_late ? NODE_LINK : -ENOENT;
	}
	return -ENOENT;
}

static int ask_nic(const char *name, size_t len, const char *rest, char *text,
		   size_t size)
{
	unsigned int i;

	for (i = 0; i < world.nics; i++) {
		const struct wnic *n = &world.nic[i];

		if (n->gone || strlen(n->name) != len ||
		    memcmp(n->name, name, len))
			continue;
		if (!*rest) {
			snprintf(text, size, "../../devices/%s%s/net/%s",
				 n->ctrl ? "pci0000:00/" : "vif-",
				 n->ctrl ? n->ctrl->pci : "0", n->name);
			return NODE_LINK;
		}
		if (!strcmp(rest, "address"))
			snprintf(text, size, "00:16:3e:00:00:%02x\n", n->mac);
		else if (!strcmp(rest, "flags"))
			snprintf(text, size, "0x100%d%s\n", n->up ? 3 : 2,
				 n->junk ? "z" : "");
		else
			return -ENOENT;
		return NODE_FILE;
	}
	return -ENOENT;
}

static int partitions_file(char *text, size_t size)
{
	char name[WORLD_NAME + 4];
	size_t used;
	unsigned int i;
	int part;

	if (world.no_partitions_file)
		return -ENOENT;
	used = (size_t)snprintf(text, size, "major minor  #blocks  name\n\n");
	for (i = 0; i < world.disks; i++) {
		const struct wdisk *d = &world.disk[i];

		for (part = 0;
		     !d->no_block && disk_is_there(d) && part <= media_parts(d);
		     part++) {
			tree_part_name(d, part, name);
			used += (size_t)snprintf(text + used, size - used,
						 " 202 %4d  1024 %s\n", part,
						 name);
		}
	}
	return NODE_FILE;
}

static int ask_plain(const char *path, char *text, size_t size)
{
	const char *name = "";
	size_t len;

	if (!strcmp(path, "/proc/cmdline")) {
		name = world.cmdline;
		world.told = true;
	} else if (!strcmp(path, "/proc/partitions"))
		return partitions_file(text, size);
	else if (!strcmp(path, "/lib/pvroot/modules") && world.driver_late)
		name = "/m/xen-blkfront.ko\nnonsense\n";
	else if (!strcmp(path, "/sys/bus/xen/drivers/vbd") &&
		 !world.driver_late)
		return NODE_DIR;
	else if (!strcmp(path, "/sys/hypervisor/type") && !world.old_kernel)
		name = "xen\n";
	else if (!strcmp(path, "/sys/hypervisor/guest_type") &&
		 !world.old_kernel)
		name = world.not_hvm ? "PV\n" : "HVM\n";
	else if (below(path, "/proc/ide/", &name, &len)) {
		const struct wdisk *d = tree_disk(name, len);

		if (!d || d->kind != DISK_IDE)
			return -ENOENT;
		name = d->cdrom ? "cdrom\n" : "disk\n";
	} else {
		return -ENOENT;
	}
	snprintf(text, size, "%s", name);
	return NODE_FILE;
}

int tree_ask(const char *path, char *text, size_t size)
{
	const char *name, *rest;
	size_t len;

	text[0] = '\0';
	if ((rest = below(path, "/sys/block/", &name, &len)))
		return ask_disk(tree_disk(name, len), rest, text, size);
	if (!strncmp(path, "/sys/bus/pci/devices/0000:00:02.0/", 34) &&
	    !world.not_hvm) {
		/* The Xen platform device. */
		snprintf(text, size,
			 "pci:v00005853d00000001sv00005853sd00000001bcFF\n");
		return strstr(path, "driver") ? -ENOENT : NODE_FILE;
	}
	if ((rest = below(path, "/sys/bus/pci/devices/", &name, &len)))
		return ask_ctrl(tree_ctrl(name, len), rest, text, size);
	if (below(path, "/sys/bus/scsi/devices/", &name, &len))
		return ask_bus(name, len, DISK_ATA, text, size);
	if (below(path, "/sys/bus/ide/devices/", &name, &len))
		return ask_bus(name, len, DISK_IDE, text, size);
	if ((rest = below(path, "/sys/bus/xen/devices/", &name, &len)))
		return ask_vbd(name, len, rest, text, size);
	if ((rest = below(path, "/sys/class/net/", &name, &len)))
		return ask_nic(name, len, rest, text, size);
	return ask_plain(path, text, size);
}
