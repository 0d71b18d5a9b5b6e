// SPDX-License-Identifier: GPL-2.0-or-later
/* Makes the guest of world.h from bytes: each byte adds or breaks one thing, so
 * that an input from which the fuzzer cuts or repeats bytes is still a
 * guest. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "world_make.h"

struct world world;

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

uint8_t bytes_take(struct bytes *b)
{
	return b->at < b->end ? *b->at++ : 0;
}

/* A printable character that is no hexadecimal digit, does not end a word, and
 * cannot make "pvroot", "root" or "resume" of it. */
char junk_char(uint8_t byte)
{
	return "ghijklmnstuvwxyz+~"[byte % 18];
}

bool disk_is_there(const struct wdisk *d)
{
	return !d->gone && d->at_us <= world.now_us &&
	       !(d->gone_call && world.calls >= d->gone_call);
}

static void add_media(struct bytes *b)
{
	static const uint64_t sizes[] = { 8 << 20, 8 << 20, 5 << 20, 65536,
					  16384,   8192,    512,     0 };
	uint8_t what = bytes_take(b);
	struct media *m;

	if (world.medias == WORLD_MEDIA)
		return;
	m = &world.media[world.medias++];
	m->layout = (enum layout)((what + 1) % LAYOUTS);
	m->size = sizes[what >> 2 & 7];
	m->signature = what >> 5;
	what = bytes_take(b);
	m->part[0] = (what + 1) & 7;
	m->part[1] = ((what >> 3) + 2) & 7;
	m->part[2] = what >> 6;
}

/* Puts the overlay where every comparison reads. */
static void make_overlay(struct bytes *b, struct overlay *o, uint64_t size)
{
	uint8_t where = bytes_take(b), i;
	uint64_t at = (uint64_t)bytes_take(b) << 4;

	switch (where & 7) {
	case 1:
		at += 65536;
		break;
	case 2:
	case 3:
		at += size / 4 * (where & 3) / 4096 * 4096;
		break;
	case 4:
		at += size > 8192 ? size - 8192 : 0;
		break;
	case 5: /* where superblocks are */
		at = 1024 + (at >> 3);
		break;
	case 6: /* the table */
		at = 0x1b8 + (at >> 6);
		break;
	}
	o->at = at;
	o->len = 1 + (where >> 5);
	for (i = 0; i < o->len; i++)
		o->data[i] = bytes_take(b);
}

static void add_overlay(struct bytes *b)
{
	struct media *m = &world.media[world.medias - 1];

	if (m->overs < COUNT(m->over))
		make_overlay(b, &m->over[m->overs++], m->size);
}

static struct ctrl *last_ctrl(struct bytes *b)
{
	return world.ctrls ? &world.ctrl[world.ctrls - 1]
			   : add_ctrl(b, CTRL_AHCI);
}

/* Adds a PV disk and its twin. */
static void add_twins(struct bytes *b)
{
	uint8_t how = bytes_take(b), place = bytes_take(b);
	struct wdisk *d = add_emulated(last_ctrl(b), place, how >> 4);

	if (d && d->slot >= 0)
		add_pv(d->kind == DISK_SCSI ? 3 : how % 3,
		       (unsigned int)d->slot, how >> 4);
}

static void spoil_disk(struct bytes *b, struct wdisk *d)
{
	uint8_t what = bytes_take(b);
	unsigned int i;

	switch (what & 15) {
	case 0:
		d->used = true;
		break;
	case 1:
		make_overlay(b, &d->patch, media_size(d));
		d->has_patch = true;
		break;
	case 2:
		d->cut = 1 + (what >> 6);
		break;
	case 3:
		d->bad_first = true;
		break;
	case 4:
		d->bad_last = true;
		break;
	case 5:
		d->no_node = true;
		break;
	case 6:
		d->delete_fails = true;
		break;
	case 7:
		d->deaf = true;
		break;
	case 8:
		d->at_us = 100000ULL * (what >> 4) * (what >> 4);
		break;
	case 9:
		d->gone_call = 1 + bytes_take(b);
		break;
	case 10:
		d->accepted = false;
		if (d->kind == DISK_PV)
			d->gone = true;
		break;
	case 11:
		d->announces = false;
		break;
	case 12:
		d->junk_attr = junk_char(bytes_take(b));
		break;
	case 13:
		for (i = 0; i < what >> 4; i++)
			d->junk_link[i] =
				"/.:-abimovx0123456789"[bytes_take(b) % 21];
		break;
	case 14:
		make_cdrom(d, what & 16);
		break;
	case 15:
		d->media = (uint8_t)(what >> 4) % world.medias;
		break;
	}
}

static void add_nic(struct bytes *b)
{
	uint8_t how = bytes_take(b);
	struct wnic *n;
	unsigned int i;

	if (world.nics == WORLD_NICS)
		return;
	n = &world.nic[world.nics];
	n->mac = how & 3;
	n->up = how & 4;
	n->enslaved = how & 8;
	n->junk = (how & 48) == 48;
	/* One NIC for each function, as with these chips. */
	if (how & 64)
		n->ctrl = add_ctrl(b, CTRL_NIC);
	for (i = 0; n->ctrl && i < world.nics; i++)
		if (world.nic[i].ctrl == n->ctrl)
			n->ctrl = NULL;
	if (n->ctrl && n->ctrl->kind != CTRL_NIC) /* no room for one more */
		n->ctrl = NULL;
	if (n->ctrl)
		n->ctrl->bound = true;
	snprintf(n->name, sizeof(n->name), "eth%u", world.nics++);
}

