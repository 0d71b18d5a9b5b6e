// SPDX-License-Identifier: GPL-2.0-or-later
/* Which name does a vif get? Decided by MAC, before udev names any card: later
 * two cards whose names swap would come up with each other's address. Writes
 * what udev_name.c does. */
#include "twin/rename.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "dev/nic.h"
#include "dev/record.h"
#include "sys/attr.h"
#include "twin/rival.h"
#include "twin/udev_name.h"

#define FILE_SIZE 4096
#define POLL_MS	  20
#define LINES_MAX 64
#define ANOTHER	  "another card has that name"

/* ---- the record ---- */

/* The kernel takes more, but no configuration that we read does. */
static bool is_card_name(const char *name)
{
	return strlen(name) < NIC_NAME_SIZE && text_is_word(name, ".") &&
	       strcmp(name, ".") && strcmp(name, "..") && strcmp(name, "lo");
}

/* Cuts "MAC NAME"; false where the line is anything else. */
static bool cut_line(char *line, const char **mac, const char **name)
{
	char *rest = line;

	*mac = text_next_word(&rest);
	*name = text_next_word(&rest);
	return nic_is_mac(*mac) && is_card_name(*name) &&
	       !*text_next_word(&rest);
}

struct line {
	const char *mac, *name;
	const struct nic *vif; /* NULL: nothing is to be done */
	const char *why;       /* … or this speaks against it */
};

struct lines {
	struct line at[LINES_MAX];
	unsigned int count;
	bool early; /* nothing listens for the kernel's events */
};

static void cut_lines(struct lines *lines, char *text)
{
	char *line;

	while (lines->count < LINES_MAX && (line = text_next_line(&text))) {
		struct line *at = &lines->at[lines->count];

		lines->count += cut_line(line, &at->mac, &at->name);
	}
}

/* One card of two names, or one name of two cards: whose it is is not known. */
static bool is_twice(const struct lines *lines, const struct line *line)
{
	unsigned int i;

	for (i = 0; i < lines->count; i++) {
		if (&lines->at[i] != line &&
		    (!strcmp(lines->at[i].mac, line->mac) ||
		     !strcmp(lines->at[i].name, line->name)))
			return true;
	}
	return false;
}

/* ---- may it have the name? ---- */

/* The one vif with this MAC; NULL where there is none, or two. */
static const struct nic *find_vif(const struct nics *nics, const char *mac)
{
	const struct nic *found = NULL;
	unsigned int i;

	for (i = 0; i < nics->count; i++) {
		if (!nics->at[i].vif || strcmp(nics->at[i].mac, mac))
			continue;
		if (found)
			return NULL;
		found = &nics->at[i];
	}
	return found;
}

/* Is this vif given a name? */
static bool moves(const struct lines *lines, const struct nic *vif)
{
	unsigned int i;

	for (i = 0; i < lines->count; i++) {
		if (lines->at[i].vif == vif && !lines->at[i].why)
			return true;
	}
	return false;
}

/* Has another card the name now, which does not give it away? A passed-through
 * card may have the vif's MAC, and is none of nics. */
static bool is_there(const struct twins *t, const struct nics *nics,
		     const struct lines *lines, const struct line *line)
{
	unsigned int i;

	for (i = 0; i < nics->count; i++) {
		const struct nic *nic = &nics->at[i];

		if (!strcmp(nic->name, line->name))
			return strcmp(nic->mac, line->mac) &&
			       !(lines->early && moves(lines, nic));
	}
	return attr_exists(t->sys, "/sys/class/net/%s", line->name);
}

/* Will udev call another vif so, which is given no name? */
static bool is_promised(const struct nics *nics, const struct lines *lines,
			const struct line *line)
{
	unsigned int i;

	for (i = 0; i < nics->count; i++) {
		if (nics->at[i].vif && !strcmp(nics->at[i].own, line->name) &&
		    !moves(lines, &nics->at[i]))
			return true;
	}
	return false;
}

/* An emulated card of this MAC that stays needs its name itself. */
static bool has_twin_that_stays(const struct twins *t, const struct nics *nics,
				const char *mac)
{
	unsigned int i;

	for (i = 0; i < nics->count; i++) {
		const struct nic *nic = &nics->at[i];

		if (!nic->vif && !strcmp(nic->mac, mac) &&
		    (nic->used || cmdline_keeps(t->cmd, nic->name, nic->pci)))
			return true;
	}
	return false;
}

static const char *why_not(const struct twins *t, const struct nics *nics,
			   const struct lines *lines, const struct line *line)
{
	const struct nic *vif = line->vif;

	if (is_twice(lines, line))
		return "the name or the card is recorded twice";
	if (cmdline_keeps(t->cmd, line->name, vif->name))
		return "keep= asks for it";
	if (has_twin_that_stays(t, nics, vif->mac))
		return "its emulated twin is up, or keep= holds it";
	if (nic_is_up(t->sys, vif->name))
		return "it is up already";
	if (rival_takes(t->sys, nics, line->name))
		return ANOTHER;
	return NULL;
}

