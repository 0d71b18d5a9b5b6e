#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# pre-trigger hook of dracut: lets udev name the PV disks before any other, so
# that by-* links lead to them from the start. Sourced by dracut.
# May touch: nothing.

if [ -e /run/pvroot/report.json ]; then
	udevadm trigger --action=add --subsystem-match=block --sysname-match='xvd*'
	udevadm settle --timeout=10
fi
