# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# pvroot check judges the names of disks in /etc and on the kernel line.
# Sourced by run, as tree.sh, lib.sh and check.sh are. May touch: $WORK only.
# shellcheck disable=SC2154,SC2153,SC2034 # their variables

# is_well NAME: nothing is found.
is_well() {
	pvroot check
	exits 0 "$1"
}

fstab() { # LINE…: after those of the good guest
	put /etc/fstab 'LABEL=/ / ext4 defaults 0 1' 'LABEL=SWAP-hda2 none swap sw 0 0' "$@"
}

# Names that lead nowhere on Xen, in every place.
names_gone() {
	good_guest gone
	put /etc/crypttab '# x' 'x /dev/sda2 none luks'
	finds 2 name-nowhere '/etc/crypttab line 2: /dev/sda2' 'crypttab'
	rm "$T/etc/crypttab"
	put /etc/lvm/lvm.conf 'devices {' ' global_filter = ["a|^/dev/sda|","r|.*|"]' '}'
	finds 2 name-nowhere '/etc/lvm/lvm.conf:2 /dev/sda' 'lvm_conf'
	put /etc/lvm/lvm.conf ' filter = [ "a/sda/", "r/.*/" ]'
	finds 2 name-nowhere '/etc/lvm/lvm.conf:1 /dev/sda' 'lvm_conf_without_dev'
	put /etc/lvm/lvm.conf ' filter = [ "a|/dev/sd.*|", "r|.*|" ]'
	finds 1 name-pattern '/etc/lvm/lvm.conf:1 /dev/sd.*' 'lvm_conf_with_a_pattern'
	rm -r "$T/etc/lvm"
	put /etc/lvm/devices/system.devices 'VERSION=1.1.2' 'IDTYPE=devname IDNAME=/dev/sda2 DEVNAME=/dev/sda2 PVID=x'
	finds 2 name-nowhere '/etc/lvm/devices/system.devices:2 /dev/sda2' 'lvms_devices_file'
	rm -r "$T/etc/lvm"
	put /etc/mdadm/mdadm.conf 'DEVICE /dev/sda1'
	finds 2 name-nowhere '/etc/mdadm/mdadm.conf:1 /dev/sda1' 'mdadm_conf'
	rm -r "$T/etc/mdadm"
	put /etc/systemd/system/data.mount '[Mount]' 'What=/dev/sda2' 'Where=/data'
	finds 2 name-nowhere '/etc/systemd/system/data.mount:2 /dev/sda2' 'mount_unit'
	rm -r "$T/etc/systemd"
	put /etc/drbd.d/r0.res ' disk /dev/sda2;'
	pvroot check
	exits 0 'a_service_whose_disk_is_elsewhere'
	rm -r "$T/etc/drbd.d"
	put /etc/zfs/zpool.cache path /dev/sda2
	pvroot check
	exits 0 'a_pool_whose_disk_is_elsewhere'
	rm -r "$T/etc/zfs"
	put /var/cache/debconf/config.dat 'Name: grub-pc/install_devices' 'Value: /dev/sda'
	finds 1 name-tool '/var/cache/debconf/config.dat: /dev/sda' 'debconf'
	rm -r "$T/var/cache"
	for word in cryptdevice=/dev/sda2:root cryptopts=target=x,source=/dev/sda2 \
		rd.luks.key=/k:/dev/sda2 mount.usr=/dev/sda2 rootflags=device=/dev/sda2; do
		menu "root=LABEL=/ $word"
		finds 2 name-nowhere "/boot/grub/grub.cfg, ${word%%=*}= /dev/sda2" "line_${word%%=*}"
	done
	menu root=8:1
	finds 2 name-nowhere 'root= 8:1: no device' 'line_root_by_number'
	menu root=202:1
	is_well 'a_number_that_is_there'
}

# The same names where pvroot leads them, or where they stand for nothing.
names_that_follow() {
	good_guest follow
	link /dev/sdf1 xvda1
	link /dev/disk/by-id/ata-QEMU_HARDDISK_QM00001-part1 ../../xvda1
	fstab '/dev/sdf1 /data ext4 defaults 0 2'
	is_well 'a_link_is_followed'
	fstab '/dev/sdb1 /media/usb0 auto rw,user,noauto 0 0' '/dev/xvdb /mnt auto nofail 0 0' \
		'/dev/hdc /media/cdrom iso9660 ro,noauto 0 0'
	is_well 'what_may_be_missing_is_no_problem'
	fstab '/mnt/a:/mnt/b /mnt/pool fuse.mergerfs defaults 0 0' '/mnt/disk* /mnt/all fuse.mergerfs x 0 0' \
		'/tmpfs /tmp tmpfs defaults 0 0' '/dev/root /old ext4 noauto 0 0' '//host/share /s cifs x 0 0' \
		'/home/x.iso /iso iso9660 loop 0 0' '/dev/shm /x tmpfs x 0 0'
	is_well 'what_is_no_device_is_no_problem'
	put /etc/crypttab 'x /dev/xvda2 /dev/urandom swap' 'y /var/file none luks'
	fstab
	is_well 'crypttab_with_the_pv_disk'
	put /etc/lvm/lvm.conf '# filter = [ "a|/dev/sda|" ]' 'filter = [ "a|/dev/xvda|", "r|/dev/sdb|" ]'
	is_well 'a_filter_with_the_pv_disk'
	for root in /dev/ram0 /dev/nfs; do
		menu root=$root
		is_well "root_is_$root"
	done
}

