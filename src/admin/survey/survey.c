// SPDX-License-Identifier: GPL-2.0-or-later
/* Looks at the whole system: the command line, disks and their twins. Opens
 * disks read-only, changes nothing. */
#include "admin/survey/survey.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "dev/position.h"
#include "dev/xen.h"
#include "sys/attr.h"
#include "twin/content.h"

#define TRIES 3 /* see prove() */

const char *survey_way_name(enum way way)
{
	static const char *const names[] = {
		[WAY_PV] = "pv",
		[WAY_EMULATED] = "emulated",
		[WAY_PASSED] = "passed-through",
		[WAY_STACKED] = "stacked",
		[WAY_OTHER] = "other",
	};

	return names[way];
}

static void complain(void *ctx, const char *what, const char *why)
{
	struct survey *survey = ctx;

	words_add(&survey->complaints, "\"%.64s\" is ignored: %s", what, why);
}

static void read_words(struct survey *survey)
{
	char path[RECORD_PATH_SIZE];
	int len;

	survey->xen = xen_is_hvm_guest(survey->sys);
	len = sys_read(survey->sys, "/proc/cmdline", survey->line,
		       sizeof(survey->line));
	if (len < 0 && len != -EFBIG)
		words_add(&survey->unread, "/proc/cmdline: %s", log_errno(len));
	text_chomp(survey->line);
	cmdline_parse(survey->line, &survey->cmd, complain, survey);
	sys_read_line(survey->sys, "/proc/sys/kernel/osrelease", survey->kernel,
		      sizeof(survey->kernel));
	survey->ran = sys_exists(survey->sys,
				 record_path(survey->sys, path, RECORD_REPORT));
}

struct xenbus {
	struct survey *survey;
	const char *prefix;
	struct xenbus_devices *devices;
};

static int add_device(const char *name, void *ctx)
{
	struct xenbus *bus = ctx;
	struct xenbus_devices *devices = bus->devices;
	struct xenbus_device *device;
	const char *digits;
	uint64_t number;

	if (!text_prefix(name, bus->prefix, &digits) ||
	    text_u64(digits, 10, UINT32_MAX, &number))
		return 0;
	array_extend(&devices->at, devices->count, &devices->room,
		     sizeof(*device));
	device = &devices->at[devices->count++];
	device->number = (uint32_t)number;
	device->driver = attr_exists(bus->survey->sys,
				     "/sys/bus/xen/devices/%s/driver", name);
	return 0;
}

static void read_xenbus(struct survey *survey)
{
	struct xenbus vbds = { survey, "vbd-", &survey->vbds };
	struct xenbus vifs = { survey, "vif-", &survey->vifs };

	sys_list(survey->sys, "/sys/bus/xen/devices", add_device, &vbds);
	sys_list(survey->sys, "/sys/bus/xen/devices", add_device, &vifs);
	survey->pv_driver = sys_exists(survey->sys, "/sys/bus/xen/drivers/vbd");
}

static enum way way_of(struct survey *survey, const struct disk *disk,
		       enum controller_kind *kind)
{
	struct controller_ids ids;

	*kind = CONTROLLER_UNKNOWN;
	if (disk_is_pv(disk))
		return WAY_PV;
	if (!disk->place.pci[0] ||
	    controller_read(survey->sys, disk->place.pci, &ids))
		return WAY_OTHER;
	*kind = controller_identify(&ids);
	if (*kind != CONTROLLER_UNKNOWN)
		return WAY_EMULATED;
	/* 1af4: virtio. A USB stick is on an emulated controller too. */
	if (ids.vendor == 0x1af4 || disk->place.kind == PLACE_OTHER ||
	    !survey->xen)
		return WAY_OTHER;
	return WAY_PASSED;
}

/* Data in the page cache of one path cannot be seen on the other. A direct read
 * writes it out, so a difference counts only if it is still there after
 * TRIES. */
