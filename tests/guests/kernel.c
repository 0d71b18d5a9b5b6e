// SPDX-License-Identifier: GPL-2.0-or-later
/* What the guest's kernel does: drivers find disks, name them and release them.
 * Letters and numbers are given as in Linux, in the order in which disks
 * appear. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "guests.h"

struct kernel kernel;

static unsigned int first_host[MAX_CARDS], first_ata[MAX_CARDS];

bool is_pv(unsigned int disk)
{
	return guest.disk[disk].kind == DISK_PV;
}

unsigned int disk_parts(unsigned int disk)
{
	return guest.content[guest.file[guest.disk[disk].file]].parts;
}

bool disk_is_used(const struct disk *d)
{
	return d->use != USE_NONE;
}

void device_name(const struct view *v, unsigned int disk, unsigned int part,
		 char name[NAME_SIZE + 8])
{
	const char *p = guest.disk[disk].kind == DISK_NVME ? "p" : "";

	if (part)
		snprintf(name, NAME_SIZE + 8, "%s%s%u", v->disk[disk].name, p,
			 part);
	else
		snprintf(name, NAME_SIZE + 8, "%s", v->disk[disk].name);
}

bool device_find(const struct view *v, const char *name, unsigned int *disk,
		 unsigned int *part)
{
	char own[NAME_SIZE + 8];

	for (*disk = 0; *disk < guest.disks; ++*disk) {
		const struct disk_state *s = &v->disk[*disk];

		if (!s->there || strncmp(name, s->name, strlen(s->name)))
			continue;
		for (*part = 0; *part <= disk_parts(*disk); ++*part) {
			device_name(v, *disk, *part, own);
			if (!strcmp(own, name))
				return true;
		}
	}
	return false;
}

/* ---- coming ---- */

/* The lowest free number: a disk that is taken away frees its letter. */
static unsigned int free_number(const char *prefix, const char *first,
				unsigned int base)
{
	unsigned int number = 0, i;
	char name[NAME_SIZE];

	for (i = 0; i < guest.disks; i++) {
		if (base == 26)
			snprintf(name, sizeof(name), "%s%c", prefix,
				 'a' + (int)number);
		else
			snprintf(name, sizeof(name), "%s%u", first, number);
		if ((kernel.now.disk[i].there || kernel.now.disk[i].held) &&
		    !strcmp(kernel.now.disk[i].name, name)) {
			number++;
			i = (unsigned int)-1;
		}
	}
	return number;
}

static void name_disk(unsigned int disk)
{
	const struct disk *d = &guest.disk[disk];
	struct disk_state *s = &kernel.now.disk[disk];
	unsigned int n;

	if (d->kind == DISK_PV) {
		snprintf(s->name, NAME_SIZE, "xvd%c", 'a' + d->slot);
		s->major = 202;
		s->minor = 16 * (unsigned int)d->slot;
	} else if (d->kind == DISK_IDE) {
		snprintf(s->name, NAME_SIZE, "hd%c",
			 'a' + (int)(d->port * 2 + d->target));
		s->major = d->port ? 22 : 3;
		s->minor = 64 * d->target;
	} else if (d->kind == DISK_NVME) {
		snprintf(s->name, NAME_SIZE, "nvme%un%u", first_host[d->card],
			 d->space);
		s->major = 259;
		s->minor = kernel.next_block;
		kernel.next_block += 1 + disk_parts(disk);
	} else if (d->cdrom) {
		n = free_number("", "sr", 10);
		snprintf(s->name, NAME_SIZE, "sr%u", n);
		s->major = 11;
		s->minor = n;
	} else {
		n = free_number("sd", "", 26);
		snprintf(s->name, NAME_SIZE, "sd%c", 'a' + (int)n);
		s->major = 8;
		s->minor = 16 * n;
	}
}

static void plug(unsigned int disk)
{
	struct disk_state *s = &kernel.now.disk[disk];

	name_disk(disk);
	s->there = true;
	s->taken = s->hidden = s->lost = s->held = false;
	kernel.now.comings[disk]++;
	s->due_us = UINT64_MAX;
	if (kernel.comers < sizeof(kernel.came))
		kernel.came[kernel.comers++] = (uint8_t)disk;
	if (kernel.tree)
		sysfs_plug(disk);
}

static void find_next(void)
{
	unsigned int i;

	kernel.next_us = UINT64_MAX;
	for (i = 0; i < guest.disks; i++)
		if (kernel.now.disk[i].due_us < kernel.next_us)
			kernel.next_us = kernel.now.disk[i].due_us;
}

void kernel_pass(void)
{
	unsigned int i;

	while (kernel.next_us <= kernel.now_us) {
		for (i = 0; kernel.now.disk[i].due_us != kernel.next_us;)
			i++;
		plug(i);
		find_next();
	}
}

void kernel_wait_until(uint64_t us)
{
	while (kernel.next_us <= us) {
		if (kernel.next_us > kernel.now_us)
			kernel.now_us = kernel.next_us;
		kernel_pass();
	}
	if (us > kernel.now_us)
		kernel.now_us = us;
}

bool kernel_next_comer(void)
{
	if (kernel.told == kernel.comers && kernel.next_us != UINT64_MAX)
		kernel_wait_until(kernel.next_us);
	return kernel.told < kernel.comers;
}

static bool history_run;

/* In earlier boots nothing was late. */
static void announce(unsigned int disk)
{
	kernel.now.disk[disk].due_us =
		kernel.now_us + (history_run ? 0 : guest.disk[disk].delay_us);
	find_next();
}

