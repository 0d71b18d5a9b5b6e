# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# Puts a kernel's modules into a tree with the order to load them in, and
# packs a tree as an initrd.  For the harness's own images, not for pvroot's.

# modules_into KERNELDIR TREE NAME...: copies the modules and what they need
# to TREE/lib, uncompressed, and writes TREE/modules, one path a line.
# Names that are built in are left out; unknown ones are an error.
modules_into() {
	modules_kernel=$1 modules_tree=$2
	shift 2
	mkdir -p "$modules_tree/lib"
	: >"$modules_tree/modules"
	for modules_name in "$@"; do
		modprobe -d "$modules_kernel" -S "$(cat "$modules_kernel/version")" \
			--show-depends "$modules_name" || return 1
	done | sed -n 's/^insmod \([^ ]*\).*/\1/p' | awk '!seen[$0]++' |
	while read -r modules_file; do
		modules_name=${modules_file##*/}
		case $modules_file in
		*.xz) xz -dc "$modules_file" >"$modules_tree/lib/${modules_name%.xz}" ;;
		*) cp "$modules_file" "$modules_tree/lib/" ;;
		esac || return 1
		echo "/lib/${modules_name%.xz}" >>"$modules_tree/modules"
	done
	[ -s "$modules_tree/modules" ]
}

pack_tree() {
	(cd "$1" && find . | cpio --quiet -o -H newc | gzip -1) >"$2"
}
