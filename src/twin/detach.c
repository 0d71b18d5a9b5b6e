// SPDX-License-Identifier: GPL-2.0-or-later
/* Takes away the twins that may go, each in the gentlest way that lasts.
 * Writes to sysfs and its own record. */
#include "twin/detach.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "dev/controller.h"
#include "dev/record.h"
#include "sys/attr.h"
#include "twin/fate.h"
#include "twin/inherit.h"
#include "twin/letter.h"
#include "twin/siblings.h"

#define GROUP_MAX 32   /* AHCI has 32 ports at most */
#define EVERY	  (-1) /* every twin, not those of one disk */

static const char *pv_name(const struct twins *t, const struct disk *disk)
{
	return t->disks->at[disk->twin_of].name;
}

/* The twins on one controller that may go, each held open exclusively. */
struct group {
	const struct twins *t;
	const char *pci;
	enum controller_kind kind;
	struct disk *disk[GROUP_MAX];
	int fd[GROUP_MAX];
	int loop[GROUP_MAX]; /* its number: holds the disk's letter; or -1 */
	unsigned int count;
	int asked; /* index of a twin or of a PV disk with twins; or EVERY */
};

static bool is_asked(const struct group *group, const struct disk *disk)
{
	return group->asked == EVERY ||
	       disk == &group->t->disks->at[group->asked] ||
	       disk->twin_of == group->asked;
}

static void say_left(const struct twins *t, struct disk *disk,
		     const struct policy_fate *fate)
{
	if (disk->named && t->cmd->mode != MODE_STRICT)
		log_say(t->log, fate->level,
			"%s is %s's twin, but %s names it (%.100s): left on "
			"its old path; UUID= there lets it go",
			disk->name, pv_name(t, disk), disk->named->where,
			disk->named->name);
	else
		log_say(t->log, fate->level,
			"%s is %s's twin, but %s: left alone; do not write to "
			"both",
			disk->name, pv_name(t, disk), fate->why);
}

static void say_kept(const struct twins *t, struct disk *disk, const char *why)
{
	disk->twin = TWIN_LEFT;
	log_say(t->log, LOG_ERR,
		"%s is %s's twin, but the kernel keeps it (%s): do not write "
		"to both",
		disk->name, pv_name(t, disk), why);
}

static void remember(const struct twins *t, const struct disk *disk,
		     enum record_state state)
{
	struct record record = { .state = state, .unit = disk->place.unit };
	struct record before;

	text_copy(record.name, sizeof(record.name), disk->name);
	text_copy(record.pci, sizeof(record.pci), disk->place.pci);
	text_copy(record.port, sizeof(record.port), disk->place.port);
	text_copy(record.pv, sizeof(record.pv), pv_name(t, disk));
	/* A rescan shows it again as sdb, maybe every hour: it is still sda. */
	if (record_find(t->sys, record.pv, NULL, &before) == 1) {
		if (before.state == state && !strcmp(before.port, record.port))
			return;
		text_copy(record.name, sizeof(record.name), before.name);
	}
	twin_remember(t, &record);
}

static void say_gone(const struct twins *t, struct disk *disk,
		     enum record_state state, const char *other)
{
	const char *pv = pv_name(t, disk);
	char driver[SYS_NAME_SIZE];

	disk->twin = TWIN_DETACHED;
	remember(t, disk, state);
	controller_driver(t->sys, disk->place.pci, driver, sizeof(driver));
	if (other[0])
		log_say(t->log, LOG_INFO,
			"%s is %s's twin: deleted (%s %s keeps %s)", disk->name,
			pv, driver, disk->place.pci, other);
	else if (state == RECORD_DELETED)
		log_say(t->log, LOG_INFO, "%s is %s's twin: deleted",
			disk->name, pv);
	else
		log_say(t->log, LOG_INFO,
			"%s is %s's twin: controller %s unbound", disk->name,
			pv, disk->place.pci);
	if (disk->named)
		log_say(t->log, LOG_WARN,
			"strict: %s went although %s names it (%.100s)",
			disk->name, disk->named->where, disk->named->name);
}

