# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154
# mkinitfs: the lines of its configuration, with a stand-in for mkinitfs and its
# init. Sourced by run.

# An init of our own that contains the place that the hook looks for.
alpine_init() {
	cat >"$work/alpine-init" <<-'INIT'
		#!/bin/sh
		echo "command line read"
		ebegin "Loading boot drivers"
		echo "root $KOPT_root resume $KOPT_resume"
	INIT
}

# alpine_image [KERNEL]: the steps of mkinitfs that matter: configuration, then
# the features' files and init.
alpine_image() {
	rm -rf "$tree" "$work/tmp"
	mkdir -p "$tree/usr/sbin" "$tree/usr/lib/pvroot" "$work/tmp"
	TMPDIR=$work/tmp busybox sh -c 'trap "echo the trap of mkinitfs" EXIT
		init=$1 tree=$2 machine=$3 basedir=$4 features="base ext4"
		shift 4
		. "$machine/usr/lib/pvroot/mkinitfs.conf"
		echo "features: $features"
		install -m755 "$init" "$tree/init" || exit 1
		for feature in $features; do
			list=$machine/etc/mkinitfs/features.d/$feature.files
			[ ! -e "$list" ] || while read -r file; do
				cp "$machine${file#"$machine"}" "$tree${file#"$machine"}"
			done <"$list"
		done
		echo "the image is packed"' mkinitfs "$work/alpine-init" "$tree" \
		"$machine" "${moddir%/lib/modules/*}" "$kver" >"$work/said" 2>&1
}

machine alpine
tree=$work/alpine-tree
sed -i "s,(/usr/sbin/pvroot ,($machine/usr/sbin/pvroot --root $machine ," \
	"$machine/usr/lib/pvroot/mkinitfs.conf"
known_card "$machine" eth1
kernel_tree full
alpine_init
alpine_image
result $? "alpine: mkinitfs ends well"
is "alpine: the trap that mkinitfs had is still its own" grep -q '^the trap of mkinitfs' "$work/said"
is "alpine: and nothing is left behind" test -z "$(ls -A "$work/tmp")"
is "alpine: the feature is among the others" grep -q '^features: base ext4 pvroot$' "$work/said"
is "alpine: the image has pvroot, the small copy" \
	cmp "$machine/usr/lib/pvroot/pvroot" "$tree/usr/lib/pvroot/pvroot"
isnt "alpine: and not the installed program" test -e "$tree/usr/sbin/pvroot"
is "alpine: and what init asks" test -r "$tree/usr/lib/pvroot/ask"
is "alpine: the feature names the PV drivers" grep -q '^kernel/drivers/block/xen-blkfront.ko' \
	"$machine/etc/mkinitfs/features.d/pvroot.modules"
in_order "alpine: init asks pvroot before it loads a driver" "$tree/init" \
	'^echo "command line read"' 'modprobe -a -q xen-blkfront' 'pvroot_ask' \
	'^ebegin "Loading boot drivers"'
printf 'the last line, without an end' >>"$work/alpine-init"
alpine_image
is "alpine: a last line without its newline is kept" test "$(tail -n 1 "$tree/init")" = 'the last line, without an end'
alpine_init
is "alpine: the installed init is not touched" sh -c "! grep -q pvroot '$work/alpine-init'"
sed -i 's/Loading boot/Loading the/' "$work/alpine-init"
alpine_image
result $? "alpine: an init that is not as expected: mkinitfs ends well"
is "alpine: init stays as it was" cmp "$work/alpine-init" "$tree/init"
is "alpine: and it is said" grep -q 'image left as it was' "$work/said"
is "alpine: nothing is left behind then" test -z "$(ls -A "$work/tmp")"
alpine_init
kernel_tree bare
isnt "alpine: no image for a kernel without a PV disk driver" alpine_image
is "alpine: and it says why" grep -q 'no PV disk driver' "$work/said"
kernel_tree full
driver=$block/xen-blkfront.ko
: >"$driver"
isnt "alpine: no image with an empty driver" alpine_image
is "alpine: and it names the file" grep -q "$driver is damaged" "$work/said"
kernel_tree full
gzip "$driver"
alpine_image
result $? "alpine: a packed driver is as good"
truncate -s 100 "$driver.gz"
isnt "alpine: but not a cut one" alpine_image

kernel_tree full
alpine_image
# In the image pvroot is where it was installed; init makes the link.
alpine_root() {
	small_root "$@"
	mv "$small/usr/sbin/pvroot" "$small/usr/lib/pvroot/pvroot"
	ln -sf busybox "$small/bin/ln"
}

alpine_root "$work/alpine-root" "$FOUND"
sed "s|$machine||g" "$tree/init" >"$small/tmp/init"
# shellcheck disable=SC2016 # expanded there
ask='ebegin() { :; }
modprobe() { echo "modprobe $*"; }
recovery_shell() { echo "shell: $*"; : >/tmp/again; }
ROOT= MOCK= KOPT_root=LABEL=/ KOPT_resume=
. /tmp/init'
in_root "$ask"
in_order "alpine: init takes root and resume from it" "$work/said" \
	'^modprobe -a -q xen-blkfront xen-netfront' '^root /dev/xvda1 resume /dev/xvda2'
is "alpine: pvroot finds which card has which name" grep -qx "$known_line" \
	"$small/lib/pvroot/nics"
is "alpine: and which names are used" grep -q ' nic eth1$' "$small/lib/pvroot/names"
alpine_root "$small" '[ -e /tmp/again ] && exit 0; exit 1'
in_root "$ask"
in_order "alpine: strict and no root: the recovery shell, then another try" \
	"$work/said" '^shell: pvroot=strict' '^root LABEL=/ resume'

# The line of mkinitfs.conf when pvroot has been removed, and where apk's trigger
# reads that file.
line=$(sed -n '/^\[ ! -r/p' "$top/hooks/mkinitfs/README.md")
chroot "$small" /bin/sh -c "$line; echo on" >"$work/said" 2>&1
is "alpine: mkinitfs goes on when pvroot is gone" grep -qx on "$work/said"
kernel_tree bare
busybox sh -c '. "$1/usr/lib/pvroot/mkinitfs.conf" && echo "the trigger goes on"' \
	trigger "$machine" >"$work/said" 2>&1
is "alpine: the trigger reads nothing of ours" grep -qx 'the trigger goes on' "$work/said"
isnt "alpine: and is told nothing" grep -q pvroot: "$work/said"
