# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# shellcheck disable=SC2154 # image sets tree and out
# Converts a guest's disk from outside, by README's command:
# libguestfs starts a small machine of its own on the disk, here without KVM and
# with the guest's kernel, since this machine need not have one.

# convert DISK: its first partition is the root, whose files are still in $tree.
convert() {
	make -s -C "$TOP" deb DEB_ARCHS=amd64 && "$TOP/tests/need" --for convert ||
		return 1
	set -- "$1" "$TOP/build/pvroot_$(sed -n 's/^VERSION := //p' "$TOP/Makefile")-1_amd64.deb" \
		"$(basename "$tree"/lib/modules/*)"
	# (supermin asks for this folder, whatever it is told)
	mkdir -p /lib/modules
	LIBGUESTFS_BACKEND=direct LIBGUESTFS_BACKEND_SETTINGS=force_tcg \
		SUPERMIN_KERNEL=$out.new/vmlinuz SUPERMIN_KERNEL_VERSION=$3 \
		SUPERMIN_MODULES=$tree/lib/modules/$3 LIBGUESTFS_CACHEDIR=$tree \
		virt-customize -a "$1" --no-network --copy-in "$2:/root" \
		--run-command "dpkg -i /root/${2##*/}" || return 1
	# For direct boot, as the converted root has it.
	debugfs -R "dump /boot/initrd.img-$3 $out.new/initrd.img" "$1?offset=1048576"
}
