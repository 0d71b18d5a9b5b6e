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
	# dracut may have made something else of root= before this: from 060 on
	# block:/dev/…, whose prefix its mount hook needs; for a live image
	# (rd.live.image) live:/dev/…, without which there is no root. What is
	# somebody else's stays.
	case $pvroot_named in
	"$root" | '' | LABEL=* | UUID=* | PART*=* | /dev/* | [0-9]*) ;;
	block:* | live:*) root=${pvroot_named%%:*}:$root ;;
	*) root=$pvroot_named ;;
	esac
fi
