// SPDX-License-Identifier: GPL-2.0-or-later
/* `pvroot status --prometheus`: the text format that node_exporter's textfile
 * collector reads. The names are a contract, see pvroot(8). */
#include <stdlib.h>
#include <string.h>

#include "admin/lib/file.h"
#include "admin/lib/out.h"
#include "admin/status/status.h"
#include "base/json_read.h"
#include "base/text.h"
#include "story/steps.h"

static void family(struct out *out, const char *name, const char *help)
{
	out_say(out, "# HELP %s %s\n# TYPE %s gauge\n", name, help, name);
}

static void number(struct out *out, const char *name, const char *help,
		   unsigned int value)
{
	family(out, name, help);
	out_say(out, "%s %u\n", name, value);
}

static void device(struct out *out, const char *metric, const char *name,
		   const char *kind, enum way way, bool value)
{
	out_say(out, "%s{device=\"%s\",kind=\"%s\",path=\"%s\"} %u\n", metric,
		name, kind, survey_way_name(way), value);
}

static void devices(struct out *out, const struct survey *survey)
{
	unsigned int i;

	family(out, "pvroot_device_in_use",
	       "Whether the disk, CD-ROM or network card is in use (1) or not "
	       "(0).");
	for (i = 0; i < survey->disks.count; i++)
		device(out, "pvroot_device_in_use", survey->disks.at[i].name,
		       survey->disks.at[i].cdrom ? "cdrom" : "disk",
		       survey->views[i].way,
		       status_disk_in_use(survey, (int)i));
	for (i = 0; i < survey->netdevs.count; i++)
		device(out, "pvroot_device_in_use",
		       survey->netdevs.at[i].nic.name, "nic",
		       survey->netdevs.at[i].way, survey->netdevs.at[i].up);
}

static unsigned int count_detached(const struct survey *survey)
{
	unsigned int i, count = 0;

	for (i = 0; i < survey->detached.count; i++)
		count += survey->detached.at[i].record.state != RECORD_RESTORED;
	return count;
}

static unsigned int count_present(const struct survey *survey)
{
	unsigned int i, count = 0;

	for (i = 0; i < survey->disks.count; i++)
		count += survey->views[i].proof == PROOF_TWIN;
	for (i = 0; i < survey->netdevs.count; i++)
		count += survey->netdevs.at[i].twin >= 0;
	return count;
}

static void steps(struct out *out, const struct survey *survey)
{
	struct json_value times;
	uint64_t us;
	int err;
	char *report = survey_report(survey->sys, &err);
	size_t i;

	if (report && json_member(report, "step_us", &times)) {
		family(out, "pvroot_boot_step_seconds",
		       "How long each step of pvroot took in this boot.");
		for (i = 0; i < STEP_COUNT; i++) {
			if (!json_uint(&times, step_names[i].name, &us))
				continue;
			out_say(out,
				"pvroot_boot_step_seconds{step=\"%s\"} "
				"%llu.%06llu\n",
				step_names[i].name,
				(unsigned long long)us / 1000000,
				(unsigned long long)us % 1000000);
		}
	}
	free(report);
}

int status_prometheus(struct survey *survey, const struct verdict *verdict)
{
	struct out out;

	out_open(&out);
	out.colour = false;
	family(&out, "pvroot_info", "The version of pvroot; always 1.");
	out_say(&out, "pvroot_info{version=\"%s\"} 1\n", PVROOT_VERSION);
	number(&out, "pvroot_xen_hvm", "Whether this is a Xen HVM guest.",
	       survey->xen);
	number(&out, "pvroot_boot_ran", "Whether pvroot ran in this boot.",
	       survey->ran);
	number(&out, "pvroot_emulated_in_use",
	       "Devices in use on an emulated path though a PV path exists.",
	       verdict->emulated.count);
	number(&out, "pvroot_unknown",
	       "Things that could not be told; run it as root.",
	       verdict->unknown.count);
	number(&out, "pvroot_twins_taken_away",
	       "Twins that pvroot took away since the boot.",
	       count_detached(survey));
	number(&out, "pvroot_twins_present",
	       "Proven twins of PV devices that are there, in use or not.",
	       count_present(survey));
	devices(&out, survey);
	steps(&out, survey);
	return out_close(&out);
}