names_in_the_wrong_case() {
	good_guest case
	uuid=$("$PROGRAM" probe "$T/dev/xvda1" | sed -n 's/^UUID=//p')
	other=$(echo "$uuid" | tr a-f A-F)
	fstab "UUID=$other /data ext4 defaults 0 2"
	finds 2 name-case "/etc/fstab line 3: UUID=$other" 'fstab_in_the_wrong_case'
	says "Do: Write $uuid." 'and_the_right_one_is_said'
	fstab "UUID=$uuid /data ext4 defaults 0 2"
	is_well 'fstab_in_the_right_case'
	menu "root=UUID=$other"
	finds 1 name-case 'pvroot finds it' 'root_in_the_wrong_case'
	part=$(printf %08X "0x$(dd if="$T/dev/xvda" bs=1 skip=440 count=4 status=none | od -An -tx4 | tr -d ' ')")-01
	menu "root=PARTUUID=$part"
	is_well 'the_kernel_takes_partuuid_in_any_case'
	fstab "PARTUUID=$part /data ext4 defaults 0 2"
	[ "$part" = "$(echo "$part" | tr A-F a-f)" ] ||
		finds 2 name-case "/etc/fstab line 3: PARTUUID=$part" 'fstab_partuuid_in_the_wrong_case'
}

# LUKS has a UUID of its own, which crypttab names.
names_in_crypttab() {
	good_guest luks
	pieces 'pv xvdb 51728 disk.img'
	rm "$T/dev/xvdb1" "$T/dev/xvdb2"
	truncate -s 4M "$T/dev/xvdb1" "$T/dev/xvdb2"
	printf 'LUKS\272\276\0\1' | dd of="$T/dev/xvdb1" conv=notrunc status=none
	printf 'abcdefab-0000-4000-8000-0123456789ab' |
		dd of="$T/dev/xvdb1" bs=1 seek=168 conv=notrunc status=none
	put /etc/crypttab 'x UUID=abcdefab-0000-4000-8000-0123456789ab none luks'
	is_well 'crypttab_by_uuid'
	put /etc/crypttab 'x UUID=ABCDEFAB-0000-4000-8000-0123456789AB none luks'
	finds 2 name-case '/etc/crypttab line 1: UUID=ABCDEFAB' 'crypttab_in_the_wrong_case'
	put /etc/crypttab 'x UUID=00000000-0000-4000-8000-0123456789AB none luks,nofail'
	finds 1 name-nowhere '/etc/crypttab line 1: UUID=00000000' 'crypttab_that_may_fail'
}

names_of_a_swap_file() {
	good_guest swapfile
	uuid=$("$PROGRAM" probe "$T/dev/xvda1" | sed -n 's/^UUID=//p')
	menu "root=LABEL=/ resume=UUID=$uuid resume_offset=34816"
	is_well 'resume_from_a_swap_file'
	menu "root=LABEL=/ resume=UUID=$uuid"
	finds 1 name-nowhere 'resume= UUID=' 'resume_from_what_is_no_swap'
}

names_of_unknown_formats() {
	good_guest formats
	fstab 'LABEL=cluster /data ocfs2 defaults 0 0'
	finds 1 name-unknown 'LABEL=cluster: ocfs2 is not known to pvroot' 'a_format_that_is_not_known'
	good_guest formats
	pieces 'pv xvdb 51728 disk.img'
	rm "$T/dev/xvdb1" "$T/dev/xvdb2"
	truncate -s 40M "$T/dev/xvdb1"
	truncate -s 1M "$T/dev/xvdb2"
	menu 'root=LABEL=bcachefs'
	finds 1 name-unknown 'LABEL=bcachefs: not found, and what is on xvdb1 is not known' 'a_root_that_is_not_known'
	put /run/udev/data/b202:17 'E:ID_PATH=x'
	finds 2 name-nowhere 'LABEL=bcachefs: no device carries it' 'a_disk_that_udev_calls_blank'
	put /run/udev/data/b202:17 'E:ID_FS_TYPE=bcachefs' 'E:ID_FS_LABEL_ENC=bcachefs' 'E:ID_FS_UUID=1-2'
	finds 1 name-unknown 'LABEL=bcachefs: found by udev only' 'a_root_that_udev_knows'
	menu 'root=LABEL=bcachefs pvroot=strict'
	finds 2 name-unknown 'LABEL=bcachefs: found by udev only' 'and_strict_stops_there'
	menu 'root=LABEL=/'
	fstab 'UUID=1-2 /data bcachefs defaults 0 0'
	is_well 'what_udev_knows_is_well_in_fstab'
}

