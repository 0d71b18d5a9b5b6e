// SPDX-License-Identifier: GPL-2.0-or-later
/* Draws the disks as a host defines them: vdevs, what the device model emulates
 * of them, cards that are passed through, timing. Twins are known here: two
 * disks of one file. */
#include <stdio.h>
#include <string.h>

#include "draw.h"

/* ---- cards ---- */

static const struct {
	uint16_t id[4];
	const char *driver;
	bool emulated;
	uint8_t ports;
} chips[] = {
	[CARD_IDE] = { { 0x8086, 0x7010, 0x1af4, 0x1100 },
		       "ata_piix",
		       true,
		       2 },
	[CARD_AHCI] = { { 0x8086, 0x2922, 0x1af4, 0x1100 }, "ahci", true, 6 },
	[CARD_LSI] = { { 0x1000, 0x0012, 0x0000, 0x1000 },
		       "sym53c8xx",
		       true,
		       1 },
	[CARD_NVME] = { { 0x1b36, 0x0010, 0x1af4, 0x1100 }, "nvme", true, 0 },
	[CARD_NIC] = { { 0x8086, 0x100e, 0x1af4, 0x1100 }, "e1000", true, 0 },
	[CARD_HBA] = { { 0x8086, 0x2922, 0x1028, 0x0235 }, "ahci", false, 4 },
	[CARD_REAL_NVME] = { { 0x144d, 0xa808, 0x144d, 0xa801 },
			     "nvme",
			     false,
			     0 },
	[CARD_USB] = { { 0x8086, 0xa36d, 0x1028, 0x0869 },
		       "xhci_hcd",
		       false,
		       1 },
	[CARD_REAL_NIC] = { { 0x8086, 0x10d3, 0x8086, 0xa01f },
			    "e1000e",
			    false,
			    0 },
};

int draw_card(enum card_kind kind, bool bound)
{
	struct card *c = &guest.card[guest.cards];

	if (guest.cards == MAX_CARDS)
		return -1;
	memset(c, 0, sizeof(*c));
	c->kind = kind;
	c->bound = bound;
	memcpy(c->id, chips[kind].id, sizeof(c->id));
	c->driver = chips[kind].driver;
	c->emulated = chips[kind].emulated;
	c->ports = chips[kind].ports;
	c->no_override = guest.old_kernel;
	if (kind == CARD_IDE && guest.old_kernel) {
		c->old_ide = c->bound = true;
		c->driver = "PIIX_IDE";
	}
	if (kind == CARD_IDE && !guest.cards)
		snprintf(c->pci, sizeof(c->pci), "0000:00:01.1");
	else
		snprintf(c->pci, sizeof(c->pci), "0000:00:%02x.0",
			 4 + guest.cards);
	return (int)guest.cards++;
}

/* ---- disks ---- */

static struct disk *new_disk(enum disk_kind kind, int file, int card)
{
	struct disk *k = &guest.disk[guest.disks];

	if (guest.disks == MAX_DISKS || file < 0 ||
	    (card < 0) != (kind == DISK_PV))
		return NULL;
	memset(k, 0, sizeof(*k));
	k->kind = kind;
	k->file = file;
	k->card = card;
	k->slot = -1;
	guest.disks++;
	return k;
}

/* vdev=xvdN in its two forms, or vdev=hdN. */
static uint32_t vdev_number(struct dice *d, unsigned int slot, bool *hd)
{
	*hd = slot < 4 && dice_chance(d, 10);
	if (*hd)
		return (slot < 2 ? 3U : 22U) << 8 | (slot & 1) << 6;
	if (dice_chance(d, 8))
		return 1U << 28 | slot << 8;
	return 202U << 8 | slot << 4;
}

static uint64_t draw_delay(struct dice *d)
{
	return dice_extra(d, 25) ? 20000ULL * (1 + dice_below(d, 50)) : 0;
}

static struct disk *new_vbd(struct dice *d, unsigned int slot, int file,
			    uint32_t number)
{
	struct disk *pv = new_disk(DISK_PV, file, -1);

	if (!pv)
		return NULL;
	pv->slot = (int)slot;
	pv->number = number;
	if (dice_extra(d, 15))
		pv->delay_us = 100000ULL * (1 + dice_below(d, 30));
	if (dice_extra(d, 6))
		pv->delay_us = 700000000;
	return pv;
}

