// SPDX-License-Identifier: GPL-2.0-or-later
/* `pvroot check`: will the next boot be from the PV disk? Changes nothing. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "admin/check/check.h"
#include "cmd/command.h"
#include "base/json.h"
#include "admin/lib/out.h"
#include "sys/admin.h"
#include "base/text.h"

#define FORMAT	  1 /* of the JSON: grows where a key changes its meaning */
#define WHAT_SIZE 1024
#define INDENT	  9

void found(struct check *check, enum level level, const char *id,
	   const char *means, const char *todo, const char *fmt, ...)
{
	char what[WHAT_SIZE];
	struct finding *finding;
	va_list args;
	unsigned int i;

	va_start(args, fmt);
	vsnprintf(what, sizeof(what), fmt, args);
	va_end(args);
	for (i = 0; i < check->count; i++) {
		if (!strcmp(check->at[i].what, what) &&
		    !strcmp(check->at[i].id, id))
			return;
	}
	grow(&check->at, check->count, &check->room, sizeof(*finding));
	finding = &check->at[check->count++];
	finding->level = level;
	finding->id = id;
	finding->means = means;
	finding->what = allocate(strlen(what) + 1);
	strcpy(finding->what, what);
	finding->todo = allocate(strlen(todo) + 1);
	strcpy(finding->todo, todo);
}

const char *todo_read(void)
{
	return sys_is_root() ? "Find out why even root cannot read it."
			     : "Run pvroot check as root.";
}

enum level check_worst(const struct check *check)
{
	enum level worst = FOUND_OK;
	unsigned int i;

	for (i = 0; i < check->count; i++) {
		if (check->at[i].level > worst)
			worst = check->at[i].level;
	}
	return worst;
}

const char *level_name(enum level level)
{
	static const char *const names[] = { "ok", "warning", "problem" };

	return names[level];
}

static void say(struct out *out, const struct finding *finding)
{
	static const enum paint paints[] = { GREEN, YELLOW, RED };

	out_paint(out, paints[finding->level]);
	out_cell(out, level_name(finding->level), INDENT);
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

static int say_json(const struct check *check, bool quiet)
{
	struct json json = { 0 };
	unsigned int i;
	int err;

	json_open(&json, NULL, '{');
	json_number(&json, "format", FORMAT);
	json_string(&json, "version", PVROOT_VERSION);
	json_bool(&json, "xen_hvm", check->survey->xen);
	json_string(&json, "worst", level_name(check_worst(check)));
	json_number(&json, "exit", check_worst(check));
	json_open(&json, "findings", '[');
	for (i = 0; i < check->count; i++) {
		const struct finding *finding = &check->at[i];

		if (quiet && finding->level == FOUND_OK)
			continue;
		json_open(&json, NULL, '{');
		json_string(&json, "level", level_name(finding->level));
		json_string(&json, "id", finding->id);
		json_string(&json, "what", finding->what);
		json_string(&json, "means", finding->means);
		json_string(&json, "do", finding->todo);
		json_close(&json, '}');
	}
	json_close(&json, ']');
	json_close(&json, '}');
	err = json.failed ? -1 : sys_print(1, json.text, json.used);
	if (!err)
		err = sys_print(1, "\n", 1);
	json_free(&json);
	return err;
}

static void check_free(struct check *check)
{
	unsigned int i;

	for (i = 0; i < check->count; i++) {
		free(check->at[i].what);
		free(check->at[i].todo);
	}
	for (i = 0; i < check->images.count; i++) {
		free(check->images.at[i].path);
		free(check->images.at[i].version);
	}
	free(check->images.at);
	free(check->at);
	entries_free(&check->entries);
}

typedef int check_form(const struct check *check, bool quiet);

static int check_all(struct survey *survey, check_form *form, bool quiet)
{
	struct check check = { .survey = survey };
	int status, err;

	check_guest(&check);
	check_definition(&check);
	check_images(&check);
	check_menus(&check);
	check_fstab(&check);
	check_modprobe(&check);
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
