// SPDX-License-Identifier: GPL-2.0-or-later
/* Draws the image's record of which network card has which name. From dice of
 * its own, so that the rest of a guest does not depend on it. And the kernel's
 * renaming of a card. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "door.h"
#include "draw.h"

#define NOBODY 0x77 /* a MAC that no card has */

/* A random card of those that are passed through, or that are not; NULL where
 * there is none. */
static const struct nic *pick(struct dice *d, bool passed_through)
{
	const struct nic *found = NULL;
	unsigned int i, seen = 0;

	for (i = 0; i < guest.nics; i++) {
		const struct nic *n = &guest.nic[i];
		bool real = n->card >= 0 &&
			    guest.card[n->card].kind == CARD_REAL_NIC;

		if (real == passed_through && !dice_below(d, ++seen))
			found = n;
	}
	return found;
}

/* Mostly the name in the configuration: the record has no other where the image
 * is built well. */
static void draw_card_name(struct dice *d, char name[16])
{
	const struct nic *other = pick(d, dice_chance(d, 50));
	bool from_other = dice_chance(d, 30);

	if (from_other && other)
		strcpy(name,
		       dice_chance(d, 70) ? other->name : other->predicted);
	else
		strcpy(name, guest.nic_name);
}

static void draw_line(struct dice *d)
{
	struct known_card *line = &guest.known[guest.knowns++];
	const struct nic *nic = pick(d, dice_chance(d, 5));

	line->mac = nic && dice_chance(d, 85) ? nic->mac : NOBODY;
	line->odd = dice_chance(d, 4);
	draw_card_name(d, line->name);
}

void draw_record(uint64_t seed)
{
	static const char *const moved[] = { "ens192", "enp1s0", "eth0",
					     "enX0" };
	struct dice d = { .state = ~seed };

	if (!dice_chance(&d, 45))
		return;
	if (!*guest.nic_name || dice_chance(&d, 10))
		strcpy(guest.nic_name, moved[dice_below(&d, COUNT(moved))]);
	draw_line(&d);
	while (guest.knowns < MAX_KNOWN && dice_chance(&d, 35))
		draw_line(&d);
}

const char *record_text(void)
{
	const char *text = "";
	unsigned int i;

	for (i = 0; i < guest.knowns; i++)
		text = tree_text("%s00:16:3e:00:00:%02x %s%s\n", text,
				 guest.known[i].mac, guest.known[i].name,
				 guest.known[i].odd ? " more" : "");
	return text;
}

static struct node *card_link(const char *name)
{
	return tree_find(tree_text("/sys/class/net/%s", name), false);
}

static void set_name(struct node *n, const char *name)
{
	n->name = name;
	n->length = (unsigned int)strlen(name);
}

/* The kernel gives a card that comes later a name that is free. */
static void make_room(const char *name)
{
	struct node *later = tree_dir("/sys/class/net")->child;
	const char *other;

	while (later && strcmp(later->name, name))
		later = later->next;
	if (!later)
		return;
	other = tree_text("eth%u", 10u + later->index);
	set_name(later->to, other);
	set_name(later, other);
	snprintf(kernel.now.nic_name[later->index],
		 sizeof(kernel.now.nic_name[later->index]), "%s", other);
}

int sys_card_rename(const struct sys *sys, const char *from, const char *to)
{
	struct node *link = card_link(from);
	const char *name = tree_text("%s", to);
	unsigned int i = link ? link->index : 0;

	(void)sys;
	door_call();
	if (!link || !node_is_there(link))
		return -ENODEV;
	if (guest.nic[i].card >= 0)
		find_fault(RULE_CARD, "renames no PV card", "%s: %s", from, to);
	if (card_link(to) && node_is_there(card_link(to)))
		return -EEXIST;
	if (guest.nic[i].up)
		return -EBUSY;
	make_room(to);
	set_name(link->to, name);
	set_name(link, name);
	snprintf(kernel.now.nic_name[i], sizeof(kernel.now.nic_name[i]), "%s",
		 to);
	kernel.deeds++;
	return 0;
}
