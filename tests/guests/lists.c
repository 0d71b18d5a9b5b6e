// SPDX-License-Identifier: GPL-2.0-or-later
/* Files of /proc and /sys whose text is made when they are read. */
#include <stdio.h>

#include "door.h"

size_t list_partitions(char *text, size_t size)
{
	size_t used =
		(size_t)snprintf(text, size, "major minor  #blocks  name\n\n");
	char name[NAME_SIZE + 8];
	unsigned int i, part;

	for (i = 0; i < guest.disks; i++) {
		const struct disk_state *s = &kernel.now.disk[i];

		if (!s->there || guest.disk[i].no_node)
			continue;
		for (part = 0; part <= disk_parts(i); part++) {
			device_name(&kernel.now, i, part, name);
			used += (size_t)snprintf(text + used, size - used,
						 "%4u  %7u %10u %s\n", s->major,
						 s->minor + part, 98304, name);
		}
	}
	return used;
}

size_t list_used(char *text, size_t size, enum use use, const char *rest)
{
	char name[NAME_SIZE + 8];
	unsigned int i;
	size_t used = 0;

	for (i = 0; i < guest.disks; i++) {
		if (guest.disk[i].use != use || !kernel.now.disk[i].there)
			continue;
		device_name(&kernel.now, i, disk_parts(i) ? 1 : 0, name);
		used += (size_t)snprintf(text + used, size - used,
					 "/dev/%s %s\n", name, rest);
	}
	text[used] = '\0';
	return used;
}

const char *ata_class(const struct node *n)
{
	unsigned int i;

	for (i = 0; i < guest.disks; i++) {
		const struct disk *d = &guest.disk[i];

		if (d->kind != DISK_ATA || d->card != n->index ||
		    d->port != n->store / 2 || d->target != n->store % 2)
			continue;
		if (kernel.now.disk[i].due_us != UINT64_MAX)
			return "unknown\n";
		if (kernel.now.disk[i].there)
			return d->cdrom ? "atapi\n" : "ata\n";
	}
	return "none\n";
}
