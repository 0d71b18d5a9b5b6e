# SPDX-License-Identifier: GPL-2.0-or-later
# Images of swap, read-only and foreign file systems. Sourced by run.
# shellcheck shell=sh disable=SC2154,SC2034

# Puts bytes (printf's format) at an offset of the image.
put() {
	# shellcheck disable=SC2059 # the bytes are the format
	printf "$2" | dd of="$img" bs=1 seek="$1" conv=notrunc status=none
}

# Makes swap, then changes its header to that of another machine or kind.
swap_with() {
	mkswap -q -p 4096 -L changed "$img" && put "$1" "$2"
}

# The first 12 bytes of the header in the other byte order.
swap_big_endian() {
	mkswap -q -p "$1" -L big "$img" && perl -e '
		open F, "+<", shift or die; sysseek F, 1024, 0;
		sysread F, $_, 12; sysseek F, 1024, 0;
		syswrite F, pack "N*", unpack "V*", $_;' "$img"
}

# Makes UDF, then changes it: 32 KiB begin the sequence, 128 KiB are the anchor.
udf_with() {
	mkudffs -b 512 -l changed "$img" && put "$1" "$2"
}

each_label swap 16 1M mkswap -q -L @ %
for page in 4096 8192 16384 32768 65536; do
	one swap-page-$page 2M mkswap -q -p $page -L page %
	one swap-big-endian-$page 2M swap_big_endian $page
done
one swap-old 2M swap_with 4086 SWAP-SPACE
one swap-suspended-1 2M swap_with 4086 'S1SUSPEND\0'
one swap-suspended-2 2M swap_with 4086 'S2SUSPEND\0'
one swap-suspended-ul 2M swap_with 4086 'ULSUSPEND\0'
one swap-suspended-linhib 2M swap_with 4086 LINHIB0001
one swap-tuxonice 2M swap_with 0 '\355\303\002\351\230\126\345\014'
one swap-garbage 2M swap_with 1196 'X'

# Read-only ones.
mkdir -p "$work/tree/sub"
seq 5000 >"$work/tree/sub/file"
erofs() {
	mkfs.erofs "$@" "$img" "$work/tree"
}
one erofs-plain 0 erofs
# (what newer tools do anyway)
with_checksum() {
	erofs -E sb_csum || erofs
}
one erofs-checksum 0 with_checksum
one erofs-uuid 0 erofs -U 01234567-89ab-cdef-0123-456789abcdef
one erofs-lz4 0 erofs -z lz4hc
one erofs-legacy 0 erofs -z lz4 -E legacy-compress
for comp in gzip xz lzo lz4 zstd; do
	one squashfs-$comp 0 mksquashfs "$work/tree" % -noappend -quiet -comp $comp
done
one squashfs-block 0 mksquashfs "$work/tree" % -noappend -quiet -b 1M
one squashfs-no-pad 0 mksquashfs "$work/tree" % -noappend -quiet -nopad
each_label iso 32 0 genisoimage -quiet -V @ -o % "$work/tree"
each_label iso-joliet 32 0 genisoimage -quiet -J -R -V @ -o % "$work/tree"
one iso-joliet-long 0 genisoimage -quiet -J -joliet-long -R \
	-V 'A long label of 32 characters ab' -o % "$work/tree"
one iso-joliet-other 0 genisoimage -quiet -J -V 'Mixed Case_and some' \
	-input-charset utf-8 -o % "$work/tree"
one iso-xorriso 0 xorriso -as mkisofs -quiet -V XORRISO -J -o % "$work/tree"
one iso-hybrid 0 xorriso -as mkisofs -quiet -V HYBRID \
	-partition_offset 16 -o % "$work/tree"

# FAT and exFAT.
n=0
for label in ROOT 'A B' FULLLABEL11 lower "IT'S" 'M{}~!#' '(1)'; do
	n=$((n + 1))
	one vfat-16-label-$n 32M mkfs.fat -F 16 -n @ %
	one vfat-32-label-$n 64M mkfs.fat -F 32 -n @ %
done
one vfat-12 2M mkfs.fat -F 12 -n TWELVE %
one vfat-12-none 2M mkfs.fat -F 12 %
one vfat-floppy 1440K mkfs.fat -n FLOPPY %
for sector in 1024 2048 4096; do
	one vfat-sector-$sector 512M mkfs.fat -F 32 -S $sector -n SECTOR %
done
one vfat-cluster 256M mkfs.fat -F 32 -s 64 -n CLUSTER %
one vfat-serial 64M mkfs.fat -F 32 -i 1234abcd %
one vfat-serial-0 64M mkfs.fat -F 32 -i 00000000 %
each_label udf 30 16M mkudffs --utf8 -b 512 -l @ %
for block in 512 1024 2048 4096; do
	one udf-block-$block 16M mkudffs -b $block -l block %
done
one udf-disc 16M mkudffs -m cdrw -l disc %
one udf-uuid 16M mkudffs -b 512 -u 0123456789abcdef %
one udf-set 16M mkudffs -b 512 --vsid=01234567xyzGhijk %
one udf-set-not-hex 16M mkudffs -b 512 --fullvsid='Not a time at all' %
one udf-set-capitals 16M mkudffs -b 512 --fullvsid=0123456789ABCDEFrest %
one udf-set-time-only 16M mkudffs --utf8 -b 512 --fullvsid='DEADbeefGröße of it' %
one udf-set-short 16M mkudffs -b 512 --fullvsid=abc %
one udf-iso 0 genisoimage -quiet -udf -V BRIDGE -o % "$work/tree"
one nothing-udf-moved 16M udf_with 131084 '\001'
one nothing-udf-no-anchor 16M udf_with 131072 '\003'
one nothing-udf-unrecognised 16M udf_with 34817 'X'
each_label ntfs 32 16M mkntfs -q -Q -F -L @ %
one ntfs-none 16M mkntfs -q -Q -F %
one ntfs-cluster 64M mkntfs -q -Q -F -c 65536 -L cluster %
one ntfs-sector 64M mkntfs -q -Q -F -s 4096 -L sector %
each_label exfat 15 32M env LC_ALL=C.UTF-8 mkfs.exfat -L @ %
one exfat-cluster 256M mkfs.exfat -c 128K -L clusters %
one exfat-none 16M mkfs.exfat %
