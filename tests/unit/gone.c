// SPDX-License-Identifier: GPL-2.0-or-later
/* What goes from a guest, as a kernel takes it from sysfs and /dev. */
#include <stdio.h>
#include <string.h>

#include "fixture.h"

/* Its node, its entry in a class, and those of its partitions. */
static void remove_names(struct fixture *f, const char *name)
{
	static const char *const folders[] = { "/dev", "/sys/class/block" };
	const char *p = strchr(name, 'n') ? "p" : "";
	char path[FIXTURE_PATH];
	unsigned int folder, i;

	for (folder = 0; folder < 2; folder++) {
		fixture_path(f, path, "%s/%s", folders[folder], name);
		fixture_remove(f, path);
		for (i = 1; i <= IMAGE_PARTS; i++) {
			fixture_path(f, path, "%s/%s%s%u", folders[folder],
				     name, p, i);
			fixture_remove(f, path);
		}
	}
}

void fixture_drop_disk(struct fixture *f, const char *name)
{
	char link[FIXTURE_PATH], path[FIXTURE_PATH];
	char *block, *device;

	fixture_path(f, path, "/sys/block/%s", name);
	fixture_leads(f, path, link);
	block = strstr(link, "/block/");
	if (block) {
		*block = '\0';
		device = strrchr(link, '/');
		fixture_path(f, path, "/sys/bus/scsi/devices%s", device);
		fixture_remove(f, path);
		fixture_path(f, path, "/sys/%s", link + 3);
		fixture_remove(f, path);
	}
	fixture_path(f, path, "/sys/block/%s", name);
	fixture_remove(f, path);
	remove_names(f, name);
}

void fixture_drop_nic(struct fixture *f, const char *name)
{
	char link[FIXTURE_PATH], path[FIXTURE_PATH];

	fixture_path(f, path, "/sys/class/net/%s", name);
	fixture_leads(f, path, link);
	fixture_remove(f, path);
	if (!*link)
		return;
	fixture_path(f, path, "/sys/%s", link + strlen("../../"));
	fixture_remove(f, path);
}

void fixture_drop_vbd(struct fixture *f, uint32_t number)
{
	char path[FIXTURE_PATH];

	fixture_path(f, path, "/sys/bus/xen/devices/vbd-%u", number);
	fixture_remove(f, path);
	fixture_path(f, path, "/sys/devices/vbd-%u", number);
	fixture_remove(f, path);
	fixture_path(f, path, "/sys/devices/xen/vbd-%u", number);
	fixture_remove(f, path);
}
