/* SPDX-License-Identifier: GPL-2.0-or-later
 * The state of one `pvroot boot`: each step reads what came before it and
 * fills in its own part. */
#ifndef PVROOT_BOOT_H
#define PVROOT_BOOT_H

#include "dev/disk.h"
#include "find/inuse.h"
#include "probe/probe.h"
#include "story/look.h"
#include "story/steps.h"
#include "sys/log.h"
#include "sys/sys.h"
#include "twin/twins.h"

struct vbd {
	uint32_t number;
	bool accepted;	/* a driver has it, so a disk will come */
	bool ready;	/* its disk is there, partitions and all */
	bool late;	/* the deadline passed */
	bool announced; /* the kernel has sent "add" for its disk */
	bool seen;	/* an earlier look found its disk in sysfs */
};

struct vbds {
	struct vbd *at;
	unsigned int count, room;
};

struct answer {
	char device[DISK_NAME_SIZE]; /* "xvda1", or "" for none */
	char type[24];		     /* "ext3", or "" */
	char uuid[UUID_TEXT_SIZE];   /* of the file system, or "" */
	unsigned int part;	     /* partition number, 0 the whole disk */
	int disk;		     /* index of the PV disk, -1 for none */
	bool asked;   /* root= gave this device by its own name */
	bool several; /* its file system is on several disks: btrfs */
	char refused[2 * DISK_NAME_SIZE]; /* "xvda1 xvdb1": ambiguous, or "" */
	uint32_t vbd;
};

/* What a child leaves for the guard and for the next child. */
struct progress {
	enum boot_step step; /* the step that is running */
	bool resolved; /* resolve() has ended: root and resume are valid */
	bool settled;  /* settle() has ended: stop is valid */
	bool stop;
	struct answer root, resume;
};

struct boot {
	const struct sys *sys;
	struct log log;
	const char *image_line; /* --line: what the image's hook adds */
	struct asked asked;

	bool had_driver;     /* xen-blkfront was there before preload */
	unsigned int loaded; /* modules */
	int uevents;	     /* descriptor, or -errno */
	int module_error;    /* of the PV disk driver: 0 or -errno */
	struct vbds vbds;
	struct disks disks;
	struct inuse inuse; /* the names in use, which resolve() collects */

	struct answer root, resume;
	bool stop;  /* strict, and root is not on a PV disk */
	bool nodes; /* --nodes: nobody else makes device nodes */
	bool links; /* --links: have udev make the links for the names */
	bool unit;  /* --unit: runs as a systemd unit, without a shell */

	struct progress *progress; /* shared with the guard */
	uint64_t started_us;
	uint64_t step_us[STEP_COUNT];
};

/* The steps, in order. Where one returns a negative errno, it has logged the
 * error. */

/* Loads the modules of PRELOAD_LIST and PRELOAD_EMULATED. */
void preload(struct boot *b);
/* Waits until every vbd that a driver accepted has its disk, at most wait=
 * seconds. A CD-ROM's vbd never gets a driver on HVM, so it is not waited
 * for. */
void wait_for_disks(struct boot *b);
/* Lists the disks, the PV ones and the others. */
void scan(struct boot *b);
/* Finds the PV devices of root= and resume=, and the names in use that mean a
 * twin and do not lead to its PV disk. */
void resolve(struct boot *b);
/* After twins were taken away: decides whether the boot may go on, and with
 * which root. */
void settle(struct boot *b);
/* For strict, where every vbd has become a disk: keeps disk controllers that
 * have no driver yet from getting one. */
void forbid_unbound(struct boot *b);
/* Is this the PV path of a disk whose twin stays, as a name in use needs it? */
bool is_other_path(const struct boot *b, unsigned int pv);
/* Puts those paths aside. */
void set_aside(struct boot *b, const struct twins *twins);

/* Runs the story in a child. After a step that crashes or hangs, goes on with
 * the next step in a new child. Prints what the last child answered. Returns
 * the exit status. */
int guard(struct boot *b, int (*story)(void *ctx));
/* Saves the results of a step in shared memory, so that a later crash does not
 * lose them. */
void guard_keep(const struct boot *b, enum boot_step step);
/* Reads them back after a crash. If resolve() has not ended, there is no answer
 * and any name may be in use, so no twin that a name could mean is taken away.
 * Without settle() a strict boot stops. */
void guard_recall(struct boot *b);
/* Prints the answers, or has udev make links for them. Returns the exit status:
 * EXIT_FAULT where the answer could not be written. */
int give_answers(struct boot *b);

/* Makes the nodes of the PV disks and /dev/root; hides twins that the kernel
 * kept. */
void make_nodes(struct boot *b);
/* Leaves report.json in pvroot's folder. */
void report(struct boot *b);

/* Writes udev rules below /run that make the names in root= and resume=
 * (/dev/sda1) links to the PV devices found for them. Returns 0, or -errno,
 * which has been logged. */
int unit_links(struct boot *b);
/* Copies the image's udev rule for names in use to /run, since the real root
 * may not have it: an image can outlive the package. Where that fails, the
 * installed rule is used. */
void keep_names(const struct boot *b);
/* The exit status for --unit. A systemd unit knows only success and failure,
 * and failure stops the boot, so only strict fails; in auto a fault is logged
 * and the status is success. */
int unit_status(struct boot *b, int status);

/* How `pvroot boot` was called. */
enum boot_call {
	BOOT_NODES = 1, /* --nodes */
	BOOT_LINKS = 2, /* --links */
	BOOT_UNIT = 4,	/* --unit */
};

/* The whole of `pvroot boot`: returns its exit status. */
int boot(const struct sys *sys, unsigned int call, const char *line);

/* Logs for a person why there is no PV disk (or not this one), one line for
 * each cause. */
void diagnose(struct boot *b);

#endif