/* Opens the proven twins on the controller exclusively. One that must stay is
 * left out, and siblings_find() then keeps the controller for it. */
static void claim_group(struct group *group, bool all)
{
	const struct twins *t = group->t;
	unsigned int i;

	group->count = 0;
	for (i = 0; i < t->disks->count && group->count < GROUP_MAX; i++) {
		struct disk *disk = &t->disks->at[i];
		struct policy_fate fate;
		int fd;

		if (disk->twin != TWIN_PROVEN ||
		    strcmp(disk->place.pci, group->pci) ||
		    (!all && !is_asked(group, disk)))
			continue;
		fate = twin_fate(t, disk, &fd);
		if (disk_is_gone(t->sys, disk)) { /* another process took it */
			disk->twin = TWIN_DETACHED;
			if (fd >= 0)
				sys_fd_close(fd);
		} else if (fate.goes) {
			group->disk[group->count] = disk;
			group->fd[group->count++] = fd;
		} else {
			disk->twin = TWIN_LEFT;
			/* Of the others their own events tell. */
			if (!is_asked(group, disk))
				fate.level = LOG_DEBUG;
			say_left(t, disk, &fate);
		}
	}
}

static void delete_group(struct group *group, const char *other)
{
	const struct twins *t = group->t;
	unsigned int i;

	for (i = 0; i < group->count; i++) {
		struct disk *disk = group->disk[i];
		int err = attr_write(t->sys, "1", "/sys/block/%s/device/delete",
				     disk->name);

		if (err || !disk_is_gone(t->sys, disk))
			say_kept(t, disk, err ? log_errno(err) : "still there");
		else
			say_gone(t, disk, RECORD_DELETED, other);
	}
}

/* When a disk's name leaves sysfs, nobody can open the disk any more. */
static bool all_gone(void *ctx)
{
	struct group *group = ctx;
	unsigned int i;

	for (i = 0; i < group->count; i++) {
		if (!disk_is_gone(group->t->sys, group->disk[i]))
			return false;
	}
	return true;
}

/* The kernel keeps the disks: hidden, or left alone where the controller has
 * something else. */
static void keep_group(struct group *group, enum twin_state state,
		       const char *other)
{
	const struct twins *t = group->t;
	unsigned int i;

	for (i = 0; i < group->count; i++) {
		struct disk *disk = group->disk[i];

		disk->twin = state;
		if (state == TWIN_HIDDEN)
			log_say(t->log, LOG_INFO,
				"%s is %s's twin: hidden (its IDE driver "
				"cannot let it go)",
				disk->name, pv_name(t, disk));
		else
			log_say(t->log,
				record_is_news(t->sys, disk->name, other)
					? LOG_WARN
					: LOG_DEBUG,
				"%s is %s's twin, but controller %s has %s: "
				"left alone; do not write to both",
				disk->name, pv_name(t, disk), group->pci,
				other);
	}
}

static void unbind_group(struct group *group)
{
	const struct twins *t = group->t;
	int err = controller_unbind(t->sys, group->pci, all_gone, group);
	unsigned int i;

	for (i = 0; i < group->count; i++) {
		if (disk_is_gone(t->sys, group->disk[i]))
			say_gone(t, group->disk[i], RECORD_UNBOUND, "");
		else
			say_kept(t, group->disk[i],
				 err ? log_errno(err) : "still there");
	}
}

static bool is_kind(const struct group *group, enum place_kind kind)
{
	return group->count && group->disk[0]->place.kind == kind;
}

/* A letter that cannot be held keeps no twin in strict. */
static int hand_on(struct group *group, unsigned int i)
{
	const struct twins *t = group->t;
	const struct disk *disk = group->disk[i];
	int err = letter_hold(t, disk, group->fd[i], &group->loop[i]);

	if (err && t->cmd->mode == MODE_STRICT) {
		log_say(t->log, LOG_WARN,
			"strict: %s's letter is not held (%s): another disk "
			"may get it",
			disk->name, log_errno(err));
		err = 0;
	}
	if (err || disk->kept)
		return err;
	return inherit_links(t->sys, disk, pv_name(t, disk), t->inuse);
}

