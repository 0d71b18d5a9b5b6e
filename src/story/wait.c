// SPDX-License-Identifier: GPL-2.0-or-later
/* Step 3: waits for the PV disks, woken by uevents, but not longer than the
 * deadline. Reads sysfs and a uevent socket, changes nothing. */
#include "story/boot.h"

#include <errno.h>
#include <string.h>

#include "base/array.h"
#include "base/text.h"
#include "sys/attr.h"

#define UEVENT_SIZE 4096 /* the kernel's own limit is 2048 + the path */
#define PROGRESS_US 5000000
/* Without uevents: how often sysfs is read; also the time given to the
 * partition scan. */
#define POLL_MS 50

struct waiting {
	struct boot *b;
	struct disks disks; /* seen so far; moved to struct boot at the end */
	uint64_t deadline_us, progress_us;
	bool blind; /* uevents were lost or did not come: use sysfs alone */
	bool retry; /* a disk could not be opened; no event will follow */
	bool complained; /* that sysfs could not be read was logged */
};

static struct vbd *find_vbd(struct vbds *vbds, uint32_t number)
{
	unsigned int i;

	for (i = 0; i < vbds->count; i++) {
		if (vbds->at[i].number == number)
			return &vbds->at[i];
	}
	return NULL;
}

/* Returns the entry of a vbd, which is added where it is new; NULL only where
 * memory is short. */
static struct vbd *get_vbd(struct vbds *vbds, uint32_t number)
{
	struct vbd *vbd = find_vbd(vbds, number);

	if (vbd)
		return vbd;
	if (array_grow(&vbds->at, vbds->count, &vbds->room, sizeof(*vbd)))
		return NULL;
	vbd = &vbds->at[vbds->count++];
	vbd->number = number;
	return vbd;
}

static int add_vbd(const char *name, void *ctx)
{
	struct boot *b = ctx;
	const char *digits;
	struct vbd *vbd;
	uint64_t number;

	if (!text_prefix(name, "vbd-", &digits) ||
	    text_u64(digits, 10, UINT32_MAX, &number))
		return 0;
	vbd = get_vbd(&b->vbds, (uint32_t)number);
	if (!vbd)
		return -ENOMEM;
	vbd->accepted =
		vbd->ready ||
		attr_exists(b->sys, "/sys/bus/xen/devices/%s/driver", name);
	return 0;
}

/* Where somebody else loaded the driver, perhaps just before (nash), the uevent
 * may have been missed. The kernel reads a disk's partitions under the lock
 * that an open takes, so after an open they are there. An open that fails
 * proves nothing; a drive without a medium has no partitions. */
static bool has_partitions_read(struct waiting *w, const struct disk *disk)
{
	const struct sys *sys = w->b->sys;
	int fd;

	fd = sys_disk_open(sys, disk->name, disk_number(sys, disk->name, NULL),
			   SYS_SHARED);
	if (fd >= 0)
		sys_fd_close(fd);
	else if (fd != -ENOMEDIUM)
		w->retry = true;
	return fd >= 0 || fd == -ENOMEDIUM;
}

/* If the socket was open before the driver was loaded, a disk is ready when the
 * kernel has announced it: before that its partitions may not have been read.
 * Without uevents it gets one more turn of the loop for that. */
static bool is_whole(struct waiting *w, const struct disk *disk,
		     struct vbd *vbd)
{
	bool seen_before = vbd->seen;

	vbd->seen = true;
	if (vbd->announced)
		return true;
	if (w->b->had_driver)
		return has_partitions_read(w, disk);
	return w->blind && seen_before;
}

static void mark_ready(struct waiting *w)
{
	struct boot *b = w->b;
	unsigned int i;

	for (i = 0; i < w->disks.count; i++) {
		const struct disk *disk = &w->disks.at[i];
		struct vbd *vbd;

		if (!disk_is_pv(disk))
			continue;
		vbd = find_vbd(&b->vbds, disk->place.vbd);
		if (vbd && !vbd->ready && is_whole(w, disk, vbd))
			vbd->ready = vbd->accepted = true;
	}
}

/* Returns how many disks are still missing. */
static unsigned int look_again(struct waiting *w)
{
	struct boot *b = w->b;
	unsigned int pending = 0, i;
	int err;

	w->retry = false;
	err = sys_list(b->sys, "/sys/bus/xen/devices", add_vbd, b);
	if (!err)
		err = disks_scan(&w->disks, b->sys);
	/* Without xenbus there is no vbd to wait for. */
	if (err && err != -ENOENT) {
		if (!w->complained)
			log_say(&b->log, LOG_WARN, "disks in /sys: %s",
				log_errno(err));
		w->complained = true;
		pending = 1;
	}
	mark_ready(w);
	for (i = 0; i < b->vbds.count; i++)
		pending += b->vbds.at[i].accepted && !b->vbds.at[i].ready;
	return pending;
}

static const char *event_value(const char *event, int len, const char *key)
{
	const char *s = event, *value;

	for (; s < event + len; s += strlen(s) + 1) {
		if (text_prefix(s, key, &value))
			return value;
	}
	return "";
}

