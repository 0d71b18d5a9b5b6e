/* SPDX-License-Identifier: GPL-2.0-or-later
 * What this system has, as far as it can be seen without changing anything:
 * disks, what is on them, what uses them, network cards. */
#ifndef PVROOT_SURVEY_H
#define PVROOT_SURVEY_H

#include "admin/lib/words.h"
#include "base/cmdline.h"
#include "dev/controller.h"
#include "dev/disk.h"
#include "dev/nic.h"
#include "dev/record.h"
#include "probe/probe.h"
#include "sys/log.h"

/* How the guest reaches a device. */
enum way {
	WAY_PV,
	WAY_EMULATED, /* by the device model */
	WAY_PASSED,   /* real hardware, passed through */
	WAY_STACKED,  /* dm, md: on top of others */
	WAY_OTHER,    /* virtio, USB, … */
};

enum proof {
	PROOF_NONE,	 /* no PV disk in its place */
	PROOF_TWIN,	 /* same place, same bytes */
	PROOF_DIFFERENT, /* same place, other bytes */
	PROOF_UNKNOWN,	 /* same place, could not be compared: error says why */
};

/* What is known of disks.at[same index]. */
struct disk_view {
	enum way way;
	enum controller_kind kind;
	uint64_t sectors; /* of 512 bytes */
	int pv;		  /* index of the PV disk in its place, or -1 */
	uint32_t vbd;	  /* else a vbd in its place: see offered and lost */
	bool offered;	  /* that vbd has no driver */
	bool lost;	  /* or the kernel has removed it */
	enum proof proof;
	int error;
	char named_by[64];  /* file with the name that kept its twin */
	char named[256];    /* that name: "/dev/sda2"; or both "" */
	bool hidden;	    /* a twin whose driver cannot be unbound */
	char beside[64];    /* what else its controller has, which keeps it */
	struct words links; /* below /dev, that its twin has left it */
};

/* A partition, a disk that has none, or a device on top of others. */
struct volume {
	char name[DISK_NAME_SIZE];
	int disk; /* index, -1 for dm and md */
	dev_t number;
	struct probe_result what; /* type "" where nothing is known */
	char partuuid[UUID_TEXT_SIZE];
	char partlabel[128];
	uint64_t sectors;    /* of 512 bytes */
	bool by_udev;	     /* pvroot does not know the format: udev told */
	bool blank;	     /* neither knows anything on it */
	int error;	     /* it could not be read: -errno */
	struct words used;   /* "/", "swap" */
	struct words called; /* "LABEL=/ (root=)" */
};

struct volumes {
	struct volume *at;
	unsigned int count, room;
};

struct netdev {
	struct nic nic; /* used is not filled in */
	enum way way;
	bool up;
	int twin; /* index of the vif with its address, or -1 */
};

struct netdevs {
	struct netdev *at;
	unsigned int count, room;
};

/* A device that pvroot took away since the boot. */
struct detached {
	struct record record;
	char twin_of[DISK_NAME_SIZE]; /* a PV disk or a vif, or "" */
};

struct detached_list {
	struct detached *at;
	unsigned int count, room;
};

struct xenbus_device { /* a device on xenbus */
	uint32_t number;
	bool driver;
};

struct xenbus_devices {
	struct xenbus_device *at;
	unsigned int count, room;
};

struct survey {
	const struct sys *sys;
	bool xen; /* a Xen HVM guest */
	char kernel[64];
	char line[CMDLINE_SIZE]; /* the kernel command line */
	struct cmdline cmd;
	struct words complaints; /* what of it was not understood */
	struct disks disks;
	struct disk_view *views;
	struct volumes volumes;
	struct netdevs netdevs;
	struct xenbus_devices vbds, vifs;
	struct xenbus_devices lost; /* vbds that the kernel has removed */
	bool pv_driver;		    /* a PV disk driver is on xenbus */
	struct detached_list detached;
	bool ran;	     /* pvroot ran in this boot */
	struct words unread; /* what could not be read, and why */
};

/* Looks at the whole system below sys. Never fails: unread names what could not
 * be read. Opens disks read-only; takes seconds where a disk is slow. Free it
 * with survey_free(). Ends the program where memory is short. */
void survey_make(struct survey *survey, const struct sys *sys);
void survey_free(struct survey *survey);

/* Steps of survey_make(), in their order; each fills what its name says. */
void survey_lost(struct survey *survey);
void survey_disks(struct survey *survey);
void survey_reported(struct survey *survey);
void survey_volumes(struct survey *survey);
void survey_netdevs(struct survey *survey);
void survey_detached(struct survey *survey);
void survey_uses(struct survey *survey);
void survey_names(struct survey *survey);

/* Text of report.json, to be freed; NULL where it cannot be read (-errno in
 * *err). */
char *survey_report(const struct sys *sys, int *err);

/* Has udev seen this device? Fills in type, label, UUIDs and partition names
 * from udev's database
 * (/run/udev/data/bMAJOR:MINOR), for users who may not open the device. */
bool survey_describe_by_udev(const struct sys *sys, struct volume *volume);

/* The volume of this kernel name ("sda1"), or NULL. */
struct volume *survey_volume(struct survey *survey, const char *name);
/* Calls fn with the index of every disk below a volume (below dm and md
 * too). */
void survey_disks_below(struct survey *survey, const char *name,
			void (*fn)(struct survey *survey, int disk, void *ctx),
			void *ctx);
/* The way to a volume is that of its disk. */
enum way survey_volume_way(const struct survey *survey,
			   const struct volume *volume);
const char *survey_way_name(enum way way);

#endif
