#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# cmdline hook of dracut: runs pvroot and passes its answer on. Sourced by
# dracut, before its own parse-block.sh. May touch: root and resume, and udev
# rules.
#
# Without systemd root= is this shell's variable. With systemd the mount unit is
# already there and waits for the name on the command line; resume= is waited
# for in the same way. The udev rule makes a tag's link lead to the PV disk, and
# the rules that pvroot_links asks for do so for names like /dev/sda1.

# shellcheck disable=SC2154 # dracut's variable
if [ -r /lib/pvroot/ask ]; then
	# shellcheck source=hooks/ask
	. /lib/pvroot/ask
	pvroot_named=$root pvroot_links=yes
	pvroot_ask ||
		die "pvroot=strict: the root is on no PV disk (dmesg says why)."
	# From 060 on dracut has read root= before this and changed it to
	# block:/dev/…; its mount hook needs that prefix.
	case $pvroot_named in
	"$root") ;;
	block:*) root=block:$root ;;
	esac
fi
