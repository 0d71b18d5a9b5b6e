#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# pre-trigger hook of dracut: lets udev name the PV disks before any other, so
# that by-* links lead to them from the start. Sourced by dracut.
# May touch: nothing but uevent files.
#
# udevd runs already. It is told by the kernel, since udevadm takes as long as
# pvroot itself. A disk that is not there yet needs a driver first, and comes
# later in any case; one that is there could be named at the same time, so the
# names of the PV disks are waited for.

pvroot_first() {
	for pvroot_device in /sys/block/xvd*/uevent /sys/block/xvd*/xvd*/uevent; do
		[ ! -e "$pvroot_device" ] || echo add >"$pvroot_device"
	done
	for pvroot_device in /sys/block/*; do
		case ${pvroot_device##*/} in
		xvd* | loop* | ram* | zram* | fd* | '*') ;;
		*)
			udevadm settle --timeout=10
			return 0
			;;
		esac
	done
}

[ ! -e /run/pvroot/report.json ] || pvroot_first
