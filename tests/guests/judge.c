// SPDX-License-Identifier: GPL-2.0-or-later
/* The rules about devices: what may be taken away, and what must be there at
 * the end. All is known from how the guest was made. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "judge.h"

const char *const rule_names[RULE_COUNT] = {
	[RULE_GONE] = "what has no twin disappears",
	[RULE_IN_USE] = "a used or kept one goes",
	[RULE_NAME_LOST] = "a name in use leads nowhere",
	[RULE_NAME_MOVED] = "a name in use means another device",
	[RULE_BOTH_USED] = "both twins in use",
	[RULE_WRONG] = "answered with what the name does not mean",
	[RULE_TWO] = "two matches are not refused",
	[RULE_UNFOUND] = "the one match is not answered",
	[RULE_STRICT] = "strict goes on",
	[RULE_STOPS] = "stops though it may not",
	[RULE_HIDDEN] = "hidden though it stays",
	[RULE_WORD] = "a wrong word acts",
	[RULE_NIC] = "a NIC goes",
	[RULE_CARD] = "a PV card gets a wrong name",
	[RULE_OLD_IDE] = "the old IDE driver is unbound",
	[RULE_FORBID] = "a driver is forbidden",
	[RULE_WRITES] = "writes where it may not",
	[RULE_RESTORE] = "what a person brought back goes again",
	[RULE_LATE] = "beyond its deadline",
	[RULE_OFF] = "off does something",
};

struct finding findings[16];
unsigned int finding_count;
struct counts counts;

void find_fault(enum rule rule, const char *kind, const char *format, ...)
{
	struct finding *f = &findings[finding_count];
	va_list args;
	unsigned int i;

	for (i = 0; i < finding_count; i++)
		if (findings[i].rule == rule && !strcmp(findings[i].kind, kind))
			return;
	if (finding_count == COUNT(findings))
		return;
	finding_count++;
	f->rule = rule;
	snprintf(f->kind, sizeof(f->kind), "%s", kind);
	va_start(args, format);
	vsnprintf(f->text, sizeof(f->text), format, args);
	va_end(args);
}

bool same_thing(struct ref a, struct ref b)
{
	return guest.disk[a.disk].file == guest.disk[b.disk].file &&
	       a.part == b.part;
}

int pv_of(const struct view *v, unsigned int disk)
{
	unsigned int i;

	for (i = 0; i < guest.disks; i++)
		if (is_pv(i) && v->disk[i].there &&
		    guest.disk[i].file == guest.disk[disk].file)
			return (int)i;
	return -1;
}

bool wants_strict(void)
{
	return guest.mode == GUEST_STRICT;
}

bool is_kept_by_word(unsigned int disk)
{
	const struct disk *d = &guest.disk[disk];

	return *guest.keep &&
	       (!strcmp(guest.keep, kernel.now.disk[disk].name) ||
		(d->card >= 0 && !strcmp(guest.keep, guest.card[d->card].pci)));
}

bool is_a_twin(unsigned int disk, const struct view *v)
{
	const struct disk *d = &guest.disk[disk];

	return d->card >= 0 && guest.card[d->card].emulated && !d->cdrom &&
	       pv_of(v, disk) >= 0;
}

static const char *what_it_is(unsigned int disk)
{
	const struct disk *d = &guest.disk[disk];

	return d->cdrom			       ? "CD-ROM"
	       : !guest.card[d->card].emulated ? "passed through"
	       : d->channel || d->lun	       ? "LUN or channel"
	       : d->kind == DISK_NVME	       ? "NVMe disk without a twin"
					       : "disk without a twin";
}

/* Is the emulated path of this PV disk's file there, too? */
static bool old_path_is_there(unsigned int pv)
{
	unsigned int i;

	for (i = 0; i < guest.disks; i++)
		if (!is_pv(i) && kernel.now.disk[i].there &&
		    guest.disk[i].file == guest.disk[pv].file)
			return true;
	return false;
}

void judge_taken(unsigned int disk, const char *how)
{
	static const char *const uses[] = { "",	  "mounted", "swap",
					    "dm", "md",	     "loop" };
	const struct disk *d = &guest.disk[disk];
	const char *name = kernel.now.disk[disk].name;
	char kind[64];

	/* The PV path of a disk that is left on its old path may be hidden, or
	 * put aside. */
	if (is_pv(disk) && (!strcmp(how, "hide") || !strcmp(how, "aside")) &&
	    !wants_strict() && old_path_is_there(disk) && d->use == USE_NONE)
		return;
	if (!is_a_twin(disk, &kernel.now)) {
		snprintf(kind, sizeof(kind), "%s: %s", how, what_it_is(disk));
		find_fault(RULE_GONE, kind, "%s (%s): %s", name,
			   what_it_is(disk), how);
	}
	if (d->use != USE_NONE)
		find_fault(RULE_IN_USE, uses[d->use], "%s, in use (%s): %s",
			   name, uses[d->use], how);
	if (is_kept_by_word(disk))
		find_fault(RULE_IN_USE, "keep=", "%s: %s", name, how);
}

/* An emulated NIC may be taken away where its vif is there and nothing needs
 * it. */
