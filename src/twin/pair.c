// SPDX-License-Identifier: GPL-2.0-or-later
/* Which emulated disk is the twin of which PV disk? Compares the position
 * first, then the content; both must match. Reads sysfs and disks, changes
 * nothing. */
#include "twin/pair.h"

#include <string.h>

#include "dev/controller.h"
#include "dev/position.h"
#include "sys/attr.h"
#include "twin/content.h"
#include "twin/fate.h"

struct pairing {
	const struct sys *sys;
	struct log *log;
	struct disks *disks;
	bool late;
};

static void say_no_twin(struct pairing *p, const struct disk *disk,
			const struct disk *pv, int result, uint64_t where)
{
	const char *why = "they could not be compared";

	if (result == CONTENT_SIZE)
		why = "their sizes differ";
	else if (result == CONTENT_BLANK)
		why = "both are blank";
	else if (result < 0)
		why = log_errno(result);
	if (result == CONTENT_DIFFERENT)
		log_say(p->log, LOG_WARN,
			"%s kept: it is in %s's place, but they differ at "
			"byte %llu: not its twin",
			disk->name, pv->name, (unsigned long long)where);
	else
		log_say(p->log, LOG_WARN,
			"%s kept: it is in %s's place, but %s: not proven to "
			"be its twin",
			disk->name, pv->name, why);
}

/* udev's workers run in parallel: another pvroot may take the disk away while
 * this one reads it. It holds the lock until the disk is gone. */
static bool was_taken(const struct pairing *p, const struct disk *disk)
{
	if (!p->late)
		return false;
	sys_unlock(twin_lock(p->sys));
	return !attr_exists(p->sys, "/sys/block/%s", disk->name);
}

static void prove(struct pairing *p, struct disk *disk, int pv_index)
{
	const struct disk *pv = &p->disks->at[pv_index];
	uint64_t where;
	int result = content_compare(p->sys, pv->name, disk->name, &where);

	if (result < 0 && was_taken(p, disk))
		return;
	if (result != CONTENT_SAME) {
		say_no_twin(p, disk, pv, result, where);
		return;
	}
	disk->twin = TWIN_PROVEN;
	disk->twin_of = pv_index;
	log_say(p->log, LOG_DEBUG, "%s has the place and the bytes of %s",
		disk->name, pv->name);
}

static bool is_candidate(const struct disk *disk)
{
	return !disk->cdrom && disk->place.pci[0] &&
	       (disk->place.kind == PLACE_SCSI ||
		disk->place.kind == PLACE_IDE ||
		disk->place.kind == PLACE_NVME);
}

static void pair_disk(struct pairing *p, struct disk *disk)
{
	struct controller_ids ids;
	enum controller_kind kind;
	int number, pv = -1;
	unsigned int i;

	if (controller_read(p->sys, disk->place.pci, &ids))
		return;
	kind = controller_identify(&ids);
	if (kind == CONTROLLER_UNKNOWN || kind == CONTROLLER_NIC) {
		log_say(p->log, LOG_DEBUG,
			"%s kept: controller %s (%04x:%04x, subsystem "
			"%04x:%04x) is not an emulated one",
			disk->name, disk->place.pci, ids.vendor, ids.device,
			ids.subvendor, ids.subdevice);
		return;
	}
	number = position_of(p->sys, &disk->place, kind);
	for (i = 0; number >= 0 && i < p->disks->count; i++) {
		if (!position_is(&p->disks->at[i], kind, number))
			continue;
		if (pv >= 0) {
			log_say(p->log, LOG_WARN,
				"%s kept: both %s and %s are in its place",
				disk->name, p->disks->at[pv].name,
				p->disks->at[i].name);
			return;
		}
		pv = (int)i;
	}
	if (pv >= 0)
		prove(p, disk, pv);
	else
		log_say(p->log, LOG_INFO, "%s kept: no PV disk in its place",
			disk->name);
}

/* Where two disks match one PV disk, one of them is a copy, and it is not known
 * which: neither counts as a twin. */
static void unpair_doubles(struct pairing *p, unsigned int index)
{
	struct disk *disk = &p->disks->at[index];
	bool doubled = false;
	unsigned int i;

	if (disk->twin != TWIN_PROVEN)
		return;
	for (i = index + 1; i < p->disks->count; i++) {
		struct disk *other = &p->disks->at[i];

		if (other->twin != TWIN_PROVEN ||
		    other->twin_of != disk->twin_of)
			continue;
		log_say(p->log, LOG_WARN,
			"%s and %s kept: both pass for %s's twin", disk->name,
			other->name, p->disks->at[disk->twin_of].name);
		disk_unpair(other);
		doubled = true;
	}
	if (doubled)
		disk_unpair(disk);
}

void pair_disks(const struct sys *sys, struct log *log, struct disks *disks,
		bool late)
{
	struct pairing pairing = { sys, log, disks, late }, *p = &pairing;
	unsigned int i;

	for (i = 0; i < p->disks->count; i++) {
		if (is_candidate(&p->disks->at[i]))
			pair_disk(p, &p->disks->at[i]);
	}
	for (i = 0; i < p->disks->count; i++)
		unpair_doubles(p, i);
}
