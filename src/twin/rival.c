// SPDX-License-Identifier: GPL-2.0-or-later
/* Will another PCI card get that name? udev calls a card by its place, some
 * time after this runs. Reads sysfs only. */
#include "twin/rival.h"

#include <string.h>

#include "base/text.h"
#include "dev/controller.h"
#include "sys/attr.h"

struct rival {
	const struct sys *sys;
	const struct nics *nics;
	const char *name;
};

static unsigned int hex(const char *digits)
{
	unsigned int value = 0, i;

	for (i = 0; i < 2; i++)
		value = value * 16 +
			(unsigned int)(digits[i] <= '9' ? digits[i] - '0'
							: digits[i] - 'a' + 10);
	return value;
}

/* "0000:00:05.0" becomes ens5 or enp0s5, or one of its ports ens5f1. */
static bool is_of_place(const char *name, const char *pci)
{
	char slot[NIC_NAME_SIZE], path[NIC_NAME_SIZE];
	const char *rest;

	text_format(slot, sizeof(slot), "ens%u", hex(pci + 8));
	text_format(path, sizeof(path), "enp%us%u", hex(pci + 5), hex(pci + 8));
	return (text_prefix(name, slot, &rest) ||
		text_prefix(name, path, &rest)) &&
	       (*rest < '0' || *rest > '9');
}

/* A twin gets no name; and an emulated card whose driver is not there yet may
 * be one. */
static int is_rival(const char *pci, void *ctx)
{
	const struct rival *rival = ctx;
	const struct nics *nics = rival->nics;
	struct controller_ids ids;
	char class[16];
	unsigned int i;

	if (!place_is_pci(pci, (unsigned int)strlen(pci)) ||
	    !is_of_place(rival->name, pci) ||
	    attr_read(rival->sys, class, sizeof(class),
		      "/sys/bus/pci/devices/%s/class", pci) < 0 ||
	    !text_prefix(class, "0x02", NULL))
		return 0;
	for (i = 0; i < nics->count; i++) {
		if (!strcmp(nics->at[i].pci, pci))
			return !nic_twin_of(nics, &nics->at[i]);
	}
	return !controller_read(rival->sys, pci, &ids) &&
	       controller_identify(&ids) != CONTROLLER_NIC;
}

bool rival_takes(const struct sys *sys, const struct nics *nics,
		 const char *name)
{
	struct rival rival = { sys, nics, name };

	return sys_list(sys, "/sys/bus/pci/devices", is_rival, &rival) == 1;
}
