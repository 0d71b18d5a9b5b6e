// SPDX-License-Identifier: GPL-2.0-or-later
/* Which disks do the names in use mean? Reads sysfs. */
#include "story/boot.h"

#include <string.h>
#include <sys/sysmacros.h>

#include "dev/controller.h"
#include "dev/letters.h"
#include "base/text.h"

void inuse_collect(struct boot *b)
{
	inuse_add_cmdline(&b->inuse, b->line);
	inuse_add_image(&b->inuse, b->sys);
	if (b->late) /* the real root, or as much of it as an image has */
		inuse_add_etc(&b->inuse, b->sys);
	b->unsure = b->inuse.lost;
}

/* A kernel's name or number of a disk, as a name in use has it. */
struct device {
	char disk[DISK_NAME_SIZE]; /* "sda", or the beginning that it must have
				    */
	bool there;		   /* such a disk is there now */
};

static bool has_number(const struct boot *b, const struct tag *tag)
{
	dev_t number = makedev(tag->major, tag->minor);
	unsigned int i, part;

	for (i = 0; i < b->disks.count; i++) {
		if (disk_has_number(b->sys, b->disks.at[i].name, number, &part))
			return true;
	}
	return false;
}

/* Majors of sd and hd disks; the others give numbers as they come. */
static const char *kind_of_number(const struct tag *tag)
{
	struct vdev vdev = vdev_decode(tag->major << 8 | (tag->minor & 0xff));

	if (tag->major < 256 && vdev.bus == VDEV_SCSI)
		return "sd";
	return tag->major < 256 && vdev.bus == VDEV_IDE ? "hd" : "";
}

/* "sda2", "/dev/sda2" and "/dev/block/8:2"; returns false where it is no
 * kernel's name. */
static bool parse_device(const struct boot *b, const char *name,
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
		device->there = has_number(b, &tag);
		return true;
	}
	device->there = disks_find(&b->disks, tag.value) >= 0;
	return tag.kind == TAG_DISK &&
	       !text_copy(device->disk, sizeof(device->disk), tag.value);
}

struct ghost {
	const struct boot *b;
	struct disk disk; /* nothing is known of it but its controller */
	const char *name;
	bool meant;
};

/* A controller may still bring the twin: does this name mean a disk behind
 * it? */
static int look_at_controller(const char *pci, void *ctx)
{
	struct ghost *ghost = ctx;
	const struct sys *sys = ghost->b->sys;
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

static bool has_twin(const struct boot *b, unsigned int pv)
{
	unsigned int i;

	for (i = 0; i < b->disks.count; i++) {
		if (b->disks.at[i].twin_of == (int)pv)
			return true;
	}
	return false;
}

/* Does the name mean the twin of this PV disk, which is not there yet? */
static bool means_absent_twin(struct boot *b, const char *name, unsigned int pv)
{
	struct ghost ghost = { .b = b, .name = name };
	const struct disk *known;
	struct device device;

	if (has_twin(b, pv))
		return false;
	if (parse_device(b, name, &device)) {
		if (device.there || text_prefix(device.disk, "xvd", NULL) ||
		    text_prefix(device.disk, "vd", NULL))
			return false;
		known = letters_disk(b->sys, &b->disks, device.disk);
		if (known)
			return known == &b->disks.at[pv];
		/* Any disk that is to come may be it. */
		ghost.name = "/dev/?";
	}
	sys_list(b->sys, "/sys/bus/pci/devices", look_at_controller, &ghost);
	return ghost.meant;
}

/* A disk that is to come gets the first letter that is free: where a name in
 * use means such a one, every letter before it is held. */
static bool holds_letter(struct boot *b, const char *name,
			 const struct disk *twin)
{
	struct device device;

	/* hd letters are places. */
	return parse_device(b, name, &device) && !device.there &&
	       !text_prefix(device.disk, "hd", NULL) &&
	       !strncmp(device.disk, twin->name, 2);
}

static void mark(struct boot *b, const struct inuse_name *use)
{
	unsigned int i;

	for (i = 0; i < b->disks.count; i++) {
		struct disk *disk = &b->disks.at[i];

		if (disk->named)
			continue;
		if (disk_is_pv(disk)) {
			if (means_absent_twin(b, use->name, i))
				disk->named = use;
		} else if (disk->twin == TWIN_PROVEN &&
			   (inuse_means_disk(b->sys, use->name, disk) ||
			    holds_letter(b, use->name, disk))) {
			disk->named = use;
			b->disks.at[disk->twin_of].named = use;
		}
	}
}

void inuse_mark(struct boot *b)
{
	unsigned int i;

	for (i = 0; i < b->disks.count; i++)
		b->disks.at[i].named = NULL;
	for (i = 0; i < b->inuse.count; i++) {
		if (!b->inuse.at[i].nic)
			mark(b, &b->inuse.at[i]);
	}
}