# A guest of KVM or VMware, before its first boot on Xen.
not_xen() { # NAME DISK
	good_guest "$1"
	without_xvda
	pieces not_xen "disk $2 0000:00:04.0/virtio1 254:0 disk.img"
	mounts 254:1 "/dev/${2}1" "/dev/${2}2"
}

names_before_xen() {
	not_xen kvm vda
	is_well 'labels_are_the_same_on_xen'
	menu 'root=/dev/vda1'
	finds 2 name-xen 'root= /dev/vda1: no such name on Xen; the disk is called /dev/xvda1' 'root_by_virtio'
	says 'Do: Write UUID=' 'and_a_better_name_is_said'
	pvroot check --json
	json '.entries[0].outcome == "stops"' 'root_by_virtio_stops_there'
	menu 'root=LABEL=/'
	fstab '/dev/vda2 none swap sw 0 0'
	finds 2 name-xen '/etc/fstab line 3: /dev/vda2: no such name on Xen' 'fstab_by_virtio'
	fstab '/dev/disk/by-id/virtio-1234-part1 /data ext4 defaults 0 0'
	finds 2 name-xen 'by-id/virtio-1234-part1: no such name on Xen' 'fstab_by_virtio_id'
	fstab '/dev/disk/by-path/pci-0000:00:04.0-part1 /data ext4 nofail 0 0'
	finds 1 name-xen 'by-path/pci-0000:00:04.0-part1: no such name on Xen' 'fstab_by_path'
	not_xen vmware sda
	menu 'root=/dev/sda1'
	finds 1 name-xen 'root= /dev/sda1: no such name on Xen; the disk is called /dev/xvda1' 'root_of_vmware'
	pvroot check --json
	json '.entries[0].root_device == "sda1" and .entries[0].outcome == "unknown"' 'root_is_there_now'
	menu 'root=LABEL=/'
	pvroot check --json
	json '.entries[0].outcome == "pv"' 'a_label_leads_to_the_pv_disk'
}

# fstab and GRUB by the twin's letter, in an image that can hold that.
names_of_the_kernel() {
	good_guest follows
	ahci_twin
	put /etc/fstab 'LABEL=/ / ext4 defaults 0 1' '/dev/sda2 none swap sw 0 0'
	put /boot/grub/device.map '(hd0) /dev/sda'
	echo "/lib/modules/$KVER/loop.ko" >"$IMG/lib/pvroot/emulated"
	pack gzip -9
	pvroot check
	says '/etc/fstab line 2: /dev/sda2: leads to the PV disk after the next boot' kernel_name_that_follows
	silent_about 'is the emulated disk' 'nor_is_grubs_map_a_mistake'
	menu 'root=LABEL=/ pvroot=keep=sda'
	pvroot check
	says 'is the emulated disk' 'keep_holds_the_name_too'
}

# Root runs from a passed-through disk, and a PV disk has the same label: an image
# without a PV driver always booted from the right one.
names_of_a_root_elsewhere() {
	good_guest elsewhere
	pieces 'pci 0000:00:0a.0 144d a808 144d a801 nvme' \
		'disk nvme0n1 0000:00:0a.0/nvme/nvme0 259:0 disk.img'
	pvroot names
	silent_about 'root-on' 'root_on_the_pv_disk_is_no_name'
	mounts 259:1 /dev/nvme0n1p1 /dev/xvda2
	pvroot names
	says 'root-on-nvme0n1p1 /dev/?' 'root_on_a_passed_through_disk_is_one'
	cmdline 'root=UUID=none-that-is-there'
	pvroot names
	silent_about 'root-on' 'unless_its_tag_is_its_own'
	ahci_twin
	cmdline 'root=LABEL=/'
	mounts 8:1 /dev/sda1 /dev/sda2
	pvroot names
	silent_about 'root-on' 'root_on_a_twin_is_no_name'
	good_guest elsewhere
	ahci_twin other.img
	cmdline 'root=LABEL=/'
	mounts 8:1 /dev/sda1 /dev/sda2
	pvroot names
	silent_about 'root-on' 'nor_on_an_emulated_disk_that_is_not_proven_one'
}

names_all() {
	names_of_a_root_elsewhere
	names_gone
	names_of_the_kernel
	names_that_follow
	names_in_the_wrong_case
	names_in_crypttab
	names_of_a_swap_file
	names_of_unknown_formats
	names_before_xen
}
