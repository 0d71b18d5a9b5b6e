// SPDX-License-Identifier: GPL-2.0-or-later
/* Has each configured network card its name, at this boot and at the next?
 * Reads the survey, /etc and the record of cards. */
#include <string.h>

#include "admin/bootcfg/cards.h"
#include "admin/bootcfg/etc.h"
#include "admin/bootcfg/mac.h"
#include "admin/check/check.h"
#include "base/text.h"
#include "twin/plan.h"

struct view {
	struct check *check;
	struct cards cards;
	struct cmdline next;	/* what its command line says */
	struct nics nics;	/* as the next boot meets them */
	struct plan plan;	/* of an image that is built now */
	char text[CARDS_TEXT];	/* of the plan */
	const struct nic *idle; /* a PV card that no name configures, or NULL */
};

/* pvroot meets vifs by the kernel's own names: eth0 is the one of the lowest
 * number. */
static void kernel_name(const struct nics *nics, struct nic *vif)
{
	uint64_t number, other;
	unsigned int i, before = 0;

	if (text_u64(vif->own + 3, 10, UINT16_MAX, &number))
		return;
	for (i = 0; i < nics->count; i++)
		before += nics->at[i].vif &&
			  !text_u64(nics->at[i].own + 3, 10, UINT16_MAX,
				    &other) &&
			  other < number;
	text_format(vif->name, sizeof(vif->name), "eth%u", before);
}

/* The cards as the next boot meets them: none is up, and no driver has taken an
 * emulated one. Only a twin is left in, since its name is the vif's. */
static void plan_next_boot(struct view *view)
{
	const struct survey *survey = view->check->survey;
	struct nics *nics = &view->nics;
	unsigned int i, kept = 0;

	nics_scan(nics, survey->sys);
	for (i = 0; i < nics->count; i++) {
		if (nics->at[i].vif)
			kernel_name(nics, &nics->at[i]);
	}
	for (i = 0; i < nics->count; i++) {
		bool twin = nic_twin_of(nics, &nics->at[i]) != NULL;

		nics->at[i].used = false;
		if (nics->at[i].vif || twin)
			nics->at[kept++] = nics->at[i];
	}
	nics->count = kept;
	view->plan =
		(struct plan){ .sys = survey->sys,
			       .cmd = &view->next,
			       .nics = nics,
			       .early = !check_udev_is_first(view->check) };
	if (view->next.mode == MODE_OFF)
		return;
	cards_for_image(&view->cards, view->text);
	plan_read(&view->plan, view->text);
	plan_decide(&view->plan);
}

static const struct plan_line *line_of(const struct view *view, const char *mac)
{
	unsigned int i;

	for (i = 0; i < view->plan.count; i++) {
		if (!strcmp(view->plan.at[i].mac, mac))
			return &view->plan.at[i];
	}
	return NULL;
}

/* The names that udev or the kernel gives to hardware. Others may be a
 * bridge's, or whatever a file calls into being. */
static bool is_hardware(const char *name)
{
	static const char *const prefixes[] = { "eth", "ens", "enp",
						"eno", "enx", "enX" };
	const char *rest;
	size_t i;

	for (i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
		if (text_prefix(name, prefixes[i], &rest) && *rest >= '0' &&
		    *rest <= '9')
			return !strpbrk(name, "*?[");
	}
	return false;
}

static void say_found(struct view *view, const struct nic *nic, const char *how,
		      const char *name)
{
	check_add(view->check, FOUND_OK, "card", "", "", "%s (%s): %s%s%s",
		  nic->name, nic->mac, how, name,
		  *name ? ", and so does the next boot of an image that is "
			  "built now"
			: "");
}

static void say_refused(struct view *view, const struct nic *nic,
			const struct plan_line *line)
{
	check_add(view->check, FOUND_WARNING, "card-refused",
		  "What is configured under that name does not use this PV "
		  "card.",
		  "Say by the MAC which card is meant, or write the PV card's "
		  "name there.",
		  "%s (%s): the next boot does not call it %s, as the "
		  "configuration does: %s",
		  nic->name, nic->mac, line->name, line->why);
}

static void look_at_pv_card(struct view *view, const struct nic *nic)
{
	const struct plan_line *line = line_of(view, nic->mac);
	bool named = cards_use(&view->cards, nic->name);

	if (line &&
	    (!line->vif || (!line->why && !strcmp(line->name, nic->name))))
		line = NULL;
	if (line && !line->why) {
		say_found(view, nic, "the configuration calls it ", line->name);
		return;
	}
	if (line) {
		say_refused(view, nic, line);
	} else if (named) {
		say_found(view, nic, "the PV card that the configuration names",
			  "");
	} else if (mac_is_configured(view->cards.sys, nic->mac)) {
		say_found(view, nic, "the configuration knows it by its MAC",
			  "");
		return;
	}
	if (!named)
		view->idle = nic;
}

static bool is_there(const struct view *view, const char *name)
{
	const struct survey *survey = view->check->survey;
	unsigned int i;

	for (i = 0; i < survey->netdevs.count; i++) {
		const struct nic *nic = &survey->netdevs.at[i].nic;
		const struct plan_line *line = line_of(view, nic->mac);

		if (!strcmp(nic->name, name) ||
		    (line && !line->why && !strcmp(line->name, name)))
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
	if (!is_hardware(name) || is_there(view, name) ||
	    etc_is_service(use->where))
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
	check_next_line(check, &view.next);
	cards_read(&view.cards, survey->sys);
	plan_next_boot(&view);
	for (i = 0; i < survey->netdevs.count; i++) {
		if (survey->netdevs.at[i].nic.vif)
			look_at_pv_card(&view, &survey->netdevs.at[i].nic);
	}
	for (i = 0; view.idle && i < view.cards.inuse.count; i++) {
		if (view.cards.inuse.at[i].kind == INUSE_NIC)
			look_at_name(&view, &view.cards.inuse.at[i]);
	}
	nics_free(&view.nics);
	cards_free(&view.cards);
}
