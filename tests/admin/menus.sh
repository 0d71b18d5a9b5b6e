# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# Whole menus in the shape in which distributions write them: nothing is found in
# a good one, and all boots are. Rebuilt from scratch, nothing is copied.
# Sourced by run, as tree.sh, lib.sh and boots.sh are. May touch: $WORK only.
# shellcheck disable=SC2154,SC2016 # their variables; those of GRUB

# boots N NAME: nothing is found, and these many boots with the PV disk.
boots() {
	pvroot check --json
	exits 0 "$2: nothing is found"
	json "[.entries[] | select(.outcome == \"pv\")] | length == $1" "$2: boots"
}

# What stands before the entries: variables, functions, fonts.
debian_head() {
	cat <<-EOF
		# made by a script; lines of comment
		if [ -s \$prefix/grubenv ]; then
		  set have_grubenv=true
		  load_env
		fi
		if [ "\${next_entry}" ] ; then
		   set default="\${next_entry}"
		   set next_entry=
		   save_env next_entry
		   set boot_once=true
		else
		   set default="0"
		fi
		if [ x"\${feature_menuentry_id}" = xy ]; then
		  menuentry_id_option="--id"
		else
		  menuentry_id_option=""
		fi
		export menuentry_id_option
		function savedefault {
		  if [ -z "\${boot_once}" ]; then
		    saved_entry="\${chosen}"
		    save_env saved_entry
		  fi
		}
		function load_video {
		  if [ x\$feature_all_video_module = xy ]; then
		    insmod all_video
		  else
		    insmod efi_gop
		  fi
		}
		if [ x\$feature_default_font_path = xy ] ; then
		   font=unicode
		else
		insmod part_msdos
		set root='hd0,msdos1'
		if [ x\$feature_platform_search_hint = xy ]; then
		  search --no-floppy --fs-uuid --set=root --hint-bios=hd0,msdos1  1234-5678
		else
		  search --no-floppy --fs-uuid --set=root 1234-5678
		fi
		    font="/usr/share/grub/unicode.pf2"
		fi
		set timeout_style=menu
		set timeout=5
		set menu_color_normal=cyan/blue
		function gfxmode {
			set gfxpayload="\${1}"
			if [ "\${1}" = "keep" ]; then
			        set vt_handoff=vt.handoff=7
			else
			        set vt_handoff=
			fi
		}
		set linux_gfx_mode=
		export linux_gfx_mode
	EOF
}

debian_entries() {
	cat <<-EOF
		menuentry 'Debian GNU/Linux' --class debian --class gnu-linux --class os \$menuentry_id_option 'gnulinux-simple-1234' {
			load_video
			insmod gzio
			if [ x\$grub_platform = xxen ]; then insmod xzio; insmod lzopio; fi
			insmod part_msdos
			insmod ext2
			set root='hd0,msdos1'
			if [ x\$feature_platform_search_hint = xy ]; then
			  search --no-floppy --fs-uuid --set=root --hint='hd0,msdos1'  1234-5678
			else
			  search --no-floppy --fs-uuid --set=root 1234-5678
			fi
			echo	'Loading Linux $KVER ...'
			linux	/boot/vmlinuz-$KVER root=LABEL=/ ro  quiet \$vt_handoff
			echo	'Loading initial ramdisk ...'
			initrd	/boot/initrd.img-$KVER
		}
		submenu 'Advanced options' \$menuentry_id_option 'gnulinux-advanced-1234' {
			menuentry 'Debian GNU/Linux, with Linux $KVER (recovery mode)' --class debian \$menuentry_id_option 'x' {
				load_video
				linux	/boot/vmlinuz-$KVER root=LABEL=/ ro single
				initrd	/boot/initrd.img-$KVER
			}
		}
		menuentry "Memory test (memtest86+)" {
			insmod part_msdos
			linux16	/boot/memtest86+.bin
		}
		menuentry 'UEFI Firmware Settings' \$menuentry_id_option 'uefi-firmware' {
			fwsetup
		}
		if [ -f  \${config_directory}/custom.cfg ]; then
		  source \${config_directory}/custom.cfg
		elif [ -z "\${config_directory}" -a -f  \$prefix/custom.cfg ]; then
		  source \$prefix/custom.cfg
		fi
	EOF
}

