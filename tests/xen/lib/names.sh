# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# shellcheck disable=SC2154
# For recipes: a root whose fstab names the parts of the disk in another way than
# by what is on them.

# names_fstab ROOT SWAP DATA MORE: what each is called.
names_fstab() {
	mkdir "$tree/data" "$tree/srv/more"
	printf '%s\n' "$1 / ext3 defaults 0 1" "$2 swap swap defaults 0 0" \
		"$3 /data ext3 defaults 0 2" "$4 /srv/more ext3 defaults 0 2" \
		>"$tree/etc/fstab"
}

names_parts() {
	part 1200 ext3 / "$tree"
	part 64 swap SWAP-hda2
	mkdir -p "$tree.data/here"
	part 16 ext3 DATA "$tree.data"
	part 16 ext3 MORE "$tree.data"
}
