// SPDX-License-Identifier: GPL-2.0-or-later
/* Logs why there is no PV disk, or not the one that was asked for: one line,
 * with its cure, for each cause that can be seen. */
#include "story/boot.h"

#include <errno.h>
#include <string.h>

static void say_refused_vbds(struct boot *b)
{
	unsigned int i;

	for (i = 0; i < b->vbds.count; i++) {
		const struct vbd *vbd = &b->vbds.at[i];
		struct vdev vdev = vdev_decode(vbd->number);

		if (vbd->accepted)
			continue;
		if (vdev.bus == VDEV_IDE || vdev.bus == VDEV_SCSI)
			log_say(&b->log, LOG_WARN,
				"vbd-%u: no driver took it: vdev=xvd%c in the "
				"guest's definition gives a PV disk (a CD-ROM "
				"has none)",
				vbd->number,
				vdev.disk < 26 ? (char)('a' + vdev.disk) : '?');
		else
			log_say(&b->log, LOG_WARN,
				"vbd-%u: no driver took it (a CD-ROM has none)",
				vbd->number);
	}
}

static void say_driver(struct boot *b)
{
	if (b->module_error)
		log_say(&b->log, LOG_WARN,
			"the PV disk driver did not load: %s",
			log_errno(b->module_error));
	else if (!sys_exists(b->sys, "/sys/bus/xen/drivers/vbd"))
		log_say(&b->log, LOG_WARN,
			"no PV disk driver (xen-blkfront) in this kernel or "
			"image: build the image again with it");
}

/* The old IDE driver owns the numbers of vdev=hd*: the kernel has removed such
 * a vbd before the initrd could see it. */
static const struct disk *find_old_ide(const struct boot *b)
{
	unsigned int i;

	for (i = 0; i < b->disks.count; i++) {
		const struct disk *disk = &b->disks.at[i];

		if (disk->place.kind == PLACE_IDE && !disk->cdrom)
			return disk;
	}
	return NULL;
}

static void say_no_vbd(struct boot *b)
{
	const struct disk *ide = find_old_ide(b);

	if (!ide || !sys_exists(b->sys, "/sys/bus/xen/drivers/vbd"))
		log_say(&b->log, LOG_WARN,
			"no PV disk: the host offers none (no vbd on xenbus)");
	else
		log_say(&b->log, LOG_WARN,
			"no PV disk: no vbd on xenbus: with vdev=%s this "
			"kernel's IDE driver has its number; %s=noprobe on the "
			"kernel command line, or vdev=xvd%s in the guest's "
			"definition, gives one",
			ide->name, ide->place.port, ide->name + 2);
}

void diagnose(struct boot *b)
{
	if (disks_have_pv(&b->disks))
		return;
	if (b->asked.cmd.unplug == UNPLUG_NEVER)
		log_say(&b->log, LOG_WARN,
			"no PV disk: xen_emul_unplug=never keeps the PV "
			"drivers from loading; remove it, or use "
			"xen_emul_unplug=unnecessary");
	else
		say_driver(b);
	if (!b->vbds.count)
		say_no_vbd(b);
	else if (b->asked.cmd.unplug != UNPLUG_NEVER)
		say_refused_vbds(b);
}
