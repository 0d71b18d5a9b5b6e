# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# pvroot check on fixture trees: a good guest, then one mistake at a time.
# Sourced by run. May touch: $WORK only.

check_good() {
	good_guest checked
	pvroot check
	exits 0 'good_guest_has_no_findings'
	says "has pvroot and xen-blkfront.ko" 'image_is_read'
	says 'vdev=xvda (vbd-51712)' 'definition_is_written_out'
	pvroot check --quiet
	[ ! -s "$WORK/out" ] && [ ! -s "$WORK/err" ]
	result $? 'silent_on_a_good_guest'
	pvroot check --json
	json '.format == 1 and .worst == "ok" and .exit == 0 and ([.findings[].level] | unique == ["ok"])' 'check_json_good'
}

# finds STATUS IDS TEXT NAME: check ends with STATUS, and only these ids are not
# ok.
finds() {
	pvroot check --json
	exits "$1" "$4: exit status"
	json "[.findings[] | select(.level != \"ok\") | .id] | unique == (\"$2\" | split(\" \") | sort)" "$4: that and nothing else"
	json '[.findings[] | select(.level != "ok")] | all(.means != "" and .do != "")' "$4: says what it means and what to do"
	pvroot check
	says "$3" "$4: names it"
}

# The mistakes. Each is added to the good guest.
mistake_no_pvroot() {
	rm "$IMG/usr/sbin/pvroot"
	pack gzip
	finds 2 image-no-pvroot 'pvroot is not in it' "$1"
}

mistake_no_runner() {
	rm -r "$IMG/scripts"
	pack gzip
	finds 2 image-no-runner 'pvroot is in it, and nothing that runs it' "$1"
}

# As dracut --omit base leaves it: a hook that no script calls.
mistake_hook_without_its_caller() {
	rm -r "$IMG/scripts"
	mkdir -p "$IMG/var/lib/dracut/hooks/cmdline"
	echo hook >"$IMG/var/lib/dracut/hooks/cmdline/94-pvroot-ask.sh"
	pack gzip
	finds 2 image-no-runner 'pvroot is in it, and nothing that runs it' "$1"
}

mistake_no_driver() {
	find "$IMG" -name '*blkfront*' -delete
	: >"$IMG/lib/pvroot/modules"
	pack gzip
	finds 2 image-no-driver "no PV disk driver for kernel $KVER" "$1"
}

mistake_driver_of_another_kernel() {
	mv "$IMG/usr/lib/modules/$KVER" "$IMG/usr/lib/modules/5.10.0"
	echo /lib/modules/5.10.0/kernel/drivers/block/xen-blkfront.ko >"$IMG/lib/pvroot/modules"
	pack gzip
	finds 2 image-no-driver 'one for another kernel' "$1"
}

mistake_list_names_missing_module() {
	echo "/lib/modules/$KVER/kernel/net/xen-netfront.ko" >>"$IMG/lib/pvroot/modules"
	pack gzip
	finds 2 image-list 'xen-netfront.ko, which is not in it' "$1"
}

mistake_blacklist_in_image() {
	echo 'blacklist xen_blkfront' >"$IMG/etc/modprobe.d/x.conf"
	pack gzip
	finds 2 image-blacklist 'etc/modprobe.d/x.conf: blacklist xen_blkfront' "$1"
}

mistake_broken_image() {
	truncate -s -300 "$T/boot/initrd.img-$KVER"
	finds 2 image-broken 'cut short, or damaged' "$1"
}

mistake_emul_unplug_never() {
	menu 'root=LABEL=/ xen_emul_unplug=never'
	finds 2 line-against 'xen_emul_unplug=never' "$1"
}

mistake_blacklist_on_kernel_line() {
	menu 'root=LABEL=/ modprobe.blacklist=floppy,xen-blkfront'
	finds 2 line-against 'modprobe.blacklist=floppy,xen-blkfront' "$1"
}

mistake_blacklist_in_modprobe_d() {
	put /etc/modprobe.d/old.conf 'install xen_blkfront /bin/true'
	finds 2 blacklist '/etc/modprobe.d/old.conf: install xen_blkfront /bin/true' "$1"
}

mistake_option_misspelt() {
	menu 'root=LABEL=/ pvroot=strikt'
	finds 1 line-option '"strikt"' "$1"
}

mistake_off_left_behind() {
	menu 'root=LABEL=/ pvroot=off'
	finds 1 line-off 'pvroot=off' "$1"
}

mistake_root_label_misspelt() {
	menu 'root=LABEL=root'
	finds 2 name-nowhere 'root= LABEL=root: no device carries it' "$1"
}

