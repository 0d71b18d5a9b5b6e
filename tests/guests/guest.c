// SPDX-License-Identifier: GPL-2.0-or-later
/* Draws a guest of one number: its system, its disks (hardware.c), its network
 * cards, its names (line.c). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "draw.h"

struct guest guest;

/* The kernel numbers namespaces in the order in which it finds them. */
static void number_spaces(struct dice *d)
{
	unsigned int i, k, rank;
	bool by_id = dice_chance(d, 40);

	for (i = 0; i < guest.disks; i++) {
		struct disk *disk = &guest.disk[i];

		for (k = rank = 0; k < guest.disks; k++)
			rank += guest.disk[k].card == disk->card &&
				guest.disk[k].nsid < disk->nsid;
		disk->space = by_id ? disk->nsid : rank + 1;
	}
}

static void draw_use(struct dice *d)
{
	unsigned int i;

	for (i = 0; i < guest.disks; i++) {
		struct disk *k = &guest.disk[i];

		if (k->kind != DISK_PV && !k->cdrom && !k->delay_us &&
		    guest.card[k->card].bound && dice_extra(d, 12))
			k->use = (enum use)(1 + dice_below(d, USE_LOOP));
	}
}

/* ---- network cards ---- */

static void draw_nic(struct dice *d, int card, unsigned int mac)
{
	struct nic *n = &guest.nic[guest.nics];

	if (guest.nics == MAX_NICS)
		return;
	memset(n, 0, sizeof(*n));
	n->card = card;
	n->mac = mac;
	snprintf(n->name, sizeof(n->name), "eth%u", guest.nics);
	if (card < 0)
		snprintf(n->predicted, sizeof(n->predicted), "enX%u", mac);
	else
		snprintf(n->predicted, sizeof(n->predicted), "ens%lu",
			 strtoul(guest.card[card].pci + 8, NULL, 16));
	if (dice_chance(d, 30)) /* udev was there already */
		strcpy(n->name, n->predicted);
	n->up = dice_extra(d, 20);
	n->enslaved = dice_extra(d, 10);
	guest.nics++;
}

static void draw_nics(struct dice *d)
{
	unsigned int mac, vifs = dice_below(d, 2 + d->rich / 2), used;
	bool first = dice_chance(d, 50);

	for (mac = 0; mac < vifs; mac++) {
		if (first)
			draw_nic(d, -1, mac);
		if (dice_chance(d, 60))
			draw_nic(d, draw_card(CARD_NIC, dice_chance(d, 70)),
				 mac);
		if (!first)
			draw_nic(d, -1, mac);
	}
	if (dice_extra(d, 15))
		draw_nic(d, draw_card(CARD_REAL_NIC, dice_chance(d, 70)),
			 dice_below(d, vifs + 1));
	if (!guest.nics || !dice_chance(d, 30))
		return;
	used = dice_below(d, guest.nics);
	strcpy(guest.nic_name, dice_chance(d, 60) ? guest.nic[used].predicted
						  : guest.nic[used].name);
}

/* ---- the whole ---- */

static void draw_system(struct dice *d)
{
	static const unsigned int waits[] = { 10, 10, 1, 2, 0 };

	guest.old_kernel = dice_extra(d, 15);
	guest.generator = (enum generator)dice_below(d, GENS);
	guest.mode = dice_chance(d, 35) ? GUEST_STRICT : GUEST_AUTO;
	guest.wait_s = waits[dice_below(d, COUNT(waits))];
	guest.pv_driver_late = dice_chance(d, 40);
	guest.newest_first = guest.old_kernel;
	guest.no_uevents = dice_extra(d, 5);
	/* Not a roll, so that the rest stays as it was. */
	guest.loops = !guest.old_kernel && guest.seed % 7 < 3;
}

static void draw_order(struct dice *d)
{
	unsigned int i, k, swap;

	for (i = 0; i < guest.cards; i++)
		guest.order[i] = i;
	for (i = guest.cards; i > 1 && dice_chance(d, 60); i--) {
		k = dice_below(d, i);
		swap = guest.order[k];
		guest.order[k] = guest.order[i - 1];
		guest.order[i - 1] = swap;
	}
}

void guest_draw(uint64_t seed)
{
	struct dice d = { .state = seed };

	memset(&guest, 0, sizeof(guest));
	guest.seed = seed;
	d.rich = dice_below(&d, 4);
	draw_system(&d);
	draw_host(&d);
	number_spaces(&d);
	draw_use(&d);
	draw_nics(&d);
	draw_record(seed);
	draw_order(&d);
	contents_render();
	names_draw(&d);
}
