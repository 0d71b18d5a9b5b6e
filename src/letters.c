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
	bool may_come; /* there is something that can make an sd disk */
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
		makers->may_come = true;
		return 1;
	}
	class >>= 8;
	if (!may_make_sd((unsigned int)class) || makes_no_sd(&ids))
		return 0;
	/* An emulated NVMe may have the disk instead, a real one has nothing to
	 * do with it; the emulated USB controller carries the tablet. */
	if (controller_is_emulated(&ids) ? class != CLASS_USB
					 : class != CLASS_NVME)
		makers->may_come = true;
	return 0;
}

static int look_at_xenbus(const char *name, void *ctx)
{
	struct makers *makers = ctx;

	if (text_prefix(name, "vscsi-", NULL))
		makers->may_come = true;
	return 0;
}

/* Can nothing make an sd disk any more? */
static bool none_may_come(const struct sys *sys)
{
	struct makers makers = { .sys = sys };

	return !sys_list(sys, "/sys/bus/pci/devices", look_at_function,
			 &makers) &&
	       !sys_list(sys, "/sys/bus/xen/devices", look_at_xenbus,
			 &makers) &&
	       !makers.may_come;
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

static int count_vbd(const char *name, void *ctx)
{
	unsigned int *count = ctx;

	*count += text_prefix(name, "vbd-", NULL);
	return 0;
}

/* The guest's only disk. Which of two gets the first letter is chance: Linux
 * probes SCSI disks side by side (seen on 6.1: sda behind the second channel,
 * sdb behind the first). A vbd without a disk may be one all the same. */
static const struct disk *only_disk(const struct sys *sys,
				    const struct disks *disks)
{
	const struct disk *found = NULL;
	unsigned int vbds = 0, i;

	if (sys_list(sys, "/sys/bus/xen/devices", count_vbd, &vbds) ||
	    vbds != 1)
		return NULL;
	for (i = 0; i < disks->count; i++) {
		if (disk_is_pv(&disks->at[i]))
			found = &disks->at[i];
	}
	return found && found->vdev.bus != VDEV_SCSI && !found->vdev.part &&
			       found->vdev.disk < IDE_PLACES
		       ? found
		       : NULL;
}

static const struct disk *disk_by_letters(const struct sys *sys,
					  const struct disks *disks,
					  const char *name)
{
	unsigned int number;

	if (vdev_letters(name + 2, &number))
		return NULL;
	if (text_prefix(name, "hd", NULL))
		return has_kind(disks, "hd", false)
			       ? NULL
			       : disk_at_place(disks, number);
	/* The old IDE drivers have the controller, and make no sd. */
	if (number || has_kind(disks, "sd", true) ||
	    attr_exists(sys, "/sys/bus/ide") || !none_may_come(sys))
		return NULL;
	return only_disk(sys, disks);
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
