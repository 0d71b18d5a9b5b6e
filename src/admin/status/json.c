// SPDX-License-Identifier: GPL-2.0-or-later
/* `pvroot status` for programs: JSON and Prometheus' text format. The keys and
 * metric names are a contract, see pvroot(8). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/json_read.h"
#include "admin/status/status.h"
#include "sys/sys.h"
#include "base/text.h"

#define FORMAT 1 /* of the JSON: grows where a key changes its meaning */

static void add_words(struct json *json, const char *key,
		      const struct words *words)
{
	unsigned int i;

	json_open(json, key, '[');
	for (i = 0; i < words->count; i++)
		json_string(json, NULL, words->at[i]);
	json_close(json, ']');
}

static void add_area(struct json *json, const struct area *area)
{
	json_open(json, NULL, '{');
	json_string(json, "name", area->name);
	json_string(json, "type", area->what.type);
	json_string(json, "label", area->what.label);
	json_string(json, "uuid", area->what.uuid);
	add_words(json, "used_for", &area->used);
	add_words(json, "called", &area->called);
	json_bool(json, "readable", !area->error);
	json_close(json, '}');
}

static void add_areas(struct json *json, const char *key,
		      const struct survey *survey, int disk)
{
	unsigned int i;

	json_open(json, key, '[');
	for (i = 0; i < survey->areas.count; i++) {
		if (survey->areas.at[i].disk == disk)
			add_area(json, &survey->areas.at[i]);
	}
	json_close(json, ']');
}

static void add_disk(struct json *json, const struct survey *survey, int index)
{
	const struct disk *disk = &survey->disks.at[index];
	const struct drive *drive = &survey->drives[index];
	char note[NOTE_SIZE];

	json_open(json, NULL, '{');
	json_string(json, "name", disk->name);
	json_string(json, "path", way_name(drive->way));
	json_bool(json, "cdrom", disk->cdrom);
	json_bool(json, "in_use", drive_in_use(survey, index));
	json_number(json, "bytes", drive->sectors * 512);
	if (disk_is_pv(disk))
		json_number(json, "vbd", disk->place.vbd);
	if (disk->place.pci[0])
		json_string(json, "pci", disk->place.pci);
	json_string(json, "twin", proof_name(drive->proof));
	if (drive->pv >= 0)
		json_string(json, "twin_of", survey->disks.at[drive->pv].name);
	if (drive->offered)
		json_number(json, "offered_vbd", drive->vbd);
	if (drive->named_by[0]) {
		json_string(json, "named_by", drive->named_by);
		json_string(json, "named", drive->named);
	}
	drive_note(survey, index, note);
	json_string(json, "note", note);
	add_areas(json, "areas", survey, index);
	json_close(json, '}');
}

static void add_card(struct json *json, const struct survey *survey,
		     const struct card *card)
{
	char note[NOTE_SIZE];

	json_open(json, NULL, '{');
	json_string(json, "name", card->nic.name);
	json_string(json, "path", way_name(card->way));
	json_string(json, "mac", card->nic.mac);
	json_bool(json, "up", card->up);
	if (card->nic.pci[0])
		json_string(json, "pci", card->nic.pci);
	if (card->twin >= 0)
		json_string(json, "twin_of",
			    survey->cards.at[card->twin].nic.name);
	card_note(survey, card, note);
	json_string(json, "note", note);
	json_close(json, '}');
}

static void add_gone(struct json *json, const struct gone *gone)
{
	json_open(json, NULL, '{');
	json_string(json, "name", gone->record.name);
	json_string(json, "state", record_state_name(gone->record.state));
	json_string(json, "pci", gone->record.pci);
	json_string(json, "twin_of", gone->twin_of);
	json_close(json, '}');
}

static void compose(struct json *json, const struct survey *survey,
		    const struct verdict *verdict)
{
	static const char *const names[] = { "good", "emulated", "unknown" };
	unsigned int i;

	json_open(json, NULL, '{');
	json_number(json, "format", FORMAT);
	json_string(json, "version", PVROOT_VERSION);
	json_bool(json, "xen_hvm", survey->xen);
	json_string(json, "kernel", survey->kernel);
	json_bool(json, "ran", survey->ran);
	json_string(json, "verdict", names[verdict->exit]);
	json_number(json, "exit", verdict->exit);
	add_words(json, "emulated", &verdict->emulated);
	add_words(json, "unknown", &verdict->unknown);
	add_words(json, "unread", &survey->unread);
	json_open(json, "disks", '[');
	for (i = 0; i < survey->disks.count; i++)
		add_disk(json, survey, (int)i);
	json_close(json, ']');
	add_areas(json, "stacked", survey, -1);
	json_open(json, "nics", '[');
	for (i = 0; i < survey->cards.count; i++)
		add_card(json, survey, &survey->cards.at[i]);
	json_close(json, ']');
	json_open(json, "taken_away", '[');
	for (i = 0; i < survey->gones.count; i++)
		add_gone(json, &survey->gones.at[i]);
	json_close(json, ']');
	json_close(json, '}');
}

int status_json(struct survey *survey, const struct verdict *verdict)
{
	struct json json = { 0 };
	int err;

	compose(&json, survey, verdict);
	err = json.failed ? -1 : sys_print(1, json.text, json.used);
	if (!err)
		err = sys_print(1, "\n", 1);
	json_free(&json);
	return err;
}
