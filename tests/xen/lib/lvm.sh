# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# shellcheck disable=SC2016,SC2034,SC2154,SC1091
# For recipes: a full Debian 12 whose root is a logical volume on partition 2.
. "$TOP/tests/xen/lib/machine.sh"

# What a recipe changes in /etc, it changes between the two.
lvm_begins() {
	root_debian 12 initramfs-tools zstd lvm2
	mkdir -p "$tree/etc/lvm/devices"
}

lvm_ends() {
	with_project
	setup 'update-initramfs -u'
	first_partition
	part 1252 none
	part 64 swap SWAP-hda2
}

# The devices section of lvm.conf, which the initrd gets too.
lvm_devices() {
	printf '%s\n' 'devices {' "	$1" '}' >"$tree/etc/lvm/lvm.conf"
}

# Here the disk is called vda, which a recipe's filter may reject.
finish_disk() {
	mke2fs -q -F -t ext3 -L / -d "$tree" "$out.new/volume" 1200M &&
		in_machine 'mkdir /run/bare; export LVM_SYSTEM_DIR=/run/bare
			pvcreate -q /dev/vda2; vgcreate -q vg /dev/vda2
			lvcreate -q -y -Wn -Zn -L 1200M -n root vg
			vgmknodes; dd if=/dev/vdb of=/dev/mapper/vg-root bs=1M conv=sparse,fsync status=none
			vgchange -an vg' "$1" "$out.new/volume" && rm "$out.new/volume"
}
