// SPDX-License-Identifier: GPL-2.0-or-later
/* Puts the PV path of a disk aside where the emulated one stays. Writes to
 * sysfs and to pvroot's own folder. */
#include "twin/aside.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "dev/controller.h"
#include "sys/attr.h"

#define VBD_SIZE 16 /* "vbd-268439552" */

/* A name that needs the PV path; or LVM may reject the emulated one. Which of
 * the PV disks it means is not asked: in doubt both paths stay. */
static const struct inuse_name *own_name(const struct twins *t)
{
	unsigned int i;

	for (i = 0; i < t->inuse->count; i++) {
		const struct inuse_name *use = &t->inuse->at[i];

		if (use->kind == INUSE_REJECT ||
		    (use->kind != INUSE_NIC && inuse_may_mean_pv(use->name)))
			return use;
	}
	return NULL;
}

struct path {
	const struct twins *t;
	const struct disk *pv;
};

static bool has_gone(void *ctx)
{
	const struct path *path = ctx;

	return !attr_exists(path->t->sys, "/sys/block/%s", path->pv->name);
}

/* 0 where nobody uses the disk or a part of it. */
static int find_user(const struct twins *t, const struct disk *pv)
{
	int fd = sys_disk_open(t->sys, pv->name,
			       disk_number(t->sys, pv->name, NULL),
			       SYS_EXCLUSIVE);

	if (fd < 0)
		return fd;
	sys_fd_close(fd);
	return 0;
}

static void say(const struct twins *t, const struct disk *pv, const char *why)
{
	log_say(t->log, LOG_WARN,
		"%s stays beside its twin (%s): do not write to both", pv->name,
		why);
}

void aside_put(const struct twins *t, const struct disk *pv)
{
	const struct inuse_name *own = own_name(t);
	struct path path = { t, pv };
	char vbd[VBD_SIZE];
	int err;

	if (own) {
		say(t, pv, own->where);
		return;
	}
	text_format(vbd, sizeof(vbd), "vbd-%u", pv->place.vbd);
	err = find_user(t, pv);
	if (!err)
		err = vbd_unbind(t->sys, vbd, has_gone, &path);
	if (has_gone(&path))
		log_say(t->log, LOG_INFO,
			"%s is put aside, since its twin is in use: %s has no "
			"driver",
			pv->name, vbd);
	else
		say(t, pv, err ? log_errno(err) : "still there");
}
