# SPDX-License-Identifier: GPL-2.0-or-later
# Images of the file systems that are usual for a root. Sourced by run.
# shellcheck shell=sh disable=SC2154,SC2034

# ext2, ext3, ext4: types by features, block sizes, 64-bit, checksums.
for type in ext2 ext3 ext4; do
	each_label $type 16 4M "mkfs.$type" -q -F -L @ %
	for block in 1024 2048 4096; do
		one $type-block-$block 24M "mkfs.$type" -q -F -b $block %
	done
done
for features in metadata_csum metadata_csum,64bit ^metadata_csum ^extent,^64bit \
	^has_journal ^has_journal,^extent,^64bit huge_file,^64bit \
	bigalloc inline_data meta_bg,^resize_inode ^sparse_super,^resize_inode \
	casefold encrypt project,quota verity large_dir ea_inode; do
	one "ext4-$(printf %s "$features" | tr -c a-z0-9 -)" 32M \
		mkfs.ext4 -q -F -O "$features" -L features %
done
one ext2-on-ext4-driver 8M mkfs.ext4 -q -F \
	-O none,filetype,sparse_super,large_file %
one ext2-none 8M mkfs.ext2 -q -F -O none %
# (e2fsprogs 1.47 has another option for it)
rev_0() {
	mkfs.ext2 -q -F -r 0 "$1" || mkfs.ext2 -q -F -E revision=0 "$1"
}
one ext2-rev-0 8M rev_0 %
one ext3-tiny 1400K mkfs.ext3 -q -F -b 1024 -J size=1 -L tiny %
one ext4-journal-device 16M mke2fs -q -F -O journal_dev -b 1024 -L journal %
one ext4-journal-csum 16M mke2fs -q -F -O journal_dev,metadata_csum -b 4096 %
one ext4dev 16M mkfs.ext4 -q -F -E test_fs -L dev %
one ext4-huge 3T mkfs.ext4 -q -F -E lazy_itable_init=1 -O ^resize_inode \
	-N 1024 -J size=4 %

# XFS, versions 4 and 5.
each_label xfs 12 320M mkfs.xfs -q -f -L @ %
for block in 1024 2048 4096 8192; do
	one xfs-block-$block 320M mkfs.xfs -q -f -b size=$block %
done
one xfs-v4 320M mkfs.xfs -q -f -m crc=0 -L version4 %
one xfs-v4-sector-4096 320M mkfs.xfs -q -f -m crc=0 -s size=4096 %
one xfs-sector-4096 320M mkfs.xfs -q -f -s size=4096 %
one xfs-sector-2048 320M mkfs.xfs -q -f -s size=2048 %
one xfs-sector-8192 320M mkfs.xfs -q -f -s size=8192 -b size=8192 %
one xfs-bigtime-off 320M mkfs.xfs -q -f -m bigtime=0,reflink=0,finobt=0 %
one xfs-groups 2G mkfs.xfs -q -f -d agcount=8 %

# Btrfs: one device and two, all checksums.
each_label btrfs 64 128M mkfs.btrfs -q -f -L @ %
one btrfs-label-full 128M mkfs.btrfs -q -f -L \
	"$(printf '%0255d' 7)" %
for csum in crc32c xxhash sha256 blake2; do
	one btrfs-$csum 128M mkfs.btrfs -q -f --csum $csum -L sum %
done
one btrfs-mixed 20M mkfs.btrfs -q -f -M %
one btrfs-node-4096 128M mkfs.btrfs -q -f -n 4096 -s 4096 %
if begin btrfs-two-devices 128M; then
	truncate -s 160M "$work/second.img"
	end mkfs.btrfs -q -f -d raid0 -m raid1 -L pair "$img" \
		"$work/second.img"
	name=btrfs-two-devices-second
	echo "== $name: as above" >>"$log"
	img=$work/second.img
	check "$img"
fi

# F2FS: labels are UTF-16.
each_label f2fs 100 64M mkfs.f2fs -q -f -l @ %
one f2fs-features 64M mkfs.f2fs -q -f \
	-O extra_attr,inode_checksum,sb_checksum,inode_crtime -l checked %
one f2fs-none 64M mkfs.f2fs -q -f %
one f2fs-large 4G mkfs.f2fs -q -f -l large %
if begin f2fs-two-devices 128M; then
	truncate -s 128M "$work/second.img"
	end mkfs.f2fs -q -f -c "$work/second.img" -l pair "$img"
	rm -f "$work/second.img"
fi

# JFS, ReiserFS, NILFS2.
each_label jfs 16 24M mkfs.jfs -q -L @ %
one jfs-large 1G mkfs.jfs -q %
each_label reiserfs 16 48M mkfs.reiserfs -q -f -f -l @ %
one reiserfs-3.5 48M mkfs.reiserfs -q -f -f --format 3.5 %
one reiserfs-block-1024 48M mkfs.reiserfs -q -f -f -b 1024 %
one reiserfs-journal 64M mkfs.reiserfs -q -f -f -s 1024 %
nilfs2() {
	each_label nilfs2 80 160M mkfs.nilfs2 -q -L @ %
	for block in 1024 2048; do
		one nilfs2-block-$block 160M mkfs.nilfs2 -q -b $block %
	done
	one nilfs2-small 8M mkfs.nilfs2 -q -b 1024 -B 16 -L small %
}

# A fresh root from debootstrap does not have that file.
if [ -e /etc/mtab ]; then nilfs2; else skip nilfs2 "mkfs.nilfs2 wants /etc/mtab"; fi
