# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154
# mkinitcpio: the install hook with stand-ins for its functions, the runtime
# hook, and the unit for an image with systemd. Sourced by run.

# arch_image TREE HOOK…: calls build() as mkinitcpio would.
arch_image() {
	arch_tree=$1
	shift
	rm -rf "$arch_tree"
	mkdir -p "$arch_tree"
	bash -c 'BUILDROOT=$1 KERNELVERSION=$2 _d_kmoduledir=$3 hook=$4
		shift 4
		_hooks=("$@")
		die() { printf "died: %s\n" "$1"; exit 1; }
		add_file() { install -D -m "${3:-644}" "$1" "$BUILDROOT$2"; }
		add_dir() { mkdir -p "$BUILDROOT$1"; }
		add_symlink() { ln -s "$2" "$BUILDROOT$1"; }
		add_module() { echo "module $1"; }
		add_runscript() { add_file "${hook%/install/*}/hooks/pvroot" /hooks/pvroot 755; }
		. "$hook"
		build
		help >"$BUILDROOT/help"
		echo "the image is packed"' mkinitcpio "$arch_tree" "$kver" "$moddir" \
		"$machine/usr/lib/initcpio/install/pvroot" "$@" >"$work/said" 2>&1
}

# hooks_of HOOKS: what the drop-in makes of it.
hooks_of() {
	bash -c "HOOKS=$1"'; . "$0" && echo "${HOOKS[*]}"' \
		"$machine/etc/mkinitcpio.conf.d/pvroot.conf" 2>&1
}

machine arch
equal "arch: the drop-in puts pvroot before udev" \
	"$(hooks_of '(base udev autodetect block)')" 'base pvroot udev autodetect block'
equal "arch: and before systemd" "$(hooks_of '(systemd block)')" 'pvroot systemd block'
equal "arch: into a string too" "$(hooks_of "'base udev block'")" 'base pvroot udev block'
equal "arch: once" "$(hooks_of '(base pvroot udev)')" 'base pvroot udev'
equal "arch: and where there is neither" "$(hooks_of '(base block)')" 'pvroot base block'
kernel_tree full
tree=$work/arch-tree
arch_image "$tree" base pvroot udev
result $? "arch: build() ends well"
is "arch: the image has pvroot" test -x "$tree/usr/sbin/pvroot"
is "arch: and its list of drivers" grep -q 'xen-blkfront.ko' "$tree/lib/pvroot/modules"
is "arch: which modprobe can find too" grep -q '^module xen-blkfront?' "$work/said"
is "arch: and its rule" grep -rq 'pvroot twin --udev' "$tree$machine/usr/lib/udev/rules.d"
is "arch: busybox init: a runtime hook" test -x "$tree/hooks/pvroot"
isnt "arch: and no unit" test -e "$tree/usr/lib/systemd/system/pvroot.service"
is "arch: it runs among the early hooks, where udev starts too" grep -q '^run_earlyhook()' "$tree/hooks/pvroot"
is "arch: it has a help" test -s "$tree/help"
arch_image "$work/arch-systemd" base systemd pvroot
unit=$work/arch-systemd/usr/lib/systemd/system
is "arch: systemd: a unit that is wanted" test -e "$unit/sysinit.target.wants/pvroot.service"
is "arch: without which the root is not mounted" test -e "$unit/sysroot.mount.requires/pvroot.service"
isnt "arch: and no runtime hook" test -e "$work/arch-systemd/hooks/pvroot"
is "arch: the unit comes before udev" grep -q '^Before=.*systemd-udevd.service.*systemd-udev-trigger.service' "$unit/pvroot.service"
kernel_tree bare
isnt "arch: no image for a kernel without a PV disk driver" arch_image "$work/arch-bare" base pvroot
is "arch: and it says why" grep -q 'no Xen PV disk driver' "$work/said"
isnt "arch: nothing is packed then" grep -q packed "$work/said"
kernel_tree full
: >"$block/xen-blkfront.ko"
isnt "arch: no image with an empty driver" arch_image "$work/arch-empty" base pvroot
is "arch: and it names the file" grep -q "$block/xen-blkfront.ko is damaged" "$work/said"

small_root "$work/arch-root" "$FOUND"
cp "$tree/hooks/pvroot" "$small/tmp/hook"
# shellcheck disable=SC2016 # expanded there
ask='err() { echo "ERROR: $*"; }
launch_interactive_shell() { echo "a shell"; : >/tmp/again; }
root=LABEL=/ resume=LABEL=SWAP-hda2
. /tmp/hook
run_earlyhook
echo "root $root resume $resume"'
in_root "$ask"
is "arch: the runtime hook hands on root and resume" grep -qx 'root /dev/xvda1 resume /dev/xvda2' "$work/said"
small_root "$small" '[ -e /tmp/again ] && exit 0; exit 1'
in_root "$ask"
in_order "arch: strict and no root: a shell, then another try" "$work/said" \
	'ERROR: pvroot=strict' '^a shell$' '^root LABEL=/ '

# No shell, no base: only the unit and what it runs.
kernel_tree full
arch_image "$work/arch-shellless" systemd modconf pvroot
result $? "arch: systemd without base: build() ends well"
tree=$work/arch-shellless
unit=$tree/usr/lib/systemd/system/pvroot.service
line=$(sed -n 's/^ExecStart=//p' "$unit")
is "arch: the unit runs the static program, and no script" test \
	"$line" = '/usr/sbin/pvroot boot --unit' -a -x "$tree/usr/sbin/pvroot"
# shellcheck disable=SC2086 # its words
is "arch: which runs where nothing else is" chroot "$tree" $line
for end in 2 203 SIGSEGV SIGBUS SIGABRT SIGKILL SIGTERM SIGSYS; do
	is "arch: $end does not stop the boot" grep -q "^SuccessExitStatus=.*\b$end\b" "$unit"
done
isnt "arch: strict's own status does" grep -q '^SuccessExitStatus=.*\b1\b' "$unit"
