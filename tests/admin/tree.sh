# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# Builds fixture trees: a guest below a folder, for pvroot --root. SIMULATED: its
# hardware (/sys, /dev) is made of the pieces of tests/tree, /etc, /boot and the
# images here. May touch: $WORK only.
# shellcheck disable=SC2154 # $top and $U are those of run

KVER=6.1.0-1-amd64
# shellcheck disable=SC2034 # its users read it
AHCI=0000:00:05.0 # where the piece "ahci" is

# put PATH [TEXT…]: a file of these lines below $T.
put() {
	put_path=$T$1
	shift
	mkdir -p "${put_path%/*}"
	if [ $# -gt 0 ]; then printf '%s\n' "$@" >"$put_path"; else : >"$put_path"; fi
}

link() {
	mkdir -p "$T${1%/*}"
	ln -sfn "$2" "$T$1"
}

# The guest $T with these pieces more, as tests/tree/README.md names them; two
# disk images are there. A mistake in them ends the test.
pieces() { # PIECE…
	printf '%s\n' 'image disk.img ext4 / SWAP-hda2' \
		'image other.img ext4 other other-swap' "$@" |
		"$top/$U/guest" "$T" || exit 1
}

mounts() { # NUMBER DEVICE SWAP
	put /proc/self/mountinfo \
		'20 1 0:20 / /proc rw - proc proc rw' \
		"21 1 $1 / / rw,relatime shared:1 - ext4 $2 rw"
	put /proc/swaps 'Filename				Type		Size	Used	Priority' \
		"$3                              partition	6140	0	-2"
}

cmdline() {
	put /proc/cmdline "BOOT_IMAGE=/boot/vmlinuz-$KVER $*"
}

# One menu of GRUB 2, as Debian writes it, with this kernel command line.
menu() {
	put /boot/grub/grub.cfg \
		"menuentry 'Debian GNU/Linux' --class debian {" \
		"	linux	/boot/vmlinuz-$KVER $*" \
		"	initrd	/boot/initrd.img-$KVER" \
		'}'
}

# An image as initramfs-tools makes one: uncompressed microcode, then the
# compressed rest. $IMG is its content and may be changed before.
pack() { # PACKER…
	early=$WORK/early
	mkdir -p "$early/kernel/x86/microcode"
	echo microcode >"$early/kernel/x86/microcode/GenuineIntel.bin"
	(cd "$early" && find . | LC_ALL=C sort | cpio -o -H newc --quiet) \
		>"$T/boot/initrd.img-$KVER"
	(cd "$IMG" && find . | LC_ALL=C sort | cpio -o -H newc --quiet) |
		"$@" >>"$T/boot/initrd.img-$KVER"
}

image_tree() {
	IMG=$T-tree
	rm -rf "$IMG"
	driver_dir=usr/lib/modules/$KVER/kernel/drivers/block
	mkdir -p "$IMG/usr/sbin" "$IMG/$driver_dir" "$IMG/lib/pvroot" \
		"$IMG/etc/modprobe.d"
	echo program >"$IMG/usr/sbin/pvroot"
	chmod 755 "$IMG/usr/sbin/pvroot"
	mkdir -p "$IMG/scripts/init-top"
	echo hook >"$IMG/scripts/init-top/pvroot"
	echo '/scripts/init-top/pvroot "$@"' >"$IMG/scripts/init-top/ORDER"
	echo driver >"$IMG/$driver_dir/xen-blkfront.ko"
	echo "/lib/modules/$KVER/kernel/drivers/block/xen-blkfront.ko" \
		>"$IMG/lib/pvroot/modules"
}

# A good guest: root on xvda, a CD-ROM, a vif; nothing is wrong.
good_guest() { # NAME
	T=$WORK/$1
	rm -rf "$T"
	pieces modern 'pv xvda 51712 disk.img' 'piix 1' 'ata sr0 piix 2 0 -' 'vbd 51744' \
		'vif eth0 0 00:16:3e:11:22:33 up'
	put /proc/sys/kernel/osrelease $KVER
	cmdline 'root=LABEL=/ resume=LABEL=SWAP-hda2 ro quiet'
	mounts 202:1 /dev/xvda1 /dev/xvda2
	put /etc/fstab '# a comment' \
		'LABEL=/ / ext4 defaults 0 1' \
		'LABEL=SWAP-hda2 none swap sw 0 0' \
		'proc /proc proc defaults 0 0' \
		'/dev/sr0 /media/cdrom0 udf,iso9660 user,noauto 0 0'
	put /boot/vmlinuz-$KVER kernel
	put /lib/modules/$KVER/modules.builtin kernel/fs/ext4/ext4.ko
	put /usr/sbin/update-initramfs
	put /etc/modprobe.d/good.conf 'blacklist pcspkr' '# blacklist xen-blkfront'
	put /run/pvroot/report.json '{"mode": "auto"}'
	menu 'root=LABEL=/ resume=LABEL=SWAP-hda2 ro quiet'
	image_tree
	pack gzip -9
}

# The same disk on AHCI beside it.
ahci_twin() { # [IMAGE]
	pieces 'ahci 3' "ata sda ahci 3 0 ${1:-disk.img}"
}

kept_twin() {
	ahci_twin disk.img
	cmdline 'root=LABEL=/ pvroot=keep=sda'
}

# xvda's twin as XenServer shows it to a UEFI guest.
nvme_twin() {
	pieces 'pci 0000:00:09.0 8086 5845 1af4 1100 nvme' 'namespace nvme0n1 disk.img'
}

# xvda and its vbd are gone.
without_xvda() {
	pieces 'drop xvda' 'drop_vbd 51712'
}
