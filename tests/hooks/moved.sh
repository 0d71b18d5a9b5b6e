# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# shellcheck disable=SC2034,SC2016 # used by the recipes, by an inner shell
# For recipes of guest disks: images in the generators' smallest modes, made on
# a machine that is not Xen (this one), as a guest has them that moves to Xen.

# setup_elsewhere COMMAND: as setup, but / is a mount of this machine's own
# disk, whose drivers the generator then sees. Where / is no disk here (an
# overlay), MODULES=dep cannot work: then the list names the drivers that it
# would have found.
setup_elsewhere() {
	# shellcheck disable=SC2154 # expanded by the inner shell; tree is image's
	unshare --mount --pid --fork sh -c '
		mount --bind "$0" "$0" && cd "$0" && mount -t proc proc proc &&
		mount -t sysfs -o ro sys sys && mount --bind /dev dev &&
		exec chroot . /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin \
			HOME=/root TERM=dumb sh -ec "$1"
		' "$tree" "$1"
}

# The smallest mode that works here, then the command.
initramfs_tools_smallest='
	conf=/etc/initramfs-tools
	read -r disk rest </proc/mounts
	if [ -b "$disk" ]; then
		sed -i s/^MODULES=.*/MODULES=dep/ $conf/initramfs.conf
	else
		sed -i s/^MODULES=.*/MODULES=list/ $conf/initramfs.conf
		printf "%s\n" virtio_pci virtio_blk ext4 >>$conf/modules
	fi
	update-initramfs -u'
dracut_smallest='
	for kver in /lib/modules/*; do
		dracut --force --hostonly --drivers "virtio_pci virtio_blk ext4" \
			"/boot/initrd.img-${kver##*/}" "${kver##*/}"
	done'
