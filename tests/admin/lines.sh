# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# pvroot check reads the words that an image adds to the kernel's line: dracut's
# etc/cmdline.d, and RESUME= of initramfs-tools. Sourced by run, as tree.sh, lib.sh,
# check.sh and boots.sh are. May touch: $WORK only.
# shellcheck disable=SC2154,SC2153,SC2034 # their variables

# image_line NAME TEXT…: a file of these lines in the image, which is packed.
image_line() {
	mkdir -p "$IMG/${1%/*}"
	file=$IMG/$1
	shift
	printf '%s\n' "$@" >"$file"
	pack gzip
}

# The entry says nothing of root; what the image says counts.
lines_root() {
	good_guest lineroot
	menu 'ro quiet'
	pvroot check --json
	json '.entries[0] | .root == "" and .outcome == "unknown"' 'without_a_root_nothing_is_known'
	image_line etc/cmdline.d/20-root-dev.conf ' root=LABEL=/ rootfstype=ext4'
	pvroot check --json
	exits 0 'the_root_that_an_image_names'
	json '.entries[0] | .root == "LABEL=/" and .outcome == "pv" and .root_device == "xvda1"' 'is_the_root_of_the_boot'
	pvroot check
	says "/boot/initrd.img-$KVER (a line in it), root= LABEL=/: /dev/xvda1" 'and_is_said_to_be_the_images'
	pvroot check --list
	says "initrd's root=LABEL=/ rootfstype=ext4" 'and_listed_beside_the_entrys'
	image_line etc/cmdline.d/20-root-dev.conf 'root=LABEL=nowhere'
	finds 2 name-nowhere "/boot/initrd.img-$KVER (a line in it), root= LABEL=nowhere" 'a_root_that_is_not_there'
	menu 'root=LABEL=/'
	pvroot check --json
	exits 0 'the_entrys_root_wins'
	json '.entries[0].outcome == "pv"' 'and_the_boot_is_well'
	rm -r "$IMG/etc/cmdline.d"
}

# Options of pvroot, and words that keep its drivers away.
lines_options() {
	good_guest lineopt
	menu 'root=LABEL=nowhere'
	image_line etc/cmdline 'pvroot=strict'
	pvroot check --json
	json '.entries[0].outcome == "stops"' 'strict_by_the_image'
	menu 'root=LABEL=/'
	image_line etc/cmdline 'pvroot=off'
	finds 1 line-off "/boot/initrd.img-$KVER (a line in it): pvroot=off" 'off_by_the_image'
	menu 'root=LABEL=/ pvroot=auto'
	pvroot check
	exits 0 'the_entrys_mode_wins'
	image_line etc/cmdline 'pvroot=stict'
	finds 1 line-option 'stict' 'an_option_of_the_image_that_there_is_not'
	image_line etc/cmdline 'rd.driver.blacklist=xen_blkfront'
	finds 2 line-against "/boot/initrd.img-$KVER (a line in it): rd.driver.blacklist=xen_blkfront" 'the_image_keeps_the_driver_away'
	rm "$IMG/etc/cmdline"
	menu 'root=LABEL=/'
	# What stands behind -- is init's, but only in its own line.
	image_line etc/cmdline.d/10.conf 'quiet -- nopv'
	image_line etc/cmdline.d/20.conf 'pvroot=off'
	finds 1 line-off 'pvroot=off' 'a_line_ends_alone'
	image_line etc/cmdline.d/30.conf 'pvroot=auto'
	pvroot check
	exits 0 'lines_are_read_by_name'
	image_line etc/cmdline 'pvroot=off'
	finds 1 line-off 'pvroot=off' 'and_the_file_after_the_folder'
	rm -r "$IMG/etc/cmdline" "$IMG/etc/cmdline.d"
	image_line etc/cmdline.d/x 'pvroot=off'
	image_line etc/cmdline.d/.x.conf 'pvroot=off'
	pvroot check
	exits 0 'other_files_say_nothing'
}

lines_resume() {
	good_guest lineresume
	menu 'root=LABEL=/'
	image_line conf/conf.d/zz-resume-auto 'RESUME=LABEL=SWAP-hda2'
	pvroot check
	says "/boot/initrd.img-$KVER (a line in it), resume= LABEL=SWAP-hda2: /dev/xvda2" 'resume_of_the_image'
	image_line conf/conf.d/zz-resume-auto 'RESUME="/dev/disk/by-label/gone" # x'
	finds 1 name-nowhere 'resume= /dev/disk/by-label/gone' 'resume_that_is_not_there'
	menu 'root=LABEL=/ resume=LABEL=SWAP-hda2'
	pvroot check
	exits 0 'the_entrys_resume_wins'
	menu 'root=LABEL=/ noresume'
	pvroot check
	exits 0 'and_its_noresume'
	menu 'root=LABEL=/'
	for word in auto none ''; do
		image_line conf/conf.d/zz-resume-auto "RESUME=$word"
		pvroot check
		silent_about 'a line in it' "resume_$word"
	done
}

# Without a menu that is understood each image is judged with this boot's line.
lines_without_a_menu() {
	good_guest linenomenu
	rm "$T/boot/grub/grub.cfg"
	image_line etc/cmdline 'pvroot=off'
	finds 1 'line-off menu-none' "/boot/initrd.img-$KVER (a line in it): pvroot=off" 'without_a_menu_the_image_is_read'
	image_line etc/cmdline 'root=LABEL=nowhere'
	finds 1 menu-none 'no boot menu was understood' 'and_this_boots_line_wins'
	rm "$IMG/etc/cmdline"
}

lines_all() {
	lines_root
	lines_options
	lines_resume
	lines_without_a_menu
}