mistake_label_on_two_disks() {
	pieces 'pv xvdb 51728 disk.img'
	finds 2 name-ambiguous '2 devices carry it: xvda1, xvdb1' "$1"
}

# btrfs_device NAME BYTE: makes /dev/NAME a btrfs "/" whose own UUID is BYTE.
btrfs_device() {
	truncate -s 0 "$T/dev/$1"
	truncate -s 16M "$T/dev/$1"
	while read -r at bytes; do
		# shellcheck disable=SC2059 # escapes of bytes
		printf "$bytes" | dd of="$T/dev/$1" bs=1 seek=$((65536 + at)) \
			conv=notrunc status=none
	done <<-EOF
		32 0123456789abcdef
		48 \\000\\000\\001
		64 _BHRfS_M
		144 \\000\\020
		196 \\001
		267 $2
		299 /
	EOF
}

mistake_btrfs_cloned() {
	pieces 'pv xvdb 51728 disk.img'
	btrfs_device xvda1 a
	btrfs_device xvdb1 a
	finds 2 name-ambiguous '2 devices carry it: xvda1, xvdb1' "$1"
}

mistake_resume_nowhere() {
	menu 'root=LABEL=/ resume=UUID=00000000-0000-0000-0000-000000000001'
	finds 1 name-nowhere 'resume= UUID=00000000-0000-0000-0000-000000000001: no device' "$1"
}

mistake_fstab_names_nobodys_disk() {
	put /etc/fstab 'LABEL=/ / ext4 defaults 0 1' '/dev/sda2 none swap sw 0 0'
	finds 2 name-nowhere '/etc/fstab line 2: /dev/sda2: no device carries it' "$1"
}

mistake_fstab_names_emulated_disk() {
	put /run/pvroot/twins "deleted sda $AHCI ata3 0 xvda"
	put /etc/fstab 'LABEL=/ / ext4 defaults 0 1' '/dev/sda2 none swap sw 0 0'
	finds 2 name-twin '/etc/fstab line 2: /dev/sda2' "$1"
}

mistake_fstab_uuid_nowhere() {
	put /etc/fstab 'LABEL=/ / ext4 defaults 0 1' '' 'UUID=dead-beef /data ext4 defaults 0 2'
	finds 2 name-nowhere '/etc/fstab line 3: UUID=dead-beef: no device carries it' "$1"
}

mistake_menu_names_missing_image() {
	rm "$T/boot/initrd.img-$KVER"
	pack cat
	mv "$T/boot/initrd.img-$KVER" "$T/boot/initrd.img-5.10"
	mv "$T/lib/modules/$KVER" "$T/lib/modules/5.10"
	echo kernel/drivers/block/xen-blkfront.ko >"$T/lib/modules/5.10/modules.builtin"
	finds 2 menu-missing "initrd.img-$KVER, which is not there" "$1"
}

mistake_menu_without_initrd() {
	menu 'root=PARTUUID=1-2'
	sed -i '/initrd/d' "$T/boot/grub/grub.cfg"
	finds 2 'menu-no-initrd name-nowhere' 'has no initrd' "$1"
	menu 'root=/dev/xvda1'
	sed -i '/initrd/d' "$T/boot/grub/grub.cfg"
	finds 1 menu-no-initrd 'has no initrd' "$1, the kernel finds root"
	menu 'root=LABEL=/'
	sed -i '/initrd/d' "$T/boot/grub/grub.cfg"
	finds 2 menu-no-initrd 'The kernel alone does not know that root' "$1, and it does not"
}

mistake_vdev_hda() {
	without_xvda
	pieces 'vbd 768' 'ata sda piix 1 0 disk.img'
	mounts 8:1 /dev/sda1 /dev/sda2
	pvroot check --json
	exits 2 "$1: exit status"
	json '[.findings[] | select(.id == "definition")] | length == 1 and (.[0].do | test("vdev=xvda")) and (.[0].do | test("create it anew"))' "$1: writes the line out"
}

mistake_rhel5_without_noprobe() {
	rm "$T/boot/grub/grub.cfg"
	put /boot/vmlinuz-2.6.18-128.el5
	put /boot/grub/menu.lst 'default 0' 'title CentOS' '	root (hd0,0)' \
		'	kernel /vmlinuz-2.6.18-128.el5 ro root=LABEL=/' \
		"	initrd /initrd.img-$KVER"
	finds 1 line-ide 'no ide0=noprobe' "$1"
}

mistake_did_not_run() {
	rm "$T/run/pvroot/report.json"
	finds 1 not-run 'pvroot did not run in this boot' "$1"
}

