# SPDX-License-Identifier: GPL-2.0-or-later
# Images of members (RAID, LVM, LUKS …), of two formats at once, and of
# broken ones. Sourced by run.
# shellcheck shell=sh disable=SC2154,SC2034

luks() {
	printf key >"$work/key"
	cryptsetup -q luksFormat --pbkdf pbkdf2 --pbkdf-force-iterations 1000 \
		--key-file "$work/key" "$@" "$img"
}
one luks1 32M luks --type luks1
one luks1-uuid 32M luks --type luks1 \
	--uuid 01234567-89ab-cdef-0123-456789abcdef
one luks2 32M luks --type luks2
one luks2-label 32M luks --type luks2 --label 'a "label" of / 48 bytes' \
	--subsystem sub
one luks2-utf8 32M luks --type luks2 --label 'Größe'

# pvcreate needs a block device: a loop device; without one the case is skipped.
lvm_create() {
	loop=$(losetup -f --show "$img") || return 1
	pvcreate -q -f --config 'devices { scan="/dev" use_devicesfile=0 }' \
		"$@" "$loop"
	status=$?
	losetup -d "$loop"
	return $status
}
if losetup -f >/dev/null 2>&1; then
	one lvm 64M lvm_create
	for sector in 0 2 3; do
		one lvm-sector-$sector 64M lvm_create --labelsector $sector
	done
	one lvm-uuid 64M lvm_create --norestorefile \
		--uuid 0Pqrst-uvwx-yzAB-CDEF-GHIJ-KLMN-OPQRST
else
	skip lvm "no loop device is to be had"
fi

# No md driver is needed for these: simulated by mkmember, which follows
# the kernel's structures.
for version in 0.90 0.90-big 1.0 1.1 1.2; do
	one md-$version 64M "$here/mkmember" md-$version %
	one md-$version-odd 70000K "$here/mkmember" md-$version %
done
one zfs 128M "$here/mkmember" zfs %
one zfs-odd 130001K "$here/mkmember" zfs %
one bcache-backing 64M make-bcache -B %
one bcache-cache 64M make-bcache -C %

# Two formats at once: both programs refuse them, or take the same one.
both() {
	$1 "$img" && $2 "$img"
}
# graft OFFSET LENGTH 'MKFS' 'MKFS': the second one's bytes from OFFSET on over
# the first (mkfs tools wipe what was there before).
graft() {
	truncate -s "$(stat -c %s "$img")" "$work/second.img" &&
		$3 "$img" && $4 "$work/second.img" &&
		dd if="$work/second.img" of="$img" bs="$2" count=1 \
			skip="$1" seek="$1" iflag=skip_bytes oflag=seek_bytes \
			conv=notrunc
	status=$?
	rm -f "$work/second.img"
	return $status
}
one two-ext4-swap 64M both 'mkfs.ext4 -q -F' "$here/mkmember swap"
one two-btrfs-ext4 128M graft 65536 4096 'mkfs.ext4 -q -F' 'mkfs.btrfs -q -f'
one two-iso-ext4 8M both 'mkfs.ext4 -q -F' "$here/mkmember iso"
one two-reiserfs-ext4 64M graft 65536 4096 'mkfs.ext4 -q -F' \
	'mkfs.reiserfs -q -f -f'
one two-md-ext4 64M both 'mkfs.ext4 -q -F' "$here/mkmember md-1.0"
for kind in drbd-8 drbd-8-open drbd-9 ddf isw lsi via silicon nvidia adaptec \
	jmicron; do
	one two-$kind-ext4 64M both 'mkfs.ext4 -q -F' "$here/mkmember $kind"
done
one two-ntfs-btrfs 128M both 'mkfs.btrfs -q -f' 'mkntfs -q -Q -F'
one two-udf-ext4 64M graft 0 4096 'mkudffs -b 512' 'mkfs.ext4 -q -F'
one two-zfs-ext4 128M both "$here/mkmember zfs" 'mkfs.ext4 -q -F'
one two-bcache-swap 64M both 'make-bcache -B' "$here/mkmember swap"
one two-tiny 1M both 'mkfs.ext2 -q -F -b 1024' "$here/mkmember swap"
one two-jfs-ext2 24M graft 32768 4096 'mkfs.ext2 -q -F' 'mkfs.jfs -q'
one two-xfs-swap 320M both 'mkfs.xfs -q -f' "$here/mkmember swap"

# Broken: see differences.
shrunk() {
	"$@" "$img" && truncate -s "$half" "$img"
}
half=8M
one broken-ext4-short 16M shrunk mkfs.ext4 -q -F
half=160M
one broken-xfs-short 320M shrunk mkfs.xfs -q -f
half=20M
one broken-vfat-short 32M shrunk mkfs.fat -n SHORT
half=64M
one broken-btrfs-short 128M shrunk mkfs.btrfs -q -f
half=1M
one broken-swap-short 2M shrunk mkswap -q
flipped() {
	at=$1
	shift
	"$@" "$img" && perl -e '
		open F, "+<", shift or die; sysseek F, $ARGV[0], 0;
		sysread F, $_, 1; sysseek F, $ARGV[0], 0;
		syswrite F, chr(ord ^ 1);' "$img" "$at"
}
one broken-ext4-checksum 16M flipped 1072 mkfs.ext4 -q -F -O metadata_csum
one broken-xfs-checksum 320M flipped 200 mkfs.xfs -q -f
one broken-btrfs-checksum 128M flipped 69000 mkfs.btrfs -q -f
one broken-exfat-checksum 16M flipped 2000 mkfs.exfat
one broken-f2fs-checksum 64M flipped 3000 mkfs.f2fs -q -f \
	-O extra_attr,sb_checksum
one nothing-zeros 4M true
