#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What the initramfs tests share: reports, kernel, images, boots in plain QEMU.
# May touch: build/initramfs-test/ and the processes it starts.

top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
work=$top/build/initramfs-test
mkdir -p "$work" || exit 1
# shellcheck source=tests/tap.sh
. "$top/tests/tap.sh"
log=''

# refuses NAME TEXT COMMAND…: passes where it fails and says TEXT.
refuses() {
	name=$1 text=$2
	shift 2
	if output=$("$@" 2>&1); then
		not_ok "$name" "it succeeded"
	elif echo "$output" | grep -qF -- "$text"; then
		ok "$name"
	else
		not_ok "$name" "$output"
	fi
}

# Debian 12's kernel as the Xen tests have it: $kernel, $kver, $moddir.
need_kernel() {
	kernel=$("$top/tests/xen/kernel" 12) || exit 1
	kver=$(cat "$kernel/version") || exit 1
	# shellcheck disable=SC2034 # the tests use it
	moddir=$kernel/lib/modules/$kver
}

# The console of the last boot.
said() {
	if grep -qF -- "$2" "$log"; then
		ok "$1"
	else
		not_ok "$1" "not on the console: $2
$(tail -n 15 "$log")"
	fi
}

not_said() {
	if grep -qF -- "$2" "$log"; then
		not_ok "$1" "on the console: $(grep -F -- "$2" "$log")"
	else
		ok "$1"
	fi
}

# qemu NAME IMAGE APPEND QEMU-ARGUMENTS…: one boot, its console to $log. The
# guest must power off or reboot in 150 seconds (QEMU_LIMIT, for busy machines);
# TCG, so that any machine does. no_timer_check: on a busy machine the kernel
# takes a late tick for a broken timer.
qemu() {
	log=$work/$1.log image=$2 append=$3
	shift 3
	flock "${QEMU_LOCK:-$work/lock}" timeout -k 5 "${QEMU_LIMIT:-150}" \
		qemu-system-x86_64 -accel tcg -m 256 -nodefaults -display none \
		-no-reboot -kernel "$kernel/vmlinuz" -initrd "$image" \
		-append "console=ttyS0 loglevel=5 no_timer_check panic=1 $append" \
		-serial stdio "$@" >"$log" 2>&1
}

# Drives to boot from; the images are never written to.
virtio() { echo "-drive file=$work/$1,if=virtio,format=raw,snapshot=on"; }
ide() { echo "-drive file=$work/$1,if=ide,format=raw,snapshot=on"; }
ahci() {
	echo "-device ahci,id=a -device ide-hd,bus=a.0,drive=d" \
		"-drive file=$work/$1,if=none,id=d,format=raw,snapshot=on"
}
