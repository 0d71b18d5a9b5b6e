# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# pvroot check and pvroot's own initramfs as an entry of GRUB's (hooks/own).
# Sourced by run. May touch: $WORK only.
# shellcheck disable=SC2154,SC2153 # tree.sh's variables

# The good guest's image, as our own builder makes it, and its entry.
own_guest() { # NAME ROOT
	good_guest "$1"
	rm -r "$IMG/scripts"
	echo ext4.ko >"$IMG/lib/pvroot/fs"
	echo 'starts /bin/pvroot' >"$IMG/init"
	pack gzip
	mv "$T/boot/initrd.img-$KVER" "$T/boot/pvroot-$KVER.img"
	put /boot/grub/grub.cfg 'menuentry x {' " linux /boot/vmlinuz-$KVER root=$2 ro pvroot.initramfs panic=10" \
		" initrd /boot/pvroot-$KVER.img" '}'
}

own_all() {
	own_guest own_good LABEL=/
	pvroot check --json
	exits 0 'own_initramfs_is_good'
	json '.entries[0] | .outcome == "pv" and .image_good' 'own_initramfs_boots_from_the_pv_disk'
	rm "$T/boot/grub/grub.cfg"
	pvroot check
	says "/boot/pvroot-$KVER.img: has pvroot" 'own_initramfs_is_found_by_its_name'

	own_guest own_lvm /dev/mapper/vg-root
	pvroot check --json
	json '.entries[0] | .outcome == "stops" and (.why | contains("knows no LVM"))' 'own_initramfs_knows_no_lvm'

	own_guest own_list LABEL=/
	echo /lib/modules/gone.ko >>"$IMG/lib/pvroot/modules"
	pack gzip
	mv "$T/boot/initrd.img-$KVER" "$T/boot/pvroot-$KVER.img"
	finds 2 image-list 'gone.ko, which is not in it' 'own_initramfs_lacks_a_module'
	says "pvroot-initramfs update $KVER" 'own_initramfs_is_built_by_its_own_command'

	good_guest own_failed
	put /boot/grub/grubenv '# GRUB Environment Block' 'pvroot_tried=1' '####'
	finds 1 own-failed "did not bring the system up" 'a_boot_by_it_that_failed'
	cmdline 'root=LABEL=/ pvroot.initramfs'
	pvroot check
	silent_about 'did not bring' 'the_boot_that_is_tried_now_did_not_fail'
}
