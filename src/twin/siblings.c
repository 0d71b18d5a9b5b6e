// SPDX-License-Identifier: GPL-2.0-or-later
/* What would be lost with a controller although it is no twin. Reads sysfs
 * only. */
#include "twin/siblings.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "sys/attr.h"

struct siblings {
	const struct sys *sys;
	const struct disks *disks;
	const char *bus, *pci;
	enum controller_kind kind;
	char *name;
};

static bool is_twin_place(const struct siblings *s, const struct place *place)
{
	unsigned int i;

	for (i = 0; i < s->disks->count; i++) {
		const struct disk *disk = &s->disks->at[i];

		if (disk->twin == TWIN_PROVEN &&
		    disk->place.kind == place->kind &&
		    !strcmp(disk->place.pci, place->pci) &&
		    !strcmp(disk->place.port, place->port) &&
		    disk->place.unit == place->unit)
			return true;
	}
	return false;
}

/* A CD-ROM has no block device before sr_mod is loaded, so this looks at SCSI
 * devices, not at disks. */
static int look_at_device(const char *name, void *ctx)
{
	struct siblings *s = ctx;
	char link[SYS_PATH_SIZE];
	struct place place;
	int len;

	if (name[0] < '0' || name[0] > '9')
		return 0;
	len = attr_link(s->sys, link, sizeof(link), "/sys/bus/%s/devices/%s",
			s->bus, name);
	if (len == -ENOENT)
		return 0;
	place = place_parse(link, "");
	/* A device whose place cannot be read may be on this controller. */
	if (len >= 0 && (strcmp(place.pci, s->pci) || is_twin_place(s, &place)))
		return 0;
	text_copy(s->name, SYS_NAME_SIZE, name);
	return 1;
}

/* A bus that is not in sysfs has no devices, since its module is not loaded:
 * NVMe without SCSI, libata without the old IDE drivers. */
static bool look_at_bus(struct siblings *s, const char *bus)
{
	char path[SYS_PATH_SIZE];
	int ret;

	s->bus = bus;
	text_format(path, sizeof(path), "/sys/bus/%s/devices", bus);
	ret = sys_list(s->sys, path, look_at_device, s);
	if (ret < 0 && ret != -ENOENT)
		text_copy(s->name, SYS_NAME_SIZE, "unknown devices");
	return s->name[0];
}

static bool look_at_disks(struct siblings *s)
{
	unsigned int i;

	for (i = 0; i < s->disks->count; i++) {
		const struct disk *disk = &s->disks->at[i];

		if (strcmp(disk->place.pci, s->pci) ||
		    disk->twin == TWIN_PROVEN || disk->twin == TWIN_DETACHED ||
		    !attr_exists(s->sys, "/sys/block/%s", disk->name))
			continue;
		text_copy(s->name, SYS_NAME_SIZE, disk->name);
		return true;
	}
	return false;
}

/* Has an emulated disk been proven to be the twin of this vbd? */
static bool twin_was_seen(const struct siblings *s, uint32_t number)
{
	unsigned int i;

	for (i = 0; i < s->disks->count; i++) {
		const struct disk *disk = &s->disks->at[i];

		if (disk->twin_of >= 0 &&
		    s->disks->at[disk->twin_of].place.vbd == number)
			return true;
	}
	return false;
}

/* A vbd of a CD-ROM, of a late disk, or without a driver: the device model has
 * put a device for it on a controller, and that device may still appear. */
static int look_at_vbd(const char *name, void *ctx)
{
	struct siblings *s = ctx;
	const char *digits;
	uint64_t number;
	struct vdev vdev;

	if (!text_prefix(name, "vbd-", &digits) ||
	    text_u64(digits, 10, UINT32_MAX, &number))
		return 0;
	vdev = vdev_decode((uint32_t)number);
	if (vdev.bus != VDEV_UNKNOWN && (!controller_takes(s->kind, vdev) ||
					 twin_was_seen(s, (uint32_t)number)))
		return 0;
	text_copy(s->name, SYS_NAME_SIZE, name);
	return 1;
}

#define NAMESPACES 64

/* An NVMe controller itself lists its namespaces. So no namespace is missed
 * that Linux has not read yet, and vbds need not be looked at (a CD-ROM's is on
 * IDE). Returns false where the controller gives no list. */
static bool look_at_namespaces(struct siblings *s)
{
	uint32_t nsid[NAMESPACES];
	struct place place = { .kind = PLACE_NVME };
	const char *port = NULL;
	unsigned int i;
	int count;

	for (i = 0; i < s->disks->count && !port; i++) {
		if (s->disks->at[i].twin == TWIN_PROVEN &&
		    !strcmp(s->disks->at[i].place.pci, s->pci))
			port = s->disks->at[i].place.port;
	}
	if (!port)
		return false;
	count = sys_nvme_namespaces(s->sys, port, nsid, NAMESPACES);
	text_copy(place.pci, sizeof(place.pci), s->pci);
	text_copy(place.port, sizeof(place.port), port);
	for (i = 0; (int)i < count && !s->name[0]; i++) {
		place.unit = nsid[i] - 1;
		if (!is_twin_place(s, &place))
			text_format(s->name, SYS_NAME_SIZE, "namespace %u",
				    nsid[i]);
	}
	return count > 0;
}

void siblings_find(const struct sys *sys, const struct disks *disks,
		   const char *pci, enum controller_kind kind,
		   char name[SYS_NAME_SIZE])
{
	struct siblings s = { sys, disks, NULL, pci, kind, name };
	int ret;

	name[0] = '\0';
	if (look_at_disks(&s) || look_at_bus(&s, "scsi") ||
	    look_at_bus(&s, "ide"))
		return;
	if (kind == CONTROLLER_NVME && look_at_namespaces(&s))
		return;
	ret = sys_list(sys, "/sys/bus/xen/devices", look_at_vbd, &s);
	if (ret < 0)
		text_copy(name, SYS_NAME_SIZE, "unknown vbds");
}
