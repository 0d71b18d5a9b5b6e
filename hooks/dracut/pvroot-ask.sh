#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# cmdline hook of dracut: runs pvroot, hands its answer on. Sourced by dracut,
# before its own parse-block.sh. May touch: root and resume, and one udev rule.
#
# Without systemd root= is this shell's variable. With systemd the mount unit
# is already there and waits for the name on the command line: the udev rule
# leads a tag to the PV disk, and the rule written here a name like /dev/sda1.

# shellcheck disable=SC2154 # dracut's variable
if [ -r /lib/pvroot/ask ]; then
	# shellcheck source=hooks/ask
	. /lib/pvroot/ask
	pvroot_named=$root
	pvroot_ask ||
		die "pvroot=strict: the root is on no PV disk (dmesg says why)."
	case $pvroot_named in
	"$root" | /dev/disk/*) ;;
	/dev/*)
		mkdir -p /run/udev/rules.d
		printf 'SUBSYSTEM=="block", KERNEL=="%s", SYMLINK+="%s"\n' \
			"${root#/dev/}" "${pvroot_named#/dev/}" \
			>/run/udev/rules.d/59-pvroot-root.rules
		;;
	esac
fi