static void add_fault(struct bytes *b)
{
	static const int errs[] = { -ENOMEM, -EIO, -EACCES, -ENXIO };
	uint8_t what = bytes_take(b);
	struct fault *f;

	if (world.faults == WORLD_FAULTS)
		return;
	f = &world.fault[world.faults++];
	f->call = (enum call)(what % CALLS);
	f->nth = bytes_take(b);
	f->err = errs[what >> 6];
	/* In sysfs, readlink and getdents fail only for lack of memory. */
	if (f->call == CALL_LINK || f->call == CALL_LIST)
		f->err = -ENOMEM;
}

static void add_noise(struct bytes *b)
{
	uint8_t what = bytes_take(b);
	struct event *e;

	world.uevents = true;
	if (world.events >= 4)
		return;
	e = &world.event[world.events++];
	e->at_us = 50000ULL * (what >> 2);
	e->disk = -1;
	e->error = what & 1 ? -ENOBUFS : what & 2 ? -EBADF : 0;
}

static void set_words(struct bytes *b)
{
	static const char *const roots[] = {
		"LABEL=/",
		"UUID=11111111-2222-3333-4444-555555555555",
		"/dev/sda1",
		"/dev/hda1",
		"/dev/xvda1",
		"/dev/xvdb",
		"/dev/sdb",
		"PARTUUID=cafe0000-01",
		"PARTUUID=cafe0000-01/PARTNROFF=1",
		"PARTLABEL=a",
		"/dev/mapper/vg-root",
		"/dev/nvme1n1p1",
		"LABEL=data",
		"/dev/disk/by-label/\\x2f",
		"",
		"LABEL=SWAP",
	};
	uint8_t what = bytes_take(b);

	world.mode = what & 3;
	strcpy(world.root, roots[what >> 4]);
	what = bytes_take(b);
	if (what & 16)
		strcpy(world.resume, roots[what & 15]);
	world.wait_s = (what & 0xe0) == 0xe0 ? 10 : what >> 6;
}

static void set_keep(struct bytes *b)
{
	uint8_t what = bytes_take(b);

	if (what & 128 && world.ctrls)
		strcpy(world.keep, world.ctrl[what % world.ctrls].pci);
	else if (world.disks)
		strcpy(world.keep, world.disk[what % world.disks].name);
}

/* Any text for root=: without quotes it ends at a space. */
static void set_raw_root(struct bytes *b)
{
	unsigned int i, len = bytes_take(b) & 31;

	for (i = 0; i < len; i++) {
		char c = (char)bytes_take(b);

		world.root[i] = c ? c : 'x';
	}
	world.root[len] = '\0';
}

static void set_kernel(struct bytes *b)
{
	uint8_t what = bytes_take(b);

	world.not_hvm = (what & 7) == 7 && !world.old_kernel;
	world.nodes = what & 8;
	world.no_partitions_file = what & 16;
	world.driver_late = what & 32;
	world.module_fails = what & 64;
	world.uevents = what & 128;
}

static void take_op(struct bytes *b)
{
	uint8_t op = bytes_take(b);
	struct wdisk *d = world.disks ? &world.disk[world.disks - 1] : NULL;
	uint8_t how;

	switch (op & 15) {
	case 0:
	case 1:
		add_twins(b);
		break;
	case 2:
		add_ctrl(b, op >> 4);
		break;
	case 3:
		how = bytes_take(b);
		add_pv(how, bytes_take(b) & 15, how >> 4);
		break;
	case 4:
		how = bytes_take(b);
		add_emulated(last_ctrl(b), bytes_take(b), how);
		break;
	case 5:
		add_media(b);
		break;
	case 6:
		add_overlay(b);
		break;
	case 7:
	case 8:
		if (d)
			spoil_disk(b, d);
		break;
	case 9:
		if (d)
			spoil_disk(b, &world.disk[(op >> 4) % world.disks]);
		break;
	case 10:
		add_nic(b);
		break;
	case 11:
		add_fault(b);
		break;
	case 12:
		add_noise(b);
		break;
	case 13:
		set_words(b);
		break;
	case 14:
		if (op & 16)
			set_raw_root(b);
		else
			set_kernel(b);
		break;
	case 15:
		set_keep(b);
		break;
	}
}

/* The modes come first, so that the junk cannot change them. */
static void write_cmdline(void)
{
	static const char *const modes[] = { "debug", "auto", "strict", "off" };

	snprintf(world.cmdline, sizeof(world.cmdline),
		 "quiet pvroot=%s,wait=%u%s%s%s%s root=%s\n", modes[world.mode],
		 world.wait_s, *world.keep ? ",keep=" : "", world.keep,
		 *world.resume ? " resume=" : "", world.resume, world.root);
}

static void queue_events(void)
{
	unsigned int i;

	for (i = 0; i < world.disks; i++) {
		struct event *e = &world.event[world.events];

		if (world.disk[i].kind != DISK_PV || !world.disk[i].announces)
			continue;
		e->at_us = world.disk[i].at_us;
		e->disk = (int)i;
		world.events++;
	}
}

void world_make(const uint8_t *input, size_t len)
{
	struct bytes b = { input, input + len };

	media_init();
	memset(&world, 0, sizeof(world));
	world.old_kernel = bytes_take(&b) & 1;
	world.wait_s = 1;
	strcpy(world.root, "LABEL=/");
	add_media(&b);
	while (b.at < b.end)
		take_op(&b);
	write_cmdline();
	queue_events();
}