/* Adds the disk of this slot where the device model puts it. */
static struct disk *new_emulated(struct dice *d, int card, unsigned int slot,
				 int file)
{
	const struct card *c = &guest.card[card];
	enum disk_kind kind = c->kind == CARD_LSI    ? DISK_SCSI
			      : c->kind == CARD_NVME ? DISK_NVME
			      : c->old_ide	     ? DISK_IDE
						     : DISK_ATA;
	struct disk *k = new_disk(kind, file, card);

	if (!k)
		return NULL;
	if (c->kind == CARD_IDE) {
		k->port = slot / 2;
		k->target = slot & 1;
	} else if (c->kind == CARD_AHCI) {
		k->port = slot;
	} else {
		k->target = slot;
		k->nsid = slot + 1;
	}
	/* pvroot must be able to see that a late disk is coming: by a vbd or an
	 * ATA port. A namespace without a vbd gives no sign. */
	k->delay_us = c->old_ide || c->kind == CARD_NVME ? 0 : draw_delay(d);
	return k;
}

static bool fits(int card, unsigned int slot)
{
	static const uint8_t room[] = {
		[CARD_IDE] = 4, [CARD_AHCI] = 6, [CARD_LSI] = 7, [CARD_NVME] = 8
	};

	return card >= 0 && slot < room[guest.card[card].kind];
}

/* A CD-ROM's vbd exists, but no driver takes it; a CD-ROM from the device
 * model's own arguments has no vbd. */
static void draw_cdrom(struct dice *d, int card, unsigned int slot)
{
	struct disk *cd, *vbd;
	bool hd;

	if (!fits(card, slot) || guest.card[card].kind > CARD_AHCI)
		return;
	cd = new_emulated(d, card, slot, (int)guest.files);
	if (!cd || guest.files == MAX_FILES)
		return;
	guest.file[guest.files] = draw_content(d);
	guest.content[guest.file[guest.files]].layout = LAYOUT_BLANK;
	guest.content[guest.file[guest.files]].parts = 0;
	cd->cdrom = true;
	cd->no_node = dice_chance(d, 30) && !guest.card[card].old_ide;
	if (dice_chance(d, 70)) {
		vbd = new_vbd(d, slot, (int)guest.files,
			      vdev_number(d, slot, &hd));
		if (vbd)
			vbd->refused = vbd->cdrom = true;
	}
	guest.files++;
}

static void draw_slot(struct dice *d, int card, unsigned int slot,
		      bool unplugged)
{
	int file = draw_file(d);
	struct disk *k = NULL, *pv;
	uint32_t number;
	bool hd;

	if (file < 0)
		return;
	number = vdev_number(d, slot, &hd);
	if (fits(card, slot))
		k = new_emulated(d, card, slot, file);
	if (k)
		k->unplugged = unplugged;
	if (k && !unplugged && dice_extra(d, 8)) { /* no backend of its own */
		return;
	}
	pv = new_vbd(d, slot, file, number);
	if (k && pv && k->kind == DISK_NVME)
		k->delay_us = draw_delay(d);
	/* It would have the emulated disk's major. */
	if (pv)
		pv->refused = hd && !unplugged;
}

static void draw_slots(struct dice *d, int card, int ide, bool unplugged)
{
	unsigned int slot, slots = 1 + dice_below(d, 2 + d->rich);
	bool cd_ready = ide >= 0;

	for (slot = 0; slot < slots; slot++) {
		unsigned int what = dice_below(d, 100);

		if (slot ? what < 55 : what < 85)
			draw_slot(d, card, slot, unplugged);
		else if (what < 92 && cd_ready)
			draw_cdrom(d, ide, slot);
	}
}

