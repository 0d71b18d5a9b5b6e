// SPDX-License-Identifier: GPL-2.0-or-later
/* Network cards by MAC, and the names that the configuration has for them: what
 * was recorded, and what is there now. Reads only. */
#include "admin/bootcfg/cards.h"

#include <string.h>

#include "admin/bootcfg/mac.h"
#include "base/text.h"
#include "dev/xen.h"
#include "sys/attr.h"
#include "twin/udev_name.h"

bool cards_use(const struct cards *cards, const char *name)
{
	const struct inuse *inuse = &cards->inuse;
	unsigned int i;

	for (i = 0; i < inuse->count; i++) {
		const char *use = inuse->at[i].name, *rest;

		if (inuse->at[i].kind == INUSE_NIC &&
		    text_prefix(use, name, &rest) &&
		    (!*rest || strchr(".:@", *rest)))
			return true;
	}
	return false;
}

static void drop(struct cards *cards, unsigned int index)
{
	cards->count--;
	memmove(&cards->at[index], &cards->at[index + 1],
		(cards->count - index) * sizeof(cards->at[0]));
}

/* What is seen later replaces what was recorded of that MAC, or that name. */
static void set(struct cards *cards, const char *mac, const char *name)
{
	unsigned int i = 0;
	struct card *card;

	while (i < cards->count) {
		if (!strcmp(cards->at[i].mac, mac) ||
		    !strcmp(cards->at[i].name, name))
			drop(cards, i);
		else
			i++;
	}
	if (cards->count == CARDS_MAX)
		drop(cards, 0);
	card = &cards->at[cards->count];
	if (!text_copy(card->mac, sizeof(card->mac), mac) &&
	    !text_copy(card->name, sizeof(card->name), name))
		cards->count++;
}

static void read_record(struct cards *cards)
{
	char text[CARDS_TEXT], *at = text, *line;

	if (sys_read(cards->sys, CARDS_FILE, text, sizeof(text)) <= 0)
		return;
	while ((line = text_next_line(&at))) {
		const char *mac = text_next_word(&line);
		const char *name = text_next_word(&line);

		if (nic_is_mac(mac) && *name)
			set(cards, mac, name);
	}
}

/* An address that somebody has set is not the card's own (addr_assign_type,
 * since Linux 3.18); that a bond sets one is known. */
static bool read_mac(const struct sys *sys, const char *name,
		     char mac[NIC_MAC_SIZE])
{
	uint64_t type;

	if (!attr_exists(sys, "/sys/class/net/%s/bonding_slave", name) &&
	    !attr_number(sys, &type, "/sys/class/net/%s/addr_assign_type",
			 name) &&
	    type)
		return false;
	return nic_own_mac(sys, name, mac) && nic_is_mac(mac);
}

struct seen {
	struct cards *cards;
	struct cards now; /* every card of hardware, by the name that it has */
	bool xen, boot;
	struct nics nics; /* vifs and emulated ones */
};

/* On Xen a card that was passed through may have a vif's MAC, to take over from
 * it: the name that it has is not the vif's. */
static bool is_passed_through(const struct seen *seen, const char *name)
{
	unsigned int i;

	for (i = 0; i < seen->nics.count; i++) {
		if (!strcmp(seen->nics.at[i].name, name))
			return false;
	}
	return seen->xen;
}

static void forget(struct cards *cards, const char *name)
{
	unsigned int i;

	for (i = cards->count; i-- > 0;) {
		if (!strcmp(cards->at[i].name, name))
			drop(cards, i);
	}
}

