// SPDX-License-Identifier: GPL-2.0-or-later
/* Every network card, PV or not, and what pvroot took away. Reads sysfs and
 * its own folder only. */
#include <stdlib.h>
#include <string.h>

#include "sys/attr.h"
#include "base/json_read.h"
#include "admin/survey/survey.h"
#include "admin/lib/file.h"
#include "base/text.h"

#define UP	    0x1 /* IFF_UP, linux/if.h */
#define RECORD_SIZE 16384

static bool is_up(const struct sys *sys, const char *name)
{
	const char *digits;
	uint64_t flags;
	char text[16];

	return attr_read(sys, text, sizeof(text), "/sys/class/net/%s/flags",
			 name) > 0 &&
	       text_prefix(text, "0x", &digits) &&
	       !text_u64(digits, 16, UINT32_MAX, &flags) && (flags & UP);
}

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
	card.up = is_up(scan->survey->sys, name);
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

/* Whose twin it was, as the report says it: a record of before 0.2 does not. */
static void find_partner(const char *report, struct gone *gone)
{
	struct json_value disks, disk;
	char name[DISK_NAME_SIZE];

	if (!report || !json_member(report, "disks", &disks))
		return;
	for (disk = json_first(&disks); disk.at; disk = json_next(&disk)) {
		if (json_text(&disk, "name", name, sizeof(name)) &&
		    !strcmp(name, gone->record.name))
			json_text(&disk, "twin_of", gone->twin_of,
				  sizeof(gone->twin_of));
	}
}

static bool is_known(const struct gones *gones, const char *name)
{
	unsigned int i;

	for (i = 0; i < gones->count; i++) {
		if (!strcmp(gones->at[i].record.name, name))
			return true;
	}
	return false;
}

void survey_gones(struct survey *survey)
{
	struct gones *gones = &survey->gones;
	char text[RECORD_SIZE], *at = text, *line;
	char path[RECORD_PATH_SIZE], *report;
	int err;

	report = file_text(survey->sys,
			   record_path(survey->sys, path, RECORD_REPORT),
			   REPORT_SIZE, &err);
	record_path(survey->sys, path, RECORD_TWINS);
	if (sys_read(survey->sys, path, text, sizeof(text)) < 0)
		text[0] = '\0';
	while ((line = next_line(&at))) {
		struct gone gone = { .twin_of = "" };
		const char *name;

		next_word(&line); /* its state: record_find() knows the last */
		name = next_word(&line);
		if (!*name || is_known(gones, name) ||
		    record_find(survey->sys, name, NULL, &gone.record) != 1)
			continue;
		text_copy(gone.twin_of, sizeof(gone.twin_of), gone.record.pv);
		if (!gone.twin_of[0])
			find_partner(report, &gone);
		grow(&gones->at, gones->count, &gones->room, sizeof(gone));
		gones->at[gones->count++] = gone;
	}
	free(report);
}
