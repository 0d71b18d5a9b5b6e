# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154
# The conditional install lines for modprobe, in a chroot with a small sysfs.
# Sourced by run.

# load_root VIFS NIC…: NICs as VENDOR:DEVICE:SUBVENDOR.
load_root() {
	rm -rf "$work/load"
	# shellcheck disable=SC2016 # expanded there
	small_root "$work/load" 'echo "pvroot $*" >>/tmp/log'
	vifs=$1
	shift
	mkdir -p "$small/sys/bus/pci/devices" "$small/sys/bus/xen" "$small/sys/class/net" \
		"$small/sbin" "$small/sys/devices"
	for applet in ls grep wc; do ln -sf busybox "$small/bin/$applet"; done
	number=0
	while [ $number -lt "$vifs" ]; do
		mkdir -p "$small/sys/class/net/eth$number" "$small/sys/devices/vif-$number"
		ln -s "../../../devices/vif-$number" "$small/sys/class/net/eth$number/device"
		number=$((number + 1))
	done
	for nic; do
		number=$((number + 1))
		device=$small/sys/bus/pci/devices/0000:00:0$number.0
		mkdir "$device"
		echo "${nic%%:*}" >"$device/vendor"
		nic=${nic#*:}
		echo "${nic%%:*}" >"$device/device"
		echo "${nic#*:}" >"$device/subsystem_vendor"
	done
	# shellcheck disable=SC2016
	printf '#!/bin/sh\necho "modprobe $*" >>/tmp/log\n' >"$small/sbin/modprobe"
	chmod +x "$small/sbin/modprobe"
	cp "$top/hooks/mkinitrd-rhel5/load-emulated" "$small/tmp/load"
	: >"$small/tmp/log"
}

TWIN=0x10ec:0x8139:0x5853 REAL=0x10ec:0x8139:0x10ec

load_root 1 $TWIN
in_root '/bin/sh /tmp/load 8139cp'
result $? "load: one emulated NIC and its vif: modprobe is content"
isnt "load: and the driver is not loaded" grep -q modprobe "$small/tmp/log"
load_root 1 $TWIN $REAL
in_root '/bin/sh /tmp/load 8139cp debug=1'
is "load: a real NIC beside it: the driver loads, with its options" \
	grep -qx 'modprobe --ignore-install 8139cp debug=1' "$small/tmp/log"
is "load: and the twin is taken away" grep -qx 'pvroot twin xvda' "$small/tmp/log"
load_root 0 $TWIN
in_root '/bin/sh /tmp/load 8139too'
is "load: no vif: the driver loads" grep -q 'modprobe .*8139too' "$small/tmp/log"
load_root 1 $TWIN $TWIN
in_root '/bin/sh /tmp/load 8139cp'
is "load: fewer vifs than emulated NICs: the driver loads" grep -q modprobe "$small/tmp/log"
load_root 1 $REAL
in_root '/bin/sh /tmp/load 8139cp'
is "load: a real NIC alone: the driver loads" grep -q modprobe "$small/tmp/log"
load_root 0
rm -r "$small/sys/bus/xen"
in_root '/bin/sh /tmp/load ata_piix'
is "load: not on Xen: ata_piix loads" grep -q 'modprobe .*ata_piix' "$small/tmp/log"
isnt "load: and pvroot is not asked" grep -q pvroot "$small/tmp/log"
for driver in ata_piix 8139cp 8139too; do
	is "load: modprobe's configuration has $driver" grep -q \
		"^install $driver /usr/lib/pvroot/load-emulated $driver" \
		"$top/hooks/mkinitrd-rhel5/modprobe"
done
