// SPDX-License-Identifier: GPL-2.0-or-later
/* The formats that pvroot knows, one row each. Pure data. */
#include "probe/format.h"
#include "probe/formats.h"

/* The order is libblkid's: members come before file systems, so that half of a
 * RAID is never taken for the file system inside it. */
const struct probe_format *const probe_formats[] = {
	&probe_md,
	&probe_ddf,
	&probe_firmware_raid,
	&probe_bcache,
	&probe_drbd,
	&probe_lvm,
	&probe_luks,
	&probe_fat,
	&probe_swsuspend,
	&probe_swap,
	&probe_xfs,
	&probe_ext,
	&probe_reiserfs,
	&probe_jfs,
	&probe_udf,
	&probe_iso9660,
	&probe_zfs,
	&probe_squashfs,
	&probe_ntfs,
	&probe_btrfs,
	&probe_nilfs2,
	&probe_nilfs2_backup,
	&probe_exfat,
	&probe_f2fs,
	&probe_erofs,
};

const size_t probe_format_count =
	sizeof(probe_formats) / sizeof(probe_formats[0]);