/* The names of a disk that stays are its own. */
static void take_back(struct group *group, unsigned int i)
{
	const struct sys *sys = group->t->sys;

	if (group->loop[i] < 0)
		return;
	sys_hold_end(sys, group->loop[i]);
	letter_forget(sys, pv_name(group->t, group->disk[i]));
}

/* Writes down the names of all of them, before the first event without them:
 * udev makes no links for a twin that may go, even where it cannot. Where that
 * fails all stay: what is mounted by such a name must find it. */
static bool hand_on_names(struct group *group)
{
	const struct twins *t = group->t;
	unsigned int i, count = group->count;
	int err = 0;

	for (i = 0; i < count; i++)
		group->loop[i] = -1;
	for (i = 0; !err && i < count; i++)
		err = hand_on(group, i);
	for (i = 0; err && i < count; i++) {
		take_back(group, i);
		inherit_nothing(t->sys, pv_name(t, group->disk[i]));
		group->disk[i]->twin = TWIN_LEFT;
		log_say(t->log, LOG_ERR,
			"%s is %s's twin, but its names cannot be handed on "
			"(%s: %s): left alone; do not write to both",
			group->disk[i]->name, pv_name(t, group->disk[i]),
			record_folder(t->sys), log_errno(err));
	}
	return !err;
}

/* Takes the group away in the way that the policy gives for its controller. */
static void act(struct group *group)
{
	char other[SYS_NAME_SIZE];
	struct policy_place place = {
		.old_ide = is_kind(group, PLACE_IDE),
		.single = is_kind(group, PLACE_SCSI),
	};

	siblings_find(group->t->sys, group->t->disks, group->pci, group->kind,
		      other);
	place.others = other[0];
	switch (policy_way(&place)) {
	case POLICY_UNBIND:
		unbind_group(group);
		break;
	case POLICY_DELETE:
		delete_group(group, other);
		break;
	case POLICY_HIDE:
		keep_group(group, TWIN_HIDDEN, NULL);
		break;
	default:
		keep_group(group, TWIN_LEFT, other);
	}
}

static void detach_group(const struct twins *t, const struct disk *disk,
			 int asked)
{
	struct group group = { .t = t, .pci = disk->place.pci, .asked = asked };
	struct controller_ids ids;
	unsigned int i;

	if (!controller_read(t->sys, group.pci, &ids))
		group.kind = controller_identify(&ids);
	/* Other twins on the controller are claimed only where all are asked
	 * for or none can go alone (NVMe). */
	claim_group(&group, asked == EVERY || disk->place.kind == PLACE_NVME);
	if (group.count && hand_on_names(&group))
		act(&group);
	for (i = 0; i < group.count; i++) {
		if (!disk_is_gone(t->sys, group.disk[i]))
			take_back(&group, i);
		inherit_announce(t->sys, pv_name(t, group.disk[i]));
		sys_fd_close(group.fd[i]);
	}
}

/* Each round handles the asked twins of one controller, at most as many as a
 * group holds. None of them is TWIN_PROVEN afterwards. */
static void detach_asked(const struct twins *t, int asked)
{
	int lock = twin_lock(t->sys);
	unsigned int i;

	for (i = 0; i < t->disks->count; i++) {
		const struct disk *disk = &t->disks->at[i];

		if (disk->twin == TWIN_PROVEN &&
		    (asked == EVERY || (int)i == asked ||
		     disk->twin_of == asked))
			detach_group(t, disk, asked);
	}
	sys_unlock(lock);
}

void detach_disk(const struct twins *t, int index)
{
	detach_asked(t, index);
}

void detach_all(const struct twins *t)
{
	detach_asked(t, EVERY);
}
