// SPDX-License-Identifier: GPL-2.0-or-later
/* Network interfaces: reads sysfs only. */
#include "dev/nic.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/text.h"
#include "dev/controller.h"
#include "dev/disk.h"
#include "sys/attr.h"

#define UP 0x1 /* IFF_UP, linux/if.h */

/* Does this entry of its sysfs folder say that it is in use: a master, an upper
 * device, a bridge port? */
static int is_enslaved(const char *entry, void *ctx)
{
	(void)ctx;
	return !strcmp(entry, "master") || !strcmp(entry, "brport") ||
	       !strcmp(entry, "bonding_slave") ||
	       text_prefix(entry, "upper_", NULL);
}

int nic_is_up(const struct sys *sys, const char *name)
{
	const char *digits;
	uint64_t flags;
	char text[16];
	int ret = attr_read(sys, text, sizeof(text), "/sys/class/net/%s/flags",
			    name);

	if (ret >= 0)
		ret = text_prefix(text, "0x", &digits)
			      ? text_u64(digits, 16, UINT32_MAX, &flags)
			      : -EINVAL;
	return ret < 0 ? ret : (flags & UP) != 0;
}

/* An error counts as used. */
static bool is_used(const struct sys *sys, const char *name)
{
	char path[SYS_PATH_SIZE];

	if (nic_is_up(sys, name))
		return true;
	return text_format(path, sizeof(path), "/sys/class/net/%s", name) ||
	       sys_list(sys, path, is_enslaved, NULL);
}

/* Fills in where the NIC is; returns false where it is neither a vif nor
 * emulated. */
static bool find_place(const struct sys *sys, struct nic *nic)
{
	char link[SYS_PATH_SIZE], *vif;
	struct controller_ids ids;
	struct place place;
	int len = attr_link(sys, link, sizeof(link), "/sys/class/net/%s",
			    nic->name);

	if (len == -EINVAL)
		len = attr_link(sys, link, sizeof(link),
				"/sys/class/net/%s/device", nic->name);
	if (len < 0)
		return false;
	vif = strstr(link, "/vif-");
	if (vif) {
		vif += strlen("/vif-");
		text_format(nic->own, sizeof(nic->own), "enX%.*s",
			    (int)strcspn(vif, "/"), vif);
		nic->vif = true;
		return true;
	}
	place = place_parse(link, "");
	if (!place.pci[0] || controller_read(sys, place.pci, &ids) ||
	    controller_identify(&ids) != CONTROLLER_NIC)
		return false;
	text_copy(nic->pci, sizeof(nic->pci), place.pci);
	return true;
}

struct nic_scan {
	struct nics *nics;
	const struct sys *sys;
};

bool nic_own_mac(const struct sys *sys, const char *name,
		 char mac[NIC_MAC_SIZE])
{
	char text[2 * NIC_MAC_SIZE];

	if (attr_read(sys, text, sizeof(text),
		      "/sys/class/net/%s/bonding_slave/perm_hwaddr",
		      name) != NIC_MAC_SIZE - 1 &&
	    attr_read(sys, text, sizeof(text), "/sys/class/net/%s/address",
		      name) != NIC_MAC_SIZE - 1)
		return false;
	return !text_copy(mac, NIC_MAC_SIZE, text);
}

static int add_nic(const char *name, void *ctx)
{
	struct nic_scan *scan = ctx;
	struct nics *nics = scan->nics;
	struct nic nic = { .used = true };

	if (text_copy(nic.name, sizeof(nic.name), name) ||
	    !find_place(scan->sys, &nic) ||
	    !nic_own_mac(scan->sys, name, nic.mac))
		return 0;
	nic.used = is_used(scan->sys, name);
	if (array_grow(&nics->at, nics->count, &nics->room, sizeof(nic)))
		return -ENOMEM;
	nics->at[nics->count++] = nic;
	return 0;
}

int nics_scan(struct nics *nics, const struct sys *sys)
{
	struct nic_scan scan = { nics, sys };

	memset(nics, 0, sizeof(*nics));
	return sys_list(sys, "/sys/class/net", add_nic, &scan);
}

void nics_free(struct nics *nics)
{
	free(nics->at);
	memset(nics, 0, sizeof(*nics));
}

const struct nic *nic_twin_of(const struct nics *nics, const struct nic *nic)
{
	unsigned int i;

	for (i = 0; i < nics->count && !nic->vif; i++) {
		if (nics->at[i].vif && !strcmp(nics->at[i].mac, nic->mac))
			return &nics->at[i];
	}
	return NULL;
}

bool nic_is_mac(const char *text)
{
	static const char shape[] = "xx:xx:xx:xx:xx:xx";
	unsigned int i;

	for (i = 0; shape[i]; i++) {
		bool hex = (text[i] >= '0' && text[i] <= '9') ||
			   (text[i] >= 'a' && text[i] <= 'f');

		if (shape[i] == 'x' ? !hex : text[i] != ':')
			return false;
	}
	return !text[i];
}
