// SPDX-License-Identifier: GPL-2.0-or-later
/* What may be done to the guest of world.h: known from how it was made and from
 * its disks' bytes, not from src/. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "world.h"

#define BLOCK 8192

void judge_fail(const char *what, const char *name)
{
	fprintf(stderr, "pvroot %s %s\n", what, name);
	abort();
}

static bool is_kept(const char *name)
{
	return world.keep[0] && !strcmp(world.keep, name);
}

static bool is_emulated(const struct ctrl *c)
{
	return c->kind <= CTRL_NIC && !c->junk;
}

static bool is_blank(const uint8_t *block)
{
	return !block[0] && !memcmp(block, block + 1, BLOCK - 1);
}

/* Compares the start, 64 KiB, the quarters and the end: a patch is in one of
 * them. With `all`, the partitions' starts too: src/ sees these only if sysfs
 * has no faults. */
static bool same_bytes(const struct wdisk *a, const struct wdisk *b, bool all)
{
	static uint8_t one[BLOCK], two[BLOCK];
	uint64_t size = media_size(a), at[6 + 2 * WORLD_PARTS];
	unsigned int i, count = 0;
	bool blank = true;

	if (size != media_size(b) || size < BLOCK)
		return false;
	at[count++] = 0;
	at[count++] = 65536;
	for (i = 1; i < 4; i++)
		at[count++] = size / 4 * i / 4096 * 4096;
	at[count++] = size - BLOCK;
	for (i = 1; i <= (unsigned int)media_parts(a); i++)
		at[count++] = (uint64_t)i * WORLD_PART * 512;
	for (i = 1; i <= (unsigned int)media_parts(a); i++)
		at[count++] = (uint64_t)i * WORLD_PART * 512 + 65536;
	for (i = 0; i < count; i++) {
		if (at[i] > size - BLOCK)
			continue;
		media_read(a, 0, at[i], one, BLOCK);
		media_read(b, 0, at[i], two, BLOCK);
		if ((i < 6 || all) && memcmp(one, two, BLOCK))
			return false;
		blank = blank && is_blank(one);
	}
	return !blank;
}

static bool is_in_place(const struct wdisk *pv, const struct wdisk *d)
{
	return pv->kind == DISK_PV && pv->slot >= 0 && pv->slot == d->slot &&
	       pv->scsi_slot == (d->ctrl->chip == CTRL_SCSI) &&
	       (!pv->gone || pv->aside) && pv->at_us <= world.now_us;
}

static bool is_readable(const struct wdisk *d)
{
	return !d->bad_first && !d->bad_last &&
	       !(d->no_node && d->junk_attr); /* nothing to open it by */
}

/* How many PV disks are in this one's place? *same: one of them has the same
 * bytes. */
static unsigned int pv_in_place(const struct wdisk *d, bool *same)
{
	unsigned int i, count = 0;

	*same = false;
	for (i = 0; i < world.disks; i++) {
		const struct wdisk *pv = &world.disk[i];

		if (!is_in_place(pv, d))
			continue;
		/* One may vanish after the proof; then it was there. */
		count += disk_is_there(pv);
		if (is_readable(pv) && same_bytes(pv, d, false))
			*same = true;
	}
	return count;
}

/* The place of a disk is unknown where its link is wrong, or its namespace
 * number cannot be read. */
static bool is_unknown(const struct wdisk *d)
{
	return d->junk_link[0] || (d->kind == DISK_NVME && d->junk_attr);
}

/* Where calls failed, links are wrong or disks vanish, src/ cannot know that
 * there are two disks in one place. */
static bool is_unsure(void)
{
	unsigned int i;

	for (i = 0; i < world.disks; i++)
		if (is_unknown(&world.disk[i]) ||
		    (world.disk[i].gone_call &&
		     world.calls >= world.disk[i].gone_call))
			return true;
	return world.failed;
}

