#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# dracut module: puts pvroot into every image, hostonly ones too, because a
# guest that runs on its emulated disk or elsewhere must not lack the PV driver
# at the next boot. Sourced by dracut. May touch: $initdir only.

check() {
	return 0
}

depends() {
	return 0
}

# dracut stops where this fails; a failure of install it would ignore.
# shellcheck disable=SC2154 # dracut's variables
installkernel() {
	/usr/lib/pvroot/image "$kernel" "$initdir" "${srcmods:-/lib/modules/$kernel}"
}

# shellcheck disable=SC2154
install() {
	inst_hook cmdline 94 "$moddir/pvroot-ask.sh"
	inst_hook pre-trigger 90 "$moddir/pvroot-first.sh"
}
