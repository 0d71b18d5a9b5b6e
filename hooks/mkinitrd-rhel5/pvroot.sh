# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# For mkinitrd of RHEL 5 (5.1.19), which sources it from /etc/sysconfig/mkinitrd
# before anything else: adds the PV drivers and pvroot to every image.
# May touch: mkinitrd's PREMODS, and the image's tree. No `set -u`: the shell is
# mkinitrd's own.
#
# mkinitrd has no hook for when the tree is complete. But its last step before
# it packs the tree is one chmod of the image's init, so this defines chmod as a
# function.

# Before all other modules. One that the kernel does not have is left out ("-").
PREMODS="$PREMODS -xen-platform-pci -xen-balloon -xen-vbd -xen-vnif"

# The images' own copy; the installed program is larger.
pvroot_program=/usr/lib/pvroot/pvroot

# Prints init with pvroot after the last mkblkdevs. Fails where the commands
# that must be before or after it are not.
pvroot_edit() {
	awk '
	{ line[NR] = $0 }
	$1 == "mkblkdevs" { at = NR }
	$1 ~ /^(lvm|raidautorun|dm|resume|mkrootdev)$/ && !later { later = NR }
	$1 == "insmod" { insmod = NR }
	$1 == "mkrootdev" { root = NR }
	END {
		if (!at || !root || later < at || insmod > at)
			exit 1
		for (i = 1; i <= NR; i++) {
			print line[i]
			if (i != at)
				continue
			print "mknod /dev/kmsg c 1 11"
			print "echo Looking for the paravirtual root"
			print "pvroot boot --nodes > /dev/null"
			# strict, and no root on a PV disk: init ends and the
			# kernel panics, as RHEL 5 always does where no root is
			# found.
			print "cond -eq 1 exit 1"
		}
	}' "$1"
}

# RHEL 5 never unplugs an emulated disk: an image without the PV driver boots as
# before. So where something is wrong, print it and leave the image as it is.
# shellcheck disable=SC2154 # mkinitrd's variables
pvroot_put() {
	if ! [ -s "$MNTIMAGE/lib/xen-vbd.ko" ] &&
		! grep -qs '^CONFIG_XEN_BLKDEV_FRONTEND=y' "/boot/config-$kernel"; then
		echo "pvroot: kernel $kernel has no PV disk driver (xen-vbd): image left as it was" >&2
	elif ! [ -x "$pvroot_program" ]; then
		echo "pvroot: $pvroot_program is missing: image left as it was" >&2
	elif ! pvroot_edit "$RCFILE" >"$RCFILE.pvroot"; then
		echo "pvroot: the init of this mkinitrd is not as expected: image left as it was" >&2
	# Without the list every name would count as unused.
	elif ! mkdir -p "$MNTIMAGE/lib/pvroot" ||
		! /usr/sbin/pvroot names >"$MNTIMAGE/lib/pvroot/names"; then
		echo "pvroot: which disks and cards /etc names is not known: image left as it was" >&2
	elif cp "$pvroot_program" "$MNTIMAGE/bin/pvroot"; then
		# Without it two cards may have each other's name.
		/usr/sbin/pvroot nics --record >"$MNTIMAGE/lib/pvroot/nics" ||
			rm -f "$MNTIMAGE/lib/pvroot/nics"
		command chmod 755 "$MNTIMAGE/bin/pvroot"
		cat "$RCFILE.pvroot" >"$RCFILE"
	fi
	rm -f "$RCFILE.pvroot"
}

chmod() {
	[ "$#:$1:$2" != "2:+x:${RCFILE:-none}" ] || pvroot_put
	command chmod "$@"
}
