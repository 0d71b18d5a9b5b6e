// SPDX-License-Identifier: GPL-2.0-or-later
/* The rules about names: an answer must be what the name means, and a name
 * without an answer must still lead where it led without pvroot. */
#include <stdio.h>
#include <string.h>

#include "judge.h"

const struct name *name_of(enum where_kind kind)
{
	unsigned int i;

	for (i = 0; i < guest.names; i++)
		if (name_places[guest.name[i].where].kind == kind)
			return &guest.name[i];
	return NULL;
}

/* The kernel's own line wins over dracut's file in the image. */
const struct name *root_name(void)
{
	const struct name *root = name_of(WHERE_ROOT);
	unsigned int i;

	for (i = 0; !root && i < guest.names; i++)
		if (!strcmp(name_places[guest.name[i].where].title,
			    "cmdline.d root="))
			root = &guest.name[i];
	return root;
}

static const struct part *part_of(struct ref r)
{
	const struct content *c =
		&guest.content[guest.file[guest.disk[r.disk].file]];

	return &c->part[r.part ? r.part - 1 : 0];
}

bool are_members(const struct refs *refs)
{
	unsigned int i, k;

	for (i = 0; i < refs->count; i++) {
		const struct part *a = part_of(refs->at[i]);

		if (a->format != FORMAT_BTRFS ||
		    a->uuid != part_of(refs->at[0])->uuid)
			return false;
		for (k = 0; k < i; k++)
			if (a->member == part_of(refs->at[k])->member)
				return false;
	}
	return true;
}

void pv_matches(const struct name *n, const struct view *v, struct refs *out)
{
	struct refs all;
	unsigned int i;
	bool swap = name_places[n->where].kind == WHERE_RESUME;

	name_means(n, v, &all);
	out->count = 0;
	for (i = 0; i < all.count; i++) {
		bool is_swap = part_of(all.at[i])->format == FORMAT_SWAP;

		if (is_pv(all.at[i].disk) &&
		    (n->tag >= TAG_IS_PARTUUID || is_swap == swap))
			out->at[out->count++] = all.at[i];
	}
}

static bool is_among(struct ref r, const struct refs *refs)
{
	unsigned int i;

	for (i = 0; i < refs->count; i++)
		if (same_thing(r, refs->at[i]))
			return true;
	return false;
}

/* ---- answers ---- */

/* An hd letter stands for a place: that of the vdev with this number, or of its
 * twin. */
static bool is_hd_place(const struct name *n, struct ref answer)
{
	unsigned int i;

	if (n->form != NAME_KERNEL || n->numbered ||
	    strncmp(n->kernel, "hd", 2) != 0)
		return false;
	for (i = 0; i < guest.disks; i++)
		if (is_pv(i) &&
		    guest.disk[i].file == guest.disk[answer.disk].file &&
		    guest.disk[i].slot == n->kernel[2] - 'a')
			return true;
	return false;
}

/* The likely cause of a wrong answer; otherwise the form of the name. */
static const char *why_two(const struct name *n, const struct refs *refs)
{
	const struct part *first = part_of(refs->at[0]);
	bool clones = true, odd = false;
	unsigned int i;

	for (i = 0; i < refs->count; i++) {
		const struct part *p = part_of(refs->at[i]);

		clones &= p->format == FORMAT_BTRFS && p->uuid == first->uuid &&
			  p->member == first->member;
		odd |= p->odd &&
		       (p->format == FORMAT_BTRFS || p->format == FORMAT_NILFS);
	}
	return clones ? "clones of one btrfs"
	       : odd  ? "one that a quick look misses"
		      : n->kind;
}

static void judge_tag_answer(const struct name *n, struct ref answer,
			     const char *text)
{
	struct refs matches, all;

	pv_matches(n, &story.after_boot, &matches);
	name_means(n, &story.reference, &all);
	if (matches.count > 1 && !are_members(&matches))
		find_fault(RULE_TWO, why_two(n, &matches),
			   "%s -> %s, one of %u PV devices", n->text, text,
			   matches.count);
	if (!is_among(answer, is_pv(answer.disk) ? &matches : &all))
		find_fault(RULE_WRONG, n->kind, "%s -> %s", n->text, text);
}

