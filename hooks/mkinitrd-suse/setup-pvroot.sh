#!/bin/bash
#
#%stage: setup
#%depends: start
#
# SPDX-License-Identifier: GPL-2.0-or-later
# For mkinitrd of openSUSE 11.x (/lib/mkinitrd/scripts): finds the PV drivers of
# the kernel and puts pvroot's files into the image. Sourced by mkinitrd. May
# touch: $tmp_mnt, $pvroot_modules.
#
# A driver has one of several names (PV kernel, xen-kmp package, alias). A
# kernel without any does not unplug the emulated disk, so the image boots
# without them.

# shellcheck disable=SC2154 # mkinitrd's variables
pvroot_module() {
	local name

	for name; do
		if /sbin/modprobe -C /dev/null --set-version "$kernel_version" \
			--ignore-install --show-depends "$name" 2>/dev/null |
			grep -q '^insmod '; then
			pvroot_modules="$pvroot_modules $name"
			return 0
		fi
	done
	return 1
}

# The files that the boot script needs besides its %programs.
# shellcheck disable=SC2154
pvroot_files() {
	mkdir -p "$tmp_mnt/lib/pvroot" "$tmp_mnt/lib/udev/rules.d"
	cp /usr/lib/pvroot/ask "$tmp_mnt/lib/pvroot/ask" &&
		/usr/sbin/pvroot names >"$tmp_mnt/lib/pvroot/names" || return
	# Without it the twin of a card that is named stays.
	/usr/sbin/pvroot nics --record >"$tmp_mnt/lib/pvroot/nics" ||
		rm -f "$tmp_mnt/lib/pvroot/nics"
	cp /usr/lib/udev/rules.d/59-pvroot.rules "$tmp_mnt/lib/udev/rules.d/"
}

pvroot_modules=
pvroot_module xen-platform-pci
if pvroot_module xen:vbd xen-blkfront xen-vbd ||
	grep -qs '^CONFIG_XEN_BLKDEV_FRONTEND=y' "$root_dir/boot/config-$kernel_version"; then
	pvroot_module xen:vif xen-netfront xen-vnif
	pvroot_files || error 1 "pvroot: its files cannot be copied into the image"
else
	echo "pvroot: kernel $kernel_version has no PV disk driver (package xen-kmp?): image left as it was" >&2
fi
save_var pvroot_modules
true
