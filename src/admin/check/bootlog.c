// SPDX-License-Identifier: GPL-2.0-or-later
/* `pvroot check --boot-log`: explains the last boot. Reads pvroot's report and
 * the kernel log. */
#include <errno.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "admin/check/check.h"
#include "admin/check/log_lines.h"
#include "admin/lib/file.h"
#include "admin/lib/out.h"
#include "base/json_read.h"
#include "base/text.h"
#include "story/steps.h"
#include "sys/admin.h"
#include "sys/log.h"

#define KLOG_SIZE (256 * 1024)
#define BAR_WIDTH 40
#define INDENT	  4

static void explain_line(struct out *out, const char *line)
{
	size_t i;

	out_paint(out, BOLD);
	out_say(out, "  ");
	out_wrap(out, 2, INDENT, line);
	out_paint(out, PLAIN);
	for (i = 0; i < sizeof(log_lines) / sizeof(log_lines[0]); i++) {
		if (fnmatch(log_lines[i].pattern, line, 0))
			continue;
		out_paint(out, log_lines[i].look ? YELLOW : DIM);
		out_say(out, "%*s", INDENT, "");
		out_wrap(out, INDENT, INDENT, log_lines[i].means);
		out_paint(out, PLAIN);
		return;
	}
}

static void say_bars(struct out *out, const char *report)
{
	struct json_value times;
	uint64_t us[STEP_COUNT] = { 0 }, total = 0;
	size_t i, dots;

	if (!json_member(report, "step_us", &times))
		return;
	for (i = 0; i < STEP_COUNT; i++) {
		json_uint(&times, step_names[i].name, &us[i]);
		total += us[i];
	}
	out_say(out, "\nTime of each step (%llu.%03llu ms in all):\n",
		(unsigned long long)total / 1000,
		(unsigned long long)total % 1000);
	for (i = 0; i < STEP_COUNT; i++) {
		out_say(out, "  %-22s%7llu.%03llu ms ", step_names[i].purpose,
			(unsigned long long)us[i] / 1000,
			(unsigned long long)us[i] % 1000);
		dots = total ? (size_t)((us[i] * BAR_WIDTH + total / 2) / total)
			     : 0;
		while (dots--)
			out_say(out, "#");
		out_say(out, "\n");
	}
}

static void say_waits(struct out *out, const char *report)
{
	struct json_value vbds, vbd;
	uint64_t number;

	if (!json_member(report, "vbds", &vbds))
		return;
	for (vbd = json_first(&vbds); vbd.at; vbd = json_next(&vbd)) {
		if (!json_uint(&vbd, "number", &number))
			continue;
		out_say(out, "  vbd-%llu: %s\n", (unsigned long long)number,
			!json_is_true(&vbd, "accepted")
				? "no driver took it (a CD-ROM has none): not "
				  "waited for"
			: json_is_true(&vbd, "ready")
				? "its disk came"
				: "its disk did not come in time");
	}
}

static void say_decisions(struct out *out, const char *report)
{
	struct json_value log, line;
	char text[LOG_LINE_SIZE], mode[16] = "";
	struct json_value top = { report };

	json_text(&top, "mode", mode, sizeof(mode));
	out_say(out, "pvroot ran in mode %s%s.\n\nDecisions:\n", mode,
		json_is_true(&top, "stopped") ? " and stopped the boot" : "");
	if (json_member(report, "log", &log)) {
		for (line = json_first(&log); line.at;
		     line = json_next(&line)) {
			if (json_text(&line, NULL, text, sizeof(text)))
				explain_line(out, text);
		}
	}
	out_say(out, "\nPV disks that the host offered:\n");
	say_waits(out, report);
	say_bars(out, report);
}

/* The messages of udev's calls after the initrd are in the kernel log only, and
 * so is the time of each message. */
static int say_kernel_log(struct out *out, struct survey *survey, bool explain)
{
	char *text = memory_new(KLOG_SIZE), *at = text, *line;
	int len = sys_kernel_log(survey->sys, text, KLOG_SIZE);
	unsigned int seen = 0;

	out_say(out, "\nThe kernel log (seconds since the kernel started):\n");
	while (len > 0 && (line = text_next_line(&at))) {
		char *rest = strstr(line, " pvroot: ");

		if (!rest || strchr(line, ' ') != rest)
			continue;
		seen++;
		*rest = '\0';
		out_say(out, "  %12s ", line);
		out_wrap(out, 15, 17, rest + 9);
		if (explain)
			explain_line(out, rest + 9);
	}
	if (len < 0)
		out_say(out, "  not readable: %s%s\n", log_errno(len),
			len == -EPERM ? " (run it as root)" : "");
	else if (!seen)
		out_say(out, "  it has no line of pvroot (any more)\n");
	free(text);
	return len < 0 ? len : (int)seen;
}

static void say_no_report(struct out *out, const struct survey *survey, int err)
{
	char path[RECORD_PATH_SIZE];

	out_say(out, "There is no report of this boot (%s: %s).\n",
		record_path(survey->sys, path, RECORD_REPORT), log_errno(err));
	if (!survey->xen)
		out_say(out, "This is not a Xen HVM guest: pvroot has nothing "
			     "to do here.\n");
	else if (survey->cmd.mode == MODE_OFF)
		out_say(out, "The kernel command line says pvroot=off.\n");
	else if (err == -ENOENT)
		out_say(out, "pvroot was not in the initrd, or this initrd "
			     "does not carry its folder over; `pvroot check` "
			     "looks.\n");
}

int bootlog_explain(struct survey *survey)
{
	struct out out;
	int err;
	char *report = survey_report(survey->sys, &err);
	int status = report ? FOUND_OK : FOUND_WARNING;

	out_open(&out);
	if (report)
		say_decisions(&out, report);
	else
		say_no_report(&out, survey, err);
	if (say_kernel_log(&out, survey, !report) > 0 && !report)
		status = FOUND_OK;
	free(report);
	return out_close(&out) ? FOUND_PROBLEM : status;
}
