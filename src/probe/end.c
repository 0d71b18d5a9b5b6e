// SPDX-License-Identifier: GPL-2.0-or-later
/* Members whose metadata is in the last 4096 bytes, behind what looks like a
 * file system of its own: DRBD, and RAID by SNIA's DDF. Pure. Big-endian.
 * Source: DRBD 8.4 and 9, drbd_meta_data.h; SNIA, Common RAID Disk Data Format
 * 2.0, 4.5. */
#include "base/bytes.h"
#include "probe/formats.h"

enum {
	DRBD = 60,
	DDF = PROBE_END_SIZE - 512,
};

#define DRBD_MAGIC 0x8374026b /* 8; 8.4, not closed; 9: one after the other */
#define DDF_MAGIC  0xde11de11

static int drbd_check(struct probe *p, const uint8_t *sb,
		      const struct probe_magic *magic, struct probe_result *out)
{
	(void)magic, (void)out;
	sb = probe_end(p);
	return !sb ? p->error : be32(sb + DRBD) - DRBD_MAGIC < 3;
}

static int ddf_check(struct probe *p, const uint8_t *sb,
		     const struct probe_magic *magic, struct probe_result *out)
{
	(void)magic, (void)out;
	sb = probe_end(p);
	return !sb ? p->error : be32(sb + DDF) == DDF_MAGIC;
}

const struct probe_format probe_drbd = {
	.type = "drbd",
	.usage = PROBE_MEMBER,
	.flags = PROBE_STOPS | PROBE_NOT_TINY,
	.super_size = 1,
	.check = drbd_check,
};

const struct probe_format probe_ddf = {
	.type = "ddf_raid_member",
	.usage = PROBE_MEMBER,
	.flags = PROBE_STOPS | PROBE_NOT_TINY,
	.super_size = 1,
	.check = ddf_check,
};