void judge_nic_taken(unsigned int nic)
{
	const struct nic *n = &guest.nic[nic];
	bool vif = false, named;
	unsigned int i;

	named = *guest.nic_name && !card_follows(n->mac, guest.nic_name) &&
		!card_has_name(guest.nic_name) &&
		(!strcmp(guest.nic_name, n->predicted) ||
		 !strcmp(guest.nic_name, n->name));
	for (i = 0; i < guest.nics; i++) {
		if (guest.nic[i].card >= 0)
			continue;
		vif |= guest.nic[i].mac == n->mac;
		named &= strcmp(guest.nic_name, guest.nic[i].predicted) != 0;
	}
	if (!vif || guest.card[n->card].kind != CARD_NIC)
		find_fault(RULE_NIC, vif ? "passed through" : "no vif",
			   "%s is no vif's twin", n->name);
	if (n->up || n->enslaved)
		find_fault(RULE_NIC, "in use", "%s is up or enslaved", n->name);
	if (named)
		find_fault(RULE_NIC, "its name is used",
			   "%s (%s): the network configuration names %s",
			   n->name, n->predicted, guest.nic_name);
}

/* In strict, where every vbd is a disk that is there, a controller without a
 * driver may be kept from getting one. */
static bool may_forbid(unsigned int card)
{
	unsigned int i;

	for (i = 0; i < guest.disks; i++)
		if (is_pv(i) &&
		    (guest.disk[i].refused || !kernel.now.disk[i].there))
			return false;
	return wants_strict() && guest.card[card].kind != CARD_NIC &&
	       strcmp(guest.keep, guest.card[card].pci);
}

void judge_override(unsigned int card)
{
	if (!*kernel.now.override[card])
		return;
	if (!guest.card[card].emulated)
		find_fault(RULE_FORBID, "passed through", "%s",
			   guest.card[card].pci);
	if (kernel.now.bound[card])
		return;
	kernel.now.may_forbid[card] = may_forbid(card);
	if (!may_forbid(card))
		find_fault(RULE_FORBID, wants_strict() ? "strict" : "auto",
			   "%s has no driver yet", guest.card[card].pci);
}

/* No by-* link leads to it any more, and systemd does not see it: right for a
 * twin that the kernel keeps, wrong for one that must stay. */
void judge_hidden(unsigned int disk)
{
	const char *name = kernel.now.disk[disk].name;
	enum use use = guest.disk[disk].use;

	kernel.now.disk[disk].hidden = true;
	if (use == USE_NONE && !is_kept_by_word(disk))
		return;
	find_fault(RULE_HIDDEN,
		   use == USE_LOOP   ? "loop"
		   : use != USE_NONE ? "used"
				     : "keep=",
		   "twin --udev %s says twin, and twin %s leaves it", name,
		   name);
}

void judge_twin_answer(unsigned int disk, int status, const char *out)
{
	const char *name = strstr(out, "PVROOT_TWIN=") + 12;
	unsigned int pv, part;
	char text[NAME_SIZE];

	(void)status;
	snprintf(text, sizeof(text), "%.*s", (int)strcspn(name, "\n"), name);
	if (!device_find(&kernel.now, text, &pv, &part) || part || !is_pv(pv) ||
	    !is_a_twin(disk, &kernel.now) ||
	    guest.disk[pv].file != guest.disk[disk].file)
		find_fault(RULE_HIDDEN, "no twin", "%s is not %s's twin",
			   kernel.now.disk[disk].name, text);
}

/* Looks for disks that should have appeared by now and were not taken away by a
 * judged action. */
static void judge_lost(void)
{
	unsigned int i;
	char kind[64];

	for (i = 0; i < guest.disks; i++) {
		const struct disk_state *s = &story.end.disk[i];
		int card = guest.disk[i].card;

		if (!story.reference.disk[i].there || s->there || s->taken)
			continue;
		if (card >= 0 &&
		    (story.end.may_forbid[card] || is_a_twin(i, &story.end)))
			continue;
		snprintf(kind, sizeof(kind), "never comes: %s", what_it_is(i));
		find_fault(RULE_GONE, kind, "%s (%s) would come after %u ms",
			   story.reference.disk[i].name, what_it_is(i),
			   (unsigned int)(guest.disk[i].delay_us / 1000));
	}
}

static void judge_lost_nics(void)
{
	unsigned int i;

	for (i = 0; i < guest.nics; i++)
		if (story.reference.nic_there[i] && !story.end.nic_there[i] &&
		    guest.nic[i].card >= 0 &&
		    guest.card[guest.nic[i].card].kind != CARD_NIC)
			find_fault(RULE_NIC, "passed through", "%s",
				   guest.nic[i].name);
}

void judge_boot(void)
{
	uint64_t limit = (guest.wait_s + 1) * 1000000ULL + kernel.calls;

	if (story.boot_us > limit)
		find_fault(RULE_LATE, "boot", "%u ms",
			   (unsigned int)(story.boot_us / 1000));
	judge_cards();
	judge_answers();
	judge_strict();
}

void judge_end(void)
{
	judge_lost();
	judge_lost_nics();
	if (!wants_strict())
		judge_names();
	count_useful();
}
