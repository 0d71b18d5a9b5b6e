# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154
# The conditional install lines for modprobe, in a chroot with a small sysfs.
# Sourced by run.

# load_root "VIF…" CARD…: vifs as their numbers, eth0, eth1… in that order; cards
# as VENDOR:DEVICE:SUBVENDOR.
load_root() {
	rm -rf "$work/load"
	# shellcheck disable=SC2016 # expanded there
	small_root "$work/load" 'echo "pvroot $*" >>/tmp/log'
	vifs=$1
	shift
	mkdir -p "$small/sys/bus/pci/devices" "$small/sys/bus/xen" "$small/sys/class/net" \
		"$small/sbin" "$small/sys/devices" "$small/sys/block"
	for applet in ls grep; do ln -sf busybox "$small/bin/$applet"; done
	number=0
	for vif in $vifs; do
		mkdir -p "$small/sys/class/net/eth$number" "$small/sys/devices/xen/vif-$vif"
		ln -s "../../../devices/xen/vif-$vif" "$small/sys/class/net/eth$number/device"
		echo "00:16:3e:00:00:0$vif" >"$small/sys/class/net/eth$number/address"
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
		echo 0x020000 >"$device/class"
	done
	# shellcheck disable=SC2016
	printf '#!/bin/sh\necho "modprobe $*" >>/tmp/log\n' >"$small/sbin/modprobe"
	chmod +x "$small/sbin/modprobe"
	cp "$top/hooks/mkinitrd-rhel5/load-emulated" "$small/tmp/load"
	: >"$small/tmp/log"
}

# load_disk NAME DEVICE: in the layout of 2.6.18.
load_disk() {
	mkdir -p "$small/sys/block/$1" "$small/sys/$2"
	ln -s "../../$2" "$small/sys/block/$1/device"
}

asks() {
	grep -qx "pvroot twin $1" "$small/tmp/log"
}

TWIN=0x10ec:0x8139:0x5853 REAL=0x10ec:0x8139:0x10ec E1000=0x8086:0x100e:0x1af4

load_root 0 $TWIN
in_root '/bin/sh /tmp/load 8139cp'
result $? "load: one emulated NIC and its vif: modprobe is content"
isnt "load: and the driver is not loaded" grep -q modprobe "$small/tmp/log"
load_root '1 0' $TWIN $E1000
in_root '/bin/sh /tmp/load 8139cp'
isnt "load: two of two kinds, and two vifs: not loaded" grep -q modprobe "$small/tmp/log"
load_root 0 $TWIN $REAL
in_root '/bin/sh /tmp/load 8139cp debug=1'
is "load: a real NIC beside it: the driver loads, with its options" \
	grep -qx 'modprobe --ignore-install 8139cp debug=1' "$small/tmp/log"
is "load: and the vif's twin is taken away, by its address" asks 00:16:3e:00:00:00
load_root '' $TWIN
in_root '/bin/sh /tmp/load 8139too'
is "load: no vif: the driver loads" grep -q 'modprobe .*8139too' "$small/tmp/log"
load_root 0 $TWIN $TWIN
in_root '/bin/sh /tmp/load 8139cp'
is "load: fewer vifs than emulated NICs: the driver loads" grep -q modprobe "$small/tmp/log"
load_root '0 2' $TWIN
load_disk xvda devices/xen/vbd-51712
in_root '/bin/sh /tmp/load 8139cp'
is "load: the card's own vif may be the one that is missing: the driver loads" \
	grep -q modprobe "$small/tmp/log"
is "load: and each vif is asked for, by its address" asks 00:16:3e:00:00:00
is "load: the second too, though there is a disk" asks 00:16:3e:00:00:02
isnt "load: the disk is not asked for" asks xvda
load_root '0 2' $TWIN $TWIN
in_root '/bin/sh /tmp/load 8139cp'
is "load: as many vifs, but one is missing among them: the driver loads" \
	grep -q modprobe "$small/tmp/log"
load_root 0 $REAL
in_root '/bin/sh /tmp/load 8139cp'
is "load: a real NIC alone: the driver loads" grep -q modprobe "$small/tmp/log"
load_root 0 $TWIN
load_disk xvda devices/xen/vbd-51712
load_disk xvdb devices/xen/vbd-51728
load_disk sda devices/pci0000:00/0000:00:01.1/host0/target0:0:0/0:0:0:0
in_root '/bin/sh /tmp/load ata_piix'
is "load: each PV disk's twin is taken away" asks xvda
is "load: the second disk's too" asks xvdb
isnt "load: an emulated disk is not asked for" asks sda
load_root ''
rm -r "$small/sys/bus/xen"
in_root '/bin/sh /tmp/load ata_piix'
is "load: not on Xen: ata_piix loads" grep -q 'modprobe .*ata_piix' "$small/tmp/log"
isnt "load: and pvroot is not asked" grep -q pvroot "$small/tmp/log"
for driver in ata_piix 8139cp 8139too; do
	is "load: modprobe's configuration has $driver" grep -q \
		"^install $driver /usr/lib/pvroot/load-emulated $driver" \
		"$top/hooks/mkinitrd-rhel5/modprobe"
	# shellcheck disable=SC2016 # modprobe's
	in_root "CMDLINE_OPTS=debug=1; $(sed -n "s/^install $driver //p" \
		"$top/hooks/mkinitrd-rhel5/modprobe")"
	is "load: without /usr $driver loads as ever" \
		grep -qx "modprobe --ignore-install $driver debug=1" "$small/tmp/log"
done
