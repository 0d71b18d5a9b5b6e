// SPDX-License-Identifier: GPL-2.0-or-later
/* Has each configured network card its name, at this boot and at the next?
 * Reads the survey, /etc and the record of cards. */
#include <string.h>

#include "admin/bootcfg/cards.h"
#include "admin/check/check.h"
#include "base/text.h"

struct view {
	struct check *check;
	struct cards cards;
	const struct nic *idle; /* a PV card that no name configures, or NULL */
};

/* The names that udev or the kernel gives to hardware. Others may be a
 * bridge's, or whatever a file calls into being. */
static bool is_hardware(const char *name)
{
	static const char *const prefixes[] = { "eth", "ens", "enp", "eno",
						"enx" };
	const char *rest;
	size_t i;

	for (i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
		if (text_prefix(name, prefixes[i], &rest) && *rest >= '0' &&
		    *rest <= '9')
			return !strpbrk(name, "*?[");
	}
	return false;
}

static void look_at_pv_card(struct view *view, const struct nic *nic)
{
	const char *name = cards_name(&view->cards, nic->mac);

	if (cards_use(&view->cards, nic->name))
		check_add(view->check, FOUND_OK, "card", "", "",
			  "%s (%s): the PV card that the configuration names",
			  nic->name, nic->mac);
	else if (name)
		check_add(view->check, FOUND_OK, "card", "", "",
			  "%s (%s): the configuration calls it %s, and so does "
			  "the next boot of an image that is built now",
			  nic->name, nic->mac, name);
	else
		view->idle = nic;
}

static bool is_there(const struct view *view, const char *name)
{
	const struct survey *survey = view->check->survey;
	unsigned int i;

	for (i = 0; i < survey->netdevs.count; i++) {
		const struct nic *nic = &survey->netdevs.at[i].nic;
		const char *called = cards_name(&view->cards, nic->mac);

		if (!strcmp(nic->name, name) ||
		    (called && !strcmp(called, name)))
			return true;
	}
	return false;
}

/* A name that nobody has is common (a card that was never plugged in). Beside a
 * PV card that nobody configures it is the network that is lost. */
static void look_at_name(struct view *view, const struct inuse_name *use)
{
	char name[INUSE_NAME];

	text_copy(name, sizeof(name), use->name);
	name[strcspn(name, ".:@")] = '\0';
	if (!is_hardware(name) || is_there(view, name))
		return;
	check_add(view->check, FOUND_PROBLEM, "card-nobody",
		  "What is configured there does not come up; if the two are "
		  "the same card, the guest cannot be reached.",
		  "Say by the MAC which card is meant, or write the PV card's "
		  "name there.",
		  "%s %s: no card has this name, and nothing configures the PV "
		  "card %s (%s)",
		  use->where, name, view->idle->name, view->idle->mac);
}

void check_cards(struct check *check)
{
	const struct survey *survey = check->survey;
	struct view view = { .check = check };
	unsigned int i;

	if (!survey->xen)
		return;
	cards_read(&view.cards, survey->sys);
	for (i = 0; i < survey->netdevs.count; i++) {
		if (survey->netdevs.at[i].nic.vif)
			look_at_pv_card(&view, &survey->netdevs.at[i].nic);
	}
	for (i = 0; view.idle && i < view.cards.inuse.count; i++) {
		if (view.cards.inuse.at[i].kind == INUSE_NIC)
			look_at_name(&view, &view.cards.inuse.at[i]);
	}
	cards_free(&view.cards);
}
