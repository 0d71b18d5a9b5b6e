// SPDX-License-Identifier: GPL-2.0-or-later
/* The PCI functions that device models emulate: recognised by their ids.
 * Reads sysfs. */
#include "dev/controller.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "sys/attr.h"

/* Chips. Sources: QEMU's include/hw/pci/pci_ids.h and hw/{ide,scsi,nvme,net};
 * seen in a guest: 8086:7010, 8086:2922, 10ec:8139, 8086:100e. */
static const struct chip {
	uint16_t vendor, device;
	enum controller_kind kind;
} chips[] = {
	{ 0x8086, 0x7010, CONTROLLER_IDE },  /* PIIX3, Xen's default */
	{ 0x8086, 0x7111, CONTROLLER_IDE },  /* PIIX4 */
	{ 0x8086, 0x2922, CONTROLLER_AHCI }, /* ICH9 */
	{ 0x1000, 0x0012, CONTROLLER_SCSI }, /* LSI 53c895a */
	{ 0x1000, 0x0030, CONTROLLER_SCSI }, /* LSI 53c1030 */
	{ 0x1000, 0x0054, CONTROLLER_SCSI }, /* LSI SAS1068 */
	{ 0x1000, 0x0060, CONTROLLER_SCSI }, /* LSI MegaRAID 1078 */
	{ 0x1b36, 0x0010, CONTROLLER_NVME }, /* QEMU NVMe */
	{ 0x8086, 0x5845, CONTROLLER_NVME }, /* QEMU NVMe before 8.0 */
	{ 0x10ec, 0x8139, CONTROLLER_NIC },  /* RTL8139 */
	{ 0x8086, 0x100e, CONTROLLER_NIC },  /* 82540EM, e1000 */
	{ 0x8086, 0x100f, CONTROLLER_NIC },  /* 82545EM */
	{ 0x8086, 0x1004, CONTROLLER_NIC },  /* 82544GC */
	{ 0x8086, 0x10d3, CONTROLLER_NIC },  /* 82574L, e1000e */
	{ 0x10ec, 0x8029, CONTROLLER_NIC },  /* NE2000 */
	{ 0x1022, 0x2000, CONTROLLER_NIC },  /* PCnet */
};

/* Subsystem ids of device models. 1af4:1100 is QEMU's default subsystem,
 * 5853:0001 that of Xen's own device models (qemu-traditional, XenServer),
 * 5853:c000 and 5853:c110 newer ones of XenServer. QEMU's NVMe says 1af4:1100
 * too, its LSI 53c895a says 0000:1000 (seen in QEMU 7.2). */
static const struct subsystem {
	uint16_t vendor, device; /* device 0: any */
} subsystems[] = {
	{ 0x1af4, 0x1100 },
	{ 0x0000, 0x1000 },
	{ 0x5853, 0 },
};

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

bool controller_is_emulated(const struct controller_ids *ids)
{
	size_t i;

	for (i = 0; i < COUNT(subsystems); i++) {
		const struct subsystem *s = &subsystems[i];

		if (ids->subvendor == s->vendor &&
		    (!s->device || ids->subdevice == s->device))
			return true;
	}
	return false;
}

enum controller_kind controller_identify(const struct controller_ids *ids)
{
	size_t i;

	if (!controller_is_emulated(ids))
		return CONTROLLER_UNKNOWN;
	for (i = 0; i < COUNT(chips); i++) {
		if (chips[i].vendor == ids->vendor &&
		    chips[i].device == ids->device)
			return chips[i].kind;
	}
	return CONTROLLER_UNKNOWN;
}

/* Source: libxl_dm.c, libxl__build_device_model_args_new(). */
bool controller_takes(enum controller_kind kind, struct vdev vdev)
{
	bool ide_like = vdev.bus == VDEV_XVD || vdev.bus == VDEV_IDE;

	switch (kind) {
	case CONTROLLER_IDE:
		return ide_like && vdev.disk < 4;
	case CONTROLLER_AHCI:
		return ide_like && vdev.disk < 6;
	case CONTROLLER_NVME:
		return ide_like;
	case CONTROLLER_SCSI:
		return vdev.bus == VDEV_SCSI;
	default:
		return false;
	}
}

/* Reads "v00008086": a key, and eight digits of an id that has four. Returns
 * what follows, or NULL. */
static const char *take_id(const char *text, const char *key, uint16_t *id)
{
	char digits[9];
	uint64_t value;

	if (!text || !text_prefix(text, key, &text) ||
	    text_format(digits, sizeof(digits), "%.8s", text) ||
	    strlen(digits) != 8 || text_u64(digits, 16, 0xffff, &value))
		return NULL;
	*id = (uint16_t)value;
	return text + 8;
}

/* The kernel's modalias_show(), since 2.6.13, has all four ids in one file. */
int controller_read(const struct sys *sys, const char *pci,
		    struct controller_ids *ids)
{
	char text[64];
	const char *at = text;
	int ret = attr_read(sys, text, sizeof(text),
			    "/sys/bus/pci/devices/%s/modalias", pci);

	if (ret < 0)
		return ret;
	at = take_id(at, "pci:v", &ids->vendor);
	at = take_id(at, "d", &ids->device);
	at = take_id(at, "sv", &ids->subvendor);
	at = take_id(at, "sd", &ids->subdevice);
	return at && text_prefix(at, "bc", &at) ? 0 : -EINVAL; /* its class */
}

struct rank {
	const char *letters; /* "ata3": the part before the digits */
	size_t len;
	uint64_t number;
	int lower;
	bool found;
};

static int count_port(const char *name, void *ctx)
{
	struct rank *rank = ctx;
	uint64_t number;

	if (strncmp(name, rank->letters, rank->len) ||
	    text_u64(name + rank->len, 10, UINT32_MAX, &number))
		return 0;
	if (number == rank->number)
		rank->found = true;
	else if (number < rank->number)
		rank->lower++;
	return 0;
}

int controller_port_rank(const struct sys *sys, const char *pci,
			 const char *port)
{
	struct rank rank = { .letters = port,
			     .len = strcspn(port, "0123456789") };
	char path[SYS_PATH_SIZE];
	int err;

	if (text_u64(port + rank.len, 10, UINT32_MAX, &rank.number))
		return -EINVAL;
	if (text_format(path, sizeof(path), "/sys/bus/pci/devices/%s", pci))
		return -ENAMETOOLONG;
	err = sys_list(sys, path, count_port, &rank);
	if (err)
		return err;
	return rank.found ? rank.lower : -ENOENT;
}
