// SPDX-License-Identifier: GPL-2.0-or-later
/* Writes what happened in this boot to report.json. */
#include <string.h>

#include "base/json.h"
#include "dev/record.h"
#include "story/boot.h"

static const char *const twin_names[] = {
	[TWIN_NONE] = "none",	      [TWIN_PROVEN] = "proven",
	[TWIN_DETACHED] = "detached", [TWIN_LEFT] = "left",
	[TWIN_HIDDEN] = "hidden",
};

static void add_found(struct json *json, const char *key, const char *value,
		      const struct answer *found)
{
	if (!*value)
		return;
	json_open(json, key, '{');
	json_string(json, "asked", value);
	json_string(json, "device", found->device);
	json_string(json, "type", found->type);
	json_string(json, "ambiguous", found->refused);
	json_close(json, '}');
}

static void add_disks(struct json *json, const struct disks *disks)
{
	unsigned int i;

	json_open(json, "disks", '[');
	for (i = 0; i < disks->count; i++) {
		const struct disk *disk = &disks->at[i];

		json_open(json, NULL, '{');
		json_string(json, "name", disk->name);
		json_bool(json, "pv", disk_is_pv(disk));
		json_bool(json, "cdrom", disk->cdrom);
		if (disk_is_pv(disk))
			json_number(json, "vbd", disk->place.vbd);
		if (disk->place.pci[0])
			json_string(json, "pci", disk->place.pci);
		json_string(json, "twin", twin_names[disk->twin]);
		if (disk->twin_of >= 0)
			json_string(json, "twin_of",
				    disks->at[disk->twin_of].name);
		if (disk->named) {
			json_string(json, "named_by", disk->named->where);
			json_string(json, "named", disk->named->name);
		}
		json_close(json, '}');
	}
	json_close(json, ']');
}

static void add_vbds(struct json *json, const struct vbds *vbds)
{
	unsigned int i;

	json_open(json, "vbds", '[');
	for (i = 0; i < vbds->count; i++) {
		json_open(json, NULL, '{');
		json_number(json, "number", vbds->at[i].number);
		json_bool(json, "accepted", vbds->at[i].accepted);
		json_bool(json, "ready", vbds->at[i].ready);
		json_close(json, '}');
	}
	json_close(json, ']');
}

static void add_steps(struct json *json, const struct boot *b)
{
	unsigned int i;

	json_open(json, "step_us", '{');
	for (i = 0; i < STEP_COUNT; i++)
		json_number(json, step_names[i].name, b->step_us[i]);
	json_close(json, '}');
}

static void add_log(struct json *json, const struct log *log)
{
	size_t at = 0;

	json_open(json, "log", '[');
	while (at < log->used) {
		const char *line = log->story + at;
		const char *end = memchr(line, '\n', log->used - at);
		size_t len = end ? (size_t)(end - line) : log->used - at;

		json_bytes(json, NULL, line, len);
		at += len + 1;
	}
	json_close(json, ']');
}

static void compose(struct json *json, const struct boot *b)
{
	json_open(json, NULL, '{');
	json_string(json, "version", PVROOT_VERSION);
	json_string(json, "mode",
		    b->asked.cmd.mode == MODE_STRICT ? "strict" : "auto");
	json_bool(json, "stopped", b->stop);
	json_number(json, "started_us", b->started_us);
	json_number(json, "modules_loaded", b->loaded);
	add_steps(json, b);
	add_found(json, "root", b->asked.cmd.root, &b->root);
	add_found(json, "resume", b->asked.cmd.resume, &b->resume);
	add_vbds(json, &b->vbds);
	add_disks(json, &b->disks);
	add_log(json, &b->log);
	json_close(json, '}');
}

void report(struct boot *b)
{
	char path[RECORD_PATH_SIZE];
	struct json json = { 0 };
	int err;

	record_path(b->sys, path, RECORD_REPORT);
	compose(&json, b);
	err = record_make_folder(b->sys);
	if (!err && !json.failed)
		err = sys_replace(b->sys, path, json.text, json.used);
	if (err || json.failed)
		log_say(&b->log, LOG_DEBUG, "%s: %s", path,
			err ? log_errno(err) : "out of memory");
	json_free(&json);
}
