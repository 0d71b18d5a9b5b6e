# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154
# mkinitrd of RHEL 5: the file that it sources. Sourced by run.

rhel5_image() {
	tree=$work/rhel5-tree
	rm -rf "$tree"
	MODULES_DIR=$work/flat NASH=/bin/busybox INSMOD=/bin/busybox \
		"$here/mkinitrd-rhel5" "$config" "$tree" "$work/rhel5.img" \
		"ext3 ata_piix" >"$work/said" 2>&1
}

machine rhel5
config=$machine/etc/sysconfig/mkinitrd/pvroot.sh
mkdir -p "$work/flat"
for module in xen-platform-pci xen-balloon xen-vbd xen-vnif ext3 ata_piix; do
	echo text >"$work/flat/$module.ko"
done

sed -i "s,/usr/sbin/pvroot ,$machine&--root $machine ," "$config"
known_card "$machine" eth0

is "rhel5: the file is executable, or mkinitrd would not source it" test -x "$config"
rhel5_image
result $? "rhel5: mkinitrd ends well"
is "rhel5: the image has pvroot, executable" test -x "$tree/bin/pvroot"
for module in xen-platform-pci xen-balloon xen-vbd xen-vnif; do
	is "rhel5: the image has $module" test -e "$tree/lib/$module.ko"
done
in_order "rhel5: PV drivers load before the emulated one" "$tree/init" \
	'insmod /lib/xen-platform-pci.ko' 'insmod /lib/xen-vbd.ko' \
	'insmod /lib/xen-vnif.ko' 'insmod /lib/ata_piix.ko'
in_order "rhel5: pvroot runs after the second mkblkdevs, before resume and root" \
	"$tree/init" '^mkblkdevs' 'insmod' '^mkblkdevs' '^pvroot boot --nodes > /dev/null' \
	'^cond -eq 1 exit 1' '^resume ' '^mkrootdev '
is "rhel5: pvroot is run once" test "$(grep -c '^pvroot ' "$tree/init")" = 1
is "rhel5: init is executable" test -x "$tree/init"
is "rhel5: the packed image has it" sh -c "zcat '$work/rhel5.img' | cpio -it --quiet | grep -qx bin/pvroot"
LVM=1 rhel5_image
in_order "rhel5: and before LVM looks at disks" "$tree/init" '^pvroot ' '^lvm '
RAID=md0 rhel5_image
in_order "rhel5: and before the kernel assembles arrays" "$tree/init" \
	'insmod' '^mkblkdevs' '^pvroot ' '^raidautorun /dev/md0' '^mkrootdev '
is "rhel5: the image has the list of names in use" test -e "$tree/lib/pvroot/names"
is "rhel5: and which card has which of them" grep -qx "$known_line" "$tree/lib/pvroot/nics"

mv "$machine/usr/sbin/pvroot" "$machine/usr/sbin/pvroot.away"
rhel5_image
isnt "rhel5: without that list init is as it was" grep -q pvroot "$tree/init"
is "rhel5: and it is said" grep -q 'is not known: image left as it was' "$work/said"
mv "$machine/usr/sbin/pvroot.away" "$machine/usr/sbin/pvroot"

ANCHOR=mkblockdevices rhel5_image
result $? "rhel5: where init is not as expected, mkinitrd still ends well"
isnt "rhel5: then the image has no pvroot" test -e "$tree/bin/pvroot"
isnt "rhel5: and init is as it was" grep -q pvroot "$tree/init"
is "rhel5: and it is said" grep -q 'image left as it was' "$work/said"

rm "$work"/flat/xen-*.ko
rhel5_image
result $? "rhel5: a kernel without PV drivers: mkinitrd ends well"
isnt "rhel5: then init is as it was" grep -q pvroot "$tree/init"
is "rhel5: and it is said, with the kernel's name" grep -q '2.6.18-128.el5 has no PV disk driver' "$work/said"
is "rhel5: the udev rule asks pvroot and ignores a twin" grep -q \
	'^KERNEL=="hd.*PROGRAM=".*pvroot twin --udev %k", OPTIONS="ignore_device"' \
	"$machine/etc/udev/rules.d/05-pvroot.rules"
