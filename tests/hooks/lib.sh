# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# What the hooks' tests share: reports, and temporary Debian roots.
# May touch: build/hooks/.

top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
work=$top/build/hooks
roots=$work/roots
mkdir -p "$roots" || exit 1
# shellcheck source=tests/tap.sh
. "$top/tests/tap.sh"

# debian_root SUITE: prints the folder of a Debian with a kernel and both
# generators (dracut-core, which lives beside initramfs-tools). Made once.
debian_root() {
	root=$roots/$1
	(
		flock 9
		[ -d "$root" ] && exit 0
		echo "  ROOT    Debian $1 with its kernel (once, two minutes)" >&2
		packages=systemd-sysv,udev,kmod,zstd,xz-utils,busybox,e2fsprogs
		packages=$packages,linux-image-amd64,initramfs-tools,dracut-core,binutils
		rm -rf "$root.new"
		mmdebstrap --quiet --variant=minbase --include="$packages" \
			--aptopt='Acquire::Check-Valid-Until "false"' \
			--dpkgopt='path-exclude=/usr/share/doc/*' \
			--dpkgopt='path-exclude=/usr/share/locale/*' \
			--dpkgopt='path-exclude=/usr/share/man/*' \
			"$1" "$root.new" && mv "$root.new" "$root"
	) 9>"$roots/lock" >&2 || return 1
	echo "$root"
}

# in_root ROOT LAYER COMMAND: runs a shell command with ROOT as /. Files that it
# writes are in LAYER/upper, those in /out in LAYER/out.
in_root() {
	mkdir -p "$2/upper" "$2/work" "$2/merged" "$2/out"
	# shellcheck disable=SC2016 # for the inner shell
	unshare --mount --pid --fork sh -c '
		mount -t overlay overlay -o "lowerdir=$1,upperdir=$2/upper,workdir=$2/work" "$2/merged" &&
		cd "$2/merged" && mkdir -p out &&
		mount --bind "$2/out" out &&
		mount -t proc proc proc && mount --bind /dev dev &&
		exec chroot . /usr/bin/env -i HOME=/root TERM=dumb \
			PATH=/usr/sbin:/usr/bin:/sbin:/bin sh -c "$3"
		' sh "$1" "$2" "$3"
}
