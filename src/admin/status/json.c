// SPDX-License-Identifier: GPL-2.0-or-later
/* `pvroot status --json`. The keys are a contract, see pvroot(8). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "admin/lib/out.h"
#include "admin/status/status.h"
#include "base/json.h"
#include "base/json_read.h"
#include "base/text.h"
#include "sys/sys.h"

#define FORMAT 1 /* of the JSON: grows where a key changes its meaning */

static void add_volume(struct json *json, const struct volume *volume)
{
	json_open(json, NULL, '{');
	json_string(json, "name", volume->name);
	json_string(json, "type", volume->what.type);
	json_string(json, "label", volume->what.label);
	json_string(json, "uuid", volume->what.uuid);
	words_json(json, "used_for", &volume->used);
	words_json(json, "called", &volume->called);
	json_bool(json, "readable", !volume->error);
	json_close(json, '}');
}

static void add_volumes(struct json *json, const char *key,
			const struct survey *survey, int disk)
{
	unsigned int i;

	json_open(json, key, '[');
	for (i = 0; i < survey->volumes.count; i++) {
		if (survey->volumes.at[i].disk == disk)
			add_volume(json, &survey->volumes.at[i]);
	}
	json_close(json, ']');
}

static void add_disk(struct json *json, const struct survey *survey, int index)
{
	const struct disk *disk = &survey->disks.at[index];
	const struct disk_view *view = &survey->views[index];
	char note[NOTE_SIZE];

	json_open(json, NULL, '{');
	json_string(json, "name", disk->name);
	json_string(json, "path", survey_way_name(view->way));
	json_bool(json, "cdrom", disk->cdrom);
	json_bool(json, "in_use", status_disk_in_use(survey, index));
	json_number(json, "bytes", view->sectors * 512);
	if (disk_is_pv(disk))
		json_number(json, "vbd", disk->place.vbd);
	if (disk->place.pci[0])
		json_string(json, "pci", disk->place.pci);
	json_string(json, "twin", survey_proof_name(view->proof));
	if (view->pv >= 0)
		json_string(json, "twin_of", survey->disks.at[view->pv].name);
	if (view->offered)
		json_number(json, "offered_vbd", view->vbd);
	if (view->named_by[0]) {
		json_string(json, "named_by", view->named_by);
		json_string(json, "named", view->named);
	}
	words_json(json, "inherits", &view->links);
	status_disk_note(survey, index, note);
	json_string(json, "note", note);
	add_volumes(json, "areas", survey, index);
	json_close(json, '}');
}

static void add_netdev(struct json *json, const struct survey *survey,
		       const struct netdev *netdev)
{
	char note[NOTE_SIZE];

	json_open(json, NULL, '{');
	json_string(json, "name", netdev->nic.name);
	json_string(json, "path", survey_way_name(netdev->way));
	json_string(json, "mac", netdev->nic.mac);
	json_bool(json, "up", netdev->up);
	if (netdev->nic.pci[0])
		json_string(json, "pci", netdev->nic.pci);
	if (netdev->twin >= 0)
		json_string(json, "twin_of",
			    survey->netdevs.at[netdev->twin].nic.name);
	status_netdev_note(survey, netdev, note);
	json_string(json, "note", note);
	json_close(json, '}');
}

static void add_detached(struct json *json, const struct detached *item)
{
	json_open(json, NULL, '{');
	json_string(json, "name", item->record.name);
	json_string(json, "state", record_state_name(item->record.state));
	json_string(json, "pci", item->record.pci);
	json_string(json, "twin_of", item->twin_of);
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
	words_json(json, "emulated", &verdict->emulated);
	words_json(json, "unknown", &verdict->unknown);
	words_json(json, "unread", &survey->unread);
	json_open(json, "disks", '[');
	for (i = 0; i < survey->disks.count; i++)
		add_disk(json, survey, (int)i);
	json_close(json, ']');
	add_volumes(json, "stacked", survey, -1);
	json_open(json, "nics", '[');
	for (i = 0; i < survey->netdevs.count; i++)
		add_netdev(json, survey, &survey->netdevs.at[i]);
	json_close(json, ']');
	json_open(json, "taken_away", '[');
	for (i = 0; i < survey->detached.count; i++)
		add_detached(json, &survey->detached.at[i]);
	json_close(json, ']');
	json_close(json, '}');
}

int status_json(struct survey *survey, const struct verdict *verdict)
{
	struct json json = { 0 };

	compose(&json, survey, verdict);
	return out_json(&json);
}
