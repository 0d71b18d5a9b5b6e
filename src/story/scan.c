// SPDX-License-Identifier: GPL-2.0-or-later
/* Step 4: lists the disks. Reads sysfs, changes nothing. */
#include "story/boot.h"

#include <errno.h>

#include "base/text.h"

/* Logs NVMe disks without a place: several controllers lead to the disk, or the
 * kernel does not give its namespace. */
static void say_unplaced(struct boot *b)
{
	unsigned int i;

	for (i = 0; i < b->disks.count; i++) {
		const struct disk *disk = &b->disks.at[i];

		if (disk->place.kind == PLACE_OTHER &&
		    text_prefix(disk->name, "nvme", NULL))
			log_say(&b->log, LOG_INFO,
				"%s: its one controller or namespace is not "
				"known: not looked at",
				disk->name);
	}
}

/* The list has the disks that wait_for_disks() saw already: only new ones are
 * read. */
void scan(struct boot *b)
{
	int err = disks_scan(&b->disks, b->sys);

	if (err && err != -ENOENT)
		log_say(&b->log, LOG_WARN, "disks in /sys: %s", log_errno(err));
	say_unplaced(b);
}
