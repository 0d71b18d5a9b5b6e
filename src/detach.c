// SPDX-License-Identifier: GPL-2.0-or-later
/* Step 5: takes proven twins away, each in the gentlest way that lasts. Writes
 * to sysfs and its own record; a twin that anybody uses is left alone, loudly. */
#include "boot.h"

#include <errno.h>
#include <string.h>

#include "attr.h"
#include "controller.h"
#include "record.h"
#include "text.h"

#define GROUP_MAX 32 /* AHCI has 32 ports at most */

bool is_kept(const struct boot *b, const char *name, const char *pci)
{
	unsigned int i;

	for (i = 0; i < b->cmd.keeps; i++) {
		if (!strcmp(b->cmd.keep[i], name) ||
		    !strcmp(b->cmd.keep[i], pci))
			return true;
	}
	return false;
}

static bool is_gone(struct boot *b, const struct disk *disk)
{
	return !attr_exists(b->sys, "/sys/block/%s", disk->name);
}

static void leave(struct boot *b, struct disk *disk, enum log_level level,
		  const char *why)
{
	disk->twin = TWIN_LEFT;
	log_say(&b->log, level,
		"%s is %s's twin, but %s: left alone; do not write to both",
		disk->name, b->disks.at[disk->twin_of].name, why);
}

/* Opening exclusively, read-only, fails for a disk that is mounted, swapped
 * on, or held by dm or md, whole or in part, and keeps others from doing so
 * between here and its end. Returns a descriptor or -errno. */
static int claim(struct boot *b, struct disk *disk)
{
	int fd = -EPERM;

	if (is_kept(b, disk->name, disk->place.pci)) {
		leave(b, disk, LOG_WARN, "keep= asks for it");
	} else if (is_gone(b, &b->disks.at[disk->twin_of])) {
		leave(b, disk, LOG_ERR, "that is gone");
	} else {
		fd = sys_disk_open(b->sys, disk->name,
				   disk_number(b->sys, disk->name, NULL),
				   SYS_EXCLUSIVE);
		if (fd < 0)
			leave(b, disk, LOG_ERR,
			      fd == -EBUSY ? "in use" : log_errno(fd));
	}
	return fd;
}

struct siblings {
	struct boot *b;
	const char *bus, *pci;
	char other[SYS_NAME_SIZE]; /* the first that is no twin, or "" */
};

static bool is_twin_place(const struct boot *b, const struct place *place)
{
	unsigned int i;

	for (i = 0; i < b->disks.count; i++) {
		const struct disk *disk = &b->disks.at[i];

		if (disk->twin == TWIN_PROVEN &&
		    !strcmp(disk->place.pci, place->pci) &&
		    !strcmp(disk->place.port, place->port) &&
		    disk->place.unit == place->unit)
			return true;
	}
	return false;
}

/* A CD-ROM has no block device before sr_mod is loaded: so it is the SCSI
 * devices that are asked for, not the disks. */
static int look_at_sibling(const char *name, void *ctx)
{
	struct siblings *s = ctx;
	char link[SYS_PATH_SIZE];
	struct place place;
	int len;

	if (name[0] < '0' || name[0] > '9')
		return 0;
	len = attr_link(s->b->sys, link, sizeof(link), "/sys/bus/%s/devices/%s",
			s->bus, name);
	if (len == -ENOENT)
		return 0;
	place = place_parse(link, "");
	/* One that cannot be seen may be anywhere. */
	if (len >= 0 &&
	    (strcmp(place.pci, s->pci) || is_twin_place(s->b, &place)))
		return 0;
	text_copy(s->other, sizeof(s->other), name);
	return 1;
}

/* A disk behind the controller, of whatever kind, that is no twin. */
static const char *sibling_disk(struct boot *b, const char *pci)
{
	unsigned int i;

	for (i = 0; i < b->disks.count; i++) {
		const struct disk *disk = &b->disks.at[i];

		if (!strcmp(disk->place.pci, pci) &&
		    (disk->twin == TWIN_NONE || disk->twin == TWIN_LEFT) &&
		    attr_exists(b->sys, "/sys/block/%s", disk->name))
			return disk->name;
	}
	return NULL;
}

/* The name of what would go with the controller though it is no twin, or "".
 * Where that cannot be seen the answer is a name, so that all stay. */
static const char *other_child(struct boot *b, const char *pci,
			       struct siblings *s)
{
	const char *name = sibling_disk(b, pci);
	int ret;

	if (name)
		return name;
	s->b = b;
	s->pci = pci;
	s->other[0] = '\0';
	s->bus = "ide"; /* gone since 5.14, and rarely there before */
	sys_list(b->sys, "/sys/bus/ide/devices", look_at_sibling, s);
	s->bus = "scsi";
	ret = sys_list(b->sys, "/sys/bus/scsi/devices", look_at_sibling, s);
	return ret < 0 ? "unknown devices" : s->other;
}

static int delete_disk(struct boot *b, const struct disk *disk)
{
	if (disk->place.kind != PLACE_SCSI)
		return -EOPNOTSUPP;
	return attr_write(b->sys, "1", "/sys/block/%s/device/delete",
			  disk->name);
}

/* The twins behind one controller, each held open exclusively. */
struct group {
	struct boot *b;
	const char *pci;
	struct disk *disk[GROUP_MAX];
	int fd[GROUP_MAX];
	unsigned int count;
};

