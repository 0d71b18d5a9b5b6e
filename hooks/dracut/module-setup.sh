#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# dracut module: puts pvroot into every image, hostonly ones too: a guest that
# runs on its emulated disk, or not on Xen, may need the PV driver at the next
# boot. Sourced by dracut. May touch: $initdir only.

check() {
	return 0
}

depends() {
	return 0
}

# dracut stops where this fails; it would ignore a failure of install.
# shellcheck disable=SC2154 # dracut's variables
installkernel() {
	/usr/lib/pvroot/image "$kernel" "$initdir" "${srcmods:-/lib/modules/$kernel}"
}

# With systemd, dracut-systemd runs the hooks. An image may leave it out, and
# the shell too; a unit does the work there.
pvroot_wants_unit() {
	dracut_module_included systemd && ! dracut_module_included dracut-systemd
}

# shellcheck disable=SC2154
pvroot_put_unit() {
	local units=${systemdsystemunitdir:-/usr/lib/systemd/system} folder

	inst_simple /usr/lib/pvroot/pvroot.service "$units/pvroot.service"
	for folder in sysinit.target.wants sysroot.mount.requires; do
		mkdir -p "$initdir$units/$folder"
		ln -sf ../pvroot.service "$initdir$units/$folder/pvroot.service"
	done
}

# shellcheck disable=SC2154
install() {
	if pvroot_wants_unit; then
		pvroot_put_unit
	else
		inst_hook cmdline 94 "$moddir/pvroot-ask.sh"
		inst_hook pre-trigger 90 "$moddir/pvroot-first.sh"
	fi
}
