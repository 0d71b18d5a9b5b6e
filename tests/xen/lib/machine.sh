# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# A plain QEMU machine for what needs a kernel of its own while a disk is made:
# LVM, md.  Recipes in images/ call this.  Writes the disks that it is given.

# modules_into
# shellcheck source=tests/xen/lib/modules.sh
. "$XEN_DIR/lib/modules.sh"

# The first process: the recipe's root is / by 9p, its kernel that of Debian 12.
machine_init() {
	cat <<-'INIT'
		#!/bin/busybox sh
		b=/bin/busybox
		$b mount -t proc proc /proc
		$b mount -t sysfs sys /sys
		$b mount -t devtmpfs dev /dev
		while read -r file; do $b insmod "$file"; done </modules
		$b mount -t 9p -o trans=virtio,version=9p2000.L,msize=262144 root /new
		for place in dev proc sys; do $b mount -o bind /$place /new/$place; done
		$b mount -t tmpfs run /new/run
		PATH=/usr/sbin:/usr/bin:/sbin:/bin $b chroot /new /bin/sh -ec "$($b cat /command)" &&
			echo "machine: done"
		$b poweroff -f
	INIT
}

machine_initrd() {
	# shellcheck disable=SC2154 # set by image, which sources this
	machine_tree=$out.new/machine
	# shellcheck disable=SC2086 # a list of names
	mkdir -p "$machine_tree/bin" "$machine_tree/proc" "$machine_tree/sys" \
		"$machine_tree/dev" "$machine_tree/new" &&
		cp /bin/busybox "$machine_tree/bin/" &&
		machine_init >"$machine_tree/init" && chmod 755 "$machine_tree/init" &&
		printf '%s\n' "$2" >"$machine_tree/command" &&
		modules_into "$1" "$machine_tree" virtio_pci virtio_blk 9p \
			9pnet_virtio dm_mod raid1 ${machine_modules:-} &&
		pack_tree "$machine_tree" "$out.new/machine.img" &&
		rm -rf "$machine_tree"
}

# in_machine COMMAND DISK...: runs the command with $tree as / and the disks as
# /dev/vda, /dev/vdb ...; fails unless it ends well. $machine_export may say
# more of how $tree is shown (,readonly=on), $machine_modules more of what is
# loaded.
in_machine() {
	machine_kernel=$("$XEN_DIR/kernel" 12) &&
		machine_initrd "$machine_kernel" "$1" || return 1
	shift
	for machine_disk in "$@"; do
		set -- "$@" -drive "file=$machine_disk,format=raw,if=virtio"
		shift
	done
	# shellcheck disable=SC2154 # tree is image's
	timeout 600 qemu-system-x86_64 -accel tcg -m 512 -nographic -no-reboot \
		-net none -kernel "$machine_kernel/vmlinuz" \
		-initrd "$out.new/machine.img" -append "console=ttyS0 quiet panic=-1" \
		-fsdev "local,id=root,path=$tree,security_model=none,multidevs=remap${machine_export:-}" \
		-device virtio-9p-pci,fsdev=root,mount_tag=root "$@" \
		</dev/null >"$out.new/machine.log" 2>&1
	cat "$out.new/machine.log"
	grep -q 'machine: done' "$out.new/machine.log" &&
		rm "$out.new/machine.log" "$out.new/machine.img"
}

# A root on something that is made of partition 2: the steps of a guest are put
# on partition 1, which is mounted on /first.
first_partition() {
	first=$out.new/first
	mkdir -p "$first/xen" "$tree/first" &&
		ln -s /first/xen/steps "$tree/xen/steps" &&
		echo 'LABEL=XEN /first ext3 defaults 0 2' >>"$tree/etc/fstab" &&
		part 48 ext3 XEN "$first"
}