static bool is_twin(const struct wdisk *d)
{
	bool same;
	unsigned int count;

	if (d->kind == DISK_PV || d->kind == DISK_OTHER || d->cdrom ||
	    !d->ctrl || !is_emulated(d->ctrl) || !is_readable(d))
		return false;
	count = pv_in_place(d, &same);
	return same && (count <= 1 || is_unsure());
}

/* Is it open exclusively, as it must be until it is taken away? */
static bool is_claimed(const struct wdisk *d)
{
	unsigned int i;

	for (i = 0; i < WORLD_FDS; i++)
		if (world.fd[i].open && world.fd[i].exclusive &&
		    world.fd[i].disk == d && !world.fd[i].part)
			return true;
	return false;
}

/* Is there another disk that matches the same PV disk? */
static bool is_doubled(const struct wdisk *d)
{
	unsigned int i, j;

	for (i = 0; i < world.disks; i++) {
		const struct wdisk *other = &world.disk[i];

		if (other == d || !disk_is_there(other) || !is_twin(other))
			continue;
		for (j = 0; j < world.disks; j++)
			if (is_in_place(&world.disk[j], d) &&
			    is_in_place(&world.disk[j], other) &&
			    same_bytes(&world.disk[j], other, true))
				return true;
	}
	return false;
}

static void judge_disk(const struct wdisk *d)
{
	if (is_unknown(d))
		return;
	if (!is_twin(d))
		judge_fail("detaches what is no twin:", d->name);
	if (d->used || is_kept(d->name) || is_kept(d->ctrl->pci))
		judge_fail("detaches what is used or kept:", d->name);
	if (!is_claimed(d))
		judge_fail("detaches unclaimed:", d->name);
	if (is_doubled(d) && !is_unsure())
		judge_fail("detaches one of two:", d->name);
}

void judge_delete(struct wdisk *d)
{
	judge_disk(d);
}

static void take_nics(struct ctrl *c)
{
	unsigned int i, j;

	for (i = 0; i < world.nics; i++) {
		struct wnic *n = &world.nic[i];
		bool vif = false;

		if (n->ctrl != c || n->gone)
			continue;
		for (j = 0; j < world.nics; j++)
			vif |= !world.nic[j].ctrl && world.nic[j].mac == n->mac;
		if (!vif || n->up || n->enslaved || n->junk || is_kept(n->name))
			judge_fail("takes the NIC", n->name);
		n->gone = !c->deaf && !c->unbind_fails;
	}
}

/* Every disk on the controller is lost with it. */
void judge_unbind(struct ctrl *c)
{
	unsigned int i;

	if (!is_emulated(c) || is_kept(c->pci))
		judge_fail("unbinds", c->pci);
	if (c->kind == CTRL_NIC) {
		take_nics(c);
		return;
	}
	for (i = 0; i < world.disks; i++) {
		struct wdisk *d = &world.disk[i];

		if (d->ctrl != c || !disk_is_there(d))
			continue;
		judge_disk(d);
		d->gone = !c->deaf && !c->unbind_fails;
	}
	c->bound = c->deaf || c->unbind_fails;
}

/* Only in strict, and only where every vbd has become a disk. */
static bool may_forbid(const struct ctrl *c)
{
	unsigned int i, count = 0;

	for (i = 0; i < world.disks; i++) {
		const struct wdisk *d = &world.disk[i];

		if (d->kind != DISK_PV)
			continue;
		count++;
		if (d->at_us > world.now_us || !d->accepted)
			return false;
	}
	return world.mode == 2 && !c->bound && c->kind != CTRL_NIC && count;
}

void judge_override(struct ctrl *c, const char *text)
{
	if (!is_emulated(c))
		judge_fail("forbids the driver of", c->pci);
	if (!strcmp(text, "\n"))
		return; /* taken back */
	if (strcmp(text, "pvroot"))
		judge_fail("overrides with", text);
	if (is_kept(c->pci))
		judge_fail("forbids the kept", c->pci);
	if (!c->bound && !may_forbid(c))
		judge_fail("forbids without proof:", c->pci);
}

