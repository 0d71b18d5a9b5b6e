// SPDX-License-Identifier: GPL-2.0-or-later
/* Which PV disk a kernel name (sda) means; NULL unless it is proven. Reads
 * sysfs and the record. */
#include "dev/letters.h"

#include <string.h>

#include "base/text.h"
#include "dev/position.h"
#include "dev/record.h"

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

/* Where there is an hd disk that is not a twin, hd names belong to the old IDE
 * driver: they say nothing about PV disks. */
static bool has_hd(const struct disks *disks)
{
	unsigned int i;

	for (i = 0; i < disks->count; i++) {
		const struct disk *disk = &disks->at[i];

		if (is_there(disk) && text_prefix(disk->name, "hd", NULL) &&
		    !disk->cdrom && disk->twin_of < 0)
			return true;
	}
	return false;
}

/* Does an emulated disk sit in this PV disk's place that is not proven to be
 * its twin? */
static bool is_held(const struct sys *sys, const struct disk *disk,
		    const struct disk *pv)
{
	struct controller_ids ids;
	enum controller_kind kind;

	if (disk->cdrom || disk->twin_of >= 0 || !is_there(disk) ||
	    controller_read(sys, disk->place.pci, &ids))
		return false;
	kind = controller_identify(&ids);
	return position_is(pv, kind, position_of(sys, &disk->place, kind));
}

static const struct disk *disk_by_letter(const struct sys *sys,
					 const struct disks *disks,
					 const char *name)
{
	const struct disk *pv;
	unsigned int number, i;

	if (!text_prefix(name, "hd", NULL) || vdev_letters(name + 2, &number) ||
	    has_hd(disks))
		return NULL;
	pv = disk_at_place(disks, number);
	for (i = 0; pv && i < disks->count; i++) {
		if (is_held(sys, &disks->at[i], pv))
			return NULL;
	}
	return pv;
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
	return disk ? disk : disk_by_letter(sys, disks, name);
}
