// SPDX-License-Identifier: GPL-2.0-or-later
/* Is anything in use on an emulated path although there is a PV path? Pure:
 * judges a survey. */
#include <string.h>

#include "admin/status/status.h"
#include "base/text.h"
#include "sys/log.h"

const char *survey_proof_name(enum proof proof)
{
	static const char *const names[] = {
		[PROOF_NONE] = "none",
		[PROOF_TWIN] = "proven",
		[PROOF_DIFFERENT] = "different",
		[PROOF_UNKNOWN] = "unknown",
	};

	return names[proof];
}

bool status_disk_in_use(const struct survey *survey, int disk)
{
	unsigned int i;

	for (i = 0; i < survey->volumes.count; i++) {
		if (survey->volumes.at[i].disk == disk &&
		    survey->volumes.at[i].used.count)
			return true;
	}
	return false;
}

/* Adds to the note of a twin that stays what keeps it, and the cure. */
static void add_keeper(const struct disk_view *view, char note[NOTE_SIZE])
{
	char text[NOTE_SIZE];

	if (view->hidden)
		text_copy(text, sizeof(text),
			  ", hidden: its IDE driver cannot let it go");
	else if (view->named_by[0])
		text_format(text, sizeof(text),
			    "; %s names it (%.100s): UUID= there lets it go",
			    view->named_by, view->named);
	else if (view->beside[0])
		text_format(text, sizeof(text),
			    "; it stays because its controller has %s too",
			    view->beside);
	else
		return;
	text_add(note, text, NOTE_SIZE);
}

/* by-id and by-path of the twin, which are the PV disk's now. */
static void add_links(const struct disk_view *view, char note[NOTE_SIZE])
{
	char text[64];

	if (!view->links.count)
		return;
	text_format(text, sizeof(text), "; its %u link%s here",
		    view->links.count,
		    view->links.count > 1 ? "s lead" : " leads");
	text_add(note, text, NOTE_SIZE);
}

static void note_pv(const struct survey *survey, int disk, char note[NOTE_SIZE])
{
	const char *name = survey->disks.at[disk].name;
	unsigned int i;

	for (i = 0; i < survey->detached.count; i++) {
		const struct detached *item = &survey->detached.at[i];

		if (!strcmp(item->twin_of, name) &&
		    item->record.state != RECORD_RESTORED) {
			text_format(note, NOTE_SIZE,
				    "its twin %s was taken "
				    "away (%s)",
				    item->record.name,
				    item->record.state == RECORD_DELETED
					    ? "deleted"
					    : "controller unbound");
			add_links(&survey->views[disk], note);
			return;
		}
	}
	for (i = 0; i < survey->disks.count; i++) {
		if (survey->views[i].pv != disk ||
		    survey->views[i].proof != PROOF_TWIN)
			continue;
		text_format(note, NOTE_SIZE, "its twin %s is still there%s",
			    survey->disks.at[i].name,
			    status_disk_in_use(survey, (int)i) ? ", IN USE"
							       : "");
		add_keeper(&survey->views[i], note);
	}
}

static void note_emulated(const struct survey *survey, int disk,
			  char note[NOTE_SIZE])
{
	const struct disk_view *view = &survey->views[disk];
	const char *pv = view->pv >= 0 ? survey->disks.at[view->pv].name : "";

	if (view->proof == PROOF_TWIN) {
		text_format(note, NOTE_SIZE, "the twin of %s%s", pv,
			    status_disk_in_use(survey, view->pv) &&
					    status_disk_in_use(survey, disk)
				    ? ": BOTH IN USE, data will be lost"
				    : "");
		add_keeper(view, note);
	} else if (view->proof == PROOF_DIFFERENT)
		text_format(note, NOTE_SIZE,
			    "in %s's place, but not the same disk", pv);
	else if (view->proof == PROOF_UNKNOWN)
		text_format(note, NOTE_SIZE,
			    "in %s's place; could not be compared: %s", pv,
			    view->error ? log_errno(view->error)
					: "both are blank");
	else if (view->offered && view->named_by[0]) {
		text_format(note, NOTE_SIZE,
			    "left on its old path, vbd-%u is put aside",
			    view->vbd);
		add_keeper(view, note);
	} else if (view->offered)
		text_format(note, NOTE_SIZE,
			    "the host offers vbd-%u in its place, no PV driver "
			    "took it",
			    view->vbd);
	else if (view->lost)
		text_format(note, NOTE_SIZE,
			    "the kernel has given vbd-%u in its place back",
			    view->vbd);
	else
		text_copy(note, NOTE_SIZE, "no PV disk in its place");
}

