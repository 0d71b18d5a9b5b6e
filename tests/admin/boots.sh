# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# pvroot check judges boots: entries of menus, their files, images and lines.
# Sourced by run, as tree.sh, lib.sh and check.sh are. May touch: $WORK only.
# shellcheck disable=SC2154,SC2153,SC2034,SC2016 # their variables; those of GRUB

# An image without pvroot at this path.
bare_image() {
	mkdir -p "$WORK/bare/etc" "$T${1%/*}"
	(cd "$WORK/bare" && find . | cpio -o -H newc --quiet) | gzip >"$T$1"
}

# Lines of an entry of GRUB 2, after its "linux" and "initrd".
grub() {
	put /boot/grub/grub.cfg "$@"
}

# Row by row: the menu boots another file than the good one beside it.
boots_own_image() {
	for path in /boot/myinitrd.gz /boot/initrd "/boot/initrd.img-$KVER.old" \
		"/boot/0123456789abcdef0123456789abcdef/$KVER/initrd"; do
		good_guest own
		bare_image "$path"
		grub "menuentry x {" " linux /boot/vmlinuz-$KVER root=LABEL=/" " initrd $path" '}'
		finds 2 'image-no-driver image-no-pvroot' "$path: pvroot is not in it" \
			"an_entry_boots_${path##*/}"
	done
}

boots_packed_wrong() {
	good_guest wrong
	for packer in 'xz' 'xz --check=sha256' 'lz4 -q'; do
		command -v "${packer%% *}" >/dev/null || continue
		# shellcheck disable=SC2086 # a command with its words
		pack $packer
		finds 2 image-broken 'Linux does not know' "linux_cannot_unpack_$packer"
	done
}

boots_damaged() {
	good_guest damaged
	pack gzip
	cp "$T/boot/initrd.img-$KVER" "$WORK/whole"
	size=$(wc -c <"$WORK/whole")
	for at in 5 9; do # bytes before the end: the checksum, its last byte
		cp "$WORK/whole" "$T/boot/initrd.img-$KVER"
		printf '\377\376' | dd of="$T/boot/initrd.img-$KVER" bs=1 \
			seek=$((size - at)) conv=notrunc status=none
		gzip -t "$T/boot/initrd.img-$KVER" 2>/dev/null && continue
		finds 2 image-broken 'damaged' "gzip_damaged_$at"
	done
	head -c $((size - 8)) "$WORK/whole" >"$T/boot/initrd.img-$KVER"
	finds 2 image-broken "$KVER" 'gzip_without_its_trailer'
}

# A menu that stands nowhere else.
boots_other_menus() {
	good_guest esp
	rm "$T/boot/grub/grub.cfg"
	put /boot/efi/EFI/centos/grub.cfg "menuentry x {" \
		" linuxefi /vmlinuz-$KVER root=LABEL=/ xen_emul_unplug=never" \
		" initrdefi /initrd.img-$KVER" '}'
	finds 2 line-against '/boot/efi/EFI/centos/grub.cfg: xen_emul_unplug=never' 'a_menu_on_the_esp'
	menu 'root=LABEL=/'
	mkdir "$T/boot/grub2"
	mv "$T/boot/grub/grub.cfg" "$T/boot/grub2/grub.cfg"
	finds 2 line-against '/boot/efi/EFI/centos/grub.cfg: xen_emul_unplug=never' 'and_beside_a_stale_one'
	rm "$T/boot/grub2/grub.cfg"
	put /boot/efi/EFI/centos/grub.cfg 'menuentry x {' " linux /vmlinuz-$KVER root=LABEL=/" \
		" initrd /initrd.img-$KVER" '}'
	put /boot/grub2/grub.cfg 'menuentry old {' ' linux /vmlinuz-1 root=LABEL=/' ' initrd /initrd.img-1' '}'
	finds 1 menu-left-over "/boot/grub2/grub.cfg: no entry's files are there; those of another menu are" 'a_menu_that_was_left_over'
	put /boot/efi/EFI/centos/grub.cfg 'menuentry x {' ' linux /vmlinuz-2 root=LABEL=/' ' initrd /initrd.img-2' '}'
	finds 2 menu-missing '/boot/grub2/grub.cfg: "old" names /initrd.img-1, which is not there' 'no_menu_is_left_over_where_none_is_good'
	for folder in /boot/efi /efi; do
		good_guest sdboot
		rm "$T/boot/grub/grub.cfg"
		mkdir -p "$T$folder/x"
		mv "$T/boot/vmlinuz-$KVER" "$T$folder/x/linux"
		mv "$T/boot/initrd.img-$KVER" "$T$folder/x/initrd"
		put $folder/loader/entries/x.conf 'title x' 'linux /x/linux' 'initrd /x/initrd' \
			'options root=LABEL=/ xen_emul_unplug=never'
		# Another system's loader is no boot of Linux.
		uki "$T$folder/shell.efi"
		put $folder/loader/entries/shell.conf 'title Shell' 'efi /shell.efi'
		finds 2 line-against "$folder/loader/entries/x.conf: xen_emul_unplug=never" "systemd_boot_in_$folder"
	done
	good_guest lilo
	rm "$T/boot/grub/grub.cfg"
	put /etc/lilo.conf 'image=/boot/vmlinuz'
	finds 1 menu-none 'no boot menu was understood; there is /etc/lilo.conf' 'lilo_is_not_understood'
}

