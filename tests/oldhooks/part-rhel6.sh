# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154
# dracut 004: its module, sourced by a stand-in for dracut's loop. Sourced by
# run.

# inst_hook TYPE PRIORITY FILE, as dracut lays hooks out.
rhel6_image() {
	bash -c 'inst_hook() { mkdir -p "$initdir/$1" && cp "$3" "$initdir/$1/$2${3##*/}"; }
		initdir=$1 moddir=$2 kernel=$3 srcmods=$4
		"$moddir/check" || exit 3
		. "$moddir/install"
		. "$moddir/installkernel"
		echo "the image is packed"' dracut "$1" "$module" "$kver" "$moddir" \
		>"$work/said" 2>&1
}

machine rhel6
module=$machine/usr/share/dracut/modules.d/91pvroot
kernel_tree full
tree=$work/rhel6-tree
mkdir "$tree"
rhel6_image "$tree"
result $? "rhel6: dracut ends well"
is "rhel6: the image has pvroot" cmp "$machine/usr/lib/pvroot/pvroot" "$tree/usr/sbin/pvroot"
is "rhel6: and its rule" grep -q 'link_priority=10' "$tree$machine/usr/lib/udev/rules.d/59-pvroot.rules"
is "rhel6: and the PV drivers, disk first" sh -c "
	[ \"\$(sed 's,.*/,,' '$tree/lib/pvroot/modules' | tr '\n' ' ')\" = 'xen-blkfront.ko xen-netfront.ko ' ]"
is "rhel6: each of them is there" sh -c "
	while read -r file; do [ -s '$tree'\"\$file\" ] || exit 1; done <'$tree/lib/pvroot/modules'"
is "rhel6: pvroot runs after root= is read (10), before it is taken (95)" \
	test -x "$tree/cmdline/94pvroot.sh"
kernel_tree bare
mkdir "$work/rhel6-bare"
isnt "rhel6: no image for a kernel without a PV disk driver" rhel6_image "$work/rhel6-bare"
is "rhel6: it ends before it is packed, and says why" sh -c "
	grep -q 'no Xen PV disk driver' '$work/said' && ! grep -q packed '$work/said'"

small_root "$work/rhel6-root" "$FOUND"
cp "$tree/cmdline/94pvroot.sh" "$small/tmp/hook"
# shellcheck disable=SC2016 # expanded there
ask='die() { echo "died: $*"; exit 9; }
root=LABEL=/ resume=/dev/disk/by-label/SWAP-hda2
. /tmp/hook
echo "root $root resume $resume"'
in_root "$ask"
is "rhel6: the hook hands on root and resume" grep -qx 'root /dev/xvda1 resume /dev/xvda2' "$work/said"
in_root "root=live:/dev/disk/by-label/x; ${ask#*LABEL=/}"
is "rhel6: a live root keeps its prefix" grep -qx 'root live:/dev/xvda1 resume /dev/xvda2' "$work/said"
small_root "$small" 'exit 0'
in_root "root=live:/dev/sda1; ${ask#*LABEL=/}"
is "rhel6: and has it once" grep -q '^root live:/dev/sda1 ' "$work/said"
small_root "$small" 'exit 1'
in_root "$ask"
is "rhel6: strict and no root: dracut's own way to die" grep -q '^died: pvroot=strict' "$work/said"
small_root "$small" 'kill -SEGV $$'
in_root "$ask"
is "rhel6: a crash reads as go on as before" grep -qx 'root LABEL=/ resume /dev/disk/by-label/SWAP-hda2' "$work/said"
small_root "$small" 'kill -SEGV $$' 'root=LABEL=/ pvroot=wait=3,strict'
in_root "$ask"
is "rhel6: unless strict was asked for" grep -q '^died:' "$work/said"
