// SPDX-License-Identifier: GPL-2.0-or-later
/* `pvroot status` for a person: a table of at most 80 columns. */
#include <stdio.h>
#include <string.h>

#include "admin/lib/out.h"
#include "admin/status/status.h"
#include "base/text.h"
#include "sys/log.h"

#define NAME_WIDTH 13
#define WAY_WIDTH  10
#define USED_WIDTH 12
#define ABOUT	   (NAME_WIDTH + WAY_WIDTH + USED_WIDTH)
#define ABOUT_SIZE 1024

static const struct {
	const char *text;
	enum paint paint;
} ways[] = {
	[WAY_PV] = { "PV", GREEN },
	[WAY_EMULATED] = { "emulated", PLAIN },
	[WAY_PASSED] = { "hardware", PLAIN },
	[WAY_STACKED] = { "stacked", PLAIN },
	[WAY_OTHER] = { "other", PLAIN },
};

static void row(struct out *out, const char *name, enum way way, bool bad,
		const char *used, const char *about)
{
	out_cell(out, name, NAME_WIDTH - 1);
	out_say(out, " ");
	out_paint(out, bad ? RED : ways[way].paint);
	out_cell(out, ways[way].text, WAY_WIDTH - 1);
	out_paint(out, PLAIN);
	out_say(out, " ");
	if (!*about) {
		out_say(out, "%s\n", used);
		return;
	}
	if (strlen(used) >= USED_WIDTH)
		out_say(out, "%s\n%*s", used, ABOUT, "");
	else
		out_cell(out, used, USED_WIDTH);
	out_wrap(out, ABOUT, ABOUT, about);
}

/* "LABEL=/ (root=)", "LABEL=/ (fstab)" to "LABEL=/ (root=, fstab)". */
static void merge_names(const struct words *called, char *buf, size_t size)
{
	unsigned int i, j;

	buf[0] = '\0';
	for (i = 0; i < called->count; i++) {
		const char *name = called->at[i];
		const char *where = strrchr(name, '(');
		size_t len = (size_t)(where - name);
		bool seen = false;

		for (j = 0; j < i; j++)
			seen |= !strncmp(called->at[j], name, len);
		if (seen)
			continue;
		if (*buf)
			text_add(buf, "; ", size);
		text_add(buf, name, size);
		for (j = i + 1; j < called->count; j++) {
			if (strncmp(called->at[j], name, len))
				continue;
			text_chomp(buf);
			if (text_ends_with(buf, ")"))
				buf[strlen(buf) - 1] = '\0';
			text_add(buf, ", ", size);
			text_add(buf, called->at[j] + len + 1, size);
		}
	}
}

static void size_text(uint64_t sectors, char *buf, size_t size)
{
	static const char *const units[] = { "KiB", "MiB", "GiB", "TiB" };
	uint64_t tenths = sectors * 5; /* of a KiB */
	unsigned int unit = 0;

	while (tenths >= 10240 && unit < 3) {
		tenths /= 1024;
		unit++;
	}
	text_format(buf, size, "%llu.%llu %s", (unsigned long long)tenths / 10,
		    (unsigned long long)tenths % 10, units[unit]);
}

static void volume_row(struct out *out, struct survey *survey,
		       const struct volume *volume, bool bad)
{
	char name[DISK_NAME_SIZE + 4], used[256], about[ABOUT_SIZE];

	text_format(name, sizeof(name), "  %s", volume->name);
	words_join(&volume->used, ", ", used, sizeof(used));
	merge_names(&volume->called, about, sizeof(about));
	if (volume->error) {
		text_add(about, *about ? "; " : "", sizeof(about));
		text_add(about, "not readable: ", sizeof(about));
		text_add(about, log_errno(volume->error), sizeof(about));
	} else if (!*about && volume->what.type[0]) {
		text_copy(about, sizeof(about), volume->what.type);
	}
	row(out, name, survey_volume_way(survey, volume),
	    bad && volume->used.count, *used ? used : "-", about);
}

static void disk_about(struct survey *survey, int disk, char *about,
		       size_t size)
{
	const struct disk *at = &survey->disks.at[disk];
	char note[NOTE_SIZE], text[64];

	size_text(survey->views[disk].sectors, about, size);
	if (at->cdrom)
		text_format(about, size, "CD-ROM, %s",
			    disk_is_pv(at) ? "on xenbus"
					   : "which has no PV path");
	if (disk_is_pv(at) && !at->cdrom)
		text_format(text, sizeof(text), ", vbd-%u", at->place.vbd);
	else if (at->place.pci[0])
		text_format(text, sizeof(text), ", PCI %s", at->place.pci);
	else
		text[0] = '\0';
	text_add(about, text, size);
	status_disk_note(survey, disk, note);
	if (*note) {
		text_add(about, "; ", size);
		text_add(about, note, size);
	}
}

