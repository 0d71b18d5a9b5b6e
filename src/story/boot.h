/* SPDX-License-Identifier: GPL-2.0-or-later
 * The state of one `pvroot boot`: each step reads what came before it and
 * fills in its own part. */
#ifndef PVROOT_BOOT_H
#define PVROOT_BOOT_H

#include "base/cmdline.h"
#include "dev/controller.h"
#include "dev/disk.h"
#include "sys/log.h"
#include "find/inuse.h"
#include "policy/policy.h"
#include "probe/probe.h"
#include "sys/sys.h"
#include "find/tag.h"

#define LINES_SIZE	 (2 * CMDLINE_SIZE)
#define BOOT_MODULE_LIST "/lib/pvroot/modules"

enum boot_step {
	STEP_LOOK,
	STEP_PRELOAD,
	STEP_WAIT,
	STEP_PAIR,
	STEP_RESOLVE,
	STEP_DETACH,
	STEP_SETTLE,
	STEP_NICS,
	STEP_COUNT,
};

extern const char *const boot_step_names[STEP_COUNT];

struct vbd {
	uint32_t number;
	bool accepted;	/* a driver has it, so a disk will come */
	bool ready;	/* its disk is there, partitions and all */
	bool late;	/* the deadline passed */
	bool announced; /* the kernel said "add" of its disk */
	bool seen;	/* its disk was in sysfs at an earlier look */
};

struct vbds {
	struct vbd *at;
	unsigned int count, room;
};

struct found {
	char device[DISK_NAME_SIZE]; /* "xvda1", or "" where root stays */
	char type[24];		     /* "ext3", or "" */
	char uuid[UUID_TEXT_SIZE];  /* of the file system, or "" */
	unsigned int part;	     /* partition number, 0 the whole disk */
	int disk;		     /* index of the PV disk, -1 for none */
	bool asked;		     /* by its own name: it is what was asked */
	bool several;		     /* a file system of several disks: btrfs */
	char refused[2 * DISK_NAME_SIZE]; /* "xvda1 xvdb1": ambiguous, or "" */
	uint32_t vbd;
};

/* What a child leaves to the guard, and to the child that goes on after it. */
struct progress {
	enum boot_step step; /* where the story is */
	bool resolved;	     /* resolve() came to its end: then root, resume */
	bool settled;	     /* and settle(): then stop */
	bool stop;
	struct found root, resume;
};

struct boot {
	const struct sys *sys;
	struct log log;
	struct cmdline cmd;
	struct tag root, resume;

	bool had_driver;     /* xen-blkfront was there before preload */
	unsigned int loaded; /* modules */
	int uevents;	     /* descriptor, or -errno */
	int module_error;    /* of the PV disk driver: 0 or -errno */
	struct vbds vbds;
	struct disks disks;
	struct inuse inuse;    /* in use; resolve() collects them */
	char line[LINES_SIZE]; /* the kernel's, behind the image's own */

	struct found found_root, found_resume;
	bool stop;     /* strict, and root is not on a PV disk */
	bool nodes;    /* --nodes: nobody else makes device nodes */
	bool late;     /* `twin`: a driver may be at work while we look */
	bool unsure;   /* which names are in use is not known */
	bool links;    /* --links: udev is to make links that the names need */
	bool unit;     /* --unit: as a systemd unit, without a shell */
	bool in_image; /* /etc is the initrd's */
	const char
		*image_line; /* --line: words that stand before the kernel's */

	struct progress *progress; /* shared with the guard */
	uint64_t started_us;
	uint64_t step_us[STEP_COUNT];
};

/* The steps, in order. Where one returns a negative errno, what it could not
 * do has been said. */

/* Is this a Xen HVM guest, and what does the command line ask for?
 * Returns 1 to go on, 0 where there is nothing to do, -errno where the command
 * line cannot be read: off or strict may stand in it. */
int look(struct boot *b);
/* The command line to text: /proc/cmdline, and in an initrd (b->in_image) what
 * dracut's image adds, before it, so that the kernel's own words win. Returns
 * 0, or -errno where /proc/cmdline cannot be read. */
int lines_read(struct boot *b, char text[LINES_SIZE]);
/* Loads the modules of BOOT_MODULE_LIST. */
void preload(struct boot *b);
/* Waits until every vbd that a driver accepted has its disk, at most wait=
 * seconds. A CD-ROM's vbd never gets a driver on HVM: it is not waited for. */
void wait_for_disks(struct boot *b);
/* Finds out which emulated disks are twins: position, then content. */
void pair(struct boot *b);
/* Finds the PV device that root= and resume= mean, and the names in use that
 * mean a twin and do not follow to its PV disk. */
void resolve(struct boot *b);
/* Takes away proven twins that may go. */
void detach(struct boot *b);
/* The same for one disk: an emulated one, or all twins of a PV one. */
void detach_disk(struct boot *b, int index);
/* Now that it is known what is left: may the boot go on, and by which root? */
void settle(struct boot *b);
/* Takes away emulated NICs that have a vif's address and may go; mac NULL: all,
 * else those with this one. Returns how many went. */
unsigned int detach_nics(struct boot *b, const char *mac);

/* Collects the names in use into b->inuse, once. */
void inuse_collect(struct boot *b);
/* Marks each disk that a name in use means: b->disks.at[].named. */
void inuse_mark(struct boot *b);

/* Could this twin go, by what is known now? claim: an exclusive open is part of
 * the answer, and *fd is it where it goes, to be closed when all is done. */
struct policy_fate twin_fate(struct boot *b, const struct disk *disk, int *fd);
/* Is there a loop device over exactly this device ("sda", "sda2")? */
bool twin_is_looped(const struct boot *b, const char *device);
/* At most one process settles twins at a time. Returns what sys_unlock() takes;
 * where there is no lock to be had it goes on without. */
int twin_lock(struct boot *b);

/* Makes the nodes of the PV disks and /dev/root, hides kept twins' nodes. */
void make_nodes(struct boot *b);
/* Leaves report.json in pvroot's folder. */
void report(struct boot *b);

/* Has udev lead the names that root= and resume= give (/dev/sda1) to the PV
 * devices that were found for them, by rules below /run. Returns 0, or -errno,
 * which has been said. */
int unit_links(struct boot *b);
/* What --unit ends with: a systemd unit knows success and failure only. Failure
 * stops the boot, so it is for strict; in auto a fault is said, and is none. */
int unit_status(struct boot *b, int status);

/* How `pvroot boot` was called. */
enum boot_call {
	BOOT_NODES = 1, /* --nodes */
	BOOT_LINKS = 2, /* --links */
	BOOT_UNIT = 4,	/* --unit */
};

/* The whole of `pvroot boot`: returns its exit status. */
int boot(const struct sys *sys, unsigned int call, const char *line);

/* Number of the disk that a device model puts at this place, counted as vdev
 * numbers count. Returns -1 where it puts none there. */
int pair_position(const struct sys *sys, const struct place *place,
		  enum controller_kind kind);
/* Is this PV disk the one with that number, on a bus that leads to such a
 * controller? */
bool pair_is_at(const struct disk *pv, enum controller_kind kind, int number);
/* Does keep= name this device, or its controller? */
bool is_kept(const struct boot *b, const char *name, const char *pci);

/* Why there is no PV disk (or not this one), for a person: one line each. */
void diagnose(struct boot *b);

#endif
