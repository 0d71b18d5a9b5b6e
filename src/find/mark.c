// SPDX-License-Identifier: GPL-2.0-or-later
/* Which disks do the names in use mean? Reads sysfs. */
#include "find/inuse.h"

#include <string.h>
#include <sys/sysmacros.h>

#include "base/text.h"
#include "dev/controller.h"
#include "dev/letters.h"
#include "dev/record.h"
#include "sys/attr.h"

struct guest {
	const struct sys *sys;
	const struct cmdline *cmd;
	struct disks *disks;
	bool coming, hidden;		    /* inuse.h */
	enum { UNASKED, YES, NO } can_hold; /* a letter */
};

/* A disk that a name in use gives by its kernel name or number. */
struct device {
	char disk[DISK_NAME_SIZE]; /* "sda", or only its kind: "sd" */
	bool there;		   /* such a disk is there now */
};

static bool has_number(const struct guest *g, const struct tag *tag)
{
	dev_t number = makedev(tag->major, tag->minor);
	unsigned int i, part;

	for (i = 0; i < g->disks->count; i++) {
		if (disk_has_number(g->sys, g->disks->at[i].name, number,
				    &part))
			return true;
	}
	return false;
}

/* The kind of disk by its major: sd and hd have fixed ones. Other drivers get
 * theirs at run time. */
static const char *kind_of_number(const struct tag *tag)
{
	struct vdev vdev = vdev_decode(tag->major << 8 | (tag->minor & 0xff));

	if (tag->major < 256 && vdev.bus == VDEV_SCSI)
		return "sd";
	return tag->major < 256 && vdev.bus == VDEV_IDE ? "hd" : "";
}

/* Parses "sda2", "/dev/sda2" and "/dev/block/8:2"; returns false for a name
 * that is not the kernel's. */
static bool parse_device(const struct guest *g, const char *name,
			 struct device *device)
{
	struct tag tag;
	char path[INUSE_NAME + 8], *end;

	text_format(path, sizeof(path), "%s%s",
		    text_prefix(name, "/dev/", NULL) ? "" : "/dev/", name);
	end = path + 5;
	if (text_prefix(end, "block/", NULL)) /* 8:2, and what follows */
		end += strcspn(end, ":") + 1;
	end += strcspn(end, ",:;|$\" '");
	*end = '\0';
	if (tag_parse(path, &tag))
		return false;
	if (tag.kind == TAG_NUMBER) {
		text_copy(device->disk, sizeof(device->disk),
			  kind_of_number(&tag));
		device->there = has_number(g, &tag);
		return true;
	}
	device->there = disks_find(g->disks, tag.value) >= 0;
	return tag.kind == TAG_DISK &&
	       !text_copy(device->disk, sizeof(device->disk), tag.value);
}

struct ghost {
	const struct guest *g;
	struct disk disk; /* only its controller is known */
	const char *name;
	bool meant;
};

/* The twin may still appear on this controller: does the name mean a disk
 * there? */
static int look_at_controller(const char *pci, void *ctx)
{
	struct ghost *ghost = ctx;
	const struct sys *sys = ghost->g->sys;
	struct controller_ids ids;

	if (controller_read(sys, pci, &ids))
		return 0;
	switch (controller_identify(&ids)) {
	case CONTROLLER_UNKNOWN:
	case CONTROLLER_NIC:
		return 0;
	default:
		text_copy(ghost->disk.place.pci, sizeof(ghost->disk.place.pci),
			  pci);
		ghost->meant = inuse_means_disk(sys, ghost->name, &ghost->disk);
		return ghost->meant;
	}
}

static bool has_twin(const struct guest *g, unsigned int pv)
{
	unsigned int i;

	for (i = 0; i < g->disks->count; i++) {
		if (g->disks->at[i].twin_of == (int)pv)
			return true;
	}
	return false;
}

/* Does the name mean the twin of this PV disk, which is not there yet? */
static bool means_absent_twin(const struct guest *g, const char *name,
			      unsigned int pv)
{
	struct ghost ghost = { .g = g, .name = name };
	const struct disk *known;
	struct device device;

	if (has_twin(g, pv))
		return false;
	ghost.disk.kept = g->cmd->keeps || g->disks->at[pv].kept;
	if (parse_device(g, name, &device)) {
		if (device.there || text_prefix(device.disk, "xvd", NULL) ||
		    text_prefix(device.disk, "vd", NULL))
			return false;
		known = letters_disk(g->sys, g->disks, device.disk);
		if (known)
			return known == &g->disks->at[pv];
		/* Any disk that appears later may get this name. */
		ghost.name = "/dev/?";
	}
	sys_list(g->sys, "/sys/bus/pci/devices", look_at_controller, &ghost);
	return ghost.meant;
}

