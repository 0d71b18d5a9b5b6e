// SPDX-License-Identifier: GPL-2.0-or-later
/* Which place does a device model give to a disk? Reads sysfs. */
#include "dev/position.h"

int position_of(const struct sys *sys, const struct place *place,
		enum controller_kind kind)
{
	int port = 0;

	if (kind == CONTROLLER_IDE || kind == CONTROLLER_AHCI)
		port = controller_port_rank(sys, place->pci, place->port);
	if (port < 0)
		return -1;
	switch (kind) {
	case CONTROLLER_IDE:
		return port < 2 && place->unit < 2 ? port * 2 + (int)place->unit
						   : -1;
	case CONTROLLER_AHCI:
		return place->unit == 0 ? port : -1;
	case CONTROLLER_SCSI:
	case CONTROLLER_NVME:
		return (int)place->unit;
	default:
		return -1;
	}
}

bool position_is(const struct disk *pv, enum controller_kind kind, int number)
{
	return disk_is_pv(pv) && !pv->vdev.part &&
	       controller_takes(kind, pv->vdev) &&
	       pv->vdev.disk == (unsigned)number;
}
