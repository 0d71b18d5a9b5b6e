// SPDX-License-Identifier: GPL-2.0-or-later
/* SquashFS 4, and version 3 and older in both byte orders. Pure. Superblock at
 * 0; it has no label, no UUID and no checksum. Source: Linux,
 * fs/squashfs/squashfs_fs.h. */
#include "base/bytes.h"
#include "probe/formats.h"

enum {
	SB_MAJOR = 28,
	SB_BYTES = 40, /* version 4 */
	SB_SIZE = 96,
};

static int squashfs_check(struct probe *p, const uint8_t *sb,
			  const struct probe_magic *magic,
			  struct probe_result *out)
{
	bool big_endian = magic->bytes[0] == 's';
	uint16_t major = big_endian ? be16(sb + SB_MAJOR) : le16(sb + SB_MAJOR);

	if (major < 4) {
		probe_set_type(out, "squashfs3");
		return 1;
	}
	return !big_endian && probe_fits(p, le64(sb + SB_BYTES), 1);
}

static const struct probe_magic squashfs_magic[] = {
	{ 0, 4, "hsqs" },
	{ 0, 4, "sqsh" },
};

const struct probe_format probe_squashfs = {
	.type = "squashfs",
	.usage = PROBE_FILESYSTEM,
	.magics = 2,
	.magic = squashfs_magic,
	.super_size = SB_SIZE,
	.check = squashfs_check,
};
