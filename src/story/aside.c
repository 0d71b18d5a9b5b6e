// SPDX-License-Identifier: GPL-2.0-or-later
/* Part of step 7: the PV path of a disk that is left on its old path. */
#include "twin/aside.h"

#include "story/boot.h"
#include "sys/attr.h"

/* Is this the PV path of a disk whose twin stays in use? With both paths
 * LABEL=, LVM or md could take either. */
bool is_other_path(const struct boot *b, unsigned int pv)
{
	unsigned int i;

	if (!b->disks.at[pv].named || b->asked.cmd.mode == MODE_STRICT ||
	    b->root.disk == (int)pv || b->resume.disk == (int)pv)
		return false;
	for (i = 0; i < b->disks.count; i++) {
		const struct disk *twin = &b->disks.at[i];

		if (twin->twin_of == (int)pv && twin->twin == TWIN_LEFT &&
		    twin->named &&
		    attr_exists(b->sys, "/sys/block/%s", twin->name))
			return true;
	}
	return false;
}

void set_aside(struct boot *b, const struct twins *twins)
{
	unsigned int i;

	for (i = 0; i < b->disks.count; i++) {
		if (disk_is_pv(&b->disks.at[i]) && is_other_path(b, i))
			aside_put(twins, &b->disks.at[i]);
	}
}
