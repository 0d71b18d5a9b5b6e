/* SPDX-License-Identifier: GPL-2.0-or-later
 * Network interfaces, and which emulated one is the twin of a PV one. */
#ifndef PVROOT_NIC_H
#define PVROOT_NIC_H

#include <stdbool.h>

#include "dev/place.h"
#include "sys/sys.h"

#define NIC_NAME_SIZE 16 /* IFNAMSIZ */
#define NIC_MAC_SIZE  18 /* "00:16:3e:11:22:33" and NUL */

struct nic {
	char name[NIC_NAME_SIZE];
	char mac[NIC_MAC_SIZE];
	char pci[PLACE_PCI_SIZE]; /* of an emulated one, else "" */
	char own[NIC_NAME_SIZE];  /* what udev calls a vif by itself since
				     systemd 250 ("enX0"); else "" */
	bool vif;		  /* on xenbus */
	bool used;		  /* up, or part of a bond, bridge … */
};

struct nics {
	struct nic *at;
	unsigned int count, room;
};

/* Scans /sys/class/net for vifs and emulated NICs; others are left out.
 * Returns 0 or -errno. */
int nics_scan(struct nics *nics, const struct sys *sys);
void nics_free(struct nics *nics);

/* Is this a MAC as sysfs has it: "00:16:3e:11:22:33", in small letters? */
bool nic_is_mac(const char *text);

/* The address that is the card's own: as part of a bond it has the bond's.
 * Returns false where none can be read. */
bool nic_own_mac(const struct sys *sys, const char *name,
		 char mac[NIC_MAC_SIZE]);

/* Is this interface up (IFF_UP)? Returns 1, 0, or -errno. */
int nic_is_up(const struct sys *sys, const char *name);

/* The vif that has this emulated NIC's address, or NULL. */
const struct nic *nic_twin_of(const struct nics *nics, const struct nic *nic);

#endif
