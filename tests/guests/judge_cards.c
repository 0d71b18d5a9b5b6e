// SPDX-License-Identifier: GPL-2.0-or-later
/* The rules about names of network cards: a PV card is given a recorded name
 * where nothing stands against it, and no other. */
#include <stdio.h>
#include <string.h>

#include "door.h"
#include "judge.h"

#define LINK_FILE "/run/systemd/network/72-pvroot-00-16-3e-00-00-%02x.link"
#define OLD_RULES "/dev/.udev/rules.d/72-pvroot.rules"

/* What udev was told to call the PV card with this MAC; false: nothing. */
static bool given_name(unsigned int mac, char name[16])
{
	char line[96];
	const char *text, *at;

	snprintf(line, sizeof(line), LINK_FILE, mac);
	text = door_text(line);
	if (text)
		return strstr(text, "\nDriver=vif\n") &&
		       (at = strstr(text, "\nName=")) &&
		       sscanf(at, "\nName=%15[^\n]", name) == 1;
	text = door_text(OLD_RULES);
	snprintf(line, sizeof(line), "ATTR{address}==\"00:16:3e:00:00:%02x\"",
		 mac);
	at = text ? strstr(text, line) : NULL;
	return at && (at = strstr(at, "NAME=\"")) &&
	       sscanf(at, "NAME=\"%15[^\"]", name) == 1;
}

bool card_follows(unsigned int mac, const char *name)
{
	char given[16];

	return given_name(mac, given) && !strcmp(given, name);
}

static bool is_recorded(unsigned int mac, const char *name)
{
	unsigned int i;

	for (i = 0; i < guest.knowns; i++)
		if (guest.known[i].mac == mac && !guest.known[i].odd &&
		    !strcmp(guest.known[i].name, name))
			return true;
	return false;
}

/* What the card is called when the story has ended. */
static const char *called(const struct view *view, unsigned int i)
{
	const char *renamed = view->nic_name[i];

	return *renamed ? renamed : guest.nic[i].name;
}

bool card_has_name(const char *name)
{
	unsigned int i;

	for (i = 0; i < guest.nics; i++)
		if (guest.nic[i].card < 0 &&
		    !strcmp(called(&kernel.now, i), name))
			return true;
	return false;
}

/* This card does not get another name, and does not go. */
static bool holds_name(unsigned int i, unsigned int mac, const char *name)
{
	const struct nic *n = &guest.nic[i];
	bool real = n->card >= 0 && guest.card[n->card].kind != CARD_NIC;

	return !strcmp(called(&story.after_boot, i), name) &&
	       (real || n->mac != mac);
}

/* A card that was renamed has the name that it was given. */
static void judge_renamed(unsigned int i)
{
	const char *renamed = story.after_boot.nic_name[i];

	if (guest.nic[i].card < 0 && *renamed &&
	    strcmp(renamed, guest.nic[i].name) &&
	    !card_follows(guest.nic[i].mac, renamed))
		find_fault(RULE_CARD, "renamed otherwise", "%s: %s",
			   guest.nic[i].name, renamed);
}

/* Udev of the real root gives this name to a vif for which it was told none. */
static bool udev_gives_it(const struct nic *n, unsigned int mac,
			  const char *name)
{
	char other[16];

	return n->card < 0 && n->mac != mac && !strcmp(n->predicted, name) &&
	       !given_name(n->mac, other);
}

/* udev gives it to this PCI card, which is no twin. Without its driver an
 * emulated one may be, for all that can be seen. */
static bool is_rival(const struct nic *n, const char *name)
{
	unsigned int i;

	if (n->card < 0 || strcmp(n->predicted, name))
		return false;
	if (guest.card[n->card].kind != CARD_NIC)
		return true;
	for (i = 0; i < guest.nics; i++)
		if (guest.nic[i].card < 0 && guest.nic[i].mac == n->mac)
			return false;
	return guest.card[n->card].bound;
}

static void judge_given(unsigned int mac, const char *name)
{
	unsigned int i, vifs = 0, k;

	if (!is_recorded(mac, name))
		find_fault(RULE_CARD, "not recorded", "%02x: %s", mac, name);
	for (i = 0; i < guest.nics; i++) {
		const struct nic *n = &guest.nic[i];

		vifs += n->card < 0 && n->mac == mac;
		if (n->card < 0 && n->mac == mac && n->up)
			find_fault(RULE_CARD, "is up", "%s: %s", n->name, name);
		if (story.after_boot.nic_there[i] && holds_name(i, mac, name))
			find_fault(RULE_CARD,
				   n->card < 0 ? "another PV card"
					       : "another card",
				   "%02x: %s is there already", mac, name);
		if (is_rival(n, name))
			find_fault(RULE_CARD, "another card's to come",
				   "%02x: %s is %s's", mac, name, n->name);
		if (udev_gives_it(n, mac, name))
			find_fault(RULE_CARD, "a PV card's to come",
				   "%02x: %s is %s's", mac, name, n->name);
		if (n->card < 0 && n->mac == mac && !strcmp(n->predicted, name))
			find_fault(RULE_CARD, "needless", "%s", name);
	}
	if (vifs != 1)
		find_fault(RULE_CARD, "no PV card", "%02x: %s", mac, name);
	for (k = 0; k < mac; k++)
		if (card_follows(k, name))
			find_fault(RULE_CARD, "two cards", "%s: %02x and %02x",
				   name, k, mac);
}

void judge_cards(void)
{
	unsigned int mac, i;
	char name[16];

	for (i = 0; i < guest.nics; i++)
		judge_renamed(i);
	for (mac = 0; mac < 256; mac++)
		if (given_name(mac, name))
			judge_given(mac, name);
}
