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
	bool announced; /* the kernel said "add" of its disk */
	bool seen;	/* its disk was in sysfs at an earlier look */
};

struct vbds {
	struct vbd *at;
	unsigned int count, room;
};

struct answer {
	char device[DISK_NAME_SIZE]; /* "xvda1", or "" where root stays */
	char type[24];		     /* "ext3", or "" */
	char uuid[UUID_TEXT_SIZE];   /* of the file system, or "" */
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
	struct inuse inuse; /* in use; resolve() collects them */

	struct answer root, resume;
	bool stop;  /* strict, and root is not on a PV disk */
	bool nodes; /* --nodes: nobody else makes device nodes */
	bool links; /* --links: udev is to make links that the names need */
	bool unit;  /* --unit: as a systemd unit, without a shell */

	struct progress *progress; /* shared with the guard */
	uint64_t started_us;
	uint64_t step_us[STEP_COUNT];
};

/* The steps, in order. Where one returns a negative errno, what it could not
 * do has been said. */

/* Loads the modules of PRELOAD_LIST. */
void preload(struct boot *b);
/* Waits until every vbd that a driver accepted has its disk, at most wait=
 * seconds. A CD-ROM's vbd never gets a driver on HVM: it is not waited for. */
void wait_for_disks(struct boot *b);
/* Lists the disks, the PV ones and the others. */
void scan(struct boot *b);
/* Finds the PV device that root= and resume= mean, and the names in use that
 * mean a twin and do not follow to its PV disk. */
void resolve(struct boot *b);
/* Now that it is known what is left: may the boot go on, and by which root? */
void settle(struct boot *b);
/* strict, when every vbd has become a disk: disk controllers that have no
 * driver yet never get one. */
void forbid_unbound(struct boot *b);

/* Runs the story in a child, again behind each step that crashes or hangs, and
 * prints what the last one answered. Returns the exit status. */
int guard(struct boot *b, int (*story)(void *ctx));
/* Keeps what was found, behind a step, where a crash cannot take it along. */
void guard_keep(const struct boot *b, enum boot_step step);
/* Takes it up in a story that goes on behind a step that crashed: without
 * resolve() there is no answer, and nothing may go that a name might mean;
 * strict needs settle() too. */
void guard_recall(struct boot *b);
/* Prints the answers, or has udev make links of them. Returns the exit status:
 * an answer that does not arrive is none. */
int give_answers(struct boot *b);

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

/* Why there is no PV disk (or not this one), for a person: one line each. */
void diagnose(struct boot *b);

#endif
