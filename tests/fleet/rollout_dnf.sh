# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# The role against hosts whose package manager is dnf: what rollout.sh does with
# a few hosts by apt, then what is different here. Real: ansible-core, ssh, dnf,
# rpm, the .rpm of today's dracut, its scriptlets, its dracut module and its
# program on a fixture. STAND-INS, besides those of rollout.sh: the system, a
# Debian without apt and dpkg in which one package says that it is dracut
# (tests/package/system.spec), and dracut itself (standin/dracut).
# Sourced by run. May touch: $WORK, build/fleet/.
# shellcheck disable=SC2154,SC2034 # variables of run and rollout.sh

# shellcheck source=tests/fleet/rollout.sh
. "$here/rollout.sh"
# shellcheck source=tests/package/rpmrepo.sh
. "$top/tests/package/rpmrepo.sh"

# Images have the names of RPM systems. The host knows its repository from before
# the package was put there, as a guest of a fleet does: dnf keeps what it read
# for two days.
dnf_files() { # UPPER
	T=$1/fixture
	rm "$T/usr/sbin/update-initramfs"
	put /usr/bin/dracut
	sed -i 's/initrd\.img-\([^ ]*\)/initramfs-\1.img/' "$1/boot/grub/grub.cfg"
	mkdir -p "$1/etc/yum.repos.d" "$1/usr/bin" &&
		printf '%s\n' '[local]' 'name=of the tests' 'baseurl=file:///srv/rpm' 'gpgcheck=0' \
			>"$1/etc/yum.repos.d/local.repo" &&
		mkdir -p "$1/etc/rpm" && echo '%_dbpath /var/lib/rpm' >"$1/etc/rpm/macros" &&
		cp "$here/standin/pvroot" "$1/standin/" && cp "$here/standin/dracut" "$1/usr/bin/" &&
		rpm_system "$1/srv/rpm" "$WORK" 110 --define 'pvroot_diverted /standin/pvroot' \
			>"$WORK/out" 2>"$WORK/err" && rpm_index "$1/srv/rpm"
}

dnf_setup() {
	cat <<-'SCRIPT'
		rm -f /usr/bin/apt* /usr/bin/dpkg* &&
			for kernel in /lib/modules/*; do
				kernel=${kernel##*/}
				dracut -f /boot/initramfs-$kernel.img $kernel || exit 1
			done &&
			dnf -q -y install stand-in-system
	SCRIPT
}

# dnf says which package is not there beside its message; a file that nobody
# signed is not installed before the run says that it may be.
refuses() {
	phase=absent
	play absent --check --limit next -e pvroot_version=9
	exits 2 "$phase: status"
	summary ' *next: at install, nothing was changed: .*: No package pvroot-9 available\.'
	phase=unsigned
	play unsigned --limit next -e pvroot_file="$package" -e pvroot_disable_gpg_check=false
	exits 2 "$phase: status"
	summary ' *next: at install, put back: .* is not signed'
	is_as_before next
	boots next 1
}

# rpm reports a scriptlet that fails, but the package is installed then, and for
# dnf all is well: pvroot check finds it.
fails_without_an_image() {
	phase=noimage
	host noimage 16
	answers noimage && state_of noimage >"$WORK/noimage.before"
	play noimage --limit noimage
	exits 2 "$phase: a_missing_image_is_a_failure"
	summary ' *noimage: at check, put back: pvroot check: .*pvroot is not in it.*'
	is_as_before noimage
	boots noimage 1
}

installs_a_file() {
	phase=by_file
	play file --limit next -e pvroot_file="$package"
	exits 0 "$phase: exit status"
	summary 'done now: 1 next' 'failed: 0'
	boots next 2
	guest next 'test ! -e /var/lib/pvroot-rollout'
	result $? "$phase: nothing_is_kept_of_a_done_guest"
}

# By hand: the images are made again without pvroot, and nothing of it is left.
is_removed() {
	phase=removal
	guest next 'dnf -q -y remove pvroot && /standin/reboot' >"$WORK/out" 2>"$WORK/err"
	sleep 1
	answers next
	# shellcheck disable=SC2016 # the guest's
	equal "$phase: nothing_of_pvroot_is_left" "$(guest next '{ cat /boot/init* | grep -ao "[a-z/]*pvroot[a-z/.-]*"
		find / -xdev -path "*pvroot*" ! -path "/fixture/*" ! -path "/standin/*" ! -path "/srv/*"
		rpm -qa "pvroot*"; echo end; } 2>&1')" end
	boots next 3
	play removed --check --limit next
	summary 'to do: 1 next'
}

rollout_dnf_all() {
	host_kind=dnf host_root=root-dnf host_packages=dnf,python3-dnf,rpm
	package=$top/build/pvroot-$version-1.fedora.x86_64.rpm
	list_packages='rpm -qa'
	play_vars="$play_vars pvroot_disable_gpg_check=true"
	begin_rollout || return
	is "$host_kind: package_is_put_into_the_repository" rpm_index "$LAYERS/base/upper/srv/rpm" "$package"
	few_hosts
	refuses
	fails_without_an_image
	installs_a_file
	is_removed
	end_world
}
