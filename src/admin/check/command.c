// SPDX-License-Identifier: GPL-2.0-or-later
/* `pvroot check`: will the next boot be from the PV disk? Changes nothing. */
#include <string.h>

#include "admin/check/check.h"
#include "admin/lib/out.h"
#include "base/json.h"
#include "base/text.h"
#include "cmd/command.h"
#include "sys/admin.h"

#define FORMAT 1 /* of the JSON: grows where a key changes its meaning */
#define INDENT 9

static void say(struct out *out, const struct finding *finding)
{
	static const enum paint paints[] = { GREEN, YELLOW, RED };

	out_paint(out, paints[finding->level]);
	out_cell(out, check_level_name(finding->level), INDENT);
	out_paint(out, PLAIN);
	out_wrap(out, INDENT, INDENT, finding->what);
	if (finding->level == FOUND_OK)
		return;
	out_say(out, "%*sMeans: ", INDENT, "");
	out_wrap(out, INDENT + 7, INDENT + 2, finding->means);
	out_say(out, "%*sDo: ", INDENT, "");
	out_wrap(out, INDENT + 4, INDENT + 2, finding->todo);
}

static int say_all(const struct check *check, bool quiet)
{
	unsigned int i, count[3] = { 0 };
	struct out out;

	out_open(&out);
	for (i = 0; i < check->count; i++) {
		count[check->at[i].level]++;
		if (!quiet || check->at[i].level != FOUND_OK)
			say(&out, &check->at[i]);
	}
	if (!quiet)
		out_say(&out, "\n%u ok, %u warnings, %u problems\n", count[0],
			count[1], count[2]);
	return out_close(&out);
}

static void add_boot(struct json *json, const struct check *check,
		     const struct boot *boot)
{
	const struct entry *entry = boot->entry;

	json_open(json, NULL, '{');
	json_string(json, "menu", entry->file);
	json_string(json, "title", entry->title);
	json_string(json, "condition", entry->condition);
	json_string(json, "kernel", boot->kernel);
	json_string(json, "kernel_version", boot->version);
	words_json(json, "initrds", &boot->initrds);
	words_json(json, "missing", &boot->missing);
	json_bool(json, "image_good",
		  boot->image >= 0 && check->images.at[boot->image].good);
	json_string(json, "line", entry->line);
	json_string(json, "root", boot->root);
	json_string(json, "root_device", boot->device);
	words_json(json, "unclear", &entry->unclear);
	json_string(json, "outcome", outcome_name(boot->outcome));
	json_string(json, "why", boot->why);
	json_close(json, '}');
}

static int say_json(const struct check *check, bool quiet)
{
	struct json json = { 0 };
	unsigned int i;

	json_open(&json, NULL, '{');
	json_number(&json, "format", FORMAT);
	json_string(&json, "version", PVROOT_VERSION);
	json_bool(&json, "xen_hvm", check->survey->xen);
	json_string(&json, "worst", check_level_name(check_worst(check)));
	json_number(&json, "exit", check_worst(check));
	json_open(&json, "findings", '[');
	for (i = 0; i < check->count; i++) {
		const struct finding *finding = &check->at[i];

		if (quiet && finding->level == FOUND_OK)
			continue;
		json_open(&json, NULL, '{');
		json_string(&json, "level", check_level_name(finding->level));
		json_string(&json, "id", finding->id);
		json_string(&json, "what", finding->what);
		json_string(&json, "means", finding->means);
		json_string(&json, "do", finding->todo);
		json_close(&json, '}');
	}
	json_close(&json, ']');
	json_open(&json, "entries", '[');
	for (i = 0; i < check->boots.count; i++)
		add_boot(&json, check, &check->boots.at[i]);
	json_close(&json, ']');
	json_close(&json, '}');
	return out_json(&json);
}

typedef int check_form(const struct check *check, bool quiet);

static int check_all(struct survey *survey, check_form *form, bool quiet)
{
	struct check check = { .survey = survey };
	int status, err;

	check_guest(&check);
	check_definition(&check);
	check_boots(&check);
	check_own(&check);
	check_config(&check);
	check_modprobe(&check);
	check_cards(&check);
	check_tools(&check);
	err = form(&check, quiet);
	status = (int)check_worst(&check);
	check_free(&check);
	return err ? FOUND_PROBLEM : status;
}

int cmd_check(const struct sys *sys, int argc, char **argv)
{
	check_form *form = say_all;
	bool quiet = false, log = false;
	struct survey survey;
	int i, status;

	for (i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "--json"))
			form = say_json;
		else if (!strcmp(argv[i], "--list"))
			form = check_list;
		else if (!strcmp(argv[i], "--prometheus"))
			form = check_prometheus;
		else if (!strcmp(argv[i], "--quiet") || !strcmp(argv[i], "-q"))
			quiet = true;
		else if (!strcmp(argv[i], "--boot-log"))
			log = true;
		else
			return usage_error("check", "no such option:", argv[i]);
	}
	if (log && (form != say_all || quiet))
		return usage_error("check", "--boot-log stands alone", NULL);
	survey_make(&survey, sys);
	status = log ? bootlog_explain(&survey)
		     : check_all(&survey, form, quiet);
	survey_free(&survey);
	return status;
}
