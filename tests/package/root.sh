# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# Installs the package into a root file system; for tests that have one in
# $tree. May touch: $tree, and build/ through make deb.

# Builds the package and copies it to the top of the root.
with_package() {
	# shellcheck disable=SC2154 # of those who source this
	make -s -C "$TOP" deb DEB_ARCHS=amd64 &&
		cp "$TOP/build/pvroot_$(sed -n 's/^VERSION := //p' "$TOP/Makefile")-1_amd64.deb" \
			"$tree/pvroot.deb"
}

# Runs as the first process of its own process namespace: kills all others as
# soon as a part of the new image has been written.
# shellcheck disable=SC2034,SC2016 # for those who source this; expanded there
killed_install='
	apt-get -q -y install ./pvroot.deb &
	until [ -s "$(echo /boot/initrd.img-*.new)" ]; do
		kill -0 $!; sleep 0.01
	done
	kill -KILL -1
	wait || :
	if zstd -qt </boot/initrd.img-*.new 2>/dev/null; then exit 1; fi'