/* Handles one uevent; returns true where sysfs should be read again. */
static bool take_event(struct waiting *w, const char *event, int len)
{
	const char *subsystem = event_value(event, len, "SUBSYSTEM=");
	struct place place;
	struct vbd *vbd;

	if (!strcmp(subsystem, "xen") || !strcmp(subsystem, "xen-backend"))
		return true;
	if (strcmp(subsystem, "block"))
		return false;
	if (strcmp(event_value(event, len, "ACTION="), "add") ||
	    !strcmp(event_value(event, len, "DEVTYPE="), "partition"))
		return false;
	place = place_parse(event_value(event, len, "DEVPATH="), "");
	if (place.kind != PLACE_VBD) /* 2.6.18: in another variable */
		place = place_parse(event_value(event, len, "PHYSDEVPATH="),
				    "");
	if (place.kind != PLACE_VBD)
		return true;
	vbd = get_vbd(&w->b->vbds, place.vbd);
	if (vbd)
		vbd->announced = true;
	return true;
}

/* Waits for one event of ours, or until `until`. */
static void next_event(struct waiting *w, uint64_t until)
{
	char event[UEVENT_SIZE];
	bool ours = false;

	while (!ours) {
		uint64_t now = sys_now_us();
		int ms = now < until ? (int)((until - now) / 1000) + 1 : 0;
		int len = sys_uevent_next(w->b->uevents, event, sizeof(event),
					  ms);

		if (len == -ENOBUFS)
			w->blind = true;
		if (len == -ENOBUFS || len == -ETIMEDOUT)
			return;
		if (len < 0) {
			sys_sleep_ms(POLL_MS);
			w->blind = true;
			return;
		}
		if (len > 0)
			ours = take_event(w, event, len);
		else if (!ms)
			return;
	}
}

/* Handles the uevents that are there already, so that sysfs is read once for
 * many of them. */
static void drain(struct waiting *w)
{
	char event[UEVENT_SIZE];
	unsigned int i;
	int len;

	if (w->b->uevents < 0)
		return;
	for (i = 0; i < 65536; i++) {
		len = sys_uevent_next(w->b->uevents, event, sizeof(event), 0);
		if (len == -ENOBUFS)
			w->blind = true;
		else if (len < 0)
			return;
		else if (len > 0)
			take_event(w, event, len);
	}
}

static void pause_for_event(struct waiting *w)
{
	uint64_t until = w->deadline_us;

	if (w->progress_us < until)
		until = w->progress_us;
	if (w->b->uevents >= 0 && !w->blind && !w->retry)
		next_event(w, until);
	else
		sys_sleep_ms(POLL_MS);
}

static void say_progress(struct waiting *w, unsigned int pending)
{
	struct boot *b = w->b;

	if (sys_now_us() < w->progress_us)
		return;
	w->progress_us += PROGRESS_US;
	log_say(&b->log, LOG_INFO,
		"waiting for %u PV disk(s), at most %u s in all", pending,
		b->asked.cmd.wait_s);
}

static const struct disk *disk_of(const struct waiting *w,
				  const struct vbd *vbd)
{
	unsigned int i;

	for (i = 0; i < w->disks.count; i++) {
		const struct disk *disk = &w->disks.at[i];

		if (disk_is_pv(disk) && disk->place.vbd == vbd->number)
			return disk;
	}
	return NULL;
}

static void say_late_one(struct waiting *w, const struct vbd *vbd)
{
	const struct disk *disk = disk_of(w, vbd);
	struct boot *b = w->b;
	char state[32];

	if (disk && b->had_driver) {
		log_say(&b->log, LOG_WARN,
			"vbd-%u: %s is there, but could not be opened in %u s",
			vbd->number, disk->name, b->asked.cmd.wait_s);
		return;
	}
	if (attr_read(b->sys, state, sizeof(state),
		      "/sys/bus/xen/devices/vbd-%u/state", vbd->number) <= 0)
		text_copy(state, sizeof(state), "unknown");
	log_say(&b->log, LOG_WARN,
		"vbd-%u: no disk after %u s (state %s): the host's "
		"backend did not connect; pvroot=wait=N waits longer",
		vbd->number, b->asked.cmd.wait_s, state);
}

static void say_late(struct waiting *w)
{
	struct boot *b = w->b;
	unsigned int i;

	for (i = 0; i < b->vbds.count; i++) {
		struct vbd *vbd = &b->vbds.at[i];

		if (!vbd->accepted || vbd->ready)
			continue;
		vbd->late = true;
		say_late_one(w, vbd);
	}
}

/* Before 2.6.30 or so xenbus is a module. If pvroot has just loaded it and its
 * bus is still empty, vbds may still appear. If the driver was there before, it
 * has already waited for its disks and removed those that did not connect, so
 * nothing more will come [seen: 2.6.18, drivers/xen/xenbus,
 * wait_for_devices()]. */
static bool bus_is_empty(struct boot *b)
{
	return !b->vbds.count && b->loaded && !b->had_driver &&
	       !sys_exists(b->sys, "/sys/hypervisor/type");
}

void wait_for_disks(struct boot *b)
{
	struct waiting w = { .b = b };
	uint64_t now = sys_now_us();
	unsigned int pending;

	w.deadline_us = now + (uint64_t)b->asked.cmd.wait_s * 1000000;
	w.progress_us = now + PROGRESS_US;
	w.blind = b->uevents < 0;
	for (;;) {
		drain(&w);
		pending = look_again(&w);
		if (!pending && !bus_is_empty(b))
			break;
		if (sys_now_us() >= w.deadline_us) {
			say_late(&w);
			break;
		}
		say_progress(&w, pending);
		pause_for_event(&w);
	}
	b->disks = w.disks;
}
