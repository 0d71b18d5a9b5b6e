// SPDX-License-Identifier: GPL-2.0-or-later
/* Draws which names the guest's boot uses, and writes its command line. */
#include <stdio.h>
#include <string.h>

#include "guests.h"
#include "names.h"

/* Draws a disk that is there in v, mostly an emulated one. */
static int draw_target(struct dice *d, const struct view *v)
{
	unsigned int tries, disk = 0;
	bool emulated = dice_chance(d, 65);

	for (tries = 0; tries < 30; tries++) {
		disk = dice_below(d, guest.disks);
		if (v->disk[disk].there && !guest.disk[disk].cdrom &&
		    (!emulated || !is_pv(disk) || tries > 20))
			return (int)disk;
	}
	return -1;
}

static bool draw_name(struct dice *d, struct name *n, enum where_kind kind)
{
	bool is_root = kind == WHERE_ROOT || kind == WHERE_RESUME;
	unsigned int how = dice_below(d, 100), tries;
	const struct view *v = &story.reference;
	int disk;

	if (how < (is_root ? 42u : 15u)) {
		for (tries = 0; tries < 12; tries++) {
			disk = draw_target(d, v);
			if (disk >= 0 && name_draw_tag(d, n, (unsigned int)disk,
						       kind == WHERE_RESUME))
				return true;
		}
		return false;
	}
	if (is_root && how < 58) {
		name_draw_other(d, n);
		return true;
	}
	if (how < 64) {
		name_draw_letter(d, n);
		return true;
	}
	/* Sometimes the name is from before the disks were unplugged. */
	if (story.has_history && dice_chance(d, 40))
		v = &story.history;
	disk = draw_target(d, v);
	if (disk >= 0)
		name_draw_device(d, n, v, (unsigned int)disk, is_root);
	return disk >= 0;
}

static void add_name(struct dice *d, unsigned int where)
{
	struct name *n = &guest.name[guest.names];
	char form[sizeof(n->kind)];
	bool alone;

	if (guest.names == MAX_NAMES)
		return;
	memset(n, 0, sizeof(*n));
	n->where = where;
	if (!draw_name(d, n, name_places[where].kind))
		return;
	/* For root= and resume= the form of the name matters; for others, where
	 * it is. */
	alone = name_places[where].kind > WHERE_RESUME;
	memcpy(form, n->kind, sizeof(form));
	snprintf(n->kind, sizeof(n->kind), "%.22s%s%.16s",
		 name_places[where].title, alone ? "" : " ", alone ? "" : form);
	guest.names++;
}

static void draw_more(struct dice *d)
{
	unsigned int count = dice_below(d, 1 + d->rich), where, i, tries;
	bool taken;

	for (tries = 0; tries < 20 && count; tries++) {
		where = 2 + dice_below(d, name_place_count - 2);
		if (!(name_places[where].generators & 1U << guest.generator))
			continue;
		for (i = 0, taken = false; i < guest.names; i++)
			taken |= guest.name[i].where == where;
		if (taken)
			continue;
		add_name(d, where);
		count--;
	}
}

static void draw_keep(struct dice *d)
{
	unsigned int disk = dice_below(d, guest.disks + 1);

	if (!dice_extra(d, 15) || disk == guest.disks || is_pv(disk))
		return;
	if (dice_chance(d, 30))
		strcpy(guest.keep, guest.card[guest.disk[disk].card].pci);
	else if (story.reference.disk[disk].there)
		strcpy(guest.keep, story.reference.disk[disk].name);
}

static void write_line(void)
{
	char *line = guest.cmdline;
	size_t used, size = sizeof(guest.cmdline);
	unsigned int i;

	used = (size_t)snprintf(line, size, "quiet pvroot=%s,wait=%u%s%s",
				guest.mode == GUEST_STRICT ? "strict" : "auto",
				guest.wait_s, *guest.keep ? ",keep=" : "",
				guest.keep);
	for (i = 0; i < guest.names; i++) {
		const struct name *n = &guest.name[i];
		const struct name_place *p = &name_places[n->where];

		if (p->kind == WHERE_FILE)
			continue;
		line[used++] = ' ';
		used += (size_t)snprintf(line + used, size - used, "%s%s%s",
					 p->before, n->text, p->after);
	}
	snprintf(line + used, size - used, "\n");
}

void names_draw(struct dice *d)
{
	unsigned int i;

	story_reference();
	/* Sometimes there is no root= on the line: dracut's own file may have
	 * it. */
	if (dice_chance(d, 94))
		add_name(d, 0);
	if (dice_chance(d, 20))
		add_name(d, 1);
	draw_more(d);
	for (i = 0; i < guest.names; i++)
		if (guest.name[i].where == name_place_count - 1 &&
		    !guest.name[0].where)
			guest.names = i; /* root= on the line wins */
	draw_keep(d);
	write_line();
}