static void judge_device_answer(const struct name *n, struct ref answer,
				const char *text)
{
	const char *why = "is another";
	struct refs means;

	name_means(n, &story.reference, &means);
	if (!means.count && story.has_history)
		name_means(n, &story.history, &means);
	if (!means.count && is_hd_place(n, answer))
		return;
	if (!means.count)
		why = "means nothing";
	if (!is_among(answer, &means))
		find_fault(RULE_WRONG, n->kind, "%s -> %s: it %s", n->text,
			   text, why);
}

static void judge_answer(const struct name *n, const char *text)
{
	struct ref answer;

	if (!*text)
		return;
	if (!n || strncmp(text, "/dev/", 5) ||
	    !device_find(&story.after_boot, text + 5, &answer.disk,
			 &answer.part)) {
		find_fault(RULE_WRONG, "no device", "%s -> %s",
			   n ? n->text : "nothing", text);
		return;
	}
	if (n->form == NAME_TAG)
		judge_tag_answer(n, answer, text);
	else if (n->form == NAME_KERNEL || n->form == NAME_PLACE)
		judge_device_answer(n, answer, text);
	else
		find_fault(RULE_WRONG, n->kind, "%s -> %s", n->text, text);
}

static bool all_came_at_once(const struct refs *refs)
{
	unsigned int i;

	for (i = 0; i < refs->count; i++)
		if (guest.disk[refs->at[i].disk].delay_us)
			return false;
	return true;
}

static unsigned int count_said(const struct refs *refs)
{
	unsigned int i, count = 0;
	char name[NAME_SIZE + 8];

	for (i = 0; i < refs->count; i++) {
		device_name(&story.after_boot, refs->at[i].disk,
			    refs->at[i].part, name);
		count +=
			strstr(kernel.log, name) || strstr(story.refused, name);
	}
	return count;
}

/* The links of ATA and NVMe disks follow on every kernel, but where keep= may
 * hold the disk. */
static bool is_held_by_link(const struct name *n)
{
	const struct disk *d = &guest.disk[n->disk];

	return n->form == NAME_PLACE &&
	       (*guest.keep || (d->kind != DISK_ATA && d->kind != DISK_NVME));
}

/* Is there another name that is neither a tag nor a PV disk's? It may mean the
 * twin, which leaves that disk on its old path. */
bool others_may_mean_twin(const struct name *but)
{
	unsigned int i;

	for (i = 0; i < guest.names; i++) {
		const struct name *n = &guest.name[i];

		if (n != but &&
		    (n->form == NAME_KERNEL || is_held_by_link(n) ||
		     (n->form == NAME_JUNK && !strncmp(n->text, "/dev/", 5))) &&
		    !strstr(n->text, "xvd"))
			return true;
	}
	return false;
}

/* Checks that the log has both names, or that the table allows no answer. */
static void judge_no_answer(const struct name *n)
{
	struct refs matches;
	bool twin_stays, twin_in_use;
	int i;

	if (!n || n->form != NAME_TAG)
		return;
	pv_matches(n, &story.after_boot, &matches);
	if (!matches.count || !all_came_at_once(&matches))
		return;
	if (matches.count > 1) {
		/* The two that are named may have been hidden since. */
		if (!are_members(&matches) && !*story.refused &&
		    count_said(&matches) < 2)
			find_fault(RULE_TWO, "not named", "%s: %u matches",
				   n->text, matches.count);
		return;
	}
	twin_stays = twin_in_use = false;
	for (i = 0; i < (int)guest.disks; i++) {
		if (is_pv((unsigned int)i) || !story.after_boot.disk[i].there ||
		    guest.disk[i].file != guest.disk[matches.at[0].disk].file)
			continue;
		twin_stays = true;
		/* Both paths would be in use, so even strict stops. */
		twin_in_use |= guest.disk[i].use != USE_NONE;
	}
	if ((wants_strict() && !twin_in_use) ||
	    (!twin_stays && !others_may_mean_twin(n)))
		find_fault(RULE_UNFOUND, n->kind, "%s is on one PV device",
			   n->text);
}

