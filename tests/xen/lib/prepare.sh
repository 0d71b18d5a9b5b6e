# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# Turns a declared guest into a job: its disks, kernel, initrd and the xl
# configuration (or QEMU's arguments).  Writes in the run's folder only.

# modules_into
# shellcheck source=tests/xen/lib/modules.sh
. "$XEN_DIR/lib/modules.sh"

# The folder of an image's build; stages are shown by the builder.
image_dir() {
	"$XEN_DIR/image" "$1"
}

# pvroot_initrd KERNELDIR EARLY: the project's own image for one kernel, made
# again when the program, the image's scripts or the modules asked for change.
# The lock keeps two runs from building at once.
pvroot_initrd() {
	initrd_version=$(cat "$1/version")
	initrd_out=$XEN_OUT/initrd/$initrd_version-$(hash_of "$2").img
	initrd_hash=$(hash_of "$TOP/build/pvroot" "$TOP/src/init" "$TOP/initramfs" "$1.stamp" "$2")
	mkdir -p "$XEN_OUT/initrd"
	if ! is_fresh "$initrd_out" "$initrd_hash"; then
		flock "$XEN_OUT/.lock-initrd" make -s -C "$TOP" initramfs \
			KVER="$initrd_version" MODDIR="$1/lib/modules/$initrd_version" \
			OUT="$initrd_out.$$" EARLY="$2" >/dev/null &&
			mv "$initrd_out.$$" "$initrd_out" || return 1
		mark_fresh "$initrd_out" "$initrd_hash"
	fi
	echo "$initrd_out"
}

# The same with 32-bit programs. This machine may be unable to run that busybox,
# so it is added in a later archive, which wins.
pvroot_initrd_i386() {
	initrd_i386=$job/initrd.i386
	mkdir -p "$1/over/bin" &&
		cp "$1/busybox" "$1/over/bin/" &&
		make -s -C "$TOP" i386 >/dev/null &&
		"$TOP/initramfs/build" PVROOT="$TOP/build/pvroot.i386" \
			KVER="$(cat "$1/version")" OUT="$initrd_i386" EARLY="$2" \
			MODDIR="$1/lib/modules/$(cat "$1/version")" >/dev/null &&
		(cd "$1/over" && find bin/busybox | cpio --quiet -o -H newc |
			gzip -1) >>"$initrd_i386" && echo "$initrd_i386"
}

# Kernel and initrd of a guest into its job folder.
prepare_boot() {
	boot_initrd=$(noted "$decl/boot" initrd pvroot)
	boot_kernel=$(noted "$decl/boot" kernel)
	boot_args=
	case $(noted "$decl/boot" loader) in
	bios) return ;;
	uefi)
		cp /usr/share/ovmf/OVMF.fd "$job/"
		return
		;;
	esac
	case $boot_initrd in
	pvroot)
		boot_dir=$("$XEN_DIR/kernel" "${boot_kernel:-12}") || return 1
		boot_maker=pvroot_initrd
		[ ! -f "$boot_dir/busybox" ] || boot_maker=pvroot_initrd_i386
		boot_file=$($boot_maker "$boot_dir" \
			"$(noted "$decl/boot" early)") || return 1
		;;
	*)
		boot_image=$(image_dir "$boot_initrd") || return 1
		boot_file=$boot_image/initrd.img
		boot_dir=$boot_image
		[ -z "$boot_kernel" ] ||
			boot_dir=$("$XEN_DIR/kernel" "$boot_kernel") || return 1
		;;
	esac
	ln -f "$boot_dir/vmlinuz" "$job/vmlinuz" || return 1
	boot_args=$(fastboot_args "/disks/$job_name")
	prepare_overlay "$(noted "$decl/boot" overlay)" && fastboot_split "$job"
}

# A later archive wins: the overlay's files replace those of the initrd.
prepare_overlay() {
	if [ -z "$1" ]; then
		ln -f "$boot_file" "$job/initrd"
		return
	fi
	[ -d "$XEN_DIR/overlay/$1" ] || die "no overlay/$1"
	cp "$boot_file" "$job/initrd" &&
		(cd "$XEN_DIR/overlay/$1" && find . | cpio --quiet -o -H newc |
			gzip -1) >>"$job/initrd"
}

# disk_copy NOTES FILE: the image, a copy of an earlier disk (copy=N, other
# bytes on the host) or the very same file (same=N).  Prints the file's name.
disk_copy() {
	copy_image=$(noted "$1" image)
	copy_same=$(noted "$1" same)
	copy_of=$(noted "$1" copy)
	if [ -n "$copy_same" ]; then
		echo "disk$copy_same.img"
	elif [ -n "$copy_of" ]; then
		cp --sparse=always "$job/disk$copy_of.img" "$job/$2" && echo "$2"
	else
		copy_dir=$(image_dir "$copy_image") || return 1
		cp --sparse=always --reflink=auto "$copy_dir/disk.img" "$job/$2" &&
			echo "$2"
	fi
}

