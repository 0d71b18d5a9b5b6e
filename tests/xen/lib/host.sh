# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# Starts and ends the machines: the Xen host, and guests that are plain QEMU.
# Ends only what it started, by process id.

QEMU=qemu-system-x86_64
host_pid=''
plain_pids=''

# family=23: for an older AMD family Linux looks for an AGP bridge through all
# of PCI's configuration space, which takes a guest half a minute here.
# start_host HOSTDIR JOBS: the host runs in the background, its console in
# log/host.console.  It takes jobs from JOBS and powers off after the last.
start_host() {
	cp "$XEN_DIR/host/dom0-init" "$2/" && echo "${WORKERS:-2}" >"$2/workers" ||
		return 1
	set -- "$1" "$2" -accel tcg,thread=multi -cpu qemu64,+svm,+npt,+x2apic,family=23 \
		-smp 2 -m "${HOST_MEMORY:-6144}" -nographic -no-reboot -net none \
		-drive "file=$1/dom0.img,if=virtio,format=raw,snapshot=on" \
		-kernel "$1/xen" \
		-append "console=com1 com1=115200,8n1 dom0_mem=1024M bootscrub=0 spec-ctrl=no xpti=0" \
		-initrd "$1/vmlinuz console=hvc0 quiet mitigations=off,$1/initrd.gz"
	for tag in jobs disks; do
		set -- "$@" -fsdev "local,id=$tag,path=$2,security_model=none,multidevs=remap" \
			-device "virtio-9p-pci,fsdev=$tag,mount_tag=$tag"
	done
	shift 2
	"$QEMU" "$@" >"$XEN_LOG/host.console" 2>&1 </dev/null &
	host_pid=$!
}

host_runs() {
	[ -n "$host_pid" ] && kill -0 "$host_pid" 2>/dev/null
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
	for machine in $host_pid $plain_pids; do
		kill "$machine" 2>/dev/null
	done
	for machine in $host_pid $plain_pids; do
		wait "$machine" 2>/dev/null
	done
	host_pid='' plain_pids=''
}