void status_disk_note(const struct survey *survey, int disk,
		      char note[NOTE_SIZE])
{
	note[0] = '\0';
	if (survey->disks.at[disk].cdrom || !survey->xen)
		return;
	if (survey->views[disk].way == WAY_PV)
		note_pv(survey, disk, note);
	else if (survey->views[disk].way == WAY_EMULATED)
		note_emulated(survey, disk, note);
}

static bool has_idle_vif(const struct survey *survey)
{
	unsigned int i;

	for (i = 0; i < survey->vifs.count; i++) {
		if (!survey->vifs.at[i].driver)
			return true;
	}
	return false;
}

void status_netdev_note(const struct survey *survey,
			const struct netdev *netdev, char note[NOTE_SIZE])
{
	unsigned int i;

	note[0] = '\0';
	if (!survey->xen)
		return;
	if (netdev->twin >= 0)
		text_format(note, NOTE_SIZE, "the twin of %s%s",
			    survey->netdevs.at[netdev->twin].nic.name,
			    netdev->up ? ", up" : "");
	else if (netdev->way == WAY_EMULATED && has_idle_vif(survey))
		text_copy(note, NOTE_SIZE,
			  "the host offers a vif that no PV driver took");
	else if (netdev->way == WAY_EMULATED)
		text_copy(note, NOTE_SIZE, "no vif has its address");
	for (i = 0; i < survey->netdevs.count; i++) {
		const struct netdev *twin = &survey->netdevs.at[i];

		if (twin->twin >= 0 &&
		    &survey->netdevs.at[twin->twin] == netdev)
			text_format(note, NOTE_SIZE,
				    "its twin %s is still there%s",
				    twin->nic.name, twin->up ? ", UP" : "");
	}
}

/* Each disk of a Xen guest has a vbd. If the PV driver is there but no PV disk,
 * something prevents them; the old IDE driver is known to do that. */
static void judge_alone(struct survey *survey, int disk,
			struct verdict *verdict)
{
	const struct disk *at = &survey->disks.at[disk];

	if (at->cdrom || !survey->pv_driver || disks_have_pv(&survey->disks))
		return;
	if (at->place.kind == PLACE_IDE)
		words_add(&verdict->emulated,
			  "%s (no PV disk: with vdev=%s this kernel's IDE "
			  "driver keeps it away; %s=noprobe or vdev=xvd%s "
			  "gives it)",
			  at->name, at->name, at->place.port, at->name + 2);
	else
		words_add(&verdict->unknown,
			  "%s (there is a PV disk driver, but no PV disk)",
			  at->name);
}

static void judge_disk(struct survey *survey, int disk, struct verdict *verdict)
{
	const struct disk_view *view = &survey->views[disk];
	const char *name = survey->disks.at[disk].name;
	char note[NOTE_SIZE];

	if (view->way != WAY_EMULATED || !status_disk_in_use(survey, disk))
		return;
	status_disk_note(survey, disk, note);
	if (view->proof == PROOF_TWIN || view->offered || view->lost)
		words_add(&verdict->emulated, "%s (%s)", name, note);
	else if (view->proof == PROOF_UNKNOWN)
		words_add(&verdict->unknown, "%s (%s)", name, note);
	else if (view->proof == PROOF_NONE)
		judge_alone(survey, disk, verdict);
}

/* Without these files it cannot be found out what is in use. */
static bool is_needed(const char *unread)
{
	return text_prefix(unread, "/proc/mounts", NULL) ||
	       text_prefix(unread, "/proc/swaps", NULL) ||
	       text_prefix(unread, "/sys/block", NULL);
}

void status_judge(struct survey *survey, struct verdict *verdict)
{
	char note[NOTE_SIZE];
	unsigned int i;

	memset(verdict, 0, sizeof(*verdict));
	for (i = 0; survey->xen && i < survey->disks.count; i++)
		judge_disk(survey, (int)i, verdict);
	for (i = 0; survey->xen && i < survey->netdevs.count; i++) {
		const struct netdev *netdev = &survey->netdevs.at[i];

		if (netdev->way != WAY_EMULATED || !netdev->up ||
		    (netdev->twin < 0 && !has_idle_vif(survey)))
			continue;
		status_netdev_note(survey, netdev, note);
		words_add(&verdict->emulated, "%s (%s)", netdev->nic.name,
			  note);
	}
	for (i = 0; i < survey->unread.count; i++) {
		if (is_needed(survey->unread.at[i]))
			words_add(&verdict->unknown, "%s",
				  survey->unread.at[i]);
	}
	if (verdict->emulated.count)
		verdict->exit = STATUS_EMULATED;
	else if (verdict->unknown.count)
		verdict->exit = STATUS_UNKNOWN;
}

void status_free(struct verdict *verdict)
{
	words_free(&verdict->emulated);
	words_free(&verdict->unknown);
}