static int look_at_card(const char *name, void *ctx)
{
	struct seen *seen = ctx;
	const struct sys *sys = seen->cards->sys;
	struct cards *now = &seen->now;
	char mac[NIC_MAC_SIZE];

	if (!attr_exists(sys, "/sys/class/net/%s/device", name) ||
	    !read_mac(sys, name, mac) || now->count == CARDS_MAX)
		return 0;
	if (is_passed_through(seen, name)) {
		if (!seen->boot && cards_use(seen->cards, name))
			forget(seen->cards, name);
		return 0;
	}
	if (!text_copy(now->at[now->count].mac, NIC_MAC_SIZE, mac) &&
	    !text_copy(now->at[now->count].name, NIC_NAME_SIZE, name))
		now->count++;
	return 0;
}

static bool has_mac(const struct seen *seen, const char *mac)
{
	unsigned int i;

	for (i = 0; i < seen->now.count; i++) {
		if (!strcmp(seen->now.at[i].mac, mac))
			return true;
	}
	return false;
}

/* Two configured cards of one MAC: which name is whose is not known. */
static bool is_twice(const struct seen *seen, const struct card *card)
{
	unsigned int i;

	for (i = 0; i < seen->now.count; i++) {
		const struct card *other = &seen->now.at[i];

		if (other != card && !strcmp(other->mac, card->mac) &&
		    cards_use(seen->cards, other->name))
			return true;
	}
	return false;
}

/* A boot may have gone wrong without a sign of it: the names of two cards are
 * swapped, or a card was missing and another had its name. So it adds to a
 * record, and replaces only what the configuration no longer names, or a card
 * that is no longer there; by a name that pvroot gave, nothing. */
static bool is_doubtful(const struct seen *seen, const struct card *card)
{
	const struct cards *cards = seen->cards;
	bool ours = udev_name_is_given(cards->sys, card->mac, card->name);
	unsigned int i;

	if (nic_is_up(cards->sys, card->name) != 1)
		return true;
	for (i = 0; i < cards->count; i++) {
		const struct card *old = &cards->at[i];
		bool same_mac = !strcmp(old->mac, card->mac);
		bool same_name = !strcmp(old->name, card->name);

		if (same_mac != same_name &&
		    (ours || (same_mac ? cards_use(cards, old->name)
				       : has_mac(seen, old->mac))))
			return true;
	}
	return false;
}

static void look(struct cards *cards, bool boot)
{
	struct seen seen = { .cards = cards,
			     .boot = boot,
			     .xen = xen_is_hvm_guest(cards->sys) };
	unsigned int i;

	nics_scan(&seen.nics, cards->sys);
	sys_list(cards->sys, "/sys/class/net", look_at_card, &seen);
	for (i = 0; i < seen.now.count; i++) {
		const struct card *card = &seen.now.at[i];

		if (cards_use(cards, card->name) && !is_twice(&seen, card) &&
		    !(boot && is_doubtful(&seen, card)))
			set(cards, card->mac, card->name);
	}
	nics_free(&seen.nics);
}

void cards_read_record(struct cards *cards, const struct sys *sys)
{
	memset(cards, 0, sizeof(*cards));
	cards->sys = sys;
	inuse_add_etc(&cards->inuse, sys);
	read_record(cards);
}

void cards_read(struct cards *cards, const struct sys *sys)
{
	cards_read_record(cards, sys);
	look(cards, false);
}

void cards_read_boot(struct cards *cards, const struct sys *sys)
{
	cards_read_record(cards, sys);
	look(cards, true);
}

void cards_free(struct cards *cards)
{
	inuse_free(&cards->inuse);
}

void cards_line(char text[CARDS_TEXT], const struct card *card)
{
	size_t used = strlen(text);

	text_format(text + used, CARDS_TEXT - used, "%s %s\n", card->mac,
		    card->name);
}

void cards_for_image(const struct cards *cards, char text[CARDS_TEXT])
{
	unsigned int i;

	*text = '\0';
	for (i = 0; i < cards->count; i++) {
		const struct card *card = &cards->at[i];

		if (cards_use(cards, card->name) &&
		    !mac_is_configured(cards->sys, card->mac))
			cards_line(text, card);
	}
}
