// SPDX-License-Identifier: GPL-2.0-or-later
/* Which emulated disk is the twin of which PV disk? Compares the position
 * first, then the content; both must match. Reads sysfs and disks, changes
 * nothing. */
#include "twin/pair.h"

#include <string.h>

#include "base/text.h"
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
	bool quiet;		  /* of a disk that nobody asked about */
	char pci[PLACE_PCI_SIZE]; /* the controller that was read last */
	struct controller_ids ids;
	enum controller_kind kind;
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

	/* One of them may have been written to between the two reads. */
	if (result == CONTENT_DIFFERENT)
		result = content_compare(p->sys, pv->name, disk->name, &where);
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

/* Many disks are on one controller. */
static bool read_controller(struct pairing *p, const char *pci)
{
	if (!strcmp(p->pci, pci))
		return true;
	p->pci[0] = '\0';
	if (controller_read(p->sys, pci, &p->ids))
		return false;
	p->kind = controller_identify(&p->ids);
	text_copy(p->pci, sizeof(p->pci), pci);
	return true;
}

static void say_no_place(struct pairing *p, const struct disk *disk,
			 const struct disk *const pv[2])
{
	if (p->quiet)
		return;
	if (pv[1])
		log_say(p->log, LOG_WARN,
			"%s kept: both %s and %s are in its place", disk->name,
			pv[0]->name, pv[1]->name);
	else
		log_say(p->log, LOG_INFO, "%s kept: no PV disk in its place",
			disk->name);
}

/* Finds the PV disk in whose place the emulated disk is. Returns its index, or
 * -1. */
static int find_pv(struct pairing *p, const struct disk *disk)
{
	const struct disk *pv[2] = { NULL, NULL };
	unsigned int i, count = 0;
	int number = position_of(p->sys, &disk->place, p->kind);

	for (i = 0; number >= 0 && i < p->disks->count && count < 2; i++) {
		if (position_is(&p->disks->at[i], p->kind, number))
			pv[count++] = &p->disks->at[i];
	}
	if (count == 1)
		return (int)(pv[0] - p->disks->at);
	say_no_place(p, disk, pv);
	return -1;
}

static void pair_disk(struct pairing *p, struct disk *disk)
{
	int pv;

	if (!is_candidate(disk) || !read_controller(p, disk->place.pci))
		return;
	if (p->kind == CONTROLLER_UNKNOWN || p->kind == CONTROLLER_NIC) {
		log_say(p->log, LOG_DEBUG,
			"%s kept: controller %s (%04x:%04x, subsystem "
			"%04x:%04x) is not an emulated one",
			disk->name, disk->place.pci, p->ids.vendor,
			p->ids.device, p->ids.subvendor, p->ids.subdevice);
		return;
	}
	pv = find_pv(p, disk);
	if (pv >= 0)
		prove(p, disk, pv);
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

void pair_disks(const struct sys *sys, struct log *log, struct disks *disks)
{
	struct pairing p = { .sys = sys, .log = log, .disks = disks };
	unsigned int i;

	for (i = 0; i < disks->count; i++)
		pair_disk(&p, &disks->at[i]);
	for (i = 0; i < disks->count; i++)
		unpair_doubles(&p, i);
}

/* Could this disk be in the PV disk's place too, or go only together with the
 * one that was asked about? */
static void pair_other(struct pairing *p, struct disk *disk,
		       const struct disk *asked, int pv)
{
	bool together = disk->place.kind == PLACE_NVME &&
			!strcmp(disk->place.pci, asked->place.pci);
	int own;

	if (disk == asked || !is_candidate(disk) ||
	    !read_controller(p, disk->place.pci) ||
	    (!together && !controller_takes(p->kind, p->disks->at[pv].vdev)))
		return;
	own = find_pv(p, disk);
	if (own >= 0 && (together || own == pv))
		prove(p, disk, own);
}

void pair_one(const struct sys *sys, struct log *log, struct disks *disks,
	      unsigned int index)
{
	struct pairing p = {
		.sys = sys, .log = log, .disks = disks, .late = true
	};
	struct disk *asked = &disks->at[index];
	int pv = (int)index;
	unsigned int i;

	if (!disk_is_pv(asked)) {
		pair_disk(&p, asked);
		pv = asked->twin_of;
	}
	p.quiet = true;
	for (i = 0; pv >= 0 && i < disks->count; i++)
		pair_other(&p, &disks->at[i], asked, pv);
	for (i = 0; i < disks->count; i++)
		unpair_doubles(&p, i);
}
