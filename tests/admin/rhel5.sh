# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# status and check on a guest of RHEL 5's shape (tests/tree/oldsys): 2.6.18's
# sysfs, no /run, no times in the kernel log. Sourced by run.
# May touch: $WORK only.
# shellcheck disable=SC2154 # variables of run

OLD=2.6.18-128.el5

# The real root, after an initrd in which pvroot hid hda.
rhel5_guest() { # NAME [KERNEL COMMAND LINE]
	T=$WORK/$1
	rm -rf "$T"
	"$top/$U/guest" "$T" <"$top/tests/tree/oldsys" || return
	[ -z "${2:-}" ] || put /proc/cmdline "$2"
	put /proc/sys/kernel/osrelease $OLD
	put /proc/mounts 'rootfs / rootfs rw 0 0' '/dev/root / ext3 rw,data=ordered 0 0'
	put /proc/swaps 'Filename Type Size Used Priority' '/dev/xvda2 partition 6140 0 -1'
	put /etc/fstab 'LABEL=/ / ext3 defaults 1 1' 'LABEL=SWAP-hda2 swap swap defaults 0 0'
	put /etc/modprobe.conf 'alias eth0 8139cp' 'alias scsi_hostadapter ata_piix'
	put /boot/vmlinuz-$OLD kernel
	put /boot/grub/menu.lst 'default 0' "title CentOS ($OLD)" '	root (hd0,0)' \
		"	kernel /vmlinuz-$OLD ro root=LABEL=/ ${3:-}" "	initrd /initrd-$OLD.img"
	put /sbin/mkinitrd
	put /dev/.pvroot/report.json '{"mode": "auto"}'
	IMG=$T-tree
	rm -rf "$IMG"
	mkdir -p "$IMG/bin" "$IMG/lib"
	echo program >"$IMG/bin/pvroot" && chmod 755 "$IMG/bin/pvroot"
	echo 'pvroot boot --nodes > /dev/null' >"$IMG/init"
	echo driver >"$IMG/lib/xen-vbd.ko"
	(cd "$IMG" && find . | cpio -o -H newc --quiet) | gzip >"$T/boot/initrd-$OLD.img"
}

hda_is_hidden() {
	rm -r "$T"/sys/block/hda/hda[12] "$T"/dev/hda[12]
}

# vdev=hda: the kernel has removed its vbd.
xvda_was_lost() {
	without_xvda
	put /proc/mounts 'rootfs / rootfs rw 0 0' '/dev/hda1 / ext3 rw,data=ordered 0 0'
	put /proc/swaps 'Filename Type Size Used Priority' '/dev/hda2 partition 6140 0 -1'
}

# timed_out NUMBER: the kernel's message for a vbd that did not connect.
timed_out() {
	put /dev/kmsg "4,90,11000000,-;XENBUS: Timeout connecting to device: device/vbd/$1 (state 1)"
}

rhel5_twin() {
	rhel5_guest rhel5
	hda_is_hidden
	pvroot status
	exits 0 'rhel5: a hidden twin exits 0'
	says 'pvroot ran in this boot' 'rhel5: the report is found'
	says 'xvda2 PV swap LABEL=SWAP-hda2 (resume=, fstab)' 'rhel5: swap is on the PV disk'
	says 'its twin hda is still there' 'rhel5: the hidden twin is named'
	silent_about 'hda1' 'rhel5: it has no partitions'
	pvroot check
	exits 1 'rhel5: a twin that stays is a warning'
	says "no ide0=noprobe: hda stays beside xvda" 'rhel5: and both are named'
	rhel5_guest rhel5 'ro root=LABEL=/ ide0=noprobe' ide0=noprobe
	pieces 'drop hda'
	pvroot check
	exits 0 'rhel5: with ide0=noprobe all is well'
}

# Without hda, or without xvda, there is no pair of paths.
rhel5_alone() {
	rhel5_guest rhel5
	pieces 'drop hda'
	pvroot check
	exits 0 'rhel5: without hda all is well'
	silent_about 'noprobe' 'rhel5: and noprobe is not asked for'
	rhel5_guest rhel5
	xvda_was_lost
	pvroot check
	exits 2 'rhel5: without xvda it is a problem'
	silent_about 'stays beside' 'rhel5: and nothing stays beside anything'
	says 'hda: no PV disk came in its place, as with vdev=hda' 'rhel5: what is so is said'
	says 'Add ide0=noprobe to the kernel line; or in the VM'"'"'s definition write vdev=xvda' \
		'rhel5: with the cure'
	pvroot status
	exits 1 'rhel5: without xvda status is not good'
	silent_about 'Good' 'rhel5: and does not say so'
	says 'ide0=noprobe or vdev=xvda gives it' 'rhel5: but names the cure'
	timed_out 768
	pvroot status
	exits 1 'rhel5: a vbd that was given back is a PV path'
	says 'the kernel has given vbd-768 in its place back' 'rhel5: by its number'
	rm -r "$T/sys/bus/xen/drivers/vbd"
	put /dev/kmsg
	pvroot status
	exits 0 'rhel5: without a driver nothing can be said'
}

rhel5_cdrom() {
	rhel5_guest rhel5
	hda_is_hidden
	pieces 'ide hdc 1 0 cdrom -'
	pvroot check
	silent_about 'CD-ROM' 'rhel5: a CD-ROM without a vbd costs nothing'
	timed_out 5632
	pvroot check
	says 'waited 10 s in this boot for vbd-5632, the CD-ROM hdc' 'rhel5: one with a vbd does'
	pvroot status
	exits 0 'rhel5: but is no PV path'
	timed_out 51744
	pvroot check
	says 'for vbd-51744, the CD-ROM hdc' 'rhel5: as xvdc too'
	timed_out 51760
	pvroot check
	silent_about 'waited 10 s' 'rhel5: another place is not its'
}

# Only an AHCI disk, though the PV driver is there: it is not known why there is
# no PV disk.
rhel5_other() {
	good_guest lone
	without_xvda
	ahci_twin
	mounts 8:1 /dev/sda1 /dev/sda2
	pvroot status
	exits 2 'a PV driver and no PV disk is not good'
	says 'sda (there is a PV disk driver, but no PV disk)' 'and it is said of the disk'
}

rhel5_all() {
	rhel5_twin
	rhel5_alone
	rhel5_cdrom
	rhel5_other
}
