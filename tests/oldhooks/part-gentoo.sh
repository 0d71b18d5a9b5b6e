# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154,SC2016 # run sets it; expanded in the chroot
# ugrd: its module with a stand-in for it (ugrd.py), and what the image's init runs.
# Gentoo's other generator is dracut. Sourced by run.

# gentoo_image: what ugrd makes of the module in $tree.
gentoo_image() {
	rm -rf "$tree"
	python3 -B "$here/ugrd.py" "$machine/var/lib/ugrd" "$kver" "$tree" \
		"$moddir" >"$work/said" 2>&1
}

machine gentoo
is "gentoo: dracut's hook is there too" test -x "$machine/usr/lib/dracut/modules.d/91pvroot/module-setup.sh"
tree=$work/gentoo-tree
kernel_tree full
gentoo_image
result $? "gentoo: ugrd ends well"
is "gentoo: the image has pvroot, the small copy" \
	cmp "$machine/usr/lib/pvroot/pvroot" "$tree/usr/sbin/pvroot"
is "gentoo: and its list of drivers" grep -q 'xen-blkfront.ko' "$tree/lib/pvroot/modules"
is "gentoo: and what init asks" test -r "$tree/lib/pvroot/ask" -a -r "$tree/lib/pvroot/ugrd"
in_order "gentoo: it is in before the modules' index is made" "$work/said" \
	'^build put_pvroot' '^build regen_kmod_metadata'
in_order "gentoo: init has read its line, and has not loaded a driver" "$tree/init" \
	'^mount_base' '^parse_cmdline' '^\. /lib/pvroot/ugrd' '^start_udev'
in_order "gentoo: by name neither" "$tree/init" '^\. /lib/pvroot/ugrd' '^load_modules'
kernel_tree bare
isnt "gentoo: no image for a kernel without a PV disk driver" gentoo_image
is "gentoo: and it says why" grep -q 'no Xen PV disk driver' "$work/said"
isnt "gentoo: nothing is packed then" test -e "$tree/init"

# gentoo_boot ROOT RESUME LINE PROGRAM: runs what init runs, with ugrd's variables
# as it read them from its line; the image was made for LABEL=made.
gentoo_boot() {
	small_root "$work/gentoo-root" "$4" "$3"
	cp "$machine/usr/lib/pvroot/ugrd" "$small/lib/pvroot/ugrd"
	sed -i "s|$machine||g" "$small/lib/pvroot/ugrd"
	mkdir -p "$small/run"
	printf %s "$1" >"$small/run/root"
	printf %s "$2" >"$small/run/resume"
	printf %s LABEL=made >"$small/run/MOUNTS_ROOT_SOURCE"
	in_root 'readvar() { cat "/run/$1" 2>/dev/null || printf %s "$2"; }
		setvar() { printf %s "$2" >"/run/$1"; }
		rd_fail() { echo "FAILED: $*"; exit; }
		. /lib/pvroot/ugrd
		echo "root $(readvar root) made $(readvar MOUNTS_ROOT_SOURCE) resume $(readvar resume)"'
}

gentoo_boot LABEL=/ LABEL=SWAP 'root=LABEL=/ resume=LABEL=SWAP' "$FOUND"
is "gentoo: root= and resume= are answered" \
	grep -qx 'root /dev/xvda1 made LABEL=made resume /dev/xvda2' "$work/said"
gentoo_boot '' '' quiet "$FOUND"
is "gentoo: without root= the root that the image was made for" \
	grep -qx 'root  made /dev/xvda1 resume /dev/xvda2' "$work/said"
gentoo_boot '' '' quiet '[ "$1" = boot ] && echo "$*" >/tmp/asked'
is "gentoo: which pvroot is told" grep -qx 'boot --line root=LABEL=made' "$small/tmp/asked"
gentoo_boot LABEL=/ '' 'root=LABEL=/ pvroot=strict' 'exit 1'
is "gentoo: strict and no root: ugrd fails" grep -q '^FAILED: pvroot=strict' "$work/said"
gentoo_boot LABEL=/ '' root=LABEL=/ 'exit 139'
is "gentoo: a fault of pvroot changes nothing" \
	grep -qx 'root LABEL=/ made LABEL=made resume ' "$work/said"
