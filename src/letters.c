// SPDX-License-Identifier: GPL-2.0-or-later
/* What a kernel's name of a disk means: only what is proven. Reads sysfs and
 * the record. */
#include "letters.h"

#include <string.h>

#include "attr.h"
#include "controller.h"
#include "record.h"
#include "text.h"

/* linux/pci_ids.h: base class and subclass of a PCI function. */
#define CLASS_STORAGE  0x01
#define CLASS_FLOPPY   0x0102
#define CLASS_NVME     0x0108
#define CLASS_FIREWIRE 0x0c00
#define CLASS_USB      0x0c03
#define CLASS_FIBRE    0x0c04

/* libata's disks on PIIX: two channels of two. */
#define IDE_PLACES 4

struct makers {
	const struct sys *sys;
	unsigned int emulated; /* controllers that can make an sd disk */
	bool foreign;	       /* and one of which nothing is known */
};

static bool may_make_sd(unsigned int class)
{
	if (class >> 8 == CLASS_STORAGE)
		return class != CLASS_FLOPPY;
	return class == CLASS_USB || class == CLASS_FIREWIRE ||
	       class == CLASS_FIBRE;
}

/* virtio-blk makes vd disks; the Xen platform device says SCSI of itself on old
 * hosts, and makes none. */
static bool makes_no_sd(const struct controller_ids *ids)
{
	return ids->vendor == 0x5853 ||
	       (ids->vendor == 0x1af4 &&
		(ids->device == 0x1001 || ids->device == 0x1042));
}

static int look_at_function(const char *pci, void *ctx)
{
	struct makers *makers = ctx;
	struct controller_ids ids;
	const char *digits;
	char text[16];
	uint64_t class;

	if (controller_read(makers->sys, pci, &ids) ||
	    attr_read(makers->sys, text, sizeof(text),
		      "/sys/bus/pci/devices/%s/class", pci) < 0 ||
	    !text_prefix(text, "0x", &digits) ||
	    text_u64(digits, 16, 0xffffff, &class)) {
		makers->foreign = true;
		return 1;
	}
	class >>= 8;
	if (!may_make_sd((unsigned int)class) || makes_no_sd(&ids))
		return 0;
	switch (controller_identify(&ids)) {
	case CONTROLLER_IDE:
	case CONTROLLER_AHCI:
		makers->emulated++;
		break;
	default:
		/* An emulated NVMe may have the disk instead; a real one has
		 * nothing to do with it. */
		if (class == CLASS_NVME && !controller_is_emulated(&ids))
			break;
		/* The emulated USB controller carries the tablet. */
		if (class != CLASS_USB || !controller_is_emulated(&ids))
			makers->foreign = true;
	}
	return 0;
}

static int look_at_xenbus(const char *name, void *ctx)
{
	struct makers *makers = ctx;

	if (text_prefix(name, "vscsi-", NULL))
		makers->foreign = true;
	return 0;
}

/* Can anything but one emulated controller still make an sd disk? */
static bool makers_are_known(const struct sys *sys)
{
	struct makers makers = { .sys = sys };

	return !sys_list(sys, "/sys/bus/pci/devices", look_at_function,
			 &makers) &&
	       !sys_list(sys, "/sys/bus/xen/devices", look_at_xenbus,
			 &makers) &&
	       !makers.foreign && makers.emulated <= 1;
}

static bool is_there(const struct disk *disk)
{
	return disk->twin != TWIN_DETACHED;
}

/* The one PV disk at a place of the emulated IDE (or AHCI) controller. */
static const struct disk *disk_at_place(const struct disks *disks,
					unsigned int place)
{
	const struct disk *found = NULL;
	unsigned int i;

	for (i = 0; i < disks->count; i++) {
		const struct disk *disk = &disks->at[i];

		if (!disk_is_pv(disk) || disk->vdev.part ||
		    disk->vdev.bus == VDEV_UNKNOWN || disk->vdev.disk != place)
			continue;
		if (found || disk->vdev.bus == VDEV_SCSI)
			return NULL;
		found = disk;
	}
	return found;
}

/* Another disk of this kind moves the letters: then a name proves nothing. */
static bool has_kind(const struct disks *disks, const char *kind, bool any)
{
	unsigned int i;

	for (i = 0; i < disks->count; i++) {
		const struct disk *disk = &disks->at[i];

		if (is_there(disk) && text_prefix(disk->name, kind, NULL) &&
		    (any || (!disk->cdrom && disk->twin_of < 0)))
			return true;
	}
	return false;
}

static const struct disk *disk_by_letters(const struct sys *sys,
					  const struct disks *disks,
					  const char *name)
{
	const struct disk *disk = NULL;
	unsigned int number, i;

	if (vdev_letters(name + 2, &number))
		return NULL;
	if (text_prefix(name, "hd", NULL))
		return has_kind(disks, "hd", false)
			       ? NULL
			       : disk_at_place(disks, number);
	/* The old IDE drivers have the controller, and make no sd. */
	if (number >= IDE_PLACES || has_kind(disks, "sd", true) ||
	    attr_exists(sys, "/sys/bus/ide") || !makers_are_known(sys))
		return NULL;
	for (i = 0; i <= number; i++) {
		disk = disk_at_place(disks, i);
		if (!disk)
			return NULL;
	}
	return disk;
}

static const struct disk *disk_by_record(const struct sys *sys,
					 const struct disks *disks,
					 const char *name)
{
	struct record record;
	int index = -1;

	if (record_find(sys, name, NULL, &record) == 1 &&
	    record.state != RECORD_RESTORED && record.pv[0])
		index = disks_find(disks, record.pv);
	return index >= 0 ? &disks->at[index] : NULL;
}

const struct disk *letters_disk(const struct sys *sys,
				const struct disks *disks, const char *name)
{
	int index = disks_find(disks, name);
	const struct disk *disk = index >= 0 ? &disks->at[index] : NULL;

	if (disk && disk_is_pv(disk))
		return disk;
	if (disk)
		return disk->twin_of >= 0 ? &disks->at[disk->twin_of] : NULL;
	disk = disk_by_record(sys, disks, name);
	if (!disk &&
	    (text_prefix(name, "hd", NULL) || text_prefix(name, "sd", NULL)))
		disk = disk_by_letters(sys, disks, name);
	return disk;
}
