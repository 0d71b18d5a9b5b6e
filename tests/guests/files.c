// SPDX-License-Identifier: GPL-2.0-or-later
/* Random numbers, and the files on the host: what each disk holds, and which
 * are byte copies of others. */
#include <string.h>

#include "draw.h"

uint64_t dice_roll(struct dice *d)
{
	uint64_t z = d->state += 0x9e3779b97f4a7c15ULL; /* splitmix64 */

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ z >> 27) * 0x94d049bb133111ebULL;
	return z ^ z >> 31;
}

unsigned int dice_below(struct dice *d, unsigned int n)
{
	return (unsigned int)((dice_roll(d) >> 32) * n >> 32);
}

bool dice_chance(struct dice *d, unsigned int percent)
{
	return dice_below(d, 100) < percent;
}

bool dice_extra(struct dice *d, unsigned int percent)
{
	return dice_below(d, 300) < percent * d->rich;
}

/* ---- files and what is in them ---- */

static void draw_part(struct dice *d, struct part *p, bool first)
{
	static const enum format common[] = {
		FORMAT_EXT3, FORMAT_EXT4, FORMAT_EXT4, FORMAT_BTRFS,
		FORMAT_SWAP, FORMAT_LVM,  FORMAT_LUKS, FORMAT_MD,
		FORMAT_ZFS,  FORMAT_SWAP, FORMAT_NONE, FORMAT_NILFS,
	};
	static const char *const labels[] = { "/", "root", "data", "boot" };

	p->format = common[dice_below(d, first ? 4 : COUNT(common))];
	p->label =
		p->format == FORMAT_SWAP
			? "SWAP"
			: labels[first ? dice_below(d, 2) : dice_below(d, 4)];
	p->uuid = (unsigned int)p->format * 24 + dice_below(d, 24);
	p->member = dice_below(d, 200);
	p->odd = dice_chance(d, 20);
}

unsigned int draw_content(struct dice *d)
{
	struct content *c = &guest.content[guest.contents];
	unsigned int i;

	if (guest.contents == MAX_CONTENTS)
		return MAX_CONTENTS - 1;
	memset(c, 0, sizeof(*c));
	c->id = guest.contents;
	c->layout = dice_chance(d, 55)	 ? LAYOUT_MBR
		    : dice_chance(d, 60) ? LAYOUT_GPT
		    : dice_chance(d, 70) ? LAYOUT_WHOLE
					 : LAYOUT_BLANK;
	c->size = (300 + dice_below(d, 3)) << 20;
	if (c->layout >= LAYOUT_MBR)
		c->parts = 1 + dice_below(d, MAX_PARTS);
	for (i = 0; i < c->parts || (!i && c->layout == LAYOUT_WHOLE); i++)
		draw_part(d, &c->part[i], !i && dice_chance(d, 80));
	/* Sometimes this and another disk hold members of one file system. */
	if (guest.contents && dice_chance(d, 10)) {
		unsigned int member = c->part[0].member + 1;

		c->part[0] = guest.content[0].part[0];
		c->part[0].member = member % 200;
	}
	return guest.contents++;
}

/* Its own bytes, or a byte copy of another file's. */
int draw_file(struct dice *d)
{
	unsigned int copied = dice_below(d, guest.contents + 1);

	if (guest.files == MAX_FILES)
		return -1;
	if (guest.contents && copied < guest.contents && dice_chance(d, 30))
		guest.file[guest.files] = copied;
	else
		guest.file[guest.files] = draw_content(d);
	return (int)guest.files++;
}
