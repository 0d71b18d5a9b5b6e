#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# cmdline hook of dracut 004: runs pvroot and passes its answer on in root and
# resume, from which dracut's next hooks make what they wait for. Sourced by
# dracut's init. May touch: these two variables.

if [ -r /lib/pvroot/ask ]; then
	# shellcheck source=hooks/ask
	. /lib/pvroot/ask
	pvroot_ask ||
		die "pvroot=strict: the root is on no PV disk (dmesg says why)."
fi
