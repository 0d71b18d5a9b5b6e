# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# The two kinds of root file system that a guest's disk can hold, each made in
# the folder $tree.  Recipes in images/ call these.  Writes under build/xen.

# A root of a static busybox and scripts: boots in seconds.
root_busybox() {
	# shellcheck disable=SC2154 # set by image, which sources this
	mkdir -p "$tree/bin" "$tree/dev" "$tree/proc" "$tree/sys" \
		"$tree/run" "$tree/tmp" "$tree/mnt" "$tree/etc" "$tree/xen" &&
		cp /bin/busybox "$tree/bin/" &&
		ln -s bin "$tree/sbin" &&
		mkdir "$tree/usr" && ln -s ../bin "$tree/usr/bin" &&
		ln -s ../bin "$tree/usr/sbin" || return 1
	for applet in $(/bin/busybox --list); do
		[ -e "$tree/bin/$applet" ] || ln -s busybox "$tree/bin/$applet"
	done
	cp "$XEN_DIR/root/facts" "$tree/xen/" &&
		rm -f "$tree/bin/init" &&
		cp "$XEN_DIR/root/busybox-init" "$tree/bin/init"
}

# root_debian SUITE[:i386] [PACKAGE...]: a full Debian with systemd, udev, kmod
# and its own kernel; the packages are what the guest is about
# (initramfs-tools, dracut, ...).  The fresh system is kept for the next image.
root_debian() {
	debian_suite=$(suite_name "${1%:*}") || return 1
	case $1 in
	*:i386) debian_arch=i386 debian_kernel=linux-image-686-pae ;;
	*) debian_arch=amd64 debian_kernel=linux-image-amd64 ;;
	esac
	debian_list=systemd,systemd-sysv,udev,kmod,iproute2,ifupdown,busybox
	debian_list=$debian_list,dbus,$debian_kernel
	shift
	for debian_package in "$@"; do
		debian_list=$debian_list,$debian_package
	done
	debian_hash=$(hash_of "$debian_suite" "$debian_list" 2)
	debian_tar=$XEN_OUT/debian/$debian_suite-$debian_hash.tar
	mkdir -p "$XEN_OUT/debian"
	if [ ! -f "$debian_tar" ]; then
		debian_fresh || debian_fresh "$(debian_mirror)" || return 1
		mv "$debian_tar.new.tar" "$debian_tar" || return 1
	fi
	tar -C "$tree" -xf "$debian_tar" && debian_settle
}

# debian_fresh [MIRROR]: with a mirror only its main archive is asked, which
# serves where the security archive is amid an update (seen for i386). A mirror
# that lags behind unstable by more than a week counts as expired: it will do.
debian_fresh() {
	mmdebstrap --quiet --variant=minbase \
		--aptopt='Acquire::Check-Valid-Until "false"' \
		--architectures="$debian_arch" --include="$debian_list" \
		--dpkgopt='path-exclude=/usr/share/doc/*' \
		--dpkgopt='path-exclude=/usr/share/locale/*' \
		--dpkgopt='path-exclude=/usr/share/man/*' \
		"$debian_suite" "$debian_tar.new.tar" "$@"
}

# What makes a Debian root a quick guest: no logins, no timers, and a unit
# that reports the facts once everything else has started.
debian_settle() {
	mkdir -p "$tree/xen" "$tree/etc/systemd/system/multi-user.target.wants" &&
		cp "$XEN_DIR/root/facts" "$XEN_DIR/root/debian-report" "$tree/xen/" &&
		cp "$XEN_DIR/root/xen-facts.service" "$tree/etc/systemd/system/" &&
		ln -s ../xen-facts.service \
			"$tree/etc/systemd/system/multi-user.target.wants/" || return 1
	for unit in getty@tty1.service getty-static.service \
		serial-getty@hvc0.service console-getty.service \
		apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer \
		e2scrub_all.timer e2scrub_reap.service fstrim.timer \
		systemd-tmpfiles-clean.timer systemd-timesyncd.service \
		systemd-journal-flush.service systemd-hwdb-update.service \
		systemd-pcrphase.service systemd-update-utmp.service \
		systemd-update-utmp-runlevel.service; do
		ln -sf /dev/null "$tree/etc/systemd/system/$unit"
	done
	# An emulated processor may need longer than 90 s from the wait for a swap
	# device to udev's word on it: swap was off then, and nothing else wrong. A
	# Debian 13 needed 275 s, and beside more than one other lab over 400.
	mkdir -p "$tree/etc/systemd/system.conf.d" &&
		printf '%s\n' '[Manager]' DefaultTimeoutStartSec=800 DefaultDeviceTimeoutSec=800 \
			>"$tree/etc/systemd/system.conf.d/patience.conf" || return 1
	rm -f "$tree/etc/machine-id" &&
		echo 0123456789abcdef0123456789abcdef >"$tree/etc/machine-id"
	printf '%s\n' 'LABEL=/ / ext3 defaults 0 1' \
		'LABEL=SWAP-hda2 swap swap defaults 0 0' >"$tree/etc/fstab"
	printf '%s\n' 'auto lo' 'iface lo inet loopback' \
		>"$tree/etc/network/interfaces"
	echo guest >"$tree/etc/hostname"
}

# overlay DIR: lays a folder over the root.
overlay() {
	cp -a "$1/." "$tree/"
}

# setup COMMAND: runs a shell command with the root as /, in its own mount and
# process namespaces.
setup() {
	# shellcheck disable=SC2016 # expanded by the inner shell
	unshare --mount --pid --fork sh -c '
		mount -t proc proc "$0/proc" && mount --bind /dev "$0/dev" &&
		exec chroot "$0" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin \
			HOME=/root TERM=dumb DEBIAN_FRONTEND=noninteractive sh -ec "$1"
		' "$tree" "$1"
}

# with_project: puts what "make install" installs into the root.
with_project() {
	make -s -C "$TOP" install DESTDIR="$tree" PREFIX=/usr "$@"
}

# no_initrd: for a guest that brings its own; saves room.
no_initrd() {
	rm -f "$tree"/boot/initrd.img-*
}
