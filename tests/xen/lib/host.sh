# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# Starts and ends the machines: the Xen host, and guests that are plain QEMU.
# Ends only what it started, by process id.

QEMU=qemu-system-x86_64
host_pids=''
plain_pids=''

# start_hosts HOSTDIR JOBS COUNT: hosts run in the background, their consoles in
# log/host-N.console. They share the jobs of JOBS, one guest at a time each, and
# power off after the last. Each has one processor: emulated ones that share
# memory wait for each other, and lose guests (README.md).
start_hosts() {
	cp "$XEN_DIR/host/dom0-init" "$2/" || return 1
	for host_number in $(seq "$3"); do
		start_host "$1" "$2" "$XEN_LOG/host-$host_number.console"
	done
}

# family=23: for an older AMD family Linux looks for an AGP bridge through all
# of PCI's configuration space, which takes a guest half a minute here.
start_host() {
	host_console=$3
	set -- "$1" "$2" -accel tcg -cpu qemu64,+svm,+npt,+x2apic,family=23 \
		-smp 1 -m "${HOST_MEMORY:-3072}" -nographic -no-reboot -net none \
		-drive "file=$1/dom0.img,if=virtio,format=raw,snapshot=on" \
		-kernel "$1/xen" \
		-append "console=com1 com1=115200,8n1 dom0_mem=1024M bootscrub=0 spec-ctrl=no xpti=0" \
		-initrd "$1/vmlinuz console=hvc0 quiet mitigations=off,$1/initrd.gz"
	for tag in jobs disks; do
		set -- "$@" -fsdev "local,id=$tag,path=$2,security_model=none,multidevs=remap" \
			-device "virtio-9p-pci,fsdev=$tag,mount_tag=$tag"
	done
	shift 2
	"$QEMU" "$@" >"$host_console" 2>&1 </dev/null &
	host_pids="$host_pids $!"
}

# All of them: a job that one took away with it has no end.
hosts_run() {
	for machine in $host_pids; do
		kill -0 "$machine" 2>/dev/null || return 1
	done
}

# A guest without Xen: the same kernel, initrd and disks, in the background.
# Leaves began, console and ended in its job folder as the host would.
start_plain() {
	plain_job=$1 plain_bus=${2#qemu-}
	set -- "$QEMU" -accel tcg -m 320 -nographic -no-reboot -net none \
		-kernel "$plain_job/vmlinuz" -initrd "$plain_job/initrd" \
		-append "$3"
	for plain_disk in "$plain_job"/disk*.img; do
		set -- "$@" -drive "file=$plain_disk,format=raw,if=$plain_bus"
	done
	(
		date +%s >"$plain_job/began"
		plain_limit=$(cat "$plain_job/limit")
		timeout "$plain_limit" "$@" >"$plain_job/console" 2>&1 </dev/null &
		plain_qemu=$!
		trap 'kill "$plain_qemu" 2>/dev/null' TERM INT
		wait "$plain_qemu"
		[ $? -eq 124 ] && why=limit || why=gone
		date +%s >>"$plain_job/began"
		echo "$why" >"$plain_job/ended"
	) &
	plain_pids="$plain_pids $!"
}

stop_machines() {
	for machine in $host_pids $plain_pids; do
		kill "$machine" 2>/dev/null
	done
	for machine in $host_pids $plain_pids; do
		wait "$machine" 2>/dev/null
	done
	host_pids='' plain_pids=''
}