# The twin is there.
mistake_fstab_names_twin() {
	kept_twin
	put /etc/fstab 'LABEL=/ / ext4 defaults 0 1' '/dev/sda2 none swap sw 0 0'
	finds 1 name-twin '/etc/fstab line 2: /dev/sda2' "$1"
}

mistake_service_names_twin() {
	kept_twin
	put /etc/drbd.d/r0.res ' disk /dev/sda2;'
	finds 1 name-twin '/etc/drbd.d/r0.res:1 /dev/sda2' "$1"
}

mistake_device_map_names_twin() {
	kept_twin
	put /boot/grub/device.map '(hd0) /dev/sda' '(hd1) /dev/xvda' '# /dev/sda'
	finds 1 name-tool '/boot/grub/device.map: /dev/sda is the emulated disk' "$1"
}

# What went in this boot; by-id follows, another block is not GRUB's.
mistake_grub_is_installed_on_twin() {
	put /run/pvroot/twins "deleted sda $AHCI ata3 0 xvda"
	put /var/cache/debconf/config.dat 'Name: other' 'Value: /dev/sda' '' \
		'Name: grub-pc/install_devices' 'Template: grub-pc/install_devices' \
		'Value: /dev/disk/by-id/ata-QEMU_HARDDISK_QM00001, /dev/sda, /dev/sdb'
	finds 1 name-tool '/var/cache/debconf/config.dat: /dev/sda is the emulated disk' "$1"
}

mistake_strict_and_a_name_of_the_twin() {
	ahci_twin
	cmdline 'root=LABEL=/ pvroot=strict,keep=sda'
	put /etc/fstab 'LABEL=/ / ext4 defaults 0 1' '/dev/sda2 none swap sw 0 0'
	finds 2 name-twin '/etc/fstab line 2: /dev/sda2' "$1"
}

mistake_left_on_its_old_path() {
	reported left ''
	finds 1 old-path 'xvda: /etc/fstab:3 names its emulated twin (/dev/sda2)' "$1"
}

mistake_put_aside() {
	put_aside
	finds 1 old-path 'sda: /etc/fstab:3 names it (/dev/sda2)' "$1"
	silent_about 'has no driver' 'what_is_put_aside_is_not_called_driverless'
}

mistake_twin_stays() {
	ahci_twin
	finds 1 twin-stays 'sda is still there beside xvda' "$1"
}

mistake_neighbour_keeps_a_twin() {
	nvme_twin
	put /run/pvroot/kept/nvme0n1 nvme0n2
	finds 1 twin-stays 'nvme0n1 is still there beside xvda: its controller has to stay, for nvme0n2' "$1"
	pvroot status
	says 'its twin nvme0n1 is still there; it stays because its controller has nvme0n2 too' "$1: status says it"
}

MISTAKES='no_pvroot no_runner hook_without_its_caller no_driver driver_of_another_kernel list_names_missing_module
	blacklist_in_image broken_image emul_unplug_never
	blacklist_on_kernel_line blacklist_in_modprobe_d option_misspelt
	off_left_behind root_label_misspelt label_on_two_disks btrfs_cloned resume_nowhere
	fstab_names_emulated_disk fstab_names_nobodys_disk fstab_names_twin strict_and_a_name_of_the_twin
	service_names_twin a_firewall_names_nobody
	left_on_its_old_path fstab_uuid_nowhere menu_names_missing_image
	menu_without_initrd vdev_hda rhel5_without_noprobe did_not_run network_names_nobody
	device_map_names_twin grub_is_installed_on_twin twin_stays
	neighbour_keeps_a_twin name_of_a_passed_through_card two_pv_cards_of_one_mac
	the_other_pv_card_is_called_so keep_names_a_card the_next_boot_is_off'

# Two devices of one btrfs are one match.
check_btrfs_of_two() {
	good_guest btrfs_of_two
	pieces 'pv xvdb 51728 disk.img'
	btrfs_device xvda1 a
	btrfs_device xvdb1 b
	pvroot check
	says 'root= LABEL=/: /dev/xvda1 (btrfs)' btrfs_of_two_devices
}

# Somebody asked for it, or nothing leads to it.
check_a_twin_that_may_stay() {
	good_guest kept
	kept_twin
	pvroot check
	silent_about 'is still there beside' 'a_twin_that_keep_names_is_no_mistake'
	good_guest restored
	ahci_twin
	put /run/pvroot/twins "restored sda $AHCI ata3 0 xvda"
	pvroot check
	silent_about 'is still there beside' 'a_twin_that_was_brought_back_is_no_mistake'
}

