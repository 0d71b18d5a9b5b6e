// SPDX-License-Identifier: GPL-2.0-or-later
/* Adds controllers and disks to the guest of world.h. */
#include <stdio.h>
#include <string.h>

#include "world_make.h"

static const uint16_t chips[][2] = {
	[CTRL_IDE] = { 0x8086, 0x7010 },  [CTRL_AHCI] = { 0x8086, 0x2922 },
	[CTRL_SCSI] = { 0x1000, 0x0012 }, [CTRL_NVME] = { 0x1b36, 0x0010 },
	[CTRL_NIC] = { 0x10ec, 0x8139 },
};

struct ctrl *add_ctrl(struct bytes *b, uint8_t kind)
{
	struct ctrl *c;
	uint8_t flags = bytes_take(b);

	if (world.ctrls == WORLD_CTRLS)
		return &world.ctrl[0];
	c = &world.ctrl[world.ctrls];
	c->kind = c->chip = kind % (CTRL_OTHER + 1);
	if (c->kind == CTRL_REAL)
		c->chip = flags >> 4 & 3;
	c->id[2] = 0x1af4;
	c->id[3] = 0x1100;
	if (c->chip <= CTRL_NIC)
		memcpy(c->id, chips[c->chip], sizeof(chips[0]));
	if (c->kind == CTRL_REAL || c->kind == CTRL_OTHER)
		c->id[2] = 0x1022;
	if (c->kind == CTRL_OTHER) /* or any chip: no subsystem of QEMU's */
		c->id[0] = flags & 64 ? 0x1af4 : 0x8086;
	c->bound = !(flags & 1);
	c->no_override = flags & 2;
	c->override_fails = flags & 4;
	c->unbind_fails = (flags & 24) == 8;
	c->deaf = (flags & 24) == 16;
	c->first = 1 + world.ctrls * 3;
	if (flags >> 5 == 5) {
		c->junk = junk_char(flags);
		c->junk_at = flags & 3;
	}
	snprintf(c->pci, sizeof(c->pci), "0000:00:%02x.1", 5 + world.ctrls++);
	return c;
}

static struct wdisk *new_disk(enum disk_kind kind)
{
	struct wdisk *d;

	if (world.disks == WORLD_DISKS)
		return NULL;
	d = &world.disk[world.disks++];
	memset(d, 0, sizeof(*d)); /* one was taken back, perhaps */
	d->kind = kind;
	d->slot = -1;
	d->accepted = d->announces = true;
	return d;
}

static const char *letter(unsigned int i)
{
	static const char letters[][2] = { "a", "b", "c", "d", "e", "f",
					   "g", "h", "i", "j", "k", "l",
					   "m", "n", "o", "p" };

	return letters[i & 15];
}

/* The number: an xvd, extended xvd, hd or sd one for a slot; one of a
 * partition; or one that means nothing. */
struct wdisk *add_pv(uint8_t how, unsigned int slot, uint8_t media)
{
	struct wdisk *d = new_disk(DISK_PV);
	unsigned int i;

	if (!d)
		return NULL;
	d->media = media % world.medias;
	d->slot = (int)slot;
	d->number = 202U << 8 | (slot & 15) << 4;
	if ((how & 7) == 1)
		d->number = 1U << 28 | slot << 8;
	if ((how & 7) == 2 && slot < 4)
		d->number = (slot < 2 ? 3U : 22U) << 8 | (slot & 1) << 6;
	if ((how & 7) == 3) {
		d->number = 8U << 8 | (slot & 15) << 4;
		d->scsi_slot = true;
	}
	if ((how & 7) == 4) { /* vdev=xvda1 */
		d->number |= 1;
		d->slot = -1;
	}
	if ((how & 7) == 5) {
		d->number = 7U << 29 | slot;
		d->slot = -1;
	}
	for (i = 0; i + 1 < world.disks; i++) /* each number is used once */
		if (world.disk[i].kind == DISK_PV &&
		    world.disk[i].number == d->number) {
			world.disks--;
			return NULL;
		}
	snprintf(d->name, sizeof(d->name), "xvd%s", letter(world.disks - 1));
	return d;
}

static unsigned int host_of(const struct wdisk *d)
{
	return d->ctrl->first + d->port;
}

/* Has another disk this place? */
static bool is_taken(const struct wdisk *d)
{
	const struct wdisk *o;

	for (o = world.disk; o < d; o++)
		if (o->ctrl == d->ctrl && o->port == d->port &&
		    o->unit == d->unit)
			return true;
	return false;
}

struct wdisk *add_emulated(struct ctrl *c, uint8_t place, uint8_t media)
{
	struct wdisk *d = new_disk(DISK_ATA);

	if (!d)
		return NULL;
	d->media = media % world.medias;
	d->ctrl = c;
	c->bound = true; /* or there would be no disk */
	if (c->chip == CTRL_IDE && world.old_kernel)
		d->kind = DISK_IDE;
	if (c->chip == CTRL_SCSI)
		d->kind = DISK_SCSI;
	if (c->chip == CTRL_NVME)
		d->kind = DISK_NVME;
	if (c->chip > CTRL_NVME)
		d->kind = DISK_OTHER;
	if (c->chip == CTRL_IDE) {
		d->port = place >> 1 & 1;
		d->unit = place & 1;
		d->slot = (int)(d->port * 2 + d->unit);
	} else if (c->chip == CTRL_AHCI) {
		d->port = place % 3; /* three ports a controller have names */
		d->unit = place >> 6 == 3;
		d->slot = d->unit ? -1 : (int)d->port;
	} else {
		d->unit = place & 15;
		d->slot = (int)d->unit;
	}
	if (is_taken(d)) {
		world.disks--;
		return NULL;
	}
	if (d->kind == DISK_NVME)
		snprintf(d->name, sizeof(d->name), "nvme%un%u", host_of(d),
			 d->unit + 1);
	else
		snprintf(d->name, sizeof(d->name), "%s%s",
			 d->kind == DISK_IDE	 ? "hd"
			 : d->kind == DISK_OTHER ? "vd"
						 : "sd",
			 letter(world.disks - 1));
	return d;
}

void make_cdrom(struct wdisk *d, bool no_block)
{
	d->cdrom = true;
	if (d->kind == DISK_ATA || d->kind == DISK_SCSI) {
		d->no_block = no_block;
		snprintf(d->name, sizeof(d->name), "sr%u", world.disks - 1);
	} else if (d->kind != DISK_IDE) {
		d->cdrom = false;
	}
}
