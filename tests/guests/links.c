// SPDX-License-Identifier: GPL-2.0-or-later
/* What udev would make of the files that pvroot leaves for its rules: links of
 * twins that went, at the PV disks. */
#include <stdio.h>
#include <string.h>

#include "door.h"

static const char *names_of(unsigned int pv)
{
	static const char *const folders[] = { "/run", "/dev/." };
	char path[96];
	unsigned int i;

	for (i = 0; i < 2; i++) {
		snprintf(path, sizeof(path), "%s%spvroot/names/%s", folders[i],
			 i ? "" : "/", kernel.now.disk[pv].name);
		if (door_text(path))
			return door_text(path);
	}
	return "";
}

/* udev 095 reads no such file. */
static const char *letters_of(unsigned int pv, unsigned int part)
{
	char path[96], name[NAME_SIZE + 8];

	if (guest.old_kernel)
		return "";

	device_name(&kernel.now, pv, part, name);
	snprintf(path, sizeof(path), "/run/pvroot/links/%s", name);
	return door_text(path) ? door_text(path) : "";
}

void links_make(unsigned int pv)
{
	unsigned int part;

	kernel.now.disk[pv].links = *names_of(pv) != '\0';
	for (part = 0; part <= disk_parts(pv); part++)
		kernel.now.disk[pv].letters |= *letters_of(pv, part) != '\0';
}

/* A link that pvroot has made itself, in the place of a hidden node. */
static bool is_linked(const struct view *v, unsigned int pv, unsigned int part,
		      const char *name)
{
	char target[NAME_SIZE + 8];
	unsigned int disk, hidden;

	device_name(v, pv, part, target);
	return device_find(v, name, &disk, &hidden) && v->disk[disk].hidden &&
	       !strcmp(v->disk[disk].led[hidden], target);
}

bool letters_have(const struct view *v, unsigned int pv, unsigned int part,
		  const char *name)
{
	char line[64];

	if (is_linked(v, pv, part, name))
		return true;
	snprintf(line, sizeof(line), "PVROOT_LINK_3=%s\n", name);
	return v->disk[pv].letters && strstr(letters_of(pv, part), line);
}

bool links_have(const struct view *v, unsigned int pv, const char *link)
{
	char line[128];

	snprintf(line, sizeof(line), "=%s\n", link);
	return v->disk[pv].links && strstr(names_of(pv), line);
}
