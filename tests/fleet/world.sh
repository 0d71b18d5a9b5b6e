# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# Hosts for the roll-out's tests: Debian roots, each a layer over one that is
# made once, each with sshd and its own network, processes and mounts. All are
# on a bridge in a network of their own without a way out. end_world ends all
# processes; mounts and networks go with them. What depends on the package
# manager is in KIND_files UPPER, which puts files into the layer of all hosts,
# and KIND_setup, which prints what is then run there. Sourced by rollout.sh.
# May touch: build/fleet/, $WORK.
# shellcheck disable=SC2154,SC2034 # variables of run, tree.sh and rollout.sh

FLEET=$top/build/fleet
LAYERS=$FLEET/layers-$$
world='' hosts_pids=''

# A plain Debian with these packages too, made once for each kind of host.
debian_host() {
	[ ! -d "$FLEET/$host_root" ] || return 0
	echo "# makes a Debian root with sshd, python3 and $host_packages (once, a minute)"
	mkdir -p "$FLEET" && rm -rf "$FLEET/$host_root.new" || return 1
	mmdebstrap --quiet --variant=minbase \
		--include=openssh-server,python3,cpio,kmod,udev,"$host_packages" \
		--dpkgopt='path-exclude=/usr/share/doc/*' \
		--dpkgopt='path-exclude=/usr/share/locale/*' \
		--dpkgopt='path-exclude=/usr/share/man/*' \
		bookworm "$FLEET/$host_root.new" && mv "$FLEET/$host_root.new" "$FLEET/$host_root"
}

# Runs a command with the layer as /, over those below it.
in_layer() { # LAYER LOWER COMMAND
	mkdir -p "$1/upper" "$1/work" "$1/merged"
	# shellcheck disable=SC2016 # for the inner shell
	unshare --mount --pid --fork --kill-child sh -c '
		mount -t overlay overlay -o "lowerdir=$2,upperdir=$1/upper,workdir=$1/work" "$1/merged" &&
		cd "$1/merged" && mount -t proc proc proc &&
		exec chroot . /usr/bin/env -i HOME=/root DEBIAN_FRONTEND=noninteractive \
			PATH=/usr/sbin:/usr/bin:/sbin:/bin sh -c "$3"' sh "$1" "$2" "$3"
}

# STAND-IN for the package initramfs-tools, with its trigger.
standin_generator() { # OUT
	tree=$WORK/generator
	mkdir -p "$tree/DEBIAN" "$tree/usr/sbin" &&
		cp "$here/standin/update-initramfs" "$tree/usr/sbin/" || return 1
	printf '%s\n' 'Package: initramfs-tools' 'Version: 99~standin' 'Architecture: all' \
		'Maintainer: pvroot maintainers <maintainers@pvroot.invalid>' \
		'Provides: linux-initramfs-tool' 'Depends: cpio' \
		'Description: STAND-IN of the tests of pvroot' >"$tree/DEBIAN/control"
	echo 'interest-noawait update-initramfs' >"$tree/DEBIAN/triggers"
	# shellcheck disable=SC2016 # for the script
	printf '#!/bin/sh\n[ "$1" != triggered ] || exec update-initramfs -u\n' \
		>"$tree/DEBIAN/postinst"
	chmod 755 "$tree/DEBIAN/postinst"
	dpkg-deb --root-owner-group -b "$tree" "$1" >/dev/null
}

