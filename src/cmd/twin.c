// SPDX-License-Identifier: GPL-2.0-or-later
/* `pvroot twin DEVICE`: for udev and for a person, for a device that appears
 * after the initrd. Writes to sysfs and to pvroot's own folder only. */
#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "cmd/command.h"
#include "dev/controller.h"
#include "dev/nic.h"
#include "dev/record.h"
#include "story/follow.h"
#include "story/look.h"
#include "sys/attr.h"
#include "twin/aside.h"
#include "twin/detach.h"
#include "twin/fate.h"
#include "twin/inherit.h"
#include "twin/letter.h"
#include "twin/pair.h"
#include "twin/udev_name.h"

/* udev has its events done in much less, if it does them at all. */
#define UDEV_NAPS   30
#define UDEV_NAP_MS 100

/* What `twin` knows of the guest. */
struct guest {
	const struct sys *sys;
	struct log log;
	struct asked asked;
	struct disks disks;
	struct inuse inuse;
	struct twins twins; /* the same, for the functions in twin/ */
};

/* 2.6.18 has no /sys/class/block: a partition is only in the folder of its
 * disk. */
static int find_parent(const struct guest *g, const char *name)
{
	unsigned int i;

	for (i = 0; i < g->disks.count; i++) {
		if (attr_exists(g->sys, "/sys/block/%s/%s", g->disks.at[i].name,
				name))
			return (int)i;
	}
	return -1;
}

/* Finds the whole disk of a device: itself, or the one that it is a partition
 * of. */
static int find_disk(struct guest *g, const char *name)
{
	int index = disks_find(&g->disks, name);
	char disk[DISK_NAME_SIZE];

	if (index >= 0)
		return index;
	return partition_disk(g->sys, name, disk) ? find_parent(g, name)
						  : disks_find(&g->disks, disk);
}

/* Finds the address of a NIC. udev's rule gives the address instead of the
 * name, since the name may change before this runs. */
static bool find_mac(const struct guest *g, const char *name,
		     char mac[NIC_MAC_SIZE])
{
	if (strlen(name) == NIC_MAC_SIZE - 1 && name[2] == ':')
		return !text_copy(mac, NIC_MAC_SIZE, name);
	return !strchr(name, '/') && nic_own_mac(g->sys, name, mac);
}

/* /etc is that of the real root, or the part of it that is in an image. */
static void collect_names(struct guest *g)
{
	inuse_add_cmdline(&g->inuse, g->asked.line);
	inuse_add_image(&g->inuse, g->sys);
	inuse_add_etc(&g->inuse, g->sys);
}

/* Pairs the disk with its partner, then marks both with the names in use. */
static void prepare(struct guest *g, int index)
{
	pair_one(g->sys, &g->log, &g->disks, (unsigned int)index);
	collect_names(g);
	follow_answers(g->sys, &g->asked, &g->disks, &g->inuse);
	inuse_mark(&g->inuse, g->sys, &g->asked.cmd, &g->disks, false);
	follow_keep_old(g->sys, &g->disks);
}

/* For IMPORT{program}: prints a property if `twin` would take the disk away,
 * otherwise nothing. */
static int answer_udev(struct guest *g, int index)
{
	const struct disk *disk = &g->disks.at[index];
	char line[DISK_NAME_SIZE + 16];
	struct policy_fate fate;
	int fd, lock;

	prepare(g, index);
	if (disk->twin != TWIN_PROVEN)
		return EXIT_STOP;
	lock = twin_lock(g->sys);
	fate = twin_fate(&g->twins, disk, &fd);
	if (fd >= 0)
		sys_fd_close(fd);
	sys_unlock(lock);
	if (!fate.goes)
		return EXIT_STOP;
	text_format(line, sizeof(line), "PVROOT_TWIN=%s\n",
		    g->disks.at[disk->twin_of].name);
	return sys_print(1, line, strlen(line)) ? EXIT_FAULT : EXIT_GO_ON;
}

