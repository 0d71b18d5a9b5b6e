# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# What the packages' tests share. May touch: build/package/.

# shellcheck source=tests/hooks/lib.sh
. "$(dirname "$0")/../hooks/lib.sh"
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

# dead_links DIR: links of the pages there that lead to no file.
# shellcheck disable=SC2317 # for those who source this
dead_links() {
	[ -f "$1/README.md" ] || echo "no README.md"
	find "$1" -name '*.md' | while read -r page; do
		grep -o ']([^)]*)' "$page" | sed 's/](\([^)#]*\).*/\1/' | while read -r link; do
			[ -e "${page%/*}/$link" ] || echo "${page#"$1"/}: $link"
		done
	done
}
