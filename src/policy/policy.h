/* SPDX-License-Identifier: GPL-2.0-or-later
 * What pvroot may do: whether a twin may go, how, and whether the boot may go
 * on. Pure: facts in, a decision out. All steps decide by these functions. */
#ifndef PVROOT_POLICY_H
#define PVROOT_POLICY_H

#include <stdbool.h>

#include "sys/log.h"

/* What is known of a disk or NIC that is proven to be a twin. */
struct policy_twin {
	bool strict;
	bool nic;
	bool kept;     /* keep= names it or its controller */
	bool restored; /* a person brought it back in this boot */
	bool pv_gone;  /* its PV device has gone since the proof */
	bool unsure;   /* which names are in use could not be found out */
	bool busy;  /* mounted, swapped on, held, opened; NIC: up, enslaved */
	int error;  /* -errno: whether it is used cannot be told; or 0 */
	bool named; /* a name in use means it and would be lost */
};

struct policy_fate {
	bool goes;
	enum log_level level;
	const char *why; /* why it stays; NULL where it goes */
};

/* May it go? The first row that applies decides. */
struct policy_fate policy_twin(const struct policy_twin *twin);

/* What is known of the controller that a twin is on. */
struct policy_place {
	bool old_ide; /* a driver of drivers/ide: most have no .remove */
	bool single;  /* the kernel can delete a single disk (SCSI) */
	bool others;  /* it has, or may still get, more than proven twins */
};

enum policy_way {
	POLICY_UNBIND,
	POLICY_DELETE, /* that one disk */
	POLICY_HIDE,   /* remove nodes and links: the kernel keeps it */
	POLICY_STAY,   /* no way is left that would not harm another device */
};

/* How does a twin that may go, go? A disk that can be deleted alone is: an
 * empty port of libata looks the same as one that is still being scanned. */
enum policy_way policy_way(const struct policy_place *place);

enum policy_root {
	POLICY_ROOT_ON_PV,   /* found on one PV device */
	POLICY_ROOT_TWICE,   /* on two */
	POLICY_ROOT_NOWHERE, /* on none, or not understood, or none given */
	POLICY_ROOT_STACK,   /* LVM, md, LUKS, ZFS: found by their own tools */
	POLICY_ROOT_NETWORK,
};

/* What is known of the boot when all twins are settled. */
struct policy_boot {
	bool strict;
	enum policy_root root;
	bool old_path; /* auto: the disk of the answer keeps its old path */
	bool busy;     /* the device of the answer is used through its twin */
	bool no_pv;    /* there is no PV disk at all */
	bool member;   /* an emulated disk that is still there carries, or may
			* carry, a member of what root stands on */
};

enum policy_verdict {
	POLICY_ANSWER,	  /* root is the device that was found */
	POLICY_OLD_PATH,  /* the same, but through its twin */
	POLICY_AS_IT_WAS, /* the generator finds root, as without pvroot */
	POLICY_STOP,
};

/* May the boot go on, and with which root? */
enum policy_verdict policy_boot(const struct policy_boot *boot);

#endif