menus_debian() {
	good_guest debian
	{ debian_head; debian_entries; } >"$T/boot/grub/grub.cfg"
	boots 2 debian
	put /boot/grub/custom.cfg "menuentry own {" " linux /boot/vmlinuz-$KVER root=LABEL=/ nopv" \
		" initrd /boot/initrd.img-$KVER" '}'
	finds 2 line-against '/boot/grub/custom.cfg: nopv' 'a_custom_cfg_is_read'
}

menus_fedora() {
	good_guest fedora
	rm "$T/boot/grub/grub.cfg"
	cat >"$WORK/cfg" <<-'EOF'
		set pager=1
		if [ -f ${config_directory}/grubenv ]; then
		  load_env -f ${config_directory}/grubenv
		elif [ -s $prefix/grubenv ]; then
		  load_env
		fi
		if [ x"${feature_timeout_style}" = xy ] ; then
		  set timeout_style=menu
		fi
		insmod part_msdos
		search --no-floppy --fs-uuid --set=root 1234-5678
		insmod blscfg
		blscfg
		if [ "${boot_success}" = "1" -o "${boot_indeterminate}" = "1" ]; then
		  set menu_hide_ok=1
		fi
		menuentry 'UEFI Firmware Settings' $menuentry_id_option 'uefi-firmware' {
			fwsetup
		}
	EOF
	put /boot/grub2/grub.cfg
	cp "$WORK/cfg" "$T/boot/grub2/grub.cfg"
	put /boot/grub2/grubenv '# GRUB Environment Block' 'saved_entry=x-6.1' 'boot_success=1' '#########'
	put "/boot/loader/entries/0123-$KVER.conf" "title Fedora Linux ($KVER)" "version $KVER" \
		"linux /vmlinuz-$KVER" "initrd /initrd.img-$KVER \$tuned_initrd" \
		'options root=LABEL=/ ro rhgb quiet $tuned_params' 'grub_users $grub_users' 'grub_arg --unrestricted'
	boots 1 fedora
}

menus_suse() {
	good_guest suse
	mv "$T/boot/vmlinuz-$KVER" "$T/boot/vmlinuz-$KVER-default"
	mv "$T/boot/initrd.img-$KVER" "$T/boot/initrd-$KVER"
	rm "$T/boot/grub/grub.cfg"
	put /boot/grub2/grub.cfg 'if [ -n "$extra_cmdline" ]; then' '  submenu "Bootable snapshot #$snapshot_num" {' \
		'    menuentry "If OK, run snapper rollback and reboot." { true; }' '  }' 'fi' \
		"menuentry 'openSUSE'  --class opensuse \$menuentry_id_option 'x' {" \
		'	load_video' '	set gfxpayload=keep' "	linux /boot/vmlinuz-$KVER-default root=LABEL=/  \${extra_cmdline} splash=silent" \
		"	initrd /boot/initrd-$KVER" '}'
	link /boot/initrd "initrd-$KVER"
	link /boot/vmlinuz "vmlinuz-$KVER-default"
	boots 1 suse
}

menus_rhel6() {
	good_guest rhel6
	rm "$T/boot/grub/grub.cfg"
	put /boot/grub/grub.conf '# grub.conf generated by a program' '#boot=/dev/sda' 'default=0' 'timeout=5' \
		'splashimage=(hd0,0)/grub/splash.xpm.gz' 'hiddenmenu' "title CentOS ($KVER)" '	root (hd0,0)' \
		"	kernel /vmlinuz-$KVER ro root=LABEL=/ rd_NO_LUKS LANG=en_US.UTF-8 rhgb quiet" \
		"	initrd /initrd.img-$KVER"
	link /boot/grub/menu.lst ./grub.conf
	link /etc/grub.conf ../boot/grub/grub.conf
	boots 1 rhel6
	pvroot check
	[ "$(grep -c 'was read' "$WORK/out")" = 1 ]
	result $? 'a_menu_with_two_names_is_read_once'
}

menus_syslinux() {
	good_guest syslinux
	rm "$T/boot/grub/grub.cfg"
	put /boot/extlinux/extlinux.conf 'default l0' 'prompt 1' 'timeout 50' 'include themes/debian/theme.cfg' \
		'label l0' '	menu label Debian GNU/Linux' "	linux /boot/vmlinuz-$KVER" \
		"	initrd /boot/initrd.img-$KVER" '	append root=LABEL=/ ro quiet' 'label hdt' '	kernel hdt.c32'
	put /boot/extlinux/themes/debian/theme.cfg 'menu title x'
	boots 1 extlinux
}

menus_all() {
	menus_debian
	menus_fedora
	menus_suse
	menus_rhel6
	menus_syslinux
}