static void prove(struct survey *survey, const struct disk *disk,
		  struct disk_view *view)
{
	const char *pv = survey->disks.at[view->pv].name;
	int result = CONTENT_DIFFERENT, tries;
	uint64_t where;

	for (tries = 0; tries < TRIES && result == CONTENT_DIFFERENT; tries++)
		result = content_compare(survey->sys, pv, disk->name, &where);
	view->error = result < 0 ? result : 0;
	if (result == CONTENT_SAME)
		view->proof = PROOF_TWIN;
	else if (result == CONTENT_DIFFERENT || result == CONTENT_SIZE)
		view->proof = PROOF_DIFFERENT;
	else
		view->proof = PROOF_UNKNOWN;
}

/* Finds a vbd of the list that is in this place. */
static bool find_device(const struct xenbus_devices *devices,
			enum controller_kind kind, int number, uint32_t *vbd)
{
	struct disk pv = { .place = { .kind = PLACE_VBD } };
	unsigned int i;

	for (i = 0; number >= 0 && i < devices->count; i++) {
		pv.vdev = vdev_decode(devices->at[i].number);
		if (position_is(&pv, kind, number)) {
			*vbd = devices->at[i].number;
			return true;
		}
	}
	return false;
}

static void find_place(struct survey *survey, struct disk *disk,
		       struct disk_view *view)
{
	int number = position_of(survey->sys, &disk->place, view->kind);
	unsigned int i;

	for (i = 0; number >= 0 && i < survey->disks.count; i++) {
		if (position_is(&survey->disks.at[i], view->kind, number))
			view->pv = (int)i;
	}
	if (view->pv < 0)
		view->offered = find_device(&survey->vbds, view->kind, number,
					    &view->vbd);
	if (view->pv < 0 && !view->offered)
		view->lost = find_device(&survey->lost, view->kind, number,
					 &view->vbd);
	if (view->pv >= 0 && !disk->cdrom)
		prove(survey, disk, view);
	/* For root=/dev/sda1: search_pv() goes to the PV disk by this. */
	if (view->proof == PROOF_TWIN)
		disk->twin_of = view->pv;
}

void survey_disks(struct survey *survey)
{
	int err = disks_scan(&survey->disks, survey->sys);
	unsigned int i;

	if (err)
		words_add(&survey->unread, "/sys/block: %s", log_errno(err));
	survey->views = memory_new((survey->disks.count + 1) *
				   sizeof(survey->views[0]));
	for (i = 0; i < survey->disks.count; i++) {
		struct disk *disk = &survey->disks.at[i];
		struct disk_view *view = &survey->views[i];

		view->pv = -1;
		view->way = way_of(survey, disk, &view->kind);
		disk_sectors(survey->sys, disk->name, &view->sectors);
		if (survey->xen && view->way == WAY_EMULATED)
			find_place(survey, disk, view);
	}
}

void survey_make(struct survey *survey, const struct sys *sys)
{
	memset(survey, 0, sizeof(*survey));
	survey->sys = sys;
	read_words(survey);
	read_xenbus(survey);
	survey_lost(survey);
	survey_disks(survey);
	survey_reported(survey);
	survey_volumes(survey);
	survey_netdevs(survey);
	survey_detached(survey);
	survey_uses(survey);
	survey_names(survey);
}

void survey_free(struct survey *survey)
{
	unsigned int i;

	for (i = 0; i < survey->volumes.count; i++) {
		words_free(&survey->volumes.at[i].used);
		words_free(&survey->volumes.at[i].called);
	}
	for (i = 0; i < survey->disks.count; i++)
		words_free(&survey->views[i].links);
	disks_free(&survey->disks);
	free(survey->views);
	free(survey->volumes.at);
	free(survey->netdevs.at);
	free(survey->vbds.at);
	free(survey->vifs.at);
	free(survey->lost.at);
	free(survey->detached.at);
	words_free(&survey->complaints);
	words_free(&survey->unread);
}
