// SPDX-License-Identifier: GPL-2.0-or-later
/* Every network interface, PV or not. Reads sysfs only. */
#include <stdlib.h>
#include <string.h>

#include "admin/survey/survey.h"
#include "base/text.h"
#include "sys/attr.h"

/* Describes an interface that nics_scan() leaves out: hardware and virtio, but
 * not bridges or tunnels. */
static bool describe_other(const struct sys *sys, const char *name,
			   struct netdev *netdev, bool xen)
{
	struct controller_ids ids;
	struct place place;
	char link[SYS_PATH_SIZE], mac[64];

	if (!attr_exists(sys, "/sys/class/net/%s/device", name) ||
	    attr_read(sys, mac, sizeof(mac), "/sys/class/net/%s/address",
		      name) < 0 ||
	    text_copy(netdev->nic.mac, sizeof(netdev->nic.mac), mac) ||
	    text_copy(netdev->nic.name, sizeof(netdev->nic.name), name))
		return false;
	netdev->way = WAY_OTHER;
	if (attr_link(sys, link, sizeof(link), "/sys/class/net/%s", name) > 0) {
		place = place_parse(link, "");
		text_copy(netdev->nic.pci, sizeof(netdev->nic.pci), place.pci);
	}
	if (xen && netdev->nic.pci[0] &&
	    !controller_read(sys, netdev->nic.pci, &ids) &&
	    ids.vendor != 0x1af4)
		netdev->way = WAY_PASSED;
	return true;
}

struct scan {
	struct survey *survey;
	struct nics nics;
};

static int add_netdev(const char *name, void *ctx)
{
	struct scan *scan = ctx;
	struct netdevs *netdevs = &scan->survey->netdevs;
	struct netdev netdev = { .twin = -1 };
	unsigned int i;

	for (i = 0; i < scan->nics.count; i++) {
		if (strcmp(scan->nics.at[i].name, name))
			continue;
		netdev.nic = scan->nics.at[i];
		netdev.way = netdev.nic.vif ? WAY_PV : WAY_EMULATED;
	}
	if (!netdev.nic.name[0] && !describe_other(scan->survey->sys, name,
						   &netdev, scan->survey->xen))
		return 0;
	netdev.up = nic_is_up(scan->survey->sys, name) > 0;
	array_extend(&netdevs->at, netdevs->count, &netdevs->room,
		     sizeof(netdev));
	netdevs->at[netdevs->count++] = netdev;
	return 0;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct netdev *)a)->nic.name,
		      ((const struct netdev *)b)->nic.name);
}

void survey_netdevs(struct survey *survey)
{
	struct scan scan = { .survey = survey };
	struct netdevs *netdevs = &survey->netdevs;
	unsigned int i, j;

	nics_scan(&scan.nics, survey->sys);
	sys_list(survey->sys, "/sys/class/net", add_netdev, &scan);
	nics_free(&scan.nics);
	if (netdevs->count)
		qsort(netdevs->at, netdevs->count, sizeof(netdevs->at[0]),
		      by_name);
	for (i = 0; i < netdevs->count; i++) {
		for (j = 0; j < netdevs->count; j++) {
			if (netdevs->at[i].way == WAY_EMULATED &&
			    netdevs->at[j].way == WAY_PV &&
			    !strcmp(netdevs->at[i].nic.mac,
				    netdevs->at[j].nic.mac))
				netdevs->at[i].twin = (int)j;
		}
	}
}
