# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# A root for the RPM packages' tests, $tree, in which dracut and mkinitrd are
# stand-ins that log how they were called. May touch: build/package/.
# shellcheck disable=SC2034,SC2154 # of the sourcing

tree=$work/rpmroot

# A root with a shell, two kernels with images, and one kernel that is gone.
new_root() {
	rm -rf "$tree" && mkdir -p "$tree/bin" "$tree/boot" "$tree/tmp" "$tree/dev" \
		"$tree/lib/modules/2.6.18-1" "$tree/lib/modules/6.1-2" || return 1
	: >"$tree/dev/null"
	cp "$(command -v busybox)" "$tree/bin/busybox"
	for applet in sh chmod mv rm test cat echo ls mkdir; do ln -s busybox "$tree/bin/$applet"; done
	for kernel in 2.6.18-1 6.1-2 5.9-gone; do echo old >"$tree/boot/$prefix$kernel$suffix"; done
	for command in dracut mkinitrd mkinitrd_setup; do
		stand_in >"$tree/bin/$command" && command chmod 755 "$tree/bin/$command"
	done
}

# Logs its arguments and whether pvroot is there; fails where the test asks for
# it.
stand_in() {
	cat <<-'SCRIPT'
		#!/bin/sh
		with=without
		for file in /usr/sbin/pvroot /sbin/pvroot; do
			[ ! -x $file ] || with=with
		done
		echo "${0##*/} $* $with" >>/tmp/calls
		case "${0##*/} $*" in
		mkinitrd_setup*) exit 0 ;;
		*-i*) for new; do :; done; new=/boot/$new ;;
		*) new=$2 ;;
		esac
		[ ! -e /tmp/fail ] || { echo half >"$new"; exit 1; }
		echo "$with" >"$new"
	SCRIPT
}

# Where an image is made: what is called, for each kernel that is there.
calls() { # with|without
	for kernel in 2.6.18-1 6.1-2; do
		new=/boot/$prefix$kernel$suffix.pvroot
		case $system in
		rhel5) echo "mkinitrd -f $new $kernel $1" ;;
		suse11) echo "mkinitrd -k vmlinuz-$kernel -i ${new#/boot/} $1" ;;
		*) echo "dracut -f $new $kernel $1" ;;
		esac
	done | if [ "$system" = suse11 ]; then echo "mkinitrd_setup  $1" && cat; else cat; fi
}
