# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# shellcheck disable=SC2154
# An initrd as RHEL 5's mkinitrd lays it out, on a kernel of today: tmpfs /dev,
# modules flat in /lib, no udev, no modprobe, a linear init. mkinitrd and nash
# are stand-ins of this project; the hook is the real one, and the modules bear
# their old names. For recipes of images/. May touch: $out.new.

# rhel5_initrd "MODULE…" [ROOT]: makes $out.new/initrd.img.
rhel5_initrd() {
	kernel_dir=$("$XEN_DIR/kernel" 12) || return 1
	version=$(cat "$kernel_dir/version") names=''
	modules=$kernel_dir/lib/modules/$version
	rhel5_modules "$1" || return 1
	gcc -O2 -static -o "$out.new/nash" "$TOP/tests/oldhooks/nash.c" \
		"$TOP/tests/oldhooks/nash_md.c" || return 1
	# The names that the guest's own /etc uses, not the builder's.
	sed -e "s|^pvroot_program=.*|pvroot_program=$TOP/build/pvroot|" \
		-e "s|/usr/sbin/pvroot n|$TOP/build/pvroot-admin --root $tree n|" \
		"$TOP/hooks/mkinitrd-rhel5/pvroot.sh" >"$out.new/hook" || return 1
	MODULES_DIR=$out.new/flat NASH=$out.new/nash INSMOD=/bin/busybox \
		"$TOP/tests/oldhooks/mkinitrd-rhel5" "$out.new/hook" "$out.new/tree" \
		"$out.new/initrd.img" "$names" "${2:-LABEL=/}" || return 1
	grep -q '^pvroot boot' "$out.new/tree/init" || return 1
	rm -rf "$out.new/flat" "$out.new/tree"
}

rhel5_modules() {
	mkdir -p "$out.new/flat" || return 1
	for file in $("$TOP/initramfs/modlist" --kver "$version" --moddir "$modules" \
		--need "$1"); do
		cp "$file" "$out.new/flat/" || return 1
		names="$names $(basename "$file" .ko)"
	done
	cp "$modules/kernel/drivers/block/xen-blkfront.ko" "$out.new/flat/xen-vbd.ko" &&
		cp "$modules/kernel/drivers/net/xen-netfront.ko" "$out.new/flat/xen-vnif.ko"
}

# rhel5_cards LINE LINE: eth0 and eth1 by ifcfg files, each with one line more,
# aliases of their emulated driver, and what pvroot installs for modprobe. What
# works on it is a stand-in (root/rhel5-network).
rhel5_cards() {
	scripts=$tree/etc/sysconfig/network-scripts
	mkdir -p "$scripts" "$tree/lib/flat" "$tree/etc/modprobe.d" &&
		make -s -C "$TOP" install SYSTEM=rhel5 PREFIX= DESTDIR="$tree" || return 1
	for number in 0 1; do
		printf '%s\n' "DEVICE=eth$number" "IPADDR=10.9.0.$((2 + number))" "${1:-}" \
			>"$scripts/ifcfg-eth$number"
		echo "alias eth$number 8139cp" >>"$tree/etc/modprobe.conf"
		shift
	done
	kernel_dir=$("$XEN_DIR/kernel" 12) || return 1
	version=$(cat "$kernel_dir/version")
	for file in $("$TOP/initramfs/modlist" --kver "$version" \
		--moddir "$kernel_dir/lib/modules/$version" --need "8139cp"); do
		cp "$file" "$tree/lib/flat/" &&
			basename "$file" >>"$tree/lib/flat/order" || return 1
	done
	rm -f "$tree/bin/modprobe"
	cp "$XEN_DIR/root/rhel5-network" "$tree/bin/modprobe" &&
		cp "$XEN_DIR/root/rhel5-network" "$tree/xen/network"
}