/* Nodes may be removed of a twin that PIIX IDE keeps and nobody uses, and of a
 * PV disk whose twin stays because a name means it. */
void judge_hide(const char *name)
{
	const struct wdisk *d;
	int part;

	d = tree_device(name, &part);
	if (!d)
		return;
	if (d->kind == DISK_PV && world.mode != 2)
		return;
	if (d->kind != DISK_IDE)
		judge_fail("hides", name);
	judge_disk(d);
}

/* The PV path may be put aside where the same disk is there on the other. */
void judge_aside(const struct wdisk *pv)
{
	unsigned int i;

	for (i = 0; i < world.disks && world.mode != 2 && !pv->used; i++) {
		const struct wdisk *d = &world.disk[i];

		if (d->kind != DISK_PV && !d->cdrom && disk_is_there(d) &&
		    same_bytes(d, pv, false))
			return;
	}
	if (!is_unsure())
		judge_fail("puts aside", pv->name);
}

/* The value of root= in what was printed, or "". */
static void answer_of(const char *key, char *value, size_t size)
{
	char start[24];
	const char *at;
	size_t len;

	snprintf(start, sizeof(start), "%s='/dev/", key);
	world.out[world.outs] = '\0';
	at = strstr(world.out, start);
	while (at && at > world.out && at[-1] != '\n')
		at = strstr(at + 1, start);
	len = at ? strcspn(at + strlen(start), "'") : 0;
	if (len >= size)
		judge_fail("answers too much", at);
	if (len)
		memcpy(value, at + strlen(start), len);
	value[len] = '\0';
}

static void judge_answer(const char *key, const char *asked)
{
	char value[64];
	struct wdisk *d;
	int part = 0;

	answer_of(key, value, sizeof(value));
	if (!*value)
		return;
	d = tree_device(value, &part);
	if (!d) /* it vanished in between, or is none */
		return;
	/* The answer may be a twin that has to stay, where a name keeps the
	 * disk on its old path. */
	if (d->kind != DISK_PV && !is_unknown(d) &&
	    (world.mode == 2 || !is_twin(d)))
		judge_fail("answers with an emulated disk:", value);
	if (!media_carries(d, part, asked))
		judge_fail("answers with the wrong disk:", value);
}

/* In strict, a root that is left as it was must not be an emulated disk. */
static void judge_strict(void)
{
	const struct wdisk *d;
	char value[64];
	int part;

	answer_of("root", value, sizeof(value));
	if (*value)
		return;
	if (!strncmp(world.root, "LABEL=", 6) ||
	    !strncmp(world.root, "UUID=", 5) ||
	    !strncmp(world.root, "PARTUUID=", 9) ||
	    !strncmp(world.root, "PARTLABEL=", 10))
		judge_fail("goes on in strict with", world.root);
	if (strncmp(world.root, "/dev/", 5))
		return;
	d = tree_device(world.root + 5, &part);
	if (d && d->kind != DISK_PV && !is_unknown(d))
		judge_fail("goes on in strict with", world.root);
}

void judge_end(int status)
{
	unsigned int i;

	if (status < 0 || status > 2)
		judge_fail("ends with a strange status", "");
	if (status && world.outs)
		judge_fail("stops and answers", world.out);
	judge_answer("root", world.root);
	judge_answer("resume", world.resume);
	if (world.mode == 2 && !status && world.told)
		judge_strict();
	if ((world.mode == 3 || world.not_hvm) && world.deeds)
		judge_fail("does something though it is off", "");
	if (world.now_us > (world.wait_s + 1) * 1000000ULL + world.calls)
		judge_fail("waits beyond its deadline", "");
	for (i = 0; i < WORLD_FDS; i++)
		if (world.fd[i].open)
			judge_fail("leaves a disk open:",
				   world.fd[i].disk->name);
}
