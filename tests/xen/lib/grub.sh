# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# GRUB 2 on a guest's own disk: in its MBR, in the gap after it, and in /boot.
# Recipes in images/ that source this boot by themselves (boot loader=bios).
# Writes in $tree, $out.new and the finished disk.
# shellcheck disable=SC2154 # variables of image

# What core.img holds: the rest GRUB reads from the folder of its name.
GRUB_PREFIX='(hd0,msdos1)/boot/grub'
GRUB_CORE='biosdisk part_msdos ext2 normal linux'

# grub_root ARGUMENTS: after the last update-initramfs; needs grub-pc-bin.
grub_root() {
	# shellcheck disable=SC2016 # for the shell in the root
	setup 'mkdir -p /boot/grub && cd /boot/grub &&
	cp -r /usr/lib/grub/i386-pc . &&
	grub-mkimage -O i386-pc -o core.img -p "'"$GRUB_PREFIX"'" '"$GRUB_CORE"'
	cd /boot && cat >grub/grub.cfg <<-END
	set timeout=0
	menuentry Debian {
		linux /boot/$(ls vmlinuz-*) root=LABEL=/ ro console=hvc0 loglevel=4 panic=5 '"$1"'
		initrd /boot/$(ls initrd.img-*)
	}
	END'
	mkdir "$out.new/grub" &&
		cp "$tree/boot/grub/core.img" "$tree/usr/lib/grub/i386-pc/boot.img" "$out.new/grub/"
}

# grub_here [MODULE...]: this machine's GRUB, for a root that has none; with more
# modules in core.img. Its menu is left to others.
grub_here() {
	mkdir -p "$tree/boot/grub" "$out.new/grub" &&
		cp -r /usr/lib/grub/i386-pc "$tree/boot/grub/" &&
		cp /usr/lib/grub/i386-pc/boot.img "$out.new/grub/" || return 1
	# shellcheck disable=SC2086 # a list of names
	grub-mkimage -O i386-pc -o "$out.new/grub/core.img" -p "$GRUB_PREFIX" $GRUB_CORE "$@"
}

# boot.img loads sector 1; core.img there loads the rest from sector 2 on.
finish_disk() {
	dd if="$out.new/grub/boot.img" of="$1" bs=440 count=1 conv=notrunc status=none &&
		dd if="$out.new/grub/core.img" of="$1" bs=512 seek=1 conv=notrunc status=none
}

# own_root SUITE: a Debian whose menu its own update-grub can make, with pvroot's
# own initramfs (hooks/own).
own_root() {
	root_debian "$1" initramfs-tools zstd cpio grub-pc-bin grub2-common
	with_project SYSTEM=own
	# shellcheck disable=SC2016 # for the shell in the root
	setup 'sed -i "s/^MODULES=.*/MODULES=list/" /etc/initramfs-tools/initramfs.conf
	echo ext4 >>/etc/initramfs-tools/modules
	update-initramfs -u
	cat >>/etc/default/grub <<-END
	GRUB_CMDLINE_LINUX_DEFAULT="console=hvc0 loglevel=4 systemd.show_status=no xen_emul_unplug=unnecessary"
	GRUB_TIMEOUT=0
	GRUB_TERMINAL=console
	END'
	grub_root 'systemd.show_status=no xen_emul_unplug=unnecessary'
	setup 'grub-editenv /boot/grub/grubenv create'
	part 1200 ext3 / "$tree"
	part 64 swap SWAP-hda2
}
