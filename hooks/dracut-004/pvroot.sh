#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# cmdline hook of dracut 004: runs pvroot and passes its answer on in root and
# resume, from which dracut's next hooks make what they wait for. Sourced by
# dracut's init. May touch: these two variables.

if [ -r /lib/pvroot/ask ]; then
	# shellcheck source=hooks/ask
	. /lib/pvroot/ask
	# shellcheck disable=SC2154 # dracut's variable
	pvroot_named=$root
	pvroot_ask ||
		die "pvroot=strict: the root is on no PV disk (dmesg says why)."
	# For a live image (liveimg) dracut has made live:/dev/… of root=.
	case $pvroot_named in
	live:*) [ "$root" = "$pvroot_named" ] || root=live:$root ;;
	esac
fi
