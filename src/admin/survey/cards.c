// SPDX-License-Identifier: GPL-2.0-or-later
/* Every network interface, PV or not. Reads sysfs only. */
#include <stdlib.h>
#include <string.h>

#include "sys/attr.h"
#include "admin/survey/survey.h"
#include "base/text.h"

/* One that nics_scan() leaves out: hardware, virtio; no bridges or tunnels. */
static bool describe_other(const struct sys *sys, const char *name,
			   struct card *card, bool xen)
{
	struct controller_ids ids;
	struct place place;
	char link[SYS_PATH_SIZE], mac[64];

	if (!attr_exists(sys, "/sys/class/net/%s/device", name) ||
	    attr_read(sys, mac, sizeof(mac), "/sys/class/net/%s/address",
		      name) < 0 ||
	    text_copy(card->nic.mac, sizeof(card->nic.mac), mac) ||
	    text_copy(card->nic.name, sizeof(card->nic.name), name))
		return false;
	card->way = WAY_OTHER;
	if (attr_link(sys, link, sizeof(link), "/sys/class/net/%s", name) > 0) {
		place = place_parse(link, "");
		text_copy(card->nic.pci, sizeof(card->nic.pci), place.pci);
	}
	if (xen && card->nic.pci[0] &&
	    !controller_read(sys, card->nic.pci, &ids) && ids.vendor != 0x1af4)
		card->way = WAY_PASSED;
	return true;
}

struct scan {
	struct survey *survey;
	struct nics nics;
};

static int add_card(const char *name, void *ctx)
{
	struct scan *scan = ctx;
	struct cards *cards = &scan->survey->cards;
	struct card card = { .twin = -1 };
	unsigned int i;

	for (i = 0; i < scan->nics.count; i++) {
		if (strcmp(scan->nics.at[i].name, name))
			continue;
		card.nic = scan->nics.at[i];
		card.way = card.nic.vif ? WAY_PV : WAY_EMULATED;
	}
	if (!card.nic.name[0] &&
	    !describe_other(scan->survey->sys, name, &card, scan->survey->xen))
		return 0;
	card.up = nic_is_up(scan->survey->sys, name) > 0;
	grow(&cards->at, cards->count, &cards->room, sizeof(card));
	cards->at[cards->count++] = card;
	return 0;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct card *)a)->nic.name,
		      ((const struct card *)b)->nic.name);
}

void survey_cards(struct survey *survey)
{
	struct scan scan = { .survey = survey };
	struct cards *cards = &survey->cards;
	unsigned int i, j;

	nics_scan(&scan.nics, survey->sys);
	sys_list(survey->sys, "/sys/class/net", add_card, &scan);
	nics_free(&scan.nics);
	if (cards->count)
		qsort(cards->at, cards->count, sizeof(cards->at[0]), by_name);
	for (i = 0; i < cards->count; i++) {
		for (j = 0; j < cards->count; j++) {
			if (cards->at[i].way == WAY_EMULATED &&
			    cards->at[j].way == WAY_PV &&
			    !strcmp(cards->at[i].nic.mac, cards->at[j].nic.mac))
				cards->at[i].twin = (int)j;
		}
	}
}
