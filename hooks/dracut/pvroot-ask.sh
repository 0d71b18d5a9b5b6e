#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# cmdline hook of dracut: runs pvroot, hands its answer on. Sourced by dracut,
# before its own parse-block.sh. May touch: root and resume, and udev rules.
#
# Without systemd root= is this shell's variable. With systemd the mount unit
# is already there and waits for the name on the command line, and so it is for
# resume=: the udev rule leads a tag to the PV disk, and the rules of
# pvroot_links lead names like /dev/sda1.

# shellcheck disable=SC2154 # dracut's variable
if [ -r /lib/pvroot/ask ]; then
	# shellcheck source=hooks/ask
	. /lib/pvroot/ask
	pvroot_named=$root pvroot_links=yes
	pvroot_ask ||
		die "pvroot=strict: the root is on no PV disk (dmesg says why)."
	# From 060 on dracut has read root= by now and calls it block:/dev/…; what
	# mounts it wants that word.
	case $pvroot_named in
	"$root") ;;
	block:*) root=block:$root ;;
	esac
fi