static void decide(const struct twins *t, const struct nics *nics,
		   struct lines *lines)
{
	struct line *line, *end = lines->at + lines->count;
	bool again = true;

	for (line = lines->at; line < end; line++) {
		line->vif = find_vif(nics, line->mac);
		/* A configuration that names the PV card needs nothing of
		 * us. */
		if (line->vif && !strcmp(line->vif->own, line->name))
			line->vif = NULL;
		if (line->vif)
			line->why = why_not(t, nics, lines, line);
	}
	/* A vif that gets no name keeps the one that it has, and its own, from
	 * the others. */
	while (again) {
		again = false;
		for (line = lines->at; line < end; line++) {
			if (!line->vif || line->why ||
			    (!is_promised(nics, lines, line) &&
			     !is_there(t, nics, lines, line)))
				continue;
			line->why = ANOTHER;
			again = true;
		}
	}
}

/* ---- they get it ---- */

static void refuse(const struct twins *t, struct line *line, int err)
{
	udev_name_drop(t->sys, line->mac);
	line->why = log_errno(err);
}

/* Is its own twin called so? Then udev renames the vif, when the twin is gone.
 */
static bool waits_for_twin(const struct nics *nics, const struct line *line)
{
	unsigned int i;

	for (i = 0; i < nics->count; i++) {
		if (!nics->at[i].vif && !strcmp(nics->at[i].name, line->name))
			return true;
	}
	return false;
}

/* The kernel's own names, by way of others: udev cannot swap two. pass 0: all
 * let go of theirs. pass 1: each takes its new one, or its old one back. */
static void rename_pass(const struct twins *t, const struct nics *nics,
			struct lines *lines, unsigned int pass)
{
	char spare[NIC_NAME_SIZE];
	unsigned int i;
	int err;

	for (i = 0; i < lines->count; i++) {
		struct line *line = &lines->at[i];

		if (!line->vif || line->why ||
		    !strcmp(line->vif->name, line->name) ||
		    waits_for_twin(nics, line))
			continue;
		text_format(spare, sizeof(spare), "pvroot%u", i);
		err = pass ? sys_card_rename(t->sys, spare, line->name)
			   : sys_card_rename(t->sys, line->vif->name, spare);
		if (!err)
			continue;
		if (pass)
			sys_card_rename(t->sys, spare, line->vif->name);
		refuse(t, line, err);
	}
}

static void say(const struct twins *t, const struct line *line)
{
	if (line->vif && line->why)
		log_say(t->log, LOG_WARN,
			"%s (%s) is not called %s, as the configuration does: "
			"%s",
			line->vif->name, line->mac, line->name, line->why);
	else if (line->vif)
		log_say(t->log, LOG_INFO,
			"%s is the PV card (vif, %s) from now on", line->name,
			line->mac);
}

/* udev's files come first: whatever fails later, it gives the name. */
static void rename_all(const struct twins *t, const struct nics *nics,
		       struct lines *lines)
{
	unsigned int i;
	int err;

	for (i = 0; i < lines->count; i++) {
		struct line *line = &lines->at[i];

		if (!line->vif || line->why)
			continue;
		err = udev_name_give(t->sys, line->mac, line->name);
		if (err)
			refuse(t, line, err);
	}
	for (i = 0; i < 2 && lines->early; i++)
		rename_pass(t, nics, lines, i);
	for (i = 0; i < lines->count; i++)
		say(t, &lines->at[i]);
}

/* ---- all of them ---- */

struct vifs {
	const struct sys *sys;
};

/* A vif that its driver has accepted, and that is no card yet. */
static int is_coming(const char *name, void *ctx)
{
	const struct vifs *vifs = ctx;

	return text_prefix(name, "vif-", NULL) &&
	       attr_exists(vifs->sys, "/sys/bus/xen/devices/%s/driver", name) &&
	       !attr_exists(vifs->sys, "/sys/bus/xen/devices/%s/net", name);
}

static void wait_for_vifs(const struct sys *sys)
{
	struct vifs vifs = { sys };
	unsigned int waited;

	for (waited = 0; waited < RENAME_WAIT_MS; waited += POLL_MS) {
		if (sys_list(sys, "/sys/bus/xen/devices", is_coming, &vifs) !=
		    1)
			return;
		sys_sleep_ms(POLL_MS);
	}
}

void rename_vifs(const struct twins *t)
{
	struct lines lines = { .count = 0 };
	char text[FILE_SIZE];
	struct nics nics;

	if (sys_read(t->sys, RENAME_FILE, text, sizeof(text)) <= 0)
		return;
	cut_lines(&lines, text);
	wait_for_vifs(t->sys);
	if (!nics_scan(&nics, t->sys)) {
		/* systemd's socket keeps events for udev from before it runs:
		 * a name in them that is another card's would mislead it. */
		lines.early = !sys_exists(t->sys, "/run/udev/control");
		decide(t, &nics, &lines);
		rename_all(t, &nics, &lines);
	}
	nics_free(&nics);
}
