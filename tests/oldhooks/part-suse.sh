# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154
# mkinitrd of openSUSE 11: the two scripts, with stand-ins for mkinitrd_setup's
# ordering and for mkinitrd's loop. Sourced by run.

# Header value of a tag.
tag() {
	sed -n "s/^#%$2: //p" "$1"
}

# The order that "depends" and "provides" ask for, as tsort sees it.
suse_order() {
	for script in "$1"/boot-*.sh; do
		name=${script##*/boot-} name=${name%.sh}
		echo "$name $name"
		for need in $(tag "$script" depends); do
			for other in "$1"/boot-*.sh; do
				other_name=${other##*/boot-} other_name=${other_name%.sh}
				case " $other_name $(tag "$other" provides) " in
				*" $need "*) echo "$other_name $name" ;;
				esac
			done
		done
	done | tsort
}

# The setup script, as mkinitrd sources it; modprobe finds $moddir's kernel.
suse_setup() {
	mkdir -p "$work/suse-bin"
	sed "s|/sbin/modprobe|modprobe -d '${moddir%/lib/modules/*}'|" \
		"$scripts/setup-pvroot.sh" >"$work/suse-bin/setup"
	rm -rf "$tree"
	mkdir -p "$tree/config"
	bash -c 'cd "$2"
		save_var() { echo "$1=\"${!1}\"" >>config/pvroot.sh; }
		error() { echo "error: $2"; exit "$1"; }
		root_dir=/nowhere tmp_mnt=$2 kernel_version=$3
		. "$1"' mkinitrd "$work/suse-bin/setup" "$tree" "$kver" >"$work/said" 2>&1
}

machine suse11
sed -i "s,/usr/sbin/pvroot names,$machine&," "$machine/lib/mkinitrd/scripts/setup-pvroot.sh"
scripts=$machine/lib/mkinitrd/scripts
tree=$work/suse-tree
cp "$here"/suse/boot-*.sh "$scripts/"
suse_order "$scripts" >"$work/order"
in_order "suse: after root= is read, before udev looks at disks" "$work/order" \
	'^start$' '^storage$' '^pvroot$' '^udev$' '^mount$'
is "suse: both scripts are in their stage" sh -c "
	grep -qx '#%stage: boot' '$scripts/boot-pvroot.sh' &&
	grep -qx '#%stage: setup' '$scripts/setup-pvroot.sh'"
is "suse: the program is among what is copied" grep -qx '#%programs: /usr/sbin/pvroot' "$scripts/boot-pvroot.sh"

kernel_tree full
suse_setup
result $? "suse: the setup script ends well"
is "suse: the PV drivers are found, disk first" grep -q '^pvroot_modules=" xen-blkfront xen-netfront"' "$tree/config/pvroot.sh"
is "suse: the image has what the boot script asks" test -r "$tree/lib/pvroot/ask"
is "suse: and the udev rule" grep -q pvroot "$tree/lib/udev/rules.d/59-pvroot.rules"
kernel_tree bare
suse_setup
result $? "suse: a kernel without PV drivers: it ends well"
is "suse: and says so" grep -q 'has no PV disk driver' "$work/said"
isnt "suse: and pvroot will not be asked" test -e "$tree/lib/pvroot/ask"

small_root "$work/suse-root" "$FOUND"
cp "$scripts/boot-pvroot.sh" "$small/tmp/boot"
sed -i "s|$machine||g" "$small/tmp/boot"
# shellcheck disable=SC2016 # expanded there
ask='load_modules() { echo "drivers loaded"; }
root=LABEL=/ rootdev=/dev/root resume= resumedev=/dev/old
. /tmp/boot
echo "root $rootdev resume $resumedev"'
in_root "$ask"
in_order "suse: drivers first, then rootdev and resumedev are set" "$work/said" \
	'^drivers loaded' '^root /dev/xvda1 resume /dev/xvda2$'
small_root "$small" 'exit 0'
in_root "$ask"
is "suse: without an answer both stay" grep -qx 'root /dev/root resume /dev/old' "$work/said"
small_root "$small" '[ -e /tmp/again ] && exit 0; : >/tmp/again; exit 1'
in_root "$ask"
in_order "suse: strict and no root: a shell, then another try" "$work/said" \
	'pvroot=strict' '^root /dev/root'