/* A disk that appears later gets the first free letter. If a name in use means
 * such a disk (sdb), taking the twin (sda) away would free a letter, and the
 * disk would get that one instead. */
static bool holds_letter(const struct guest *g, const char *name,
			 const struct disk *twin)
{
	struct device device;

	/* hd letters stand for places. */
	return parse_device(g, name, &device) && !device.there &&
	       !text_prefix(device.disk, "hd", NULL) &&
	       !strncmp(device.disk, twin->name, 2) &&
	       !letters_disk(g->sys, g->disks, device.disk);
}

/* Has pvroot made this kernel name of a hidden disk a link, or will it? */
static bool is_linked(const struct guest *g, const struct disk *twin,
		      unsigned int part)
{
	char name[DISK_NAME_SIZE], link[DISK_NAME_SIZE];

	disk_part_name(name, twin->name, part);
	return g->hidden ||
	       attr_link(g->sys, link, sizeof(link), "/dev/%s", name) > 0;
}

/* Does the twin certainly go, its letter stay taken, and udev make links? Only
 * a SCSI disk can always go alone; an NVMe namespace may have to stay with its
 * controller. Udev 095 (before /sys/class/block) makes no links. An old IDE
 * disk is hidden, and its letter is its place. */
static bool can_hold(struct guest *g, const struct disk *twin,
		     unsigned int part)
{
	if (cmdline_keeps(g->cmd, twin->name, twin->place.pci))
		return false;
	if (twin->place.kind != PLACE_SCSI)
		return twin->place.kind == PLACE_IDE &&
		       is_linked(g, twin, part);
	if (g->can_hold == UNASKED)
		g->can_hold = sys_exists(g->sys, "/sys/class/block") &&
					      sys_can_hold(g->sys)
				      ? YES
				      : NO;
	return g->can_hold == YES;
}

/* Was it taken away as sda, and a rescan shows it again as sdb? That is another
 * disk's name; sda and its links are handed on already. */
static bool has_come_back(const struct guest *g, const struct disk *twin)
{
	struct record record;

	return record_find(g->sys, g->disks->at[twin->twin_of].name, NULL,
			   &record) == 1 &&
	       strcmp(record.name, twin->name);
}

/* Marks a twin and its PV disk if the name would be lost with the twin. Where
 * all that the name needs is the letter, that is held. */
static void mark_twin(struct guest *g, struct disk *twin,
		      const struct inuse_name *use)
{
	bool letter = holds_letter(g, use->name, twin);
	unsigned int part = 0;

	if (!letter && !inuse_means_disk(g->sys, use->name, twin))
		return;
	if (has_come_back(g, twin))
		return;
	if ((letter || inuse_is_kernel_name(use, twin, &part)) &&
	    can_hold(g, twin, part)) {
		twin->letter = true;
		return;
	}
	if (use->kind == INUSE_LATER)
		return;
	twin->named = use;
	g->disks->at[twin->twin_of].named = use;
}

static void mark(struct guest *g, const struct inuse_name *use)
{
	unsigned int i;

	for (i = 0; i < g->disks->count; i++) {
		struct disk *disk = &g->disks->at[i];

		if (disk->named)
			continue;
		if (disk_is_pv(disk)) {
			if (g->coming && use->kind != INUSE_LATER &&
			    means_absent_twin(g, use->name, i))
				disk->named = use;
		} else if (disk->twin == TWIN_PROVEN) {
			mark_twin(g, disk, use);
		}
	}
}

void inuse_mark(const struct inuse *inuse, const struct sys *sys,
		const struct cmdline *cmd, struct disks *disks, bool coming)
{
	struct guest guest = { .sys = sys,
			       .cmd = cmd,
			       .disks = disks,
			       .coming = coming,
			       .hidden = inuse->hidden };
	bool rejects = inuse_rejects_links(inuse);
	unsigned int i;

	for (i = 0; i < disks->count; i++) {
		struct disk *disk = &disks->at[i];

		disk->named = NULL;
		disk->letter = false;
		disk->kept = rejects ||
			     cmdline_keeps(cmd, disk->name, disk->place.pci);
	}
	for (i = 0; i < inuse->count; i++) {
		if (inuse_follows(inuse, &inuse->at[i]))
			mark(&guest, &inuse->at[i]);
	}
}
