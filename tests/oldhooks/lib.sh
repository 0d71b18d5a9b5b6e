# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154,SC2034 # shared with run and the parts
# What the tests of the old hooks share. Sourced by run; touches $work only.

# shellcheck source=tests/tap.sh
. "$top/tests/tap.sh"

tap_show() {
	tail -n 8 "$work/said"
}

# in_order NAME FILE PATTERN…: each is found, in lines that follow each other.
in_order() {
	name=$1 file=$2
	shift 2
	last=0
	for pattern; do
		line=$(grep -n -e "$pattern" "$file" | sed 's/:.*//' |
			awk -v last="$last" '$1 > last { print; exit }')
		if [ -z "$line" ]; then
			echo "no $pattern after line $last of $file" >"$work/said"
			result 1 "$name"
			return
		fi
		last=$line
	done
	: >"$work/said"
	result 0 "$name"
}

# machine SYSTEM: runs `make install SYSTEM=…` into $machine; paths in its
# scripts are changed to paths below $machine.
machine() {
	machine=$work/$1
	make -s -C "$top" -o build/pvroot -o build/pvroot-admin \
		install SYSTEM="$1" DESTDIR="$machine" >"$work/said" 2>&1 ||
		{
			result 1 "$1: make install"
			return 1
		}
	is "$1: the manual and the completion are installed" test \
		-s "$machine/usr/share/man/man8/pvroot.8" \
		-a -s "$machine/usr/share/bash-completion/completions/pvroot"
	grep -rlI -e /usr/lib/pvroot/ -e /usr/lib/udev/ "$machine" | while read -r script; do
		sed -i -e "s,/usr/lib/pvroot/,$machine&,g" -e "s,/usr/lib/udev/,$machine&,g" "$script"
	done
}

# known_card ROOT NAME: a card that was recorded, in a root that configures it.
known_card() {
	known_line="00:16:3e:00:00:01 $2"
	mkdir -p "$1/var/lib/pvroot" "$1/etc/network" &&
		echo "$known_line" >"$1/var/lib/pvroot/nics" &&
		echo "auto $2" >"$1/etc/network/interfaces"
}

# A kernel's modules, small: real index, files that are one line of text. With
# "bare" there is no PV driver among them.
kernel_tree() {
	kver=5.0-test moddir=$work/kernel-$1/lib/modules/5.0-test
	block=$moddir/kernel/drivers/block net=$moddir/kernel/drivers/net
	rm -rf "$work/kernel-$1"
	mkdir -p "$block" "$net"
	: >"$moddir/modules.order"
	: >"$moddir/modules.builtin"
	[ "$1" = bare ] || {
		echo 'int pvroot_test;' | gcc -c -x c -o "$block/xen-blkfront.ko" -
		cp "$block/xen-blkfront.ko" "$net/xen-netfront.ko"
	}
	depmod -b "$work/kernel-$1" "$kver" 2>/dev/null
}

# A root for a runtime hook: busybox, a simulated pvroot with the given answer,
# a command line.
small_root() {
	small=$1
	mkdir -p "$small/bin" "$small/proc" "$small/dev" "$small/usr/sbin" \
		"$small/lib/pvroot" "$small/usr/lib/pvroot" "$small/tmp"
	cp /bin/busybox "$small/bin/busybox"
	for applet in sh cat mkdir; do
		ln -sf busybox "$small/bin/$applet"
	done
	: >"$small/dev/kmsg"
	cp "$top/hooks/ask" "$small/lib/pvroot/ask"
	cp "$top/hooks/ask" "$small/usr/lib/pvroot/ask"
	echo "${3:-root=LABEL=/}" >"$small/proc/cmdline"
	printf '#!/bin/sh\n%s\n' "$2" >"$small/usr/sbin/pvroot"
	chmod +x "$small/usr/sbin/pvroot"
}

FOUND="echo \"root='/dev/xvda1'\"; echo \"resume='/dev/xvda2'\""

# in_root SCRIPT: runs a shell script in $small; its output is in $work/said.
in_root() {
	printf '%s\n' "$1" >"$small/tmp/script"
	timeout 20 chroot "$small" /bin/sh /tmp/script >"$work/said" 2>&1 </dev/null
}
