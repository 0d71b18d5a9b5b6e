// SPDX-License-Identifier: GPL-2.0-or-later
/* Keeps the kernel names of a twin that goes: a loop device holds the letter,
 * so that no other disk gets it in this boot, and udev makes the names links to
 * the PV disk. As mere links they would be dangerous: a new disk would be sda,
 * get no node, and take the link with it when it goes. Writes to pvroot's own
 * folder. */
#include "twin/letter.h"

#include <string.h>

#include "base/text.h"
#include "dev/record.h"
#include "sys/attr.h"

/* The rule's property; the first two are root= and resume=. */
#define PROPERTY "PVROOT_LINK_3"

static int lead(const struct twins *t, const struct disk *twin,
		const struct inuse_name *use, unsigned int part)
{
	const struct disk *pv = &t->disks->at[twin->twin_of];
	char from[DISK_NAME_SIZE], to[DISK_NAME_SIZE];
	char line[DISK_NAME_SIZE + sizeof(PROPERTY "=\n")];
	int err;

	disk_part_name(from, twin->name, part);
	disk_part_name(to, pv->name, part);
	text_format(line, sizeof(line), PROPERTY "=%s\n", from);
	err = record_append_in(t->sys, RECORD_LINKS, to, line);
	if (!err)
		log_say(t->log, LOG_INFO,
			"%s names /dev/%s: that is /dev/%s from now on",
			use->where, from, to);
	return err;
}

int letter_hold(const struct twins *t, const struct disk *twin, int fd,
		int *loop)
{
	unsigned int i, part;
	int err = 0;

	*loop = -1;
	if (!twin->letter)
		return 0;
	if (twin->place.kind != PLACE_IDE) { /* that keeps its letter itself */
		*loop = sys_hold(t->sys, fd);
		if (*loop < 0)
			return *loop;
	}
	for (i = 0; !err && i < t->inuse->count; i++) {
		const struct inuse_name *use = &t->inuse->at[i];

		if (inuse_follows(t->inuse, use) &&
		    inuse_is_kernel_name(use, twin, &part))
			err = lead(t, twin, use, part);
	}
	return err;
}

struct pv {
	const struct sys *sys;
	const char *name;
};

static int forget_one(const char *name, void *ctx)
{
	const struct pv *pv = ctx;

	if (text_prefix(name, pv->name, NULL))
		record_replace_in(pv->sys, RECORD_LINKS, name, "");
	return 0;
}

void letter_forget(const struct sys *sys, const char *pv)
{
	struct pv ctx = { sys, pv };
	char path[RECORD_PATH_SIZE];

	sys_list(sys, record_path(sys, path, RECORD_LINKS), forget_one, &ctx);
}

/* Ours has no bytes. The kernel names the file of a loop device as its node was
 * called, without /dev where that was another mount (dracut's). */
static int release_one(const char *name, void *ctx)
{
	const struct pv *disk = ctx;
	char path[SYS_PATH_SIZE];
	const char *number, *slash, *rest;
	uint64_t loop, sectors;

	if (text_prefix(name, "loop", &number) &&
	    !text_u64(number, 10, INT32_MAX, &loop) &&
	    attr_read(disk->sys, path, sizeof(path),
		      "/sys/block/%s/loop/backing_file", name) > 0 &&
	    (slash = strrchr(path, '/')) &&
	    text_prefix(slash + 1, disk->name, &rest) &&
	    !strcmp(rest, " (deleted)") &&
	    !disk_sectors(disk->sys, name, &sectors) && !sectors)
		sys_hold_end(disk->sys, (int)loop);
	return 0;
}

void letter_release(const struct sys *sys, const char *name)
{
	struct pv ctx = { sys, name };

	sys_list(sys, "/sys/block", release_one, &ctx);
}