# Copies the guest's fixture to /fixture; the files that an installation changes
# are the host's own.
fixture_into() { # UPPER
	good_guest base
	rm -rf "${T:?}/boot/initrd.img-$KVER" "${T:?}/lib" "$T/run/pvroot/report.json"
	mkdir -p "$1/boot" "$1/usr/lib/modules/$KVER" "$1/usr/lib/modules/$KVER_OLD"
	mv "$T/boot"/* "$1/boot/" && rmdir "$T/boot" || return 1
	for kernel in "$KVER" "$KVER_OLD"; do
		echo kernel/drivers/block/xen-blkfront.ko >"$1/usr/lib/modules/$kernel/modules.builtin"
		: >"$1/usr/lib/modules/$kernel/modules.order"
	done
	cp -R --sparse=always "$T" "$1/fixture" &&
		ln -s /boot "$1/fixture/boot" && ln -s /usr/lib "$1/fixture/lib" &&
		ln -s fixture/sys "$1/sys"
}

# A repository with the package, and the generator.
apt_files() { # UPPER
	mkdir -p "$1/srv/repo" "$1/usr/sbin" && cp "$package" "$1/srv/repo/" &&
		cp "$here/standin/pvroot" "$1/usr/sbin/" &&
		standin_generator "$1/standin/generator.deb" &&
		(cd "$1/srv/repo" && dpkg-scanpackages . 2>/dev/null >Packages)
}

apt_setup() {
	cat <<-'SCRIPT'
		rm -rf /etc/apt/sources.list* &&
			echo 'deb [trusted=yes] file:/srv/repo ./' >/etc/apt/sources.list &&
			dpkg-divert --quiet --local --no-rename --divert /usr/sbin/pvroot.real --add /usr/sbin/pvroot &&
			dpkg -i /standin/generator.deb && update-initramfs -u -k all &&
			apt-get update
	SCRIPT
}

# What all hosts have: the fixture, the stand-ins, a repository.
base_layer() {
	base=$LAYERS/base upper=$LAYERS/base/upper
	mkdir -p "$upper/standin" "$upper/root/.ssh" && fixture_into "$upper" &&
		cp "$here/standin/init" "$here/standin/reboot" "$upper/standin/" &&
		"${host_kind}_files" "$upper" || return 1
	rm -f "$WORK/key" "$WORK/key.pub"
	ssh-keygen -q -t ed25519 -N '' -f "$WORK/key" &&
		cp "$WORK/key.pub" "$upper/root/.ssh/authorized_keys" &&
		chmod 700 "$upper/root" "$upper/root/.ssh" || return 1
	in_layer "$base" "$FLEET/$host_root" "for kernel in $KVER $KVER_OLD; do depmod \$kernel || exit 1; done
		ln -sf pts/ptmx /dev/ptmx
		$("${host_kind}_setup")" >"$WORK/out" 2>"$WORK/err"
}

# Waits until the process runs PROGRAM in a network of its own.
has_own_network() { # PID PROGRAM
	for try in $(seq 200); do
		net=$(readlink "/proc/$1/ns/net") || return 1
		[ "$(cat "/proc/$1/comm")" = "$2" ] && [ "$net" != "$(readlink /proc/self/ns/net)" ] &&
			{ [ "$1" = "$world" ] || [ "$net" != "$(readlink "/proc/$world/ns/net")" ]; } &&
			return
		sleep 0.05
	done
	return 1
}

begin_world() {
	unshare --net --mount sleep 86400 &
	world=$!
	has_own_network "$world" sleep && in_world sh -c 'ip link set lo up && ip link add hub type bridge && ip link set hub up &&
		ip addr add 192.0.2.1/24 dev hub'
}

in_world() {
	nsenter --target "$world" --net --mount "$@"
}

# Makes a host's layer. plant_NAME changes it before begin_host.
new_host() { # NAME
	mkdir -p "$LAYERS/$1/upper" "$LAYERS/$1/work" "$LAYERS/$1/merged"
}

begin_host() { # NAME NUMBER
	# shellcheck disable=SC2016 # for the inner shell
	nsenter --target "$world" --net --mount \
		unshare --net --mount --pid --fork --kill-child sh -c '
		mount -t overlay overlay -o "lowerdir=$2,upperdir=$1/upper,workdir=$1/work" "$1/merged" &&
		cd "$1/merged" && mount -t proc proc proc &&
		mount -t devpts -o newinstance,ptmxmode=0666 devpts dev/pts &&
		exec chroot . /standin/init' sh "$LAYERS/$1" "$LAYERS/base/upper:$FLEET/$host_root" \
		>"$LAYERS/$1/log" 2>&1 </dev/null &
	pid=$!
	hosts_pids="$hosts_pids $pid"
	echo $pid >"$LAYERS/$1/pid"
	has_own_network "$pid" unshare || return
	in_world ip link add "port$2" type veth peer name eth0 netns "$pid" &&
		in_world ip link set "port$2" master hub up &&
		nsenter --target "$pid" --net sh -c "ip link set lo up && ip link set eth0 up &&
			ip addr add 192.0.2.$2/24 dev eth0"
}

end_host() { # NAME
	kill -KILL "$(cat "$LAYERS/$1/pid")"
	wait "$(cat "$LAYERS/$1/pid")" 2>/dev/null
}

# shellcheck disable=SC2317 # the trap of rollout.sh calls it
end_world() {
	for pid in $hosts_pids $world; do
		kill -KILL "$pid" 2>/dev/null
		wait "$pid" 2>/dev/null
	done
	hosts_pids='' world=''
	rm -rf "$LAYERS"
}
