// SPDX-License-Identifier: GPL-2.0-or-later
/* Step 2: loads the PV drivers, in the order that was resolved when the image
 * was built, and drivers of emulated disks where the image has a list of them.
 * Dependencies are not looked up here. */
#include "story/boot.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"

#define LIST_SIZE 16384

static bool is_disk_driver(const char *path)
{
	return text_contains(path, "blkfront") || text_contains(path, "-vbd");
}

static bool is_nic_driver(const char *path)
{
	return text_contains(path, "netfront") ||
	       text_contains(path, "-vnif") || text_contains(path, "xennet");
}

struct bus {
	bool has_disk, has_nic;
};

static int note_device(const char *name, void *ctx)
{
	struct bus *bus = ctx;

	bus->has_disk |= text_prefix(name, "vbd-", NULL);
	bus->has_nic |= text_prefix(name, "vif-", NULL);
	return bus->has_nic;
}

/* The PV network driver takes as long to load as the disks', and without a card
 * it has nothing to do. The kernel lists all PV devices at once, so a disk
 * shows that it has listed them; a card that is added later brings its driver
 * by udev. */
static bool has_no_card(const struct boot *b)
{
	struct bus bus = { false, false };

	sys_list(b->sys, "/sys/bus/xen/devices", note_device, &bus);
	return bus.has_disk && !bus.has_nic;
}

/* Where a list has drivers for hardware that may not be there (absent_ok), that
 * it is not there is worth no warning. */
static void load(struct boot *b, const char *path, bool absent_ok)
{
	int err;

	if (is_nic_driver(path) && has_no_card(b)) {
		log_say(&b->log, LOG_DEBUG, "%s: there is no PV card for it",
			path);
		return;
	}
	err = sys_module_load(b->sys, path);
	if (!err) {
		b->loaded++;
		log_say(&b->log, LOG_DEBUG, "loaded %s", path);
		return;
	}
	if (err == -EEXIST)
		return;
	if (is_disk_driver(path))
		b->module_error = err;
	log_say(&b->log, absent_ok && err == -ENODEV ? LOG_DEBUG : LOG_WARN,
		"module %.200s: %s: going on without it", path, log_errno(err));
}

static void load_list(struct boot *b, char *list, bool absent_ok)
{
	char *line, *next;

	for (line = list; line; line = next) {
		next = strchr(line, '\n');
		if (next)
			*next++ = '\0';
		if (*line == '/')
			load(b, line, absent_ok);
		else if (*line && *line != '#')
			log_say(&b->log, LOG_WARN,
				"%s: \"%.64s\" is no full path: ignored",
				PRELOAD_LIST, line);
	}
}

/* Loads the modules of a list. Returns what reading it returned. */
static int load_file(struct boot *b, const char *file, bool absent_ok)
{
	char list[LIST_SIZE];
	int len = sys_read(b->sys, file, list, sizeof(list));

	if (len == -ENOENT)
		return len;
	if (len < 0)
		log_say(&b->log, LOG_WARN, "%s: %s: using what was read", file,
			log_errno(len));
	load_list(b, list, absent_ok);
	return len;
}

void preload(struct boot *b)
{
	/* The order matters: if somebody else loads the driver in between,
	 * had_driver sees it, or its uevents reach the socket. */
	b->uevents = sys_uevent_open(b->sys);
	b->had_driver = sys_exists(b->sys, "/sys/bus/xen/drivers/vbd");
	if (load_file(b, PRELOAD_LIST, false) == -ENOENT)
		log_say(&b->log, LOG_DEBUG, "%s: none: %s", PRELOAD_LIST,
			b->had_driver ? "the PV disk driver is there already"
				      : "nothing is loaded here");
	/* They bring twins, while the PV disks connect. The kernel returns when
	 * the disks are there. */
	load_file(b, PRELOAD_EMULATED, true);
}
