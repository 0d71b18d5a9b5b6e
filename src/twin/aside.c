// SPDX-License-Identifier: GPL-2.0-or-later
/* Puts the PV path of a disk aside where the emulated one stays. Writes to
 * sysfs and to pvroot's own folder. */
#include "twin/aside.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "dev/controller.h"
#include "dev/record.h"
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

/* Written first, so that a person can bring it back whatever happens. */
static int remember(const struct twins *t, const struct disk *pv,
		    const char *vbd)
{
	char path[RECORD_PATH_SIZE];
	int err = record_make_folder(t->sys);

	if (!err)
		err = sys_mkdir(t->sys,
				record_path(t->sys, path, RECORD_OLD_PATHS));
	if (err)
		return err;
	return sys_replace(
		t->sys,
		record_path_in(t->sys, path, RECORD_OLD_PATHS, pv->name), vbd,
		strlen(vbd));
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
		err = remember(t, pv, vbd);
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

int aside_restore(const struct sys *sys, const char *name)
{
	char path[RECORD_PATH_SIZE], vbd[VBD_SIZE];
	int len;

	if (strchr(name, '/'))
		return 0;
	record_path_in(sys, path, RECORD_OLD_PATHS, name);
	len = sys_read_line(sys, path, vbd, sizeof(vbd));
	if (len <= 0 || !text_prefix(vbd, "vbd-", NULL))
		return 0;
	len = vbd_rebind(sys, vbd);
	return len ? len : 1;
}
