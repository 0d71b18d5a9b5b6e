// SPDX-License-Identifier: GPL-2.0-or-later
/* udev's links of an emulated disk, without udev: reads sysfs, or asks the
 * kernel. Source: udev's path_id builtin, ata_id, scsi_id and
 * 60-persistent-storage.rules, of systemd 147 to 257. */
#include "dev/links.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "dev/controller.h"
#include "dev/identity.h"
#include "dev/link_form.h"

/* ---- by-path ---- */

static void add_path(struct links *out, const char *pci, const char *rest)
{
	text_format(out->at[out->count++], LINK_SIZE, "disk/by-path/pci-%s-%s",
		    pci, rest);
}

/* The forms of a kind of disk. Ports count from 1 in "ata-", from 0 elsewhere;
 * place_parse() knows no other channel or LUN than 0. */
static void add_paths(const struct disk *disk, enum controller_kind kind,
		      int rank, struct links *out)
{
	const struct place *place = &disk->place;
	char rest[32];

	if (kind == CONTROLLER_NVME) {
		text_format(rest, sizeof(rest), "nvme-%u", place->unit + 1);
		add_path(out, place->pci, rest);
		return;
	}
	if (kind != CONTROLLER_SCSI) {
		text_format(rest, sizeof(rest), "ata-%d.%u", rank + 1,
			    place->unit);
		add_path(out, place->pci, rest);
		/* Before systemd 249, and since then beside the other: both
		 * disks of a channel claim it. */
		text_format(rest, sizeof(rest), "ata-%d", rank + 1);
		add_path(out, place->pci, rest);
	}
	/* Before systemd 199 libata's disks were SCSI disks like others. */
	text_format(rest, sizeof(rest), "scsi-%d:0:%u:0", rank, place->unit);
	add_path(out, place->pci, rest);
}

/* ---- all of them ---- */

int links_read(const struct sys *sys, const struct disk *disk,
	       struct links *out)
{
	const struct place *place = &disk->place;
	enum controller_kind kind;
	struct controller_ids ids;
	struct identities own;
	unsigned int i;
	int ret;

	memset(out, 0, sizeof(*out));
	/* Where it is in use, no udev reads what a twin leaves (RHEL 5). */
	if (place->kind == PLACE_IDE)
		return -EOPNOTSUPP;
	ret = controller_read(sys, place->pci, &ids);
	kind = ret ? CONTROLLER_UNKNOWN : controller_identify(&ids);
	if (!ret && kind != CONTROLLER_NVME)
		ret = controller_port_rank(sys, place->pci, place->port);
	if (ret < 0)
		return ret;
	add_paths(disk, kind, ret, out);
	out->identified = !identity_read(sys, disk->name, kind, &own);
	for (i = 0; out->identified && i < own.count; i++)
		text_format(out->at[out->count++], LINK_SIZE, "disk/by-id/%s",
			    own.at[i]);
	return 0;
}

/* ---- names ---- */

bool links_mean(const struct links *links, const char *name, unsigned int *part)
{
	const char *rest;
	unsigned int i;

	for (i = 0; i < links->count; i++) {
		if (text_prefix(name, links->at[i], &rest) &&
		    link_ends(rest, part))
			return true;
	}
	return false;
}
