# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# What the role keeps of a guest's images, and puts back: its script `images`, in a
# chroot of busybox. Sourced by run. May touch: $WORK only.
# shellcheck disable=SC2154,SC2034 # variables of run and lib

images() { # WORDS: its answer in $WORK/out
	chroot "$guest" /bin/sh /images "$@" >"$WORK/out" 2>"$WORK/err"
	status=$?
}

# A guest with an initrd, a unified image in an ESP below /boot, one in /efi, the
# initrd of a boot entry, and files that are none of these.
images_guest() {
	guest=$WORK/images
	rm -rf "$guest"
	mkdir -p "$guest/bin" "$guest/proc/sys/kernel/random" "$guest/boot/efi/EFI/Linux" \
		"$guest/boot/efi/EFI/BOOT" "$guest/efi/EFI/Linux" "$guest/efi/0123/6.1"
	cp /bin/busybox "$guest/bin/"
	for applet in sh find cmp cp mv rm mkdir chmod sync cat sed; do
		ln -s busybox "$guest/bin/$applet"
	done
	cp "$top/hooks/fleet/ansible/roles/pvroot/files/images" "$guest/images"
	echo this-boot >"$guest/proc/sys/kernel/random/boot_id"
	for image in $IMAGES $OTHERS; do
		echo "old $image" >"$guest$image"
	done
}

IMAGES='/boot/initrd.img-6.1 /boot/efi/EFI/Linux/debian-6.1.efi /efi/EFI/Linux/arch.efi
	/efi/0123/6.1/initrd'
OTHERS='/boot/vmlinuz-6.1 /boot/initrd.img-6.1.new /boot/efi/EFI/BOOT/BOOTX64.EFI
	/efi/0123/6.1/linux'

images_back() {
	images_guest
	images keep /keep 0.1
	exits 0 'images_keep'
	says before:0.1 'images_keep_says_what_was_installed'
	for image in $IMAGES $OTHERS; do
		echo "new $image" >"$guest$image"
	done
	images keep /keep 0.2
	says before:0.1 'images_of_this_boot_stay_kept'
	images back /keep
	exits 0 'images_back'
	for image in $IMAGES; do
		[ "$(cat "$guest$image")" = "old $image" ]
		result $? "images_puts_back_$image"
	done
	for image in $OTHERS; do
		[ "$(cat "$guest$image")" = "new $image" ]
		result $? "images_leaves_$image"
	done
	images back /keep
	[ ! -s "$WORK/out" ]
	result $? 'images_that_are_the_same_are_not_written'
}

images_odd() {
	images_guest
	rm -r "$guest/efi"
	ln -s boot/efi "$guest/efi"
	images keep /keep ''
	[ ! -e "$guest/keep/efi" ] && [ -e "$guest/keep/boot/efi/EFI/Linux/debian-6.1.efi" ]
	result $? 'images_of_a_linked_esp_are_kept_once'
	echo next-boot >"$guest/proc/sys/kernel/random/boot_id"
	echo newer >"$guest/boot/initrd.img-6.1"
	images keep /keep 0.2
	[ "$(cat "$guest/keep/boot/initrd.img-6.1")" = newer ]
	result $? 'images_of_an_earlier_boot_are_kept_anew'
	rm "$guest/keep/boot_id"
	images back /keep
	exits 1 'images_that_are_incomplete_are_not_put_back'
	images_guest
	images keep /keep ''
	echo new >"$guest/boot/initrd.img-6.1"
	mkdir "$guest/boot/initrd.img-6.1.part" # no copy can be written there
	images back /keep
	exits 1 'images_a_copy_that_fails'
	grep -q '/boot/initrd.img-6.1 could not be put back' "$WORK/err" &&
		[ "$(cat "$guest/boot/initrd.img-6.1")" = new ]
	result $? 'images_names_it_and_leaves_it_whole'
	images drop /keep
	[ ! -e "$guest/keep" ]
	result $? 'images_drop'
}

images_all() {
	images_back
	images_odd
}
