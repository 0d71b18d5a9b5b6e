// SPDX-License-Identifier: GPL-2.0-or-later
/* How often pvroot was of use where nothing stood against it. */
#include "judge.h"

static bool is_free_twin(unsigned int disk)
{
	const struct disk *d = &guest.disk[disk];
	int pv = pv_of(&story.reference, disk);

	if (is_pv(disk) || d->cdrom || pv < 0 || d->use || d->delay_us ||
	    guest.disk[pv].delay_us || !guest.card[d->card].bound ||
	    !guest.card[d->card].emulated || guest.card[d->card].old_ide ||
	    *guest.keep ||
	    guest.content[guest.file[d->file]].layout == LAYOUT_BLANK)
		return false;
	return !others_may_mean_twin(NULL) && story.reference.disk[disk].there;
}

void count_useful(void)
{
	const struct name *root = name_of(WHERE_ROOT);
	struct refs matches;
	unsigned int i;

	counts.guests++;
	for (i = 0; i < guest.disks; i++) {
		if (!is_free_twin(i))
			continue;
		counts.provable++;
		counts.went += !story.end.disk[i].there;
	}
	if (!root || root->form != NAME_TAG)
		return;
	if (others_may_mean_twin(root))
		return;
	pv_matches(root, &story.after_boot, &matches);
	counts.resolvable += matches.count == 1;
	counts.answered += matches.count == 1 && *story.root;
}
