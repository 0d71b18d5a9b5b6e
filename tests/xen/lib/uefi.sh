# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# A disk as a UEFI guest has it: GPT, then an ESP, the root and swap. Recipes in
# images/ that source this boot by themselves (boot loader=uefi). What their
# tools write to /boot/efi is what the ESP holds.
# shellcheck disable=SC2154 # variables of image

ROOT_UUID=70767274-0000-4000-8000-00000000000a
ESP_MIB=200 ROOT_MIB=1300 SWAP_MIB=64
# The kernel's arguments in every menu. ttyS0: for the same disk in plain QEMU.
# nokaslr: see lib/prepare.sh.
UEFI_LINE="root=UUID=$ROOT_UUID ro console=ttyS0 console=hvc0 loglevel=4 panic=5 nokaslr systemd.show_status=no"

uefi_root() {
	mkdir -p "$tree/boot/efi/EFI/BOOT" "$tree/etc/kernel" &&
		printf '%s\n' "UUID=$ROOT_UUID / ext3 defaults 0 1" \
			'UUID=5056-5254 /boot/efi vfat umask=0077 0 1' \
			'LABEL=SWAP-hda2 swap swap defaults 0 0' >"$tree/etc/fstab" &&
		echo "$UEFI_LINE" >"$tree/etc/kernel/cmdline"
}

# The file of Debian's GRUB in the ESP, which looks for the root and reads its menu.
GRUB_EFI="-O x86_64-efi -p /EFI/debian part_gpt fat ext2 normal linux search search_fs_uuid configfile"

# With the root's own GRUB, of which the root keeps all modules.
uefi_grub() {
	setup "mkdir -p /boot/grub && cp -r /usr/lib/grub/x86_64-efi /boot/grub/
	grub-mkimage $GRUB_EFI -o /boot/efi/EFI/BOOT/BOOTX64.EFI"
	grub_menu
}

# With this machine's GRUB, for a root that has none.
uefi_grub_here() {
	# shellcheck disable=SC2086 # arguments
	grub-mkimage $GRUB_EFI -o "$tree/boot/efi/EFI/BOOT/BOOTX64.EFI"
	grub_menu
}

# grub.cfg in the ESP and in the root, for the one kernel in /boot.
grub_menu() {
	mkdir -p "$tree/boot/grub" "$tree/boot/efi/EFI/debian"
	cp "$tree/boot/efi/EFI/BOOT/BOOTX64.EFI" "$tree/boot/efi/EFI/debian/grubx64.efi"
	cat >"$tree/boot/efi/EFI/debian/grub.cfg" <<-END
		search.fs_uuid $ROOT_UUID root
		set prefix=(\$root)/boot/grub
		configfile \$prefix/grub.cfg
	END
	cat >"$tree/boot/grub/grub.cfg" <<-END
		set timeout=0
		menuentry "Debian GNU/Linux" {
			linux /$(cd "$tree" && echo boot/vmlinuz-*) $UEFI_LINE
			initrd /$(cd "$tree" && echo boot/initrd.img-*)
		}
	END
}

# systemd-boot, installed and given its entry by its own tools, for which a tmpfs is
# the ESP.
uefi_systemd_boot() {
	# shellcheck disable=SC2016 # for the shell in the root
	setup 'update-initramfs -u
	export SYSTEMD_RELAX_ESP_CHECKS=1 SYSTEMD_RELAX_XBOOTLDR_CHECKS=1
	mount -t tmpfs esp /boot/efi
	bootctl --no-variables install
	for kernel in /boot/vmlinuz-*; do
		kver=${kernel#*-}
		kernel-install add "$kver" "$kernel" "/boot/initrd.img-$kver"
	done
	echo "timeout 0" >/boot/efi/loader/loader.conf
	cp -r /boot/efi /tmp/ && umount /boot/efi && cp -r /tmp/efi /boot/ && rm -r /tmp/efi
	cat /boot/efi/loader/entries/*.conf'
}

# The ESP as a file, from what is in /boot/efi.
write_esp() {
	truncate -s "${ESP_MIB}M" "$1" && mkfs.vfat -F 32 -n ESP -i 50565254 "$1" >/dev/null &&
		mcopy -s -i "$1" "$tree/boot/efi"/* ::/ && rm -r "$tree/boot/efi"/*
}

write_disk() {
	uefi_size=$((ESP_MIB + ROOT_MIB + SWAP_MIB + 3))
	write_esp "$1.esp" && truncate -s "${uefi_size}M" "$1" &&
		sfdisk --quiet "$1" <<-TABLE &&
			label: gpt
			label-id: 70767274-0000-4000-8000-000000000001
			start=1MiB, size=${ESP_MIB}MiB, type=uefi, name=esp
			size=${ROOT_MIB}MiB, type=linux
			size=${SWAP_MIB}MiB, type=swap
		TABLE
		dd if="$1.esp" of="$1" bs=1M seek=1 conv=notrunc,sparse status=none && rm "$1.esp" &&
		mke2fs -q -F -t ext3 -L / -U $ROOT_UUID -d "$tree" \
			-E offset=$(((ESP_MIB + 1) * 1048576)) "$1" ${ROOT_MIB}M &&
		part_write 3 swap SWAP-hda2 - $SWAP_MIB $((ESP_MIB + ROOT_MIB + 1)) "$1"
}