static bool is_overridden(unsigned int card)
{
	const char *name = kernel.now.override[card];

	return *name && strcmp(name, guest.card[card].driver);
}

static bool may_come(const struct disk *d)
{
	return history_run || !d->unplugged;
}

void kernel_bind(unsigned int card)
{
	const struct card *c = &guest.card[card];
	unsigned int i;

	/* A loaded driver does not bind again to a card that it lost. */
	if (kernel.now.was_bound[card] || is_overridden(card))
		return;
	kernel.now.bound[card] = kernel.now.was_bound[card] = true;
	kernel.now.comings[MAX_DISKS + card]++;
	first_host[card] = kernel.next_host;
	first_ata[card] = kernel.next_ata + 1;
	if (c->kind == CARD_NVME || c->kind == CARD_REAL_NVME)
		kernel.next_host = kernel.next_host + 1;
	kernel.next_host += c->ports;
	kernel.next_ata += c->ports;
	if (kernel.tree)
		sysfs_bound(card, first_host[card], first_ata[card]);
	for (i = 0; i < guest.disks; i++)
		if (guest.disk[i].card == (int)card && may_come(&guest.disk[i]))
			announce(i);
	for (i = 0; i < guest.nics; i++)
		if (guest.nic[i].card == (int)card) {
			kernel.now.nic_there[i] = true;
			kernel.came[kernel.comers++] = (uint8_t)(100 + i);
		}
	kernel_pass();
}

void kernel_load_pv_driver(void)
{
	unsigned int i;

	if (kernel.pv_driver)
		return;
	kernel.pv_driver = true;
	for (i = 0; i < guest.disks; i++)
		if (is_pv(i) && !guest.disk[i].refused && !history_run)
			announce(i);
	kernel_pass();
}

void kernel_start(bool with_tree, bool history)
{
	unsigned int i;

	memset(&kernel, 0, offsetof(struct kernel, out));
	kernel.outs = kernel.logs = 0;
	kernel.tree = with_tree;
	history_run = history;
	for (i = 0; i < guest.disks; i++)
		kernel.now.disk[i].due_us = UINT64_MAX;
	find_next();
	for (i = 0; i < guest.nics; i++)
		kernel.now.nic_there[i] = guest.nic[i].card < 0;
	if (with_tree)
		sysfs_start();
	if (!guest.pv_driver_late)
		kernel_load_pv_driver();
	for (i = 0; i < guest.cards; i++)
		if (guest.card[guest.order[i]].bound)
			kernel_bind(guest.order[i]);
}

/* ---- going ---- */

static void take(unsigned int disk)
{
	kernel.now.disk[disk].there = false;
	kernel.now.disk[disk].taken = true;
}

/* Disks that the driver would still have found are lost. */
int kernel_unbind(unsigned int card)
{
	unsigned int i;

	if (!kernel.now.bound[card])
		return -ENODEV;
	kernel.deeds++;
	if (guest.card[card].old_ide)
		find_fault(RULE_OLD_IDE, "unbind",
			   "%s: its disks live on without a driver",
			   guest.card[card].pci);
	for (i = 0; i < guest.disks && !guest.card[card].old_ide; i++) {
		struct disk_state *s = &kernel.now.disk[i];

		if (guest.disk[i].card != (int)card)
			continue;
		if (s->there) {
			judge_taken(i, "unbind");
			take(i);
		} else if (s->due_us != UINT64_MAX) {
			s->lost = true;
			s->due_us = UINT64_MAX;
		}
	}
	for (i = 0; i < guest.nics; i++)
		if (guest.nic[i].card == (int)card && kernel.now.nic_there[i]) {
			judge_nic_taken(i);
			kernel.now.nic_there[i] = false;
		}
	kernel.now.bound[card] = false;
	find_next();
	return 0;
}

int kernel_unbind_vbd(unsigned int number)
{
	unsigned int i;

	for (i = 0; i < guest.disks; i++)
		if (is_pv(i) && guest.disk[i].number == number &&
		    kernel.now.disk[i].there) {
			kernel.deeds++;
			judge_taken(i, "aside");
			take(i);
			return 0;
		}
	return -ENODEV;
}

int kernel_delete(unsigned int disk)
{
	if (!kernel.now.disk[disk].there)
		return -ENODEV;
	kernel.deeds++;
	judge_taken(disk, "delete");
	take(disk);
	return 0;
}

/* ---- coming back ---- */

int kernel_probe(const char *pci)
{
	unsigned int i;

	for (i = 0; i < guest.cards; i++) {
		if (strcmp(guest.card[i].pci, pci))
			continue;
		if (kernel.now.bound[i] || is_overridden(i))
			return -EINVAL;
		kernel.now.was_bound[i] = false;
		kernel_bind(i);
		return 0;
	}
	return -ENODEV;
}

int kernel_scan(unsigned int host, const char *where)
{
	unsigned int channel, target, lun, i, found = 0;

	if (sscanf(where, "%u %u %u", &channel, &target, &lun) != 3)
		return -EINVAL;
	for (i = 0; i < guest.disks; i++) {
		const struct disk *d = &guest.disk[i];

		if (d->card < 0 || !kernel.now.disk[i].taken ||
		    !kernel.now.bound[d->card] ||
		    first_host[d->card] + d->port != host ||
		    d->channel != channel || d->target != target ||
		    d->lun != lun)
			continue;
		plug(i);
		found++;
	}
	return found ? 0 : -ENODEV;
}
