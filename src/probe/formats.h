/* SPDX-License-Identifier: GPL-2.0-or-later
 * Names of the rows that the format files define. */
#ifndef PVROOT_FORMATS_H
#define PVROOT_FORMATS_H

#include "probe/format.h"

extern const struct probe_format probe_bcache, probe_btrfs, probe_ddf,
	probe_drbd, probe_ntfs, probe_erofs, probe_exfat, probe_ext, probe_f2fs,
	probe_firmware_raid, probe_fat, probe_iso9660, probe_jfs, probe_luks,
	probe_lvm, probe_md, probe_nilfs2, probe_nilfs2_backup, probe_reiserfs,
	probe_squashfs, probe_swap, probe_swsuspend, probe_udf, probe_xfs,
	probe_zfs;

#endif