/* vdev=sdN: disks on an LSI controller, at targets that no slot has. */
static void draw_scsi_slots(struct dice *d)
{
	bool unplugged = dice_chance(d, 30);
	int card, file = draw_file(d);
	unsigned int slot = 7 - 1 - dice_below(d, 2);
	struct disk *k, *pv;

	card = draw_card(CARD_LSI, dice_chance(d, 70));
	if (card < 0 || file < 0)
		return;
	k = new_emulated(d, card, slot, file);
	pv = k ? new_vbd(d, slot, file, 8U << 8 | slot << 4) : NULL;
	if (k)
		k->unplugged = unplugged && pv;
}

/* ---- what no vdev gives ---- */

/* A byte copy in the place of its original cannot be told apart from a twin, so
 * no such guest is drawn. */
static bool passes_for_twin(unsigned int slot, int file)
{
	unsigned int i;

	for (i = 0; i < guest.disks; i++)
		if (guest.disk[i].kind == DISK_PV &&
		    guest.disk[i].slot == (int)slot &&
		    guest.file[guest.disk[i].file] == guest.file[file])
			return true;
	return false;
}

/* A disk from the device model's own arguments: on another controller, or on a
 * LUN or channel that no vdev means. */
static void draw_device_model_disk(struct dice *d)
{
	static const enum card_kind kinds[] = { CARD_AHCI, CARD_NVME, CARD_LSI,
						CARD_NVME };
	int card = draw_card(kinds[dice_below(d, 4)], dice_chance(d, 75));
	unsigned int slot = dice_below(d, 3), more;
	int file = card < 0 ? -1 : draw_file(d);
	struct disk *k;

	for (more = 0; file >= 0 && more < 2; more++) {
		bool odd =
			guest.card[card].kind == CARD_LSI && dice_chance(d, 60);

		if (!odd && passes_for_twin(slot, file))
			return;
		k = new_emulated(d, card, slot, file);
		if (k && odd && dice_chance(d, 50))
			k->lun = 1;
		else if (k && odd)
			k->channel = 1;
		slot++;
		file = dice_chance(d, 40) ? draw_file(d) : -1;
	}
}

/* A second LUN on the target of a twin. */
static void draw_lun(struct dice *d)
{
	unsigned int i, disks = guest.disks;

	for (i = 0; i < disks; i++) {
		struct disk *lun;

		if (guest.disk[i].kind != DISK_SCSI || !dice_extra(d, 60))
			continue;
		lun = new_disk(DISK_SCSI, draw_file(d), guest.disk[i].card);
		if (!lun)
			continue;
		lun->target = guest.disk[i].target;
		lun->lun = guest.disk[i].lun + 1 + dice_below(d, 2);
		lun->channel = guest.disk[i].channel;
		lun->delay_us = draw_delay(d);
	}
}

static void draw_passed_through(struct dice *d)
{
	static const enum card_kind kinds[] = { CARD_HBA, CARD_USB, CARD_HBA,
						CARD_REAL_NVME };
	static const enum disk_kind disks[] = { DISK_ATA, DISK_USB, DISK_ATA,
						DISK_NVME };
	unsigned int which = dice_below(d, 4), i, count = dice_below(d, 3);
	int card = draw_card(kinds[which], dice_chance(d, 50));

	for (i = 0; card >= 0 && i < count; i++) {
		struct disk *k = new_disk(disks[which], draw_file(d), card);

		if (!k)
			return;
		k->port = disks[which] == DISK_ATA ? i : 0;
		k->lun = disks[which] == DISK_USB ? i : 0;
		k->nsid = i + 1;
		k->delay_us = draw_delay(d);
	}
}

void draw_host(struct dice *d)
{
	bool bound = dice_chance(d, 70), unplugged = dice_chance(d, 25);
	int ide = draw_card(CARD_IDE, bound), card = ide;
	unsigned int type = guest.old_kernel ? 0 : dice_below(d, 100);

	if (type >= 40)
		card = draw_card(type < 75 ? CARD_AHCI : CARD_NVME, bound);
	draw_slots(d, card, type < 75 ? card : ide, unplugged);
	if (dice_extra(d, 25))
		draw_scsi_slots(d);
	if (dice_extra(d, 25))
		draw_device_model_disk(d);
	draw_lun(d);
	if (dice_extra(d, 35))
		draw_passed_through(d);
}
