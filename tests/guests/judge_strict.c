// SPDX-License-Identifier: GPL-2.0-or-later
/* The rules about going on: design.md's second table. */
#include <string.h>

#include "judge.h"

static bool is_emulated(unsigned int disk)
{
	const struct disk *d = &guest.disk[disk];

	return d->card >= 0 && guest.card[d->card].emulated;
}

/* Finds a member of that kind on an emulated disk that is still there. */
static void judge_members(const struct name *n)
{
	struct refs members;
	unsigned int i;

	name_means(n, &story.after_boot, &members);
	for (i = 0; i < members.count; i++)
		if (is_emulated(members.at[i].disk))
			find_fault(
				RULE_STRICT, n->kind,
				"%s: a member is on %s, still there", n->text,
				story.after_boot.disk[members.at[i].disk].name);
}

/* A root that is left as it was must mean a PV device. */
static void judge_untouched(const struct name *n)
{
	struct refs means;
	unsigned int i;

	name_means(n, &story.after_boot, &means);
	if (n->form == NAME_TAG || !means.count) {
		find_fault(RULE_STRICT, n->kind, "%s, with no answer", n->text);
		return;
	}
	for (i = 0; i < means.count; i++)
		if (!is_pv(means.at[i].disk))
			find_fault(
				RULE_STRICT, n->kind, "%s is %s", n->text,
				story.after_boot.disk[means.at[i].disk].name);
}

static void judge_going_on(const struct name *root)
{
	unsigned int disk, part;

	if (*story.root) {
		if (device_find(&story.after_boot, story.root + 5, &disk,
				&part) &&
		    !is_pv(disk))
			find_fault(RULE_STRICT, root ? root->kind : "none",
				   "answered with %s", story.root);
		return;
	}
	if (!root)
		find_fault(RULE_STRICT, "no root=", "no root= at all");
	else if (root->form == NAME_MEMBERS)
		judge_members(root);
	else if (root->form != NAME_NETWORK)
		judge_untouched(root);
}

/* The boot must not stop where root is on one PV device or on a network. */
static void judge_stop(const struct name *root)
{
	struct refs means;

	if (!root)
		return;
	if (root->form == NAME_NETWORK)
		find_fault(RULE_STOPS, root->kind, "%s", root->text);
	if (root->form != NAME_KERNEL || root->numbered ||
	    strncmp(root->text, "/dev/xvd", 8))
		return;
	name_means(root, &story.after_boot, &means);
	if (means.count && !guest.disk[means.at[0].disk].delay_us)
		find_fault(RULE_STOPS, root->kind, "%s", root->text);
}

void judge_strict(void)
{
	const struct name *root = root_name();

	if (story.status == 1 && !wants_strict())
		find_fault(RULE_STOPS, "auto", "auto ends with 1");
	if (story.status < 0 || story.status > 1)
		find_fault(RULE_STOPS, "fault", "status %d", story.status);
	if (!wants_strict())
		return;
	if (story.status == 0)
		judge_going_on(root);
	else if (story.status == 1)
		judge_stop(root);
}