# The other kinds of menu, each with xen_emul_unplug=never.
check_menus() {
	good_guest bls
	rm "$T/boot/grub/grub.cfg"
	# shellcheck disable=SC2016 # grub's variable
	put /boot/loader/entries/a.conf 'title Fedora' "linux /vmlinuz-$KVER" \
		"initrd /initrd.img-$KVER" 'options $kernelopts quiet'
	put /boot/grub2/grubenv '# GRUB Environment Block' 'kernelopts=root=LABEL=/ xen_emul_unplug=never'
	finds 2 line-against '/boot/loader/entries/a.conf: xen_emul_unplug=never' 'bls_with_kernelopts'
	good_guest extlinux
	rm "$T/boot/grub/grub.cfg"
	put /boot/extlinux/extlinux.conf 'DEFAULT linux' 'Label linux' "  KERNEL ../vmlinuz-$KVER" \
		"  APPEND initrd=../initrd.img-$KVER root=LABEL=/ xen_emul_unplug=never"
	finds 2 line-against '/boot/extlinux/extlinux.conf: xen_emul_unplug=never' 'extlinux'
	good_guest nomenu
	rm "$T/boot/grub/grub.cfg"
	cmdline 'root=LABEL=/ xen_emul_unplug=never'
	finds 2 'line-against menu-none' '/proc/cmdline: xen_emul_unplug=never' 'without_a_menu_the_running_line_counts'
}

# The words themselves: xvdba has two letters, and no line glues words together.
# shellcheck disable=SC2016 # a command's quotes
check_words() {
	good_guest words
	pieces "pv xvdba $((1 << 28 | 52 << 8)) other.img"
	pvroot check
	says "vdev=xvdba (vbd-$((1 << 28 | 52 << 8)))" 'a_disk_beyond_xvdz_has_its_letters'
	put /etc/fstab 'LABEL=nowhere / ext4 defaults 0 1'
	pvroot check
	says 'Compare with what `blkid` says, and correct /etc/fstab line 1:.' 'wrapped_words_are_not_glued'
}

check_boot_log() {
	good_guest story
	put /run/pvroot/report.json '{"mode": "strict", "stopped": false,' \
		'"step_us": {"look": 1000, "preload": 20000, "wait": 79000, "pair": 0, "resolve": 0, "detach": 0, "settle": 0, "nics": 0},' \
		'"vbds": [{"number": 51712, "accepted": true, "ready": true}, {"number": 5632, "accepted": false, "ready": false}],' \
		"\"log\": [\"sda is xvda's twin: deleted (ahci 0000:00:05.0 keeps sr0)\"," \
		"\"sdb is xvdb's twin, but /etc/fstab:3 names it (/dev/sdb1): left on its old path; UUID= there lets it go\"," \
		"\"hdc is xvdc's twin: hidden (its IDE driver cannot let it go)\"," \
		"\"ens3 is enX0's twin (00:16:3e:11:22:33), but ip= configures ens3, which enX0 would not have: left alone\"," \
		'"root LABEL=/ -> /dev/xvda1 (ext3, vbd-51712)"]}'
	put /dev/kmsg '6,300,5140900,-;pvroot: root LABEL=/ -> /dev/xvda1 (ext3, vbd-51712)' \
		'6,301,5140999,-;something else'
	pvroot check --boot-log
	exits 0 'boot_log_exits_0'
	says 'pvroot ran in mode strict' 'boot_log_says_the_mode'
	says 'root= was found there; that device is mounted' 'boot_log_explains_root'
	says 'proven to be the same disk and taken away' 'boot_log_explains_the_twin'
	says 'That name does not follow to the PV disk, so the twin stays' 'boot_log_explains_a_named_twin'
	says 'The old IDE driver cannot let a disk go' 'boot_log_explains_a_hidden_twin'
	says 'The network configuration names the emulated card' 'boot_log_explains_a_named_card'
	says 'may the boot go on? 0.000 ms' 'boot_log_knows_every_step'
	says 'wait for PV disks 79.000 ms ################################' 'boot_log_has_a_bar_per_step'
	says 'vbd-5632: no driver took it' 'boot_log_tells_of_each_vbd'
	says '5.140900 root LABEL=/' 'boot_log_has_the_kernel_log'
	rm "$T/run/pvroot/report.json" "$T/dev/kmsg"
	pvroot check --boot-log
	exits 1 'boot_log_without_a_report_exits_1'
	says 'There is no report of this boot' 'boot_log_without_a_report_says_so'
}

check_all() {
	check_good
	for mistake in $MISTAKES; do
		good_guest "m_$mistake"
		"mistake_$mistake" "$mistake"
	done
	check_btrfs_of_two
	check_a_twin_that_may_stay
	check_menus
	check_words
	check_boot_log
}