/* The boot has left this disk on its old path when the twin had no driver yet.
 * Now only that path is to be used: until the twin's links are made, LABEL=
 * leads to the PV one. In the real root it is too late, somebody may look for
 * it. */
static void use_one_path(struct guest *g, const struct disk *disk)
{
	const struct disk *pv;

	if (disk->twin != TWIN_LEFT || !disk->named ||
	    !sys_exists(g->sys, PRELOAD_LIST))
		return;
	pv = &g->disks.at[disk->twin_of];
	if (follow_leaves_pv(g->sys, pv))
		aside_put(&g->twins, pv);
}

static int detach_one(struct guest *g, int index)
{
	const struct disk *disk = &g->disks.at[index];

	prepare(g, index);
	detach_disk(&g->twins, index);
	use_one_path(g, disk);
	return disk_is_pv(disk) || disk->twin == TWIN_DETACHED ||
			       disk->twin == TWIN_HIDDEN
		       ? EXIT_GO_ON
		       : EXIT_STOP;
}

static int detach_mac(struct guest *g, const char *mac)
{
	collect_names(g);
	return detach_nics(&g->twins, mac) ? EXIT_GO_ON : EXIT_STOP;
}

/* Finds the SCSI host of a port: "host2" below "ata3", or the port itself. */
static int find_host(const char *name, void *ctx)
{
	return text_prefix(name, "host", NULL) &&
	       !text_copy(ctx, PLACE_PORT_SIZE, name);
}

static int rescan(struct guest *g, const struct record *record)
{
	char path[SYS_PATH_SIZE], host[PLACE_PORT_SIZE], where[32];
	int ret;

	text_copy(host, sizeof(host), record->port);
	if (!text_prefix(record->port, "host", NULL)) {
		text_format(path, sizeof(path), "/sys/bus/pci/devices/%s/%s",
			    record->pci, record->port);
		ret = sys_list(g->sys, path, find_host, host);
		if (ret != 1)
			return ret ? ret : -ENOENT;
	}
	text_format(where, sizeof(where), "0 %u 0", record->unit);
	return attr_write(g->sys, where, "/sys/class/scsi_host/%s/scan", host);
}

/* By the twin's name; a card also by its MAC, or by the name that its PV card
 * has now. */
static int find_record(const struct guest *g, const char *name,
		       struct record *record)
{
	char mac[NIC_MAC_SIZE];
	int ret = record_find(g->sys, name, NULL, record);

	return ret || !find_mac(g, name, mac)
		       ? ret
		       : record_find(g->sys, mac, NULL, record);
}

/* A card that is up cannot be renamed everywhere, and a connection may be why a
 * person asks. */
static void give_name_back(struct guest *g, const char *mac)
{
	if (*mac && udev_name_drop(g->sys, mac))
		log_say(&g->log, LOG_WARN,
			"%s: udev gives the PV card its own name again "
			"when it comes next",
			mac);
}

/* Where a link still leads to the PV disk, the kernel makes no node for the
 * disk that comes back. */
static void wait_for_udev(const struct sys *sys)
{
	unsigned int i = UDEV_NAPS;

	do {
		sys_sleep_ms(UDEV_NAP_MS);
	} while (--i && sys_exists(sys, "/run/udev/queue"));
}