boots_nixos() {
	good_guest nixos
	mkdir "$T/boot/kernels"
	mv "$T/boot/vmlinuz-$KVER" "$T/boot/kernels/abc-linux-6.6-bzImage"
	mv "$T/boot/initrd.img-$KVER" "$T/boot/kernels/abc-initrd"
	grub 'search --set=drive1 --fs-uuid 1-2' "menuentry 'NixOS' {" \
		' linux ($drive1)//kernels/abc-linux-6.6-bzImage root=LABEL=/ xen_emul_unplug=never' \
		' initrd ($drive1)//kernels/abc-initrd' '}'
	finds 2 line-against '/boot/grub/grub.cfg: xen_emul_unplug=never' 'nixos'
}

# number N BYTES: little-endian.
number() {
	n=$1 i=0
	while [ $i -lt "$2" ]; do
		# shellcheck disable=SC2059 # an escape
		printf "\\$(printf %03o $((n & 255)))"
		n=$((n >> 8)) i=$((i + 1))
	done
}

# uki OUT FILE…: an EFI program whose section .NAME is the file NAME.
uki() {
	out=$1 at=4096
	shift
	{
		printf MZ
		head -c 58 /dev/zero
		number 64 4
		printf 'PE\0\0'
		number 34404 2
		number $# 2
		head -c 16 /dev/zero
		for file; do
			size=$(wc -c <"$file")
			name=.${file##*/}
			printf %s "$name"
			head -c $((8 - ${#name})) /dev/zero
			number "$size" 4
			number 0 4
			number "$size" 4
			number $at 4
			head -c 16 /dev/zero
			at=$((at + (size + 511) / 512 * 512))
		done
	} >"$WORK/head"
	{
		cat "$WORK/head"
		head -c $((4096 - $(wc -c <"$WORK/head"))) /dev/zero
		for file; do
			cat "$file"
			head -c $(((512 - $(wc -c <"$file") % 512) % 512)) /dev/zero
		done
	} >"$out"
}

boots_uki() {
	good_guest uki
	rm "$T/boot/grub/grub.cfg"
	parts=$WORK/parts
	mkdir -p "$parts" "$T/boot/efi/EFI/Linux"
	echo kernel >"$parts/linux"
	cp "$T/boot/initrd.img-$KVER" "$parts/initrd"
	echo "root=LABEL=/ quiet" >"$parts/cmdline"
	echo "$KVER" >"$parts/uname"
	echo 'PRETTY_NAME="Debian 13"' >"$parts/osrel"
	uki "$T/boot/efi/EFI/Linux/x.efi" "$parts/linux" "$parts/initrd" "$parts/cmdline" "$parts/uname" "$parts/osrel"
	rm "$T/boot/initrd.img-$KVER"
	pvroot check --json
	exits 0 'a_good_unified_image'
	json ".entries | length == 1 and .[0].title == \"Debian 13\" and .[0].outcome == \"pv\" and .[0].kernel_version == \"$KVER\"" 'a_unified_image_is_understood'
	echo "root=LABEL=/ nopv" >"$parts/cmdline"
	uki "$T/boot/efi/EFI/Linux/x.efi" "$parts/linux" "$parts/initrd" "$parts/cmdline"
	finds 2 line-against '/boot/efi/EFI/Linux/x.efi: nopv' 'the_line_of_a_unified_image'
	bare_image /boot/bare
	mv "$T/boot/bare" "$parts/initrd"
	echo "root=LABEL=/" >"$parts/cmdline"
	uki "$T/boot/efi/EFI/Linux/x.efi" "$parts/linux" "$parts/initrd" "$parts/cmdline" "$parts/uname"
	finds 2 'image-no-driver image-no-pvroot' 'x.efi: pvroot is not in it' 'the_initrd_of_a_unified_image'
}

boots_without_initrd_first() {
	good_guest ubuntu
	grub "menuentry 'Ubuntu' {" '	if [ "${initrdfail}" = 1 ]; then' \
		"	  linux /boot/vmlinuz-$KVER root=LABEL=/ ro" "	  initrd /boot/initrd.img-$KVER" \
		'	else' "	  linux /boot/vmlinuz-$KVER root=LABEL=/ ro panic=-1" '	fi' \
		'	initrdfail' '}'
	finds 1 menu-no-initrd '"Ubuntu" (if not [ "${initrdfail}" = 1 ]) has no initrd' 'a_boot_without_initrd_first'
}

never='xen_emul_unplug=never'

# says_never NAME FILE: that word is found in this menu.
says_never() {
	finds 2 line-against "$2: $never" "$1"
}

boots_lost_words() {
	good_guest words
	g=/boot/grub/grub.cfg k="linux /boot/vmlinuz-$KVER root=LABEL=/" i="initrd /boot/initrd.img-$KVER"
	grub "menuentry x { $k $never; $i; }"
	says_never one_line_menuentry $g
	grub "menuentry x {" "$k $never;" "$i" '}'
	says_never a_word_before_a_semicolon $g
	grub "menuentry x {" "$k \\" "  $never" "$i" '}'
	says_never a_joined_line $g
	grub "set opts='quiet $never'" "menuentry x {" "$k \$opts" "$i" '}'
	says_never a_variable $g
	grub "menuentry x {" "$k '$never'" "$i" '}'
	says_never a_quoted_word $g
	grub "menuentry x {" "linux '/boot/vmlinuz-$KVER' root=LABEL=/" "initrd \"/boot/initrd.img-$KVER\"" '}'
	pvroot check
	exits 0 'quoted_paths_are_found'
	grub "menuentry x {" "$k \$opts" "$i" '}'
	finds 1 menu-unclear 'not understood: $opts is set nowhere' 'a_variable_that_is_set_nowhere'
	rm "$T$g"
	put /boot/grub/menu.lst 'title=x' "kernel=/boot/vmlinuz-$KVER root=LABEL=/ $never" "initrd=/boot/initrd.img-$KVER"
	says_never legacy_with_equal_signs /boot/grub/menu.lst
	rm "$T/boot/grub/menu.lst"
	printf 'title x\r\nlinux /boot/vmlinuz-%s\r\ninitrd /boot/initrd.img-%s\r\noptions ${kernelopts}\r\n' \
		"$KVER" "$KVER" >"$WORK/crlf.bls"
	put /boot/loader/entries/a.conf
	cp "$WORK/crlf.bls" "$T/boot/loader/entries/a.conf"
	finds 1 menu-unclear 'not understood: $kernelopts is set nowhere' 'kernelopts_without_a_grubenv'
	put /boot/grub2/grubenv "kernelopts=root=LABEL=/ $never"
	says_never kernelopts_in_braces /boot/loader/entries/a.conf
	rm "$T/boot/grub2/grubenv"
	put /boot/grub2/grub.cfg "set kernelopts=\"root=LABEL=/ $never\"" blscfg
	says_never kernelopts_in_the_menu /boot/loader/entries/a.conf
	rm -r "$T/boot/loader" "$T/boot/grub2"
	put /boot/extlinux/extlinux.conf "APPEND root=LABEL=/ $never" 'INCLUDE more.conf'
	put /boot/extlinux/more.conf 'LABEL x' " KERNEL ../vmlinuz-$KVER" " INITRD ../initrd.img-$KVER"
	says_never append_for_all_and_include /boot/extlinux/extlinux.conf
}

# What no entry boots is not judged; the rescue image has a command of its own.
boots_copies() {
	good_guest copies
	for name in "initrd.img-$KVER.bak.20240131" "initramfs-$KVER.img.orig" "initrd.img-$KVER-old" initrd.img-5.10; do
		bare_image "/boot/$name"
	done
	pvroot check
	exits 0 'copies_are_not_judged'
	bare_image /boot/initramfs-0-rescue-0123.img
	printf '%s\n' "menuentry rescue {" " linux /boot/vmlinuz-$KVER root=LABEL=/" \
		' initrd /boot/initramfs-0-rescue-0123.img' '}' >>"$T/boot/grub/grub.cfg"
	finds 1 image-rescue 'initramfs-0-rescue-0123.img: pvroot is not in it' 'the_rescue_image_is_a_warning'
	says 'dracut --force --no-hostonly --add rescue /boot/initramfs-0-rescue-0123.img' 'and_its_command_is_said'
	rm "$T/boot/grub/grub.cfg" "$T/boot/initramfs-0-rescue-0123.img" "$T/boot/initrd.img-5.10"
	cmdline 'root=LABEL=/'
	finds 1 menu-none 'no boot menu was understood' 'copies_are_not_judged_without_a_menu'
}

# As the kernel reads on: a second packed part, a second name of the program.
boots_parts() {
	good_guest parts
	mkdir -p "$WORK/empty"
	(cd "$WORK/empty" && echo . | cpio -o -H newc --quiet) | gzip >"$WORK/first"
	pack xz --check=crc32
	cat "$WORK/first" "$T/boot/initrd.img-$KVER" >"$WORK/both"
	cp "$WORK/both" "$T/boot/initrd.img-$KVER"
	pvroot check
	exits 0 'every_packed_part_is_read'
	ln "$IMG/usr/sbin/pvroot" "$IMG/usr/zz"
	pack xz --format=lzma --lzma1=dict=4KiB
	pvroot check
	exits 0 'hard_links_and_lzma_are_read'
}

boots_genkernel() {
	good_guest genkernel
	find "$IMG" -name '*blkfront*' -delete
	: >"$IMG/lib/pvroot/modules"
	pack gzip
	mv "$T/boot/initrd.img-$KVER" "$T/boot/initramfs-genkernel-x86_64-$KVER"
	mv "$T/boot/vmlinuz-$KVER" "$T/boot/kernel-genkernel-x86_64-$KVER"
	echo kernel/drivers/block/xen-blkfront.ko >"$T/lib/modules/$KVER/modules.builtin"
	grub 'menuentry Gentoo {' " linux /boot/kernel-genkernel-x86_64-$KVER root=/dev/ram0 real_root=LABEL=/" \
		" initrd /boot/initramfs-genkernel-x86_64-$KVER" '}'
	pvroot check
	exits 0 'genkernel_with_a_built_in_driver'
	grub 'menuentry Gentoo {' " linux /boot/kernel-genkernel-x86_64-$KVER root=/dev/ram0 real_root=LABEL=no" \
		" initrd /boot/initramfs-genkernel-x86_64-$KVER" '}'
	finds 2 name-nowhere 'real_root= LABEL=no: no device' 'genkernels_real_root'
}

# Each generator has a cure of its own.
boots_makers() {
	good_guest makers
	bare_image "/boot/initrd.img-$KVER"
	rm "$T/usr/sbin/update-initramfs"
	while read -r program cure; do
		put "$program" ''
		pvroot check
		says "then: $cure" "cure_for_${program##*/}"
		rm "$T$program"
	done <<-END
		/usr/bin/dracut dracut --force --kver $KVER
		/usr/bin/mkinitcpio mkinitcpio -P
		/usr/bin/mkosi-initrd kernel-install add-all
		/usr/bin/genkernel let dracut make the image, since genkernel cannot run pvroot: dracut --force --kver $KVER
		/usr/bin/ugrd put "pvroot" into modules of /etc/ugrd/config.toml, then install kernel $KVER again
		/usr/bin/booster let dracut make the image, since booster cannot run pvroot: dracut --force --kver $KVER
		/etc/NIXOS pvroot has no module for NixOS: put "xen-blkfront" into boot.initrd.kernelModules
		/nothing build the image again
	END
}

boots_list() {
	good_guest list
	pvroot check --list
	exits 0 'list_exits_as_check_does'
	says 'Debian GNU/Linux menu /boot/grub/grub.cfg' 'list_has_the_menu'
	says "kernel /boot/vmlinuz-$KVER, version $KVER" 'list_has_the_kernel'
	says "initrd /boot/initrd.img-$KVER: pvroot, xen-blkfront.ko" 'list_has_the_initrd'
	says 'line root=LABEL=/ resume=LABEL=SWAP-hda2 ro quiet' 'list_has_the_line'
	says 'root LABEL=/ -> /dev/xvda1' 'list_has_the_root'
	says 'on Xen pv: root is on the PV disk' 'list_has_the_outcome'
	pvroot check --json
	json '.entries | length == 1 and .[0].root_device == "xvda1" and .[0].outcome == "pv" and .[0].image_good' 'json_has_the_entries'
	for want in 'root=LABEL=nowhere:stops' 'root=LABEL=/ pvroot=strict:pv' 'root=LABEL=/ pvroot=off:pv' \
		"root=LABEL=/ $never:emulated" 'root=ZFS=x:unknown' 'root=ZFS=x pvroot=strict:stops'; do
		menu "${want%:*}"
		pvroot check --json
		json ".entries[0].outcome == \"${want##*:}\"" "outcome_of_${want%:*}"
	done
	ahci_twin
	menu 'root=LABEL=/ pvroot=off'
	pvroot check --json
	json '.entries[0].outcome == "unknown"' 'outcome_of_off_beside_a_twin'
	pieces 'drop sda'
	menu 'root=LABEL=/'
	rm "$IMG/usr/sbin/pvroot"
	pack gzip
	pvroot check --json
	json '.entries[0].outcome == "pv" and (.entries[0].image_good | not)' 'json_without_pvroot'
	find "$IMG" -name '*blkfront*' -delete
	pack gzip
	pvroot check --json
	json '.entries[0].outcome == "stops"' 'json_without_a_driver'
	rm "$T/boot/initrd.img-$KVER"
	pvroot check --json
	json ".entries[0].outcome == \"stops\" and .entries[0].missing == [\"/boot/initrd.img-$KVER\"]" 'json_of_a_missing_initrd'
}

# The device is said where it is known: the twin that such a boot takes from a PV
# disk is not, the emulated disk that carries root now is.
boots_emulated() {
	good_guest emulated
	ahci_twin
	menu "root=LABEL=/ $never"
	pvroot check --json
	json '.entries[0] | .outcome == "emulated" and .root_device == ""' 'a_twin_is_not_named'
	without_xvda
	mounts 8:1 /dev/sda1 /dev/sda2
	pvroot check --json
	json '.entries[0] | .outcome == "emulated" and .root_device == "sda1"' 'the_disk_of_now_is_named'
}

# pvroot answers root=/dev/sda1 only where that disk has a driver before udev runs:
# of the image's list.
boots_by_twin() {
	good_guest bytwin
	put /run/pvroot/twins "deleted sda $AHCI ata3 0 xvda"
	menu 'root=/dev/sda1'
	finds 1 name-twin '/boot/grub/grub.cfg, root= /dev/sda1' 'root_by_a_twins_name'
	pvroot check --json
	json '.entries[0] | .outcome == "emulated" and .root_device == "sda1"' 'and_it_stays_on_its_old_path'
	menu 'root=/dev/sda1 pvroot=strict'
	finds 2 name-twin '/boot/grub/grub.cfg, root= /dev/sda1' 'root_by_a_twins_name_in_strict'
	pvroot check --json
	json '.entries[0] | .outcome == "stops" and .root_device == ""' 'and_strict_stops'
	put "/lib/modules/$KVER/modules.builtin" kernel/fs/ext4/ext4.ko kernel/drivers/scsi/sd_mod.ko
	pvroot check --json
	json '.entries[0].outcome == "unknown"' 'with_a_driver_in_the_kernel_it_is_not_known'
	json '[.findings[].id] | index("name-twin") | not' 'which_is_no_problem'
	mkdir -p "$IMG/lib/pvroot"
	echo "/lib/modules/$KVER/loop.ko" >"$IMG/lib/pvroot/emulated"
	pack gzip
	pvroot check --json
	json '.entries[0] | .outcome == "pv" and .root_device == "xvda1"' 'an_image_that_loads_its_driver_first'
	pvroot check
	says '/boot/grub/grub.cfg, root= /dev/sda1: /dev/xvda1' 'root_by_such_a_name_is_well'
	rm "$IMG/lib/pvroot/emulated"
}

boots_all() {
	boots_own_image
	boots_packed_wrong
	boots_damaged
	boots_other_menus
	boots_nixos
	boots_uki
	boots_without_initrd_first
	boots_lost_words
	boots_copies
	boots_parts
	boots_genkernel
	boots_makers
	boots_list
	boots_emulated
	boots_by_twin
}
