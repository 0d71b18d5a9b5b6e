// SPDX-License-Identifier: GPL-2.0-or-later
/* `pvroot boot --nodes`: the device nodes of an initrd that has no devtmpfs and
 * no udev (RHEL 5's nash). Touches /dev, and the kernel's list of partitions: a
 * twin whose driver cannot be unbound loses both. That harms nothing: the next
 * mknod, or reading its table again, brings them back. */
#include "story/boot.h"

#include <string.h>
#include <sys/sysmacros.h>

#include "base/text.h"
#include "sys/attr.h"

static void make(struct boot *b, const char *name, dev_t devno)
{
	int err = devno ? sys_make_node(b->sys, name, devno) : 0;

	if (err)
		log_say(&b->log, LOG_WARN, "/dev/%s: %s", name, log_errno(err));
}

static void make_each(struct boot *b, const struct disk *disk)
{
	struct partitions parts;
	unsigned int i;

	if (partitions_scan(&parts, b->sys, disk->name))
		return;
	for (i = 0; i < parts.count; i++)
		make(b, parts.at[i].name,
		     disk_number(b->sys, disk->name, parts.at[i].name));
	make(b, disk->name, disk_number(b->sys, disk->name, NULL));
	partitions_free(&parts);
}

/* raidautorun uses the kernel's list of partitions and no node, so removing the
 * node is not enough. */
static void forget(struct boot *b, const struct partition *part, int fd)
{
	int err = sys_partition_delete(b->sys, fd, part->number);

	if (err)
		log_say(&b->log, LOG_ERR,
			"%s stays in the kernel's list (%s): raidautorun may "
			"take it",
			part->name, log_errno(err));
	sys_remove_node(b->sys, part->name);
}

/* Hides a twin that the kernel kept although nobody uses it: PIIX IDE cannot
 * release a disk. Without partitions and nodes, md, nash, LVM and resume do not
 * find it. */
static void hide(struct boot *b, const struct disk *disk)
{
	struct partitions parts;
	unsigned int i;
	int fd;

	fd = sys_disk_open(b->sys, disk->name,
			   disk_number(b->sys, disk->name, NULL),
			   SYS_EXCLUSIVE);
	if (fd < 0) {
		log_say(&b->log, LOG_ERR,
			"%s keeps its nodes: %s; do not "
			"write to both",
			disk->name, log_errno(fd));
		return;
	}
	partitions_scan(&parts, b->sys, disk->name);
	for (i = 0; i < parts.count; i++)
		forget(b, &parts.at[i], fd);
	partitions_free(&parts);
	sys_remove_node(b->sys, disk->name);
	sys_fd_close(fd);
	log_say(&b->log, LOG_INFO, "%s is hidden: its nodes are gone from /dev",
		disk->name);
}

/* The kernel names in use of a hidden twin become links to the PV disk. */
static void link_names(const struct boot *b, const struct disk *twin)
{
	const struct disk *pv = &b->disks.at[twin->twin_of];
	char name[DISK_NAME_SIZE], path[DISK_NAME_SIZE + 8];
	unsigned int i, part;

	for (i = 0; twin->letter && i < b->inuse.count; i++) {
		if (!inuse_follows(&b->inuse, &b->inuse.at[i]) ||
		    !inuse_is_kernel_name(&b->inuse.at[i], twin, &part))
			continue;
		disk_part_name(name, twin->name, part);
		text_format(path, sizeof(path), "/dev/%s", name);
		disk_part_name(name, pv->name, part);
		sys_link(b->sys, name, path);
	}
}

struct stale {
	struct boot *b;
	const char *disk;
};

/* "sda" and "sda2" of sda, "nvme0n1p2" of nvme0n1; not sdaa. */
static int remove_stale(const char *node, void *ctx)
{
	struct stale *stale = ctx;
	const char *rest;

	if (!text_prefix(node, stale->disk, &rest))
		return 0;
	rest += rest[0] == 'p' && rest[1];
	if (!rest[strspn(rest, "0123456789")])
		sys_remove_node(stale->b->sys, node);
	return 0;
}

/* Removes the nodes of a detached twin: without udev nobody else does, and
 * another disk may get its number later. */
static void sweep(struct boot *b, const struct disk *disk)
{
	struct stale stale = { b, disk->name };

	if (!attr_exists(b->sys, "/sys/block/%s", disk->name))
		sys_list(b->sys, "/dev", remove_stale, &stale);
}

/* Makes a path on the command line that has no node any more (/dev/hda2) a link
 * to the PV device, for an init that only knows the path. */
static void link_asked(struct boot *b, const char *asked,
		       const struct answer *found)
{
	const char *name;

	/* No link to an emulated device: there everything stays as without
	 * pvroot. */
	if (found->device[0] && found->disk >= 0 &&
	    text_prefix(asked, "/dev/", &name) && !strchr(name, '/') &&
	    !sys_exists(b->sys, asked))
		sys_link(b->sys, found->device, asked);
}

/* mkrootdev of nash uses an existing /dev/root. */
static void make_root(struct boot *b)
{
	unsigned int i;

	for (i = 0; i < b->disks.count; i++) {
		const char *disk = b->disks.at[i].name;
		const char *name = b->root.device;

		if (text_prefix(name, disk, NULL))
			make(b, "root",
			     disk_number(b->sys, disk,
					 strcmp(name, disk) ? name : NULL));
	}
}

void make_nodes(struct boot *b)
{
	unsigned int i;

	for (i = 0; i < b->disks.count; i++) {
		const struct disk *disk = &b->disks.at[i];

		if (disk_is_pv(disk) && is_other_path(b, i)) {
			hide(b, disk);
		} else if (disk_is_pv(disk)) {
			make_each(b, disk);
		} else if (disk->twin == TWIN_HIDDEN) {
			hide(b, disk);
			link_names(b, disk);
		} else if (disk->twin == TWIN_DETACHED) {
			sweep(b, disk);
		}
	}
	if (b->stop)
		return;
	link_asked(b, b->asked.cmd.root, &b->root);
	link_asked(b, b->asked.cmd.resume, &b->resume);
	if (b->root.device[0])
		make_root(b);
}
