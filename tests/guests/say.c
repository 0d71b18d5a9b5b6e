// SPDX-License-Identifier: GPL-2.0-or-later
/* Describes a guest, for a person. */
#include <stdio.h>
#include <string.h>

#include "guests.h"

static void say_card(unsigned int i)
{
	static const char *const kinds[] = {
		[CARD_IDE] = "IDE",
		[CARD_AHCI] = "AHCI",
		[CARD_LSI] = "LSI",
		[CARD_NVME] = "NVMe",
		[CARD_NIC] = "NIC",
		[CARD_HBA] = "passed-through HBA",
		[CARD_USB] = "USB",
		[CARD_REAL_NVME] = "passed-through NVMe",
		[CARD_REAL_NIC] = "passed-through NIC",
	};
	const struct card *c = &guest.card[i];

	printf("  card %u   %s %s, %s%s\n", i, c->pci, kinds[c->kind],
	       c->driver, c->bound ? " loaded" : " not loaded yet");
}

static void say_place(const struct disk *d)
{
	if (d->kind == DISK_PV)
		printf("vbd-%u%s", d->number,
		       d->refused ? " (no driver takes it)" : "");
	else if (d->kind == DISK_NVME)
		printf("card %d nsid %u", d->card, d->nsid);
	else
		printf("card %d port %u, %u:%u:%u", d->card, d->port,
		       d->channel, d->target, d->lun);
}

static void say_disk(unsigned int i)
{
	static const char *const uses[] = { "",	      ", mounted",
					    ", swap", ", dm",
					    ", md",   ", loop over it" };
	const struct disk *d = &guest.disk[i];
	const char *name = story.reference.disk[i].name;

	printf("  disk %-2u  %-8s file %-2d content %u  ", i,
	       *name ? name : "-", d->file, guest.file[d->file]);
	say_place(d);
	printf("%s%s%s", d->cdrom ? ", CD-ROM" : "",
	       d->unplugged ? ", unplugged" : "", uses[d->use]);
	if (d->unplugged)
		printf(" (was %s)", story.history.disk[i].name);
	if (d->delay_us)
		printf(", after %u ms", (unsigned int)(d->delay_us / 1000));
	printf("\n");
}

static void say_content(unsigned int i)
{
	static const char *const layouts[] = { "blank", "whole", "MBR", "GPT" };
	static const char *const formats[FORMATS] = {
		"-",	  "ext3", "ext4", "swap", "btrfs",
		"nilfs2", "LVM",  "LUKS", "md",	  "zfs",
	};
	const struct content *c = &guest.content[i];
	unsigned int k;

	printf("  content %u %s", i, layouts[c->layout]);
	for (k = 0; k < c->parts || (!k && c->layout == LAYOUT_WHOLE); k++) {
		const struct part *p = &c->part[k];
		char uuid[37];

		uuid_text(p->uuid, uuid);
		printf("  %u: %s%s %s %.8s/%u", k + 1, formats[p->format],
		       p->odd ? "*" : "", p->label ? p->label : "", uuid,
		       p->member);
	}
	printf("\n");
}

static void say_nic(unsigned int i)
{
	const struct nic *n = &guest.nic[i];

	printf("  nic %u    %s (%s) MAC :%02x %s%d%s%s\n", i, n->name,
	       n->predicted, n->mac, n->card < 0 ? "vif " : "card ", n->card,
	       n->up ? ", up" : "", n->enslaved ? ", enslaved" : "");
}

static void say_names(void)
{
	unsigned int i;

	for (i = 0; i < guest.names; i++)
		if (name_places[guest.name[i].where].kind == WHERE_FILE)
			printf("  %s: %s\n",
			       name_places[guest.name[i].where].title,
			       guest.name[i].text);
	for (i = 0; i < guest.knowns; i++)
		printf("  /lib/pvroot/nics: :%02x %s%s\n", guest.known[i].mac,
		       guest.known[i].name, guest.known[i].odd ? " more" : "");
	if (*guest.nic_name)
		printf("  /etc/network/interfaces: %s\n", guest.nic_name);
}

void guest_say(void)
{
	unsigned int i;

	printf("guest %llu: %s%s%s\n", (unsigned long long)guest.seed,
	       generator_names[guest.generator],
	       guest.old_kernel ? ", kernel 2.6.18" : "",
	       guest.pv_driver_late ? ", xen-blkfront not loaded yet" : "");
	for (i = 0; i < guest.cards; i++)
		say_card(guest.order[i]);
	for (i = 0; i < guest.disks; i++)
		say_disk(i);
	for (i = 0; i < guest.contents; i++)
		say_content(i);
	for (i = 0; i < guest.nics; i++)
		say_nic(i);
	printf("  cmdline  %s", guest.cmdline);
	say_names();
	printf("  answer   status %d, root=%s resume=%s%s%s, %u ms\n",
	       story.status, story.root, story.resume,
	       *story.refused ? " refused: " : "", story.refused,
	       (unsigned int)(story.boot_us / 1000));
	printf("  gone    ");
	for (i = 0; i < guest.disks; i++)
		if (story.end.disk[i].taken || story.end.disk[i].lost)
			printf(" %s%s", story.reference.disk[i].name,
			       story.end.disk[i].lost ? " (never came)" : "");
	printf("\n");
}
