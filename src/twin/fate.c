// SPDX-License-Identifier: GPL-2.0-or-later
/* Gathers what is known of a twin, for the policy to decide. Reads sysfs and
 * the record, opens the twin exclusively for a moment. */
#include "twin/fate.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "dev/record.h"
#include "sys/attr.h"

/* Much longer than another pvroot process holds the lock. */
#define LOCK_MS 5000

int twin_lock(const struct sys *sys)
{
	int lock = sys_lock(sys, record_folder(sys), LOCK_MS), err;

	if (lock != -ENOENT)
		return lock;
	err = record_make_folder(sys);
	return err ? err : sys_lock(sys, record_folder(sys), LOCK_MS);
}

struct loops {
	const struct sys *sys;
	const char *device;
	bool parts; /* its partitions too */
};

/* A loop device opens its file without O_EXCL, so our exclusive open does not
 * fail because of it. */
static int is_looped(const char *name, void *ctx)
{
	const struct loops *loops = ctx;
	char path[SYS_PATH_SIZE];
	const char *rest;

	if (!text_prefix(name, "loop", NULL) ||
	    attr_read(loops->sys, path, sizeof(path),
		      "/sys/block/%s/loop/backing_file", name) <= 0 ||
	    !text_prefix(path, "/dev/", &rest) ||
	    !text_prefix(rest, loops->device, &rest))
		return 0;
	if (!loops->parts)
		return !*rest;
	rest += *rest == 'p';
	return !rest[strspn(rest, "0123456789")];
}

bool twin_is_looped(const struct sys *sys, const char *device)
{
	struct loops loops = { sys, device, false };

	return sys_list(sys, "/sys/block", is_looped, &loops) == 1;
}

bool twin_was_restored(const struct twins *t, const char *pci,
		       const struct place *place)
{
	struct record record;

	return t->late && record_find(t->sys, pci, place, &record) == 1 &&
	       record.state == RECORD_RESTORED;
}

void twin_remember(const struct twins *t, const struct record *record)
{
	int err = record_add(t->sys, record);

	if (err)
		log_say(t->log, LOG_DEBUG, "%s: %s", record_folder(t->sys),
			log_errno(err));
}

/* Opens the disk exclusively and read-only. That fails where the disk or a part
 * of it is mounted, in use as swap, or held by dm or md; and it keeps others
 * from using it so until the twin is gone. */
static void claim(const struct twins *t, const struct disk *disk,
		  struct policy_twin *facts, int *fd)
{
	struct loops loops = { t->sys, disk->name, true };

	*fd = sys_disk_open(t->sys, disk->name,
			    disk_number(t->sys, disk->name, NULL),
			    SYS_EXCLUSIVE);
	facts->busy = *fd == -EBUSY ||
		      sys_list(t->sys, "/sys/block", is_looped, &loops) == 1;
	if (*fd < 0 && *fd != -EBUSY)
		facts->error = *fd;
}

struct policy_fate twin_fate(const struct twins *t, const struct disk *disk,
			     int *fd)
{
	const char *pv = t->disks->at[disk->twin_of].name;
	struct policy_twin facts = {
		.strict = t->cmd->mode == MODE_STRICT,
		.kept = cmdline_keeps(t->cmd, disk->name, disk->place.pci),
		.restored = twin_was_restored(t, NULL, &disk->place),
		.pv_gone = !attr_exists(t->sys, "/sys/block/%s", pv),
		.unsure = t->inuse->lost,
		.named = disk->named != NULL,
	};
	struct policy_fate fate = policy_twin(&facts);

	*fd = -1;
	if (!fate.goes)
		return fate;
	claim(t, disk, &facts, fd);
	fate = policy_twin(&facts);
	if (facts.error && !fate.goes)
		fate.why = log_errno(facts.error);
	if (!fate.goes && *fd >= 0) {
		sys_fd_close(*fd);
		*fd = -1;
	}
	return fate;
}
