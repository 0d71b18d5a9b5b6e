# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# A quick way to hand a kernel and an initrd to an HVM guest.  xl's own way
# (kernel= and ramdisk=) moves each byte through an I/O port of the device
# model: two minutes for a Debian kernel here.  So the device model lays both
# into the guest's memory at start, and "kernel=" gets the kernel's own setup
# code with 37 bytes of program behind it, that jump to what lies there.
# Boot protocol: the kernel's Documentation/arch/x86/boot.rst.

FASTBOOT_KERNEL=67108864	# 64 MiB: room below for the firmware's tests
FASTBOOT_INITRD=167772160	# 160 MiB: above what the kernel unpacks to

# A 32-bit number as four escaped bytes, the lowest first.
le32() {
	printf '\\%03o\\%03o\\%03o\\%03o' $(($1 & 255)) $(($1 >> 8 & 255)) \
		$(($1 >> 16 & 255)) $(($1 >> 24 & 255))
}

# fastboot_split DIR: DIR/vmlinuz -> DIR/start (for kernel=) and DIR/kernel;
# DIR/initrd stays as it is.
fastboot_split() {
	sectors=$(od -An -tu1 -j497 -N1 "$1/vmlinuz") || return 1
	setup=$(((sectors + 1) * 512))
	# Entered in flat 32-bit mode, esi = boot_params:
	#   movl $INITRD, 0x218(%esi); movl $SIZE, 0x21c(%esi)  the initrd
	#   movl $KERNEL, 0x214(%esi); movl $KERNEL, %eax; jmp *%eax
	initrd_size=$(wc -c <"$1/initrd")
	code="\\307\\206\\030\\002\\000\\000$(le32 $FASTBOOT_INITRD)"
	code="$code\\307\\206\\034\\002\\000\\000$(le32 "$initrd_size")"
	code="$code\\307\\206\\024\\002\\000\\000$(le32 $FASTBOOT_KERNEL)"
	code="$code\\270$(le32 $FASTBOOT_KERNEL)\\377\\340"
	{
		head -c "$setup" "$1/vmlinuz"
		# shellcheck disable=SC2059 # bytes
		printf "$code"
		head -c 475 /dev/zero
	} >"$1/start" && tail -c "+$((setup + 1))" "$1/vmlinuz" >"$1/kernel"
}

# Device model arguments, as a list of strings; FOLDER as dom0 sees it.
fastboot_args() {
	printf '"-device", "loader,file=%s/kernel,addr=%d,force-raw=on", ' \
		"$1" $FASTBOOT_KERNEL
	printf '"-device", "loader,file=%s/initrd,addr=%d,force-raw=on", ' \
		"$1" $FASTBOOT_INITRD
}
