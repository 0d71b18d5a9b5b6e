/* SPDX-License-Identifier: GPL-2.0-or-later
 * What pvroot leaves for later: its folder, and in it the list of what was
 * taken away, so that it can be restored. */
#ifndef PVROOT_RECORD_H
#define PVROOT_RECORD_H

#include "dev/nic.h"
#include "dev/place.h"
#include "sys/sys.h"

#define RECORD_PATH_SIZE 96
#define RECORD_NAME_SIZE 32

/* The files of the folder. */
#define RECORD_REPORT	 "report.json"
#define RECORD_TWINS	 "twins"
#define RECORD_ANSWERS	 "answers"
#define RECORD_LINKS	 "links" /* a folder */
#define RECORD_OLD_PATHS "old"	 /* a folder */
#define RECORD_NAMES	 "names" /* a folder: links of twins that went */
#define RECORD_KEPT	 "kept"	 /* a folder: why twins stay */

/* The folder: /run/pvroot, or /dev/.pvroot where there is no /run (RHEL 5 and
 * 6, whose initrd's /dev is carried over). Where one of them has a report in
 * it, that one is used: the initrd may have no /run although the real root has
 * one. */
const char *record_folder(const struct sys *sys);
/* Path of a file in it. Returns path. */
const char *record_path(const struct sys *sys, char path[RECORD_PATH_SIZE],
			const char *file);
/* … of a file in one of its folders: RECORD_NAMES, "xvda". */
const char *record_path_in(const struct sys *sys, char path[RECORD_PATH_SIZE],
			   const char *folder, const char *name);
/* Makes the folder where it is missing. Returns 0 or -errno. */
int record_make_folder(const struct sys *sys);
/* Writes a file of one of its folders, making what is missing: the text
 * replaces what is there, or a line comes at its end. Return 0 or -errno. */
int record_replace_in(const struct sys *sys, const char *folder,
		      const char *name, const char *text);
int record_append_in(const struct sys *sys, const char *folder,
		     const char *name, const char *line);

/* Writes down why a twin stays, by its name or a card's PCI address. Returns
 * false where that is known already: udev may show it again at any time, and it
 * is said once. */
bool record_is_news(const struct sys *sys, const char *twin, const char *why);

enum record_state {
	RECORD_UNBOUND,	 /* the controller lost its driver */
	RECORD_DELETED,	 /* the one disk was deleted */
	RECORD_RESTORED, /* a person brought it back: leave it alone */
};

/* The word that the list has for it: "unbound". */
const char *record_state_name(enum record_state state);

struct record {
	enum record_state state;
	char name[RECORD_NAME_SIZE]; /* "sda", "eth1" */
	char pci[PLACE_PCI_SIZE];
	char port[PLACE_PORT_SIZE]; /* "-": a NIC, or a controller's every port
				     */
	unsigned int unit;
	char pv[RECORD_NAME_SIZE]; /* whose twin it was: "xvda"; "" before 0.2
				    */
	char mac[NIC_MAC_SIZE];	   /* of a card, else "" */
};

/* Appends one line, in one write, since udev's workers do this in parallel.
 * Returns 0 or -errno. */
int record_add(const struct sys *sys, const struct record *record);

/* Finds the newest record with this name, PCI address or MAC, of this PV
 * device's twin, or of this place (whichever is not NULL). Returns 1 and fills
 * *out, 0 where there is none, or -errno. */
int record_find(const struct sys *sys, const char *name,
		const struct place *place, struct record *out);

#endif
