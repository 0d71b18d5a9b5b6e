// SPDX-License-Identifier: GPL-2.0-or-later
/* `pvroot check --boot-log`: explains the last boot. Reads pvroot's report and
 * the kernel log. */
#include <errno.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "admin/check/check.h"
#include "admin/lib/file.h"
#include "base/json_read.h"
#include "sys/log.h"
#include "admin/lib/out.h"
#include "sys/admin.h"
#include "base/text.h"
#include "story/steps.h"

#define KLOG_SIZE (256 * 1024)
#define BAR_WIDTH 40
#define INDENT	  4

/* The log lines of the program, and what each says to a person. The first that
 * fits is taken; README has the same list. */
static const struct {
	const char *pattern;
	bool bad;
	const char *means;
} lines[] = {
	{ "root *->*", false,
	  "root= was found there; that device is mounted." },
	{ "resume *->*", false, "resume= was found there." },
	{ "root * left to the generator", false,
	  "LVM, md, LUKS, NFS and the like: the initrd's own tools find it." },
	{ "* refused: *", true,
	  "Two PV devices carry the tag. pvroot chooses none." },
	{ "* is on *, but * names its emulated twin*", true,
	  "That name does not follow to the PV disk, so that the whole disk is "
	  "left on its emulated path: slower, and it boots. Write UUID= or "
	  "LABEL= where the line says." },
	{ "root * is on *, but its emulated twin's is in use*", true,
	  "Somebody uses it by the emulated path; both at once would destroy "
	  "it." },
	{ "root * is on no PV disk*", true,
	  "The lines below it say why, and what each disk holds." },
	{ "resume * is on no PV disk*", true,
	  "No swap area of a PV disk carries it." },
	{ "* twin: deleted (*", false,
	  "The emulated disk was proven to be the same disk and taken away; "
	  "something else on its controller stays." },
	{ "* twin: deleted", false,
	  "The emulated disk was proven to be the same disk and taken away." },
	{ "* twin: controller * unbound", false,
	  "The emulated disk was proven to be the same disk; its controller "
	  "lost its driver." },
	{ "*twin*: * unbound", false,
	  "The emulated network card with the vif's address was taken away." },
	{ "* twin: hidden*", false,
	  "The old IDE driver cannot let a disk go: the twin stays in the "
	  "kernel, where nothing leads to it." },
	{ "* is hidden: *", false,
	  "The kernel cannot let the emulated disk go, so its names are "
	  "gone." },
	{ "*twin*, but in use*", true,
	  "Both paths are there and the emulated one is in use: writing to "
	  "both loses data." },
	{ "*twin*left on its old path*", true,
	  "That name does not follow to the PV disk, so the twin stays and is "
	  "used. Write UUID= or LABEL= where the line says." },
	{ "*twin*configures *left alone*", true,
	  "The network configuration names the emulated card, which would be "
	  "missed. Name the PV card there, and it goes." },
	{ "*twin*controller * has *left alone*", true,
	  "A namespace cannot go alone, and with its controller that would go "
	  "too." },
	{ "*twin*which names are in use*", true,
	  "A list of names could not be read; any of them may mean the twin." },
	{ "*twin*it was brought back*", false,
	  "As `pvroot twin --restore` was told." },
	{ "*twin*left alone*", true, "The twin stays; the line says why." },
	{ "*twin*kernel keeps it*", true,
	  "Taking the twin away failed; the line says why." },
	{ "* kept: *no PV disk in its place", false,
	  "It has no PV path: it is needed." },
	{ "* kept: *", false, "Not proven to be a twin, so it stays." },
	{ "waiting for *", false, "The host is slow to connect the PV disks." },
	{ "vbd-*: no disk after *", true,
	  "The PV disk was offered and did not come before the deadline." },
	{ "vbd-*could not be opened*", true,
	  "The PV disk came, and cannot be read." },
	{ "vbd-*: no driver took it*", false,
	  "A CD-ROM, or a definition that needs vdev=xvd*." },
	{ "no PV disk: *", true, "The host or the kernel gives no PV path." },
	{ "no PV disk driver*", true, "The image lacks the PV disk driver." },
	{ "the PV disk driver did not load*", true,
	  "Without it there is no PV disk." },
	{ "module *going on without it", true, "A module did not load." },
	{ "kernel command line: *", true,
	  "Part of the command line was not understood and is ignored." },
	{ "seen: *", false, "What that device holds; compare with root=." },
	{ "step *: going on after it", true,
	  "A driver hung or pvroot crashed there; the boot went on." },
	{ "strict: disk controller *", false,
	  "Kept from binding: no emulated disk can appear there." },
	{ "strict: * went although *", true,
	  "strict takes every twin: that name leads nowhere now. Write UUID= "
	  "or LABEL= there." },
	{ "strict: *", true, "strict stopped the boot here." },
	{ "*: the name follows", false,
	  "The twin came later than root was sought; its name leads to the PV "
	  "disk now." },
	{ "*=* -> *", true, "That name could not be led to the PV disk." },
	{ "* does not lead to *", true,
	  "systemd waits for that name, and its link could not be made." },
	{ "a fault: *", true, "pvroot failed; the boot went on without it." },
	{ "*: its namespace is not known*", false,
	  "An NVMe disk whose place is not known cannot be proven a twin." },
	{ "*: *ignored*", true, "That word or file was not read." },
	{ "twin *: no disk and no network card*", false,
	  "That device went before pvroot looked, or never was." },
};

static void explain_line(struct out *out, const char *line)
{
	size_t i;

	out_paint(out, BOLD);
	out_say(out, "  ");
	out_wrap(out, 2, INDENT, line);
	out_paint(out, PLAIN);
	for (i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		if (fnmatch(lines[i].pattern, line, 0))
			continue;
		out_paint(out, lines[i].bad ? YELLOW : DIM);
		out_say(out, "%*s", INDENT, "");
		out_wrap(out, INDENT, INDENT, lines[i].means);
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

/* What udev's calls said after the initrd is in the kernel log only, and so are
 * the times of day of all. */
static int say_kernel_log(struct out *out, struct survey *survey, bool explain)
{
	char *text = allocate(KLOG_SIZE), *at = text, *line;
	int len = sys_kernel_log(survey->sys, text, KLOG_SIZE);
	unsigned int seen = 0;

	out_say(out, "\nThe kernel log (seconds since the kernel started):\n");
	while (len > 0 && (line = next_line(&at))) {
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
