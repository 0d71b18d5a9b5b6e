# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# What the packages' tests share. May touch: build/package/.

# shellcheck source=tests/hooks/lib.sh
. "$(dirname "$0")/../hooks/lib.sh"
# shellcheck source=tests/links.sh
. "$(dirname "$0")/../links.sh"
# shellcheck disable=SC2154 # set by that
work=$top/build/package
build=$top/build
mkdir -p "$work" || exit 1
version=$(sed -n 's/^VERSION := //p' "$top/Makefile")

# deb ARCH: the package's file.
# shellcheck disable=SC2317 # for those who source this
deb() {
	echo "$build/pvroot_$version-1_$1.deb"
}

# empty NAME COMMAND…: passes where the command prints nothing.
empty() {
	name=$1
	shift
	equal "$name" "$("$@" 2>&1)" ''
}