static int restore(struct guest *g, const char *name)
{
	struct record record;
	enum record_state was;
	int ret = find_record(g, name, &record);

	if (ret != 1) {
		log_say(&g->log, LOG_ERR,
			"twin --restore %s: nothing of that name was detached "
			"(see %s/twins)",
			name, record_folder(g->sys));
		return EXIT_STOP;
	}
	was = record.state;
	record.state = RECORD_RESTORED;
	/* The whole controller comes back, with new port numbers: ata3 may be
	 * ata9 then. */
	if (was == RECORD_UNBOUND)
		record.port[0] = '\0';
	/* Its names are the twin's again. */
	if (record.pv[0]) {
		letter_forget(g->sys, record.pv);
		inherit_nothing(g->sys, record.pv);
		inherit_announce(g->sys, record.pv);
		wait_for_udev(g->sys);
	}
	give_name_back(g, record.mac);
	/* Writes the record first: udev's rule must find it when the device is
	 * back. */
	ret = record_add(g->sys, &record);
	letter_release(g->sys, record.name);
	if (!ret)
		ret = was == RECORD_DELETED
			      ? rescan(g, &record)
			      : controller_rebind(g->sys, record.pci);
	if (ret)
		log_say(&g->log, LOG_ERR, "twin --restore %s: %s", name,
			log_errno(ret));
	return ret ? EXIT_STOP : EXIT_GO_ON;
}

static const char *device_name(const char *word)
{
	const char *rest;

	return text_prefix(word, "/dev/", &rest) ? rest : word;
}

/* What `twin` is asked to do. */
enum call { CALL_PERSON, CALL_EVENT, CALL_ANSWER, CALL_GONE, CALL_RESTORE };

static const char *const call_words[] = {
	[CALL_EVENT] = "--event",
	[CALL_ANSWER] = "--udev",
	[CALL_GONE] = "--gone",
	[CALL_RESTORE] = "--restore",
};

static enum call read_call(const char *word)
{
	unsigned int i;

	for (i = CALL_EVENT; i <= CALL_RESTORE; i++) {
		if (!strcmp(word, call_words[i]))
			return (enum call)i;
	}
	return CALL_PERSON;
}

static int run(struct guest *g, enum call call, const char *name)
{
	char mac[NIC_MAC_SIZE];
	const char *image_line;
	int index;

	if (call == CALL_RESTORE)
		return restore(g, name);
	/* udev runs this in the initrd too, where the image's own lines are
	 * read. */
	image_line = sys_exists(g->sys, PRELOAD_LIST) ? "" : NULL;
	if (look(g->sys, &g->log, image_line, &g->asked) <= 0 ||
	    disks_scan(&g->disks, g->sys))
		return EXIT_STOP;
	if (call == CALL_GONE) {
		follow_gone(g->sys, &g->log, &g->asked, &g->disks, name);
		return EXIT_GO_ON;
	}
	index = find_disk(g, name);
	if (index >= 0)
		return call == CALL_ANSWER ? answer_udev(g, index)
					   : detach_one(g, index);
	if (call != CALL_ANSWER && find_mac(g, name, mac))
		return detach_mac(g, mac);
	if (call == CALL_PERSON)
		log_say(&g->log, LOG_WARN,
			"twin %.64s: no disk and no network card of that name",
			name);
	return EXIT_STOP;
}

int cmd_twin(const struct sys *sys, int argc, char **argv)
{
	struct guest g = { .sys = sys };
	enum call call = argc > 1 ? read_call(argv[1]) : CALL_PERSON;
	int at = call == CALL_PERSON ? 1 : 2, status;

	if (argc != at + 1 || argv[at][0] == '-')
		return usage_error("twin", "takes one device, such as sda",
				   argc > at + 1 ? argv[at + 1] : NULL);
	g.twins = (struct twins){ .sys = sys,
				  .log = &g.log,
				  .cmd = &g.asked.cmd,
				  .disks = &g.disks,
				  .inuse = &g.inuse,
				  .late = true };
	log_open(&g.log, sys,
		 call == CALL_RESTORE ? LOG_TO_STDERR : LOG_TO_KMSG);
	g.log.quiet = call == CALL_ANSWER;
	status = run(&g, call, device_name(argv[at]));
	/* udev tells of each failure, and to have nothing to do is none. */
	if ((call == CALL_EVENT || call == CALL_GONE) && status == EXIT_STOP)
		status = EXIT_GO_ON;
	disks_free(&g.disks);
	inuse_free(&g.inuse);
	log_close(&g.log);
	return status;
}
