/* SPDX-License-Identifier: GPL-2.0-or-later
 * A guest in memory, as sys.h shows it, made from the fuzzer's bytes. world.c
 * builds it, world_media.c has its disks' bytes, world_tree.c is its sysfs and
 * procfs, world_sys.c replaces src/sys/, world_judge.c knows what may be done
 * to it. */
#ifndef PVROOT_WORLD_H
#define PVROOT_WORLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sys/sys.h"

#define WORLD_CTRLS  6
#define WORLD_DISKS  14
#define WORLD_MEDIA  5
#define WORLD_NICS   5
#define WORLD_FAULTS 4
#define WORLD_PARTS  3
#define FD_BASE	     100 /* of descriptors */
#define WORLD_FDS    64
#define WORLD_NAME   24
#define WORLD_SB     69632 /* bytes of a file system that are not zero */
#define WORLD_PART   2048 /* sectors of a partition, and of what is before it */

/* The fuzzer's bytes; after their end there are zeros. */
struct bytes {
	const uint8_t *at, *end;
};
uint8_t bytes_take(struct bytes *b);

enum ctrl_kind {
	CTRL_IDE,
	CTRL_AHCI,
	CTRL_SCSI,
	CTRL_NVME,
	CTRL_NIC,
	CTRL_REAL, /* passed through: the same chips, real subsystem ids */
	CTRL_OTHER,
};

struct ctrl {
	enum ctrl_kind kind;
	uint16_t id[4]; /* vendor, device, subsystem's */
	uint8_t chip; /* the kind that it looks like; real ones have one too */
	char pci[16];
	bool bound, no_override, unbind_fails, deaf, override_fails;
	unsigned int first; /* number of its first port */
	char junk;	    /* this after the id of number junk_at, or 0 */
	uint8_t junk_at;
};

enum layout { LAYOUT_BLANK, LAYOUT_MBR, LAYOUT_GPT, LAYOUT_WHOLE, LAYOUTS };

struct overlay {
	uint64_t at;
	uint8_t len, data[8];
};

struct media {
	enum layout layout;
	uint64_t size;
	uint8_t part[WORLD_PARTS]; /* a template's index; 0: no partition */
	uint8_t signature;
	struct overlay over[3];
	unsigned int overs;
};

enum disk_kind {
	DISK_PV,
	DISK_ATA, /* libata, on a port of its own */
	DISK_SCSI,
	DISK_IDE,
	DISK_NVME,
	DISK_OTHER, /* virtio, USB: no PCI controller of ours in its path */
};

struct wdisk {
	enum disk_kind kind;
	char name[WORLD_NAME];
	bool cdrom, no_block; /* no_block: sr_mod is not loaded */
	struct ctrl *ctrl;
	unsigned int port, unit;
	int slot;	/* counted as vdev numbers count; -1: none */
	bool scsi_slot; /* PV: its number is an sd one */
	uint32_t number;
	bool accepted, announces;
	uint64_t at_us;		/* when it appears */
	unsigned int gone_call; /* it vanishes at this call; 0 never */
	bool gone, aside;	/* aside: of a PV disk, by pvroot */
	bool used, no_node, bad_first, bad_last, delete_fails, deaf;
	bool has_patch;
	uint8_t media, cut; /* cut: so many sectors shorter */
	struct overlay patch;
	char junk_link[40]; /* in place of its link, or "" */
	char junk_attr;	    /* after its numbers, or 0 */
};

struct wnic {
	char name[WORLD_NAME];
	struct ctrl *ctrl; /* NULL: a vif */
	uint8_t mac;
	bool up, enslaved, gone, junk;
};

enum call { CALL_READ, CALL_LINK, CALL_LIST, CALL_OPEN, CALL_FETCH, CALLS };

struct fault {
	enum call call;
	unsigned int nth;
	int err;
};

struct event {
	uint64_t at_us;
	int disk;  /* the disk of its "add", or -1: see error */
	int error; /* -errno, or 0: a message that is not the kernel's */
};

struct fd {
	bool open, exclusive;
	struct wdisk *disk;
	int part;
};

struct world {
	struct ctrl ctrl[WORLD_CTRLS];
	struct wdisk disk[WORLD_DISKS];
	struct media media[WORLD_MEDIA];
	struct wnic nic[WORLD_NICS];
	struct fault fault[WORLD_FAULTS];
	unsigned int ctrls, disks, medias, nics, faults;

	char cmdline[512], root[80], resume[80], junk[40];
	uint8_t mode; /* 0 none, 1 auto, 2 strict, 3 off */
	unsigned int wait_s;
	char keep[WORLD_NAME];
	bool old_kernel; /* no /sys/hypervisor, folders in /sys/block */
	bool not_hvm, nodes, no_partitions_file, driver_late, module_fails,
		uevents, modules;

	/* The results of a run. */
	struct fd fd[WORLD_FDS];
	struct event event[WORLD_DISKS + 4];
	unsigned int events, next_event;
	bool told; /* the command line was read: strict is known */
	uint64_t now_us;
	unsigned int calls, counted[CALLS], deeds, failed;
	int status;
	char out[2048];
	size_t outs;
};

extern struct world world; /* the only one: boot() is given no other */

/* world.c: makes a guest of the bytes. */
void world_make(const uint8_t *input, size_t len);
bool disk_is_there(const struct wdisk *d);
/* world_media.c */
void media_init(void);
uint64_t media_size(const struct wdisk *d);
/* Reads from a disk, or from its partition (1 is the first; 0: the disk). */
void media_read(const struct wdisk *d, int part, uint64_t off, uint8_t *buf,
		size_t len);
int media_parts(const struct wdisk *d);
/* Is this file system (at this partition) untouched, and does it carry it? */
bool media_carries(const struct wdisk *d, int part, const char *tag);
/* world_tree.c: text of the file or link at a path; its kind, or -errno. */
enum node { NODE_FILE = 1, NODE_LINK, NODE_DIR };
int tree_ask(const char *path, char *text, size_t size);
int tree_list(const char *path, sys_entry_fn *fn, void *ctx);
struct wdisk *tree_disk(const char *name, size_t len);
struct ctrl *tree_ctrl(const char *pci, size_t len);
/* PV disk or partition of this name (part is set), or NULL. */
struct wdisk *tree_device(const char *name, int *part);
void tree_part_name(const struct wdisk *d, int part, char name[WORLD_NAME + 4]);
/* world_sys.c: counts a call (CALLS: one that never fails); returns its -errno
 * or 0. */
int world_call(enum call kind);
/* world_judge.c: each aborts where the action is not allowed. */
void judge_unbind(struct ctrl *c);
void judge_delete(struct wdisk *d);
void judge_override(struct ctrl *c, const char *text);
void judge_hide(const char *name);
void judge_aside(const struct wdisk *pv);
void judge_end(int status);
_Noreturn void judge_fail(const char *what, const char *name);

#endif
