# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# shellcheck disable=SC2154 # image sets tree
# What the recipes share whose root configures network cards by names that the
# PV cards do not have by themselves. Recipes in images/ source this.

# known_card MAC NAME: pvroot has seen this card. Simulated: the record
# (tests/admin/nics.sh shows how it is made); a guest that was moved brings it.
known_card() {
	mkdir -p "$tree/var/lib/pvroot"
	echo "$1 $2" >>"$tree/var/lib/pvroot/nics"
}

# auto_card NAME ADDRESS [LINE...]: a card in /etc/network/interfaces.
auto_card() {
	printf '%s\n' "auto $1" "iface $1 inet static" "	address $2/24" \
		>>"$tree/etc/network/interfaces"
	shift 2
	[ $# = 0 ] || printf '\t%s\n' "$@" >>"$tree/etc/network/interfaces"
}

# cards_disk COMMAND: the generator's own command, then the disk. A recipe says
# with_project itself: tests/admin looks for it there.
cards_disk() {
	setup "$1"
	part 1200 ext3 / "$tree"
	part 64 swap SWAP-hda2
}
