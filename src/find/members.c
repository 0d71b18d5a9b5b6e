// SPDX-License-Identifier: GPL-2.0-or-later
/* Which disks carry a part of the stack below root? Opens them read-only. */
#include "find/members.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "find/source.h"
#include "probe/probe.h"

/* LUKS may hold anything, and LVM may be on RAID or LUKS, so a device mapper
 * name can stand for any type. */
static const struct {
	const char *root, *type;
} kinds[] = {
	{ "/dev/md", "linux_raid_member" },
	{ "/dev/disk/by-id/md-", "linux_raid_member" },
	{ "ZFS=", "zfs_member" },
	{ "zfs", "zfs_member" },
	{ "/dev/zvol/", "zfs_member" },
	{ "/dev/bcache", "bcache" },
};

static bool is_kind(const struct probe_result *what, const char *root)
{
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (text_prefix(root, kinds[i].root, NULL))
			return !strcmp(what->type, kinds[i].type) ||
			       !strcmp(what->type, "crypto_LUKS");
	}
	return true;
}

static bool device_carries(const struct sys *sys, const char *name,
			   dev_t number, const char *root, const char *uuid)
{
	struct probe_result what;
	struct source source;
	int ret = source_open(&source, sys, name, number);

	if (ret)
		return ret != -ENOENT && ret != -ENXIO && ret != -ENODEV;
	ret = probe_superblock(&source.bytes, &what);
	source_close(&source);
	if (ret <= 0)
		return ret < 0;
	if (*uuid)
		return !strcmp(what.type, "btrfs") && !strcmp(what.uuid, uuid);
	return what.usage == PROBE_MEMBER && is_kind(&what, root);
}

bool members_carried(const struct sys *sys, const struct disk *disk,
		     const struct tag *root, const char *uuid)
{
	struct partitions parts;
	bool carried;
	unsigned int i;

	carried = device_carries(sys, disk->name,
				 disk_number(sys, disk->name, NULL),
				 root->value, uuid);
	if (carried)
		return true;
	if (partitions_scan(&parts, sys, disk->name))
		return false;
	for (i = 0; !carried && i < parts.count; i++) {
		const char *name = parts.at[i].name;

		carried = device_carries(sys, name,
					 disk_number(sys, disk->name, name),
					 root->value, uuid);
	}
	partitions_free(&parts);
	return carried;
}