static void disk_rows(struct out *out, struct survey *survey, int disk)
{
	const struct disk *at = &survey->disks.at[disk];
	const struct disk_view *view = &survey->views[disk];
	bool bad = view->proof == PROOF_TWIN || view->offered || view->lost;
	char about[ABOUT_SIZE];
	unsigned int i;

	disk_about(survey, disk, about, sizeof(about));
	row(out, at->name, view->way, bad && status_disk_in_use(survey, disk),
	    "", about);
	for (i = 0; i < survey->volumes.count; i++) {
		if (survey->volumes.at[i].disk == disk)
			volume_row(out, survey, &survey->volumes.at[i], bad);
	}
}

static void netdev_row(struct out *out, struct survey *survey,
		       const struct netdev *netdev)
{
	char about[ABOUT_SIZE], note[NOTE_SIZE];

	text_copy(about, sizeof(about), netdev->nic.mac);
	if (netdev->nic.pci[0]) {
		text_add(about, ", PCI ", sizeof(about));
		text_add(about, netdev->nic.pci, sizeof(about));
	}
	status_netdev_note(survey, netdev, note);
	if (*note) {
		text_add(about, "; ", sizeof(about));
		text_add(about, note, sizeof(about));
	}
	row(out, netdev->nic.name, netdev->way, netdev->up && netdev->twin >= 0,
	    netdev->up ? "up" : "down", about);
}

/* Rows for what was taken away and is not named in the row of its PV disk. */
static void detached_rows(struct out *out, struct survey *survey)
{
	unsigned int i;

	for (i = 0; i < survey->detached.count; i++) {
		const struct detached *item = &survey->detached.at[i];

		if (item->record.state == RECORD_RESTORED ||
		    disks_find(&survey->disks, item->twin_of) >= 0)
			continue;
		out_say(out, "Taken away since the boot: %s (%s, PCI %s)%s%s\n",
			item->record.name,
			record_state_name(item->record.state), item->record.pci,
			item->twin_of[0] ? ", the twin of " : "",
			item->twin_of);
	}
}

static void say_verdict(struct out *out, const struct survey *survey,
			const struct verdict *verdict)
{
	unsigned int i;

	out_say(out, "\n");
	out_paint(out, BOLD);
	if (!survey->xen)
		out_say(out, "Nothing to tell: outside Xen HVM there are no "
			     "twins.\n");
	else if (verdict->exit == STATUS_GOOD)
		out_say(out, "Good: nothing in use has a better path.\n");
	out_paint(out, PLAIN);
	for (i = 0; i < verdict->emulated.count; i++) {
		out_paint(out, RED);
		out_say(out, "Emulated, though a PV path exists: ");
		out_paint(out, PLAIN);
		out_wrap(out, 35, 4, verdict->emulated.at[i]);
	}
	for (i = 0; i < verdict->unknown.count; i++) {
		out_paint(out, YELLOW);
		out_say(out, "Could not tell: ");
		out_paint(out, PLAIN);
		out_wrap(out, 16, 4, verdict->unknown.at[i]);
	}
}

static void heading(struct out *out, struct survey *survey)
{
	char text[512];

	text_format(text, sizeof(text), "%s, kernel %s, %s",
		    survey->xen ? "Xen HVM guest" : "Not a Xen HVM guest",
		    survey->kernel[0] ? survey->kernel : "unknown",
		    survey->ran			   ? "pvroot ran in this boot"
		    : survey->cmd.mode == MODE_OFF ? "pvroot=off"
						   : "pvroot did not run");
	out_paint(out, BOLD);
	out_wrap(out, 0, 0, text);
	out_say(out, "%-*s%-*s%-*s%s\n", NAME_WIDTH, "DEVICE", WAY_WIDTH,
		"PATH", USED_WIDTH, "USED FOR", "NAMES AND TWINS");
	out_paint(out, PLAIN);
}

int status_table(struct survey *survey, const struct verdict *verdict)
{
	struct out out;
	unsigned int i;

	out_open(&out);
	heading(&out, survey);
	for (i = 0; i < survey->disks.count; i++)
		disk_rows(&out, survey, (int)i);
	for (i = 0; i < survey->volumes.count; i++) {
		if (survey->volumes.at[i].disk < 0)
			volume_row(&out, survey, &survey->volumes.at[i], false);
	}
	for (i = 0; i < survey->netdevs.count; i++)
		netdev_row(&out, survey, &survey->netdevs.at[i]);
	detached_rows(&out, survey);
	for (i = 0; i < survey->unread.count; i++) {
		out_say(&out, "Not read: ");
		out_wrap(&out, 10, 4, survey->unread.at[i]);
	}
	say_verdict(&out, survey, verdict);
	return out_close(&out);
}
