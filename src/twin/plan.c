// SPDX-License-Identifier: GPL-2.0-or-later
/* Which name is each vif to get, and what speaks against it? Reads sysfs only.
 */
#include "twin/plan.h"

#include <string.h>

#include "base/text.h"
#include "sys/attr.h"
#include "twin/rival.h"

#define ANOTHER "another card has that name"

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

void plan_read(struct plan *plan, char *text)
{
	char *line;

	while (plan->count < PLAN_MAX && (line = text_next_line(&text))) {
		struct plan_line *at = &plan->at[plan->count];

		plan->count += cut_line(line, &at->mac, &at->name);
	}
}

/* One card of two names, or one name of two cards: whose it is is not known. */
static bool is_twice(const struct plan *plan, const struct plan_line *line)
{
	unsigned int i;

	for (i = 0; i < plan->count; i++) {
		if (&plan->at[i] != line &&
		    (!strcmp(plan->at[i].mac, line->mac) ||
		     !strcmp(plan->at[i].name, line->name)))
			return true;
	}
	return false;
}

/* ---- may it have the name? ---- */

/* The first vif with this MAC behind after, or behind none; NULL where there is
 * none. */
static const struct nic *find_vif(const struct nics *nics, const char *mac,
				  const struct nic *after)
{
	unsigned int i = after ? (unsigned int)(after - nics->at) + 1 : 0;

	for (; i < nics->count; i++) {
		if (nics->at[i].vif && !strcmp(nics->at[i].mac, mac))
			return &nics->at[i];
	}
	return NULL;
}

/* Is this vif given a name? */
static bool moves(const struct plan *plan, const struct nic *vif)
{
	unsigned int i;

	for (i = 0; i < plan->count; i++) {
		if (plan->at[i].vif == vif && !plan->at[i].why)
			return true;
	}
	return false;
}

/* Has another card the name now, which does not give it away? A passed-through
 * card may have the vif's MAC, and is none of nics. */
static bool is_there(const struct plan *plan, const struct plan_line *line)
{
	const struct nics *nics = plan->nics;
	unsigned int i;

	for (i = 0; i < nics->count; i++) {
		const struct nic *nic = &nics->at[i];

		if (!strcmp(nic->name, line->name))
			return strcmp(nic->mac, line->mac) &&
			       !(plan->early && moves(plan, nic));
	}
	return attr_exists(plan->sys, "/sys/class/net/%s", line->name);
}

/* Will udev call another vif so, which is given no name? */
static bool is_promised(const struct plan *plan, const struct plan_line *line)
{
	const struct nics *nics = plan->nics;
	unsigned int i;

	for (i = 0; i < nics->count; i++) {
		if (nics->at[i].vif && !strcmp(nics->at[i].own, line->name) &&
		    !moves(plan, &nics->at[i]))
			return true;
	}
	return false;
}

/* An emulated card of this MAC that stays needs its name itself. */
static bool has_twin_that_stays(const struct plan *plan, const char *mac)
{
	const struct nics *nics = plan->nics;
	unsigned int i;

	for (i = 0; i < nics->count; i++) {
		const struct nic *nic = &nics->at[i];

		if (!nic->vif && !strcmp(nic->mac, mac) &&
		    (nic->used ||
		     cmdline_keeps(plan->cmd, nic->name, nic->pci)))
			return true;
	}
	return false;
}

static const char *why_not(const struct plan *plan,
			   const struct plan_line *line)
{
	const struct nic *vif = line->vif;

	if (is_twice(plan, line))
		return "the name or the card is recorded twice";
	if (find_vif(plan->nics, line->mac, vif))
		return "two PV cards have this address";
	if (cmdline_keeps(plan->cmd, line->name, vif->name))
		return "keep= asks for it";
	if (has_twin_that_stays(plan, vif->mac))
		return "its emulated twin is up, or keep= holds it";
	if (vif->used)
		return "it is up already";
	if (rival_takes(plan->sys, plan->nics, line->name))
		return ANOTHER;
	return NULL;
}

void plan_decide(struct plan *plan)
{
	struct plan_line *line, *end = plan->at + plan->count;
	bool again = true;

	for (line = plan->at; line < end; line++) {
		line->vif = find_vif(plan->nics, line->mac, NULL);
		/* A configuration that names the PV card needs nothing of
		 * us. */
		if (line->vif && !strcmp(line->vif->own, line->name))
			line->vif = NULL;
		if (line->vif)
			line->why = why_not(plan, line);
	}
	/* A vif that gets no name keeps the one that it has, and its own, from
	 * the others. */
	while (again) {
		again = false;
		for (line = plan->at; line < end; line++) {
			if (!line->vif || line->why ||
			    (!is_promised(plan, line) && !is_there(plan, line)))
				continue;
			line->why = ANOTHER;
			again = true;
		}
	}
}
