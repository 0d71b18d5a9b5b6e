# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# Builds fixture trees: a guest's /proc, /sys, /dev, /etc and /boot below a
# folder, for pvroot --root. SIMULATED: the files of sysfs are written here; the
# file systems in /dev are real, made by mke2fs and mkswap.
# May touch: $WORK only.

KVER=6.1.0-1-amd64
PIIX=0000:00:01.1
AHCI=0000:00:05.0

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

# A disk image, once for all trees: MBR, 1 ext4 LABEL, 2 swap LABEL.
image() { # NAME LABEL SWAPLABEL
	[ ! -e "$WORK/$1" ] || return 0
	truncate -s 24M "$WORK/$1"
	printf 'label: dos\nlabel-id: 0x%s\n2048,32768,L\n34816,12288,S\n' \
		"$(echo "$1" | cksum | awk '{ printf "%08x", $1 }')" |
		sfdisk -q "$WORK/$1" >/dev/null
	truncate -s 16M "$WORK/$1.1"
	mke2fs -q -F -t ext4 -L "$2" "$WORK/$1.1"
	truncate -s 6M "$WORK/$1.2"
	mkswap -q -L "$3" "$WORK/$1.2" >/dev/null
	dd if="$WORK/$1.1" of="$WORK/$1" bs=512 seek=2048 conv=notrunc status=none
	dd if="$WORK/$1.2" of="$WORK/$1" bs=512 seek=34816 conv=notrunc status=none
}

# The disk NAME with its two partitions, in its device's folder below /sys.
disk() { # NAME DEVICE MAJOR MINOR IMAGE
	at=/sys/devices/$2/block/$1
	put "$at/size" 49152
	put "$at/dev" "$3:$4"
	link "/sys/block/$1" "../devices/$2/block/$1"
	link "/sys/class/block/$1" "../../devices/$2/block/$1"
	mkdir -p "$T/dev"
	cp --sparse=always "$WORK/$5" "$T/dev/$1"
	for n in 1 2; do
		put "$at/$1$n/partition" $n
		put "$at/$1$n/start" "$([ $n = 1 ] && echo 2048 || echo 34816)"
		put "$at/$1$n/dev" "$3:$(($4 + n))"
		link "/sys/class/block/$1$n" "../../devices/$2/block/$1/$1$n"
		cp --sparse=always "$WORK/$5.$n" "$T/dev/$1$n"
	done
}

driver() { # BUS DEVICE DRIVER
	mkdir -p "$T/sys/bus/$1/drivers/$3"
	link "/sys/bus/$1/devices/$2/driver" "../../../bus/$1/drivers/$3"
}

vbd() { # NUMBER [driver]
	mkdir -p "$T/sys/devices/vbd-$1"
	link "/sys/bus/xen/devices/vbd-$1" "../../../devices/vbd-$1"
	[ -z "${2:-}" ] || link "/sys/devices/vbd-$1/driver" ../../bus/xen/drivers/vbd
}

pv_disk() { # NAME NUMBER MINOR IMAGE
	mkdir -p "$T/sys/bus/xen/drivers/vbd"
	vbd "$2" driver
	disk "$1" "vbd-$2" 202 "$3" "$4"
}

pci() { # ADDRESS VENDOR DEVICE SUBVENDOR SUBDEVICE
	put "/sys/devices/pci0000:00/$1/modalias" \
		"$(printf 'pci:v%08Xd%08Xsv%08Xsd%08Xbc01sc06i01' "0x$2" "0x$3" "0x$4" "0x$5")"
	link "/sys/bus/pci/devices/$1" "../../../devices/pci0000:00/$1"
}

# The path of the device on port ATA, unit UNIT of a function.
ata() { # PCI ATA UNIT
	echo "pci0000:00/$1/ata$2/host$2/target$2:0:$3/$2:0:$3:0"
}

cdrom() {
	at=/sys/devices/$(ata $PIIX 2 0)/block/sr0
	mkdir -p "$T/sys/devices/pci0000:00/$PIIX/ata1"
	put "$at/size" 0
	put "$at/dev" 11:0
	link /sys/block/sr0 "../${at#/sys/}"
}

nic() { # NAME DEVICE MAC FLAGS
	at=/sys/devices/$2/net/$1
	put "$at/address" "$3"
	put "$at/flags" "$4"
	link "/sys/class/net/$1" "../../devices/$2/net/$1"
	link "$at/device" "../../../${2##*/}"
}

vif() { # NAME
	mkdir -p "$T/sys/devices/vif-0"
	link /sys/bus/xen/devices/vif-0 ../../../devices/vif-0
	link /sys/devices/vif-0/driver ../../bus/xen/drivers/vif
	mkdir -p "$T/sys/bus/xen/drivers/vif"
	nic "$1" vif-0 00:16:3e:11:22:33 0x1003
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
	put /sys/hypervisor/type xen
	put /sys/hypervisor/guest_type HVM
	put /proc/sys/kernel/osrelease $KVER
	cmdline 'root=LABEL=/ resume=LABEL=SWAP-hda2 ro quiet'
	pv_disk xvda 51712 0 disk.img
	pci $PIIX 8086 7010 1af4 1100
	cdrom
	vbd 51744
	vif eth0
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
ahci_twin() {
	pci $AHCI 8086 2922 1af4 1100
	disk sda "$(ata $AHCI 3 0)" 8 0 "${1:-disk.img}"
}

kept_twin() {
	ahci_twin disk.img
	cmdline 'root=LABEL=/ pvroot=keep=sda'
}

# xvda's twin as XenServer shows it to a UEFI guest.
nvme_twin() {
	pci 0000:00:07.0 8086 5845 1af4 1100
	at=/sys/devices/pci0000:00/0000:00:07.0/nvme/nvme0/nvme0n1
	put $at/size 49152
	put $at/dev 259:0
	put $at/nsid 1
	link /sys/block/nvme0n1 "../${at#/sys/}"
	cp --sparse=always "$WORK/disk.img" "$T/dev/nvme0n1"
}
