// SPDX-License-Identifier: GPL-2.0-or-later
/* Part of step 7, strict: a disk controller without a driver never gets one.
 * Writes to sysfs. */
#include "story/boot.h"

#include "dev/controller.h"
#include "sys/attr.h"
#include "twin/fate.h"

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

static int forbid(const char *pci, void *ctx)
{
	struct boot *b = ctx;
	struct controller_ids ids;
	enum controller_kind kind;

	if (controller_read(b->sys, pci, &ids))
		return 0;
	kind = controller_identify(&ids);
	if (kind == CONTROLLER_UNKNOWN || kind == CONTROLLER_NIC ||
	    cmdline_keeps(&b->asked.cmd, pci, pci) ||
	    attr_exists(b->sys, "/sys/bus/pci/devices/%s/driver", pci))
		return 0;
	if (!controller_forbid(b->sys, pci))
		log_say(&b->log, LOG_INFO,
			"strict: disk controller %s has no driver yet and gets "
			"none",
			pci);
	return 0;
}

void forbid_unbound(struct boot *b)
{
	if (b->asked.cmd.mode == MODE_STRICT && all_vbds_are_disks(b))
		sys_list(b->sys, "/sys/bus/pci/devices", forbid, b);
}