static void say_kept(struct boot *b, struct disk *disk, int err)
{
	disk->twin = TWIN_LEFT;
	log_say(&b->log, LOG_ERR,
		"%s is %s's twin, but the kernel keeps it (%s): do not write "
		"to both",
		disk->name, b->disks.at[disk->twin_of].name,
		err ? log_errno(err) : "still there");
}

static void remember(struct boot *b, const struct disk *disk,
		     enum record_state state)
{
	struct record record = { .state = state, .unit = disk->place.unit };
	int err;

	text_copy(record.name, sizeof(record.name), disk->name);
	text_copy(record.pci, sizeof(record.pci), disk->place.pci);
	text_copy(record.port, sizeof(record.port), disk->place.port);
	err = record_add(b->sys, &record);
	if (err)
		log_say(&b->log, LOG_DEBUG, "%s: %s", RECORD_DIR,
			log_errno(err));
}

static void say_gone(struct boot *b, struct disk *disk, const char *other)
{
	const char *pv = b->disks.at[disk->twin_of].name;
	char driver[SYS_NAME_SIZE];

	disk->twin = TWIN_DETACHED;
	remember(b, disk, other ? RECORD_DELETED : RECORD_UNBOUND);
	controller_driver(b->sys, disk->place.pci, driver, sizeof(driver));
	if (other)
		log_say(&b->log, LOG_INFO,
			"%s is %s's twin: deleted (%s %s keeps %s)", disk->name,
			pv, driver, disk->place.pci, other);
	else
		log_say(&b->log, LOG_INFO,
			"%s is %s's twin: controller %s unbound", disk->name,
			pv, disk->place.pci);
}

/* Claims every proven twin behind the controller; one that cannot be claimed
 * stays, and so does the controller. */
static void claim_group(struct group *group)
{
	struct boot *b = group->b;
	unsigned int i;

	group->count = 0;
	for (i = 0; i < b->disks.count && group->count < GROUP_MAX; i++) {
		struct disk *disk = &b->disks.at[i];
		int fd;

		if (disk->twin != TWIN_PROVEN ||
		    strcmp(disk->place.pci, group->pci))
			continue;
		fd = claim(b, disk);
		if (fd < 0)
			continue;
		group->disk[group->count] = disk;
		group->fd[group->count++] = fd;
	}
}

static void delete_group(struct group *group, const char *other)
{
	struct boot *b = group->b;
	unsigned int i;

	for (i = 0; i < group->count; i++) {
		int err = delete_disk(b, group->disk[i]);

		if (err || !is_gone(b, group->disk[i]))
			say_kept(b, group->disk[i], err);
		else
			say_gone(b, group->disk[i], other);
	}
}

/* The old IDE drivers cannot let go: a disk may outlive its unbinding. */
static void unbound_group(struct group *group, int err)
{
	struct boot *b = group->b;
	unsigned int i;

	for (i = 0; i < group->count; i++) {
		if (is_gone(b, group->disk[i]))
			say_gone(b, group->disk[i], NULL);
		else
			say_kept(b, group->disk[i], err);
	}
}

/* A disk's name leaves sysfs after nobody can open it any more. */
static bool all_gone(void *ctx)
{
	struct group *group = ctx;
	unsigned int i;

	for (i = 0; i < group->count; i++) {
		if (!is_gone(group->b, group->disk[i]))
			return false;
	}
	return true;
}

static void detach_group(struct boot *b, const char *pci)
{
	struct group group = { .b = b, .pci = pci };
	struct siblings siblings;
	const char *other;
	unsigned int i;
	int err;

	claim_group(&group);
	/* All are kept or used, and may be gone by now: nothing is ours. */
	if (!group.count)
		return;
	other = other_child(b, pci, &siblings);
	err = *other ? -EBUSY :
		       controller_unbind(b->sys, pci, all_gone, &group);
	if (err && err != -ETIMEDOUT)
		delete_group(&group, *other ? other : "its driver");
	else
		unbound_group(&group, err);
	for (i = 0; i < group.count; i++)
		sys_fd_close(group.fd[i]);
}

/* True where every vbd has become a disk: no CD-ROM among them, none late. */
static bool all_vbds_are_disks(const struct boot *b)
{
	unsigned int i;

	for (i = 0; i < b->vbds.count; i++) {
		if (!b->vbds.at[i].ready)
			return false;
	}
	return b->vbds.count > 0;
}

static int forbid_unbound(const char *pci, void *ctx)
{
	struct boot *b = ctx;
	struct controller_ids ids;
	enum controller_kind kind;

	if (controller_read(b->sys, pci, &ids))
		return 0;
	kind = controller_identify(&ids);
	if (kind == CONTROLLER_UNKNOWN || kind == CONTROLLER_NIC ||
	    is_kept(b, pci, pci) ||
	    attr_exists(b->sys, "/sys/bus/pci/devices/%s/driver", pci))
		return 0;
	if (!controller_forbid(b->sys, pci))
		log_say(&b->log, LOG_INFO,
			"strict: disk controller %s has no driver yet and gets "
			"none",
			pci);
	return 0;
}

void detach(struct boot *b)
{
	unsigned int i;

	/* Each round settles all proven twins of one controller, or as many
	 * as a group holds. */
	for (i = 0; i < b->disks.count; i++) {
		if (b->disks.at[i].twin == TWIN_PROVEN)
			detach_group(b, b->disks.at[i].place.pci);
	}
	if (b->cmd.mode == MODE_STRICT && all_vbds_are_disks(b))
		sys_list(b->sys, "/sys/bus/pci/devices", forbid_unbound, b);
}