# Files and steps go into the first disk's first partition that is no ESP,
# without a mount. The root reports after each line of steps; where a fork takes long a report takes
# half a minute, so they become one line.
prepare_root_files() {
	if [ -f "$decl/steps" ] && [ ! -f "$decl/steps.line" ]; then
		paste -s -d ';' "$decl/steps" >"$decl/steps.line"
		echo "$decl/steps.line /xen/steps" >>"$decl/put"
	fi
	[ -f "$decl/put" ] || return 0
	put_sector=$(sfdisk -d "$job/disk0.img" | awk -F '[=,]' '
		/start=/ && !/C12A7328/ { print $2 + 0; exit }')
	while read -r put_from put_to; do
		case $put_from in
		/*) ;;
		*) put_from=$TOP/$put_from ;;
		esac
		debugfs -w -R "write $put_from $put_to" \
			"$job/disk0.img?offset=$((put_sector * 512))" 2>/dev/null || return 1
	done <"$decl/put"
}

# The modules by which dom0 serves the disk (host/vif). They come with the guest:
# no other one needs them, and dom0's initrd stays as it is.
prepare_nfs() {
	nfs_kernel=$("$XEN_DIR/kernel" "$HOST") &&
		mkdir "$job/nfs" && modules_into "$nfs_kernel" "$job/nfs" nfsd
}

prepare_disks() {
	disk_lines='' emulated_args='' hdtype=ide
	for notes in "$decl"/disk.*; do
		[ -f "$notes" ] || continue
		disk_name=$(disk_copy "$notes" "disk${notes##*.}.img") || return 1
		hdtype=$(noted "$notes" hdtype "$hdtype")
		if [ "$(noted "$notes" vdev)" = nfs ]; then
			prepare_nfs || return 1
			continue
		fi
		disk_type=$(noted "$notes" devtype)
		disk_access=$(noted "$notes" access rw)
		[ "$disk_type" != cdrom ] || disk_access=ro
		disk_lines="$disk_lines\"format=raw,vdev=$(noted "$notes" vdev),access=$disk_access,${disk_type:+devtype=$disk_type,}backendtype=qdisk,target=/disks/$job_name/$disk_name\", "
	done
	prepare_root_files || return 1
	for notes in "$decl"/emulated.*; do
		[ -f "$notes" ] || continue
		emulated_number=${notes##*.}
		disk_name=$(disk_copy "$notes" "emulated$emulated_number.img") || return 1
		prepare_emulated "$notes" "$job/$disk_name" || return 1
		emulated_args="$emulated_args$(emulated_device "$notes" "$emulated_number"), "
	done
}

# differ=OFFSET inverts every bit of one byte; reading the sector that
# unreadable= names fails (QEMU's blkdebug). A disk with bytes of its own is
# hashed, so that it can be seen later whether the guest wrote to it.
prepare_emulated() {
	printf '[inject-error]\nevent = "read_aio"\nerrno = "5"\nsector = "%s"\n' \
		"$(noted "$1" unreadable)" >"$2.faults"
	emulated_differ=$(noted "$1" differ)
	if [ -n "$emulated_differ" ]; then
		emulated_byte=$(od -An -tu1 -j"$emulated_differ" -N1 "$2") || return 1
		# shellcheck disable=SC2059 # the byte
		printf "\\$(printf %o $((255 - emulated_byte)))" |
			dd of="$2" bs=1 seek="$emulated_differ" conv=notrunc status=none || return 1
	fi
	[ -n "$(noted "$1" same)" ] || ! grep -q ' unwritten$' "$decl/want" ||
		sha256sum <"$2" >"$2.sum"
}

# Arguments for one disk that only the device model has, as a list of strings.
emulated_device() {
	emulated_addr=$(noted "$1" addr "$((8 + $2))")
	emulated_bus=$(noted "$1" bus lsi)
	emulated_path=/disks/$job_name/$disk_name
	emulated_file=$emulated_path,file.locking=off
	[ -z "$(noted "$1" unreadable)" ] ||
		emulated_file=blkdebug:$emulated_path.faults:$emulated_path
	emulated_if=none
	[ "$emulated_bus" != twin-ide ] ||
		emulated_if=ide,index=$(noted "$1" port 1)
	printf '"-drive", "if=%s,id=x%s,format=raw,file=%s"' \
		"$emulated_if" "$2" "$emulated_file"
	case $emulated_bus in
	lsi) printf ', "-device", "lsi53c895a,id=c%s,addr=%s", "-device", "scsi-hd,bus=c%s.0,drive=x%s"' \
		"$2" "$emulated_addr" "$2" "$2" ;;
	ahci) printf ', "-device", "ich9-ahci,id=c%s,addr=%s", "-device", "ide-hd,bus=c%s.%s,drive=x%s"' \
		"$2" "$emulated_addr" "$2" "$(noted "$1" port 0)" "$2" ;;
	nvme) printf ', "-device", "nvme,serial=x%s,id=c%s,addr=%s", "-device", "nvme-ns,bus=c%s,nsid=%s,drive=x%s"' \
		"$2" "$2" "$emulated_addr" "$2" "$(noted "$1" port 1)" "$2" ;;
	# with a subsystem more controllers may lead to the disk: Linux's multipath
	nvme-subsys) printf ', "-device", "nvme-subsys,id=s%s", "-device", "nvme,serial=x%s,id=c%s,subsys=s%s,addr=%s", "-device", "nvme-ns,bus=c%s,nsid=%s,drive=x%s"' \
		"$2" "$2" "$2" "$2" "$emulated_addr" "$2" "$(noted "$1" port 1)" "$2" ;;
	# one more namespace of the controller that hdtype=nvme gives (host/dm-nvme)
	nvme-ns) printf ', "-device", "nvme-ns,bus=nvme0,nsid=%s,drive=x%s"' \
		"$(noted "$1" port 2)" "$2" ;;
	# beside the twin, on the machine's own IDE controller (libxl gives these
	# arguments before the AHCI controller that it makes itself)
	twin-ide) ;;
	esac
}

# Arguments for the network cards that have no PV side. A passed-through card is
# one of the maker's own subsystem: of those that QEMU has only e1000e can be it.
card_devices() {
	for notes in "$decl"/card.*; do
		[ -f "$notes" ] || continue
		card_id=n${notes##*.}
		card_net=
		if [ -n "$(noted "$notes" link)" ]; then
			# the kernel counts: the last guest's may be there still
			printf '"-netdev", "tap,id=%s,ifname=card-%%d,script=/jobs/vif,downscript=no", ' \
				"$card_id"
			card_net=,netdev=$card_id
		fi
		[ -z "$(noted "$notes" passed)" ] ||
			card_net=$card_net,subsys_ven=0x8086,subsys=0xa01f
		printf '"-device", "%s,mac=%s,addr=%s,romfile=%s", ' \
			"$(noted "$notes" model e1000)" "$(noted "$notes" mac)" \
			"$(noted "$notes" addr 9)" "$card_net"
	done
}

nic_lines() {
	for notes in "$decl"/nic.*; do
		[ -f "$notes" ] || continue
		nic_script=/bin/true
		[ -z "$(noted "$notes" link)" ] || nic_script=/jobs/vif
		printf '"model=%s,mac=%s,bridge=xenbr0,script=%s%s", ' \
			"$(noted "$notes" model e1000)" \
			"$(noted "$notes" mac 00:16:3e:11:22:33)" "$nic_script" \
			"$(noted "$notes" type | sed 's/^/,type=/; s/,type=$//')"
	done
}

# The kernel command line may hold anything but a quote's own character.
xl_config() {
	xl_hdtype=$hdtype
	[ "$hdtype" != nvme ] || xl_hdtype=ide # host/dm-nvme makes it NVMe
	cat <<-CFG
		type = "hvm"
		name = "$job_name"
		memory = $(noted "$decl/boot" memory 320)
		vcpus = 1
		hdtype = "$xl_hdtype"
		disk = [ $disk_lines]
		vif = [ $(nic_lines)]
		device_model_args_hvm = [ $boot_args$emulated_args$(card_devices)]
		on_poweroff = "destroy"
		on_reboot = "destroy"
		on_crash = "destroy"
		vga = "none"
		vnc = 0
		sdl = 0
		usb = 0
	CFG
	[ "$hdtype" != nvme ] || echo 'device_model_override = "/jobs/dm-nvme"'
	case $(noted "$decl/boot" loader) in
	bios) ;;
	uefi)
		cat <<-CFG
			bios = "ovmf"
			bios_path_override = "/disks/$job_name/OVMF.fd"
			serial = "file:/jobs/console/$job_name.serial"
		CFG
		;;
	*)
		cat <<-CFG
			kernel = "/disks/$job_name/start"
			cmdline = '$(command_line "console=hvc0 nokaslr")'
		CFG
		;;
	esac
	[ ! -f "$decl/xl" ] || cat "$decl/xl"
}

# nokaslr: QEMU's SVM lost guests early in boot when the kernel moved itself.
# Quiet, because each character of a console costs an exit to the host.
command_line() {
	printf '%s %s panic=5 %s' "$1" "${LOGLEVEL:-loglevel=4}" "$(noted "$decl/boot" append)"
}

# prepare_job NAME DIR: DIR is made elsewhere and moved, so that the host
# never sees half a job.
prepare_job() (
	decl=$DECLARED/$1 job=$2.new job_name=${2##*/}
	mkdir -p "$job"
	cat "$decl/limit" 2>/dev/null >"$job/limit" || echo 300 >"$job/limit"
	for prepared in until late reboots traced; do
		[ ! -f "$decl/$prepared" ] || cp "$decl/$prepared" "$job/$prepared"
	done
	prepare_boot && prepare_disks && xl_config >"$job/guest.cfg" &&
		mv "$job" "$2"
)