void judge_answers(void)
{
	const struct name *root = root_name();
	const struct name *resume = name_of(WHERE_RESUME);

	judge_answer(root, story.root);
	judge_answer(resume, story.resume);
	if (!*story.root)
		judge_no_answer(root);
	if (!*story.resume && story.status == 0)
		judge_no_answer(resume);
}

/* ---- names that got none ---- */

static bool is_answered(const struct name *n)
{
	enum where_kind kind = name_places[n->where].kind;

	return (n == root_name() && *story.root) ||
	       (kind == WHERE_RESUME && *story.resume);
}

/* Has pvroot taken this disk away, and may it: a twin, or the PV path of one
 * that stays? Any other that is gone is another rule's. */
static bool was_taken(unsigned int disk)
{
	return is_a_twin(disk, &story.end) ||
	       (is_pv(disk) && story.end.disk[disk].taken);
}

static void judge_name(const struct name *n)
{
	struct refs before, after;
	unsigned int i;
	bool all = n->form == NAME_TAG || n->form == NAME_MEMBERS;

	name_means(n, &story.reference, &before);
	name_means(n, &story.end, &after);
	for (i = 0; i < before.count; i++) {
		if (is_among(before.at[i], &after) ||
		    !was_taken(before.at[i].disk))
			continue;
		if (!after.count || all)
			find_fault(
				RULE_NAME_LOST, n->kind, "%s: %s was %s",
				name_places[n->where].title, n->text,
				story.reference.disk[before.at[i].disk].name);
		else
			find_fault(RULE_NAME_MOVED, n->kind,
				   "%s: %s is now file %d",
				   name_places[n->where].title, n->text,
				   guest.disk[after.at[0].disk].file);
	}
}

/* The file that this name needs on its old path, or -1. */
static int needs_old_path(const struct name *n)
{
	struct refs means;
	unsigned int i;

	/* It has followed to the PV disk. */
	if (n->form == NAME_PLACE || n->form == NAME_KERNEL) {
		name_means(n, &story.end, &means);
		if (means.count && is_pv(means.at[0].disk))
			return -1;
	}
	name_means(n, &story.reference, &means);
	for (i = 0; i < means.count; i++)
		if (is_pv(means.at[i].disk))
			return -1;
	return means.count ? guest.disk[means.at[0].disk].file : -1;
}

/* root=/dev/xvda1 gets the PV disk that it names. */
static bool is_pv_name(const struct name *n)
{
	struct refs means;

	if (!n || n->form != NAME_KERNEL)
		return false;
	name_means(n, &story.reference, &means);
	return means.count && is_pv(means.at[0].disk);
}

/* Finds an answer on the PV path while the emulated path is in use. */
static void judge_both(const struct name *n, const char *answer)
{
	unsigned int disk, part, i;

	if (!*answer || is_pv_name(n) ||
	    !device_find(&story.after_boot, answer + 5, &disk, &part) ||
	    !is_pv(disk))
		return;
	for (i = 0; i < guest.names; i++)
		if (!is_answered(&guest.name[i]) &&
		    needs_old_path(&guest.name[i]) == guest.disk[disk].file)
			find_fault(RULE_BOTH_USED, guest.name[i].kind,
				   "%s is answered, and %s %s names its twin",
				   answer,
				   name_places[guest.name[i].where].title,
				   guest.name[i].text);
	for (i = 0; i < guest.disks; i++)
		if (!is_pv(i) && guest.disk[i].file == guest.disk[disk].file &&
		    guest.disk[i].use != USE_NONE &&
		    story.after_boot.disk[i].there)
			find_fault(RULE_BOTH_USED, "in use",
				   "%s is answered, and %s is in use", answer,
				   story.after_boot.disk[i].name);
}

void judge_names(void)
{
	unsigned int i;

	for (i = 0; i < guest.names; i++)
		if (!is_answered(&guest.name[i]))
			judge_name(&guest.name[i]);
	judge_both(root_name(), story.root);
	judge_both(name_of(WHERE_RESUME), story.resume);
}
