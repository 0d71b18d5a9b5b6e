// SPDX-License-Identifier: GPL-2.0-or-later
/* `pvroot twin DEVICE`: for udev and for a person, when a device appears after
 * the initrd's work was done. Writes to sysfs and the record only. */
#include <errno.h>
#include <string.h>

#include "attr.h"
#include "boot.h"
#include "command.h"
#include "controller.h"
#include "record.h"
#include "text.h"

/* 2.6.18 has no /sys/class/block: the partition is below its disk only. */
static int find_parent(const struct boot *b, const char *name)
{
	unsigned int i;

	for (i = 0; i < b->disks.count; i++) {
		if (attr_exists(b->sys, "/sys/block/%s/%s",
				b->disks.at[i].name, name))
			return (int)i;
	}
	return -1;
}

/* The whole disk of a partition: the directory above it in sysfs. */
static int find_disk(struct boot *b, const char *name)
{
	int index = disks_find(&b->disks, name);
	char link[SYS_PATH_SIZE], *slash, *disk;

	if (index >= 0)
		return index;
	if (attr_link(b->sys, link, sizeof(link), "/sys/class/block/%s",
		      name) < 0)
		return find_parent(b, name);
	slash = strrchr(link, '/');
	if (!slash)
		return -1;
	*slash = '\0';
	disk = strrchr(link, '/');
	return disk ? disks_find(&b->disks, disk + 1) : -1;
}

static bool was_restored(const struct boot *b, const struct disk *disk)
{
	struct record record;

	return record_find(b->sys, NULL, &disk->place, &record) == 1 &&
	       record.state == RECORD_RESTORED;
}

/* Pairs all disks, since a second one that passes for the same twin counts;
 * what a person brought back stays. */
static void pair_late(struct boot *b)
{
	unsigned int i;

	pair(b);
	for (i = 0; i < b->disks.count; i++) {
		struct disk *disk = &b->disks.at[i];

		if (disk->twin == TWIN_PROVEN && was_restored(b, disk))
			disk_unpair(disk);
	}
}

/* Only the one that was named goes. */
static void keep_others(struct boot *b, int index)
{
	unsigned int i;

	for (i = 0; i < b->disks.count; i++) {
		if ((int)i != index && b->disks.at[i].twin == TWIN_PROVEN)
			disk_unpair(&b->disks.at[i]);
	}
}

/* For IMPORT{program}: a property, or nothing. */
static int answer_udev(struct boot *b, int index)
{
	char line[DISK_NAME_SIZE + 16];

	if (index < 0)
		return EXIT_STOP;
	pair_late(b);
	if (b->disks.at[index].twin != TWIN_PROVEN)
		return EXIT_STOP;
	text_format(line, sizeof(line), "PVROOT_TWIN=%s\n",
		    b->disks.at[b->disks.at[index].twin_of].name);
	sys_print(1, line, strlen(line));
	return EXIT_GO_ON;
}

static int detach_one(struct boot *b, int index)
{
	struct disk *disk;

	if (index < 0) { /* no disk: a NIC, whatever udev calls it by now */
		detach_nics(b);
		return EXIT_GO_ON;
	}
	disk = &b->disks.at[index];
	pair_late(b);
	/* A PV disk that came late: its twin may be there already. */
	if (!disk_is_pv(disk))
		keep_others(b, index);
	detach(b);
	return disk_is_pv(disk) || disk->twin == TWIN_DETACHED ? EXIT_GO_ON :
								 EXIT_STOP;
}

/* The SCSI host of a port: "host2" below "ata3", or the port itself. */
static int find_host(const char *name, void *ctx)
{
	return text_prefix(name, "host", NULL) &&
	       !text_copy(ctx, PLACE_PORT_SIZE, name);
}

static int rescan(struct boot *b, const struct record *record)
{
	char path[SYS_PATH_SIZE], host[PLACE_PORT_SIZE], where[32];
	int ret;

	text_copy(host, sizeof(host), record->port);
	if (!text_prefix(record->port, "host", NULL)) {
		text_format(path, sizeof(path), "/sys/bus/pci/devices/%s/%s",
			    record->pci, record->port);
		ret = sys_list(b->sys, path, find_host, host);
		if (ret != 1)
			return ret ? ret : -ENOENT;
	}
	text_format(where, sizeof(where), "0 %u 0", record->unit);
	return attr_write(b->sys, where, "/sys/class/scsi_host/%s/scan", host);
}

static int restore(struct boot *b, const char *name)
{
	struct record record;
	enum record_state was;
	int ret = record_find(b->sys, name, NULL, &record);

	if (ret != 1) {
		log_say(&b->log, LOG_ERR,
			"twin --restore %s: nothing of that name was detached "
			"(see %s/twins)",
			name, RECORD_DIR);
		return EXIT_STOP;
	}
	was = record.state;
	record.state = RECORD_RESTORED;
	/* Back with the controller, and with new numbers: ata3 is ata9 then. */
	if (was == RECORD_UNBOUND)
		record.port[0] = '\0';
	/* The record first: the rule must know before the device is back. */
	ret = record_add(b->sys, &record);
	if (!ret)
		ret = was == RECORD_DELETED ?
			      rescan(b, &record) :
			      controller_rebind(b->sys, record.pci);
	if (ret)
		log_say(&b->log, LOG_ERR, "twin --restore %s: %s", name,
			log_errno(ret));
	return ret ? EXIT_STOP : EXIT_GO_ON;
}

static const char *device_name(const char *word)
{
	const char *rest;

	return text_prefix(word, "/dev/", &rest) ? rest : word;
}

static int run_mode(struct boot *b, const char *mode, const char *name)
{
	int index;

	if (!strcmp(mode, "--restore"))
		return restore(b, name);
	if (look(b) <= 0 || disks_scan(&b->disks, b->sys))
		return EXIT_STOP;
	index = find_disk(b, name);
	return *mode ? answer_udev(b, index) : detach_one(b, index);
}

int cmd_twin(const struct sys *sys, int argc, char **argv)
{
	struct boot b = { .sys = sys, .uevents = -1 };
	bool udev = argc > 1 && !strcmp(argv[1], "--udev");
	bool back = argc > 1 && !strcmp(argv[1], "--restore");
	int at = udev || back ? 2 : 1, status;

	if (argc != at + 1 || argv[at][0] == '-')
		return usage_error("twin", "takes one device, such as sda",
				   argc > at + 1 ? argv[at + 1] : NULL);
	log_open(&b.log, sys, back ? LOG_TO_STDERR : LOG_TO_KMSG);
	b.log.quiet = udev;
	status = run_mode(&b, at == 2 ? argv[1] : "", device_name(argv[at]));
	disks_free(&b.disks);
	log_close(&b.log);
	return status;
}
