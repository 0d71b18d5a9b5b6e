# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# Starts and ends the machines: the Xen host, and guests that are plain QEMU.
# Ends only what it started, by process id.

host_pids=''
plain_pids=''

# start_hosts HOSTDIR JOBS COUNT: hosts run in the background, their consoles in
# log/host-N.console. They share the jobs of JOBS, one guest at a time each, and
# power off after the last. Each has one processor: emulated ones that share
# memory wait for each other, and lose guests (README.md).
start_hosts() {
	host_qemu=$("$XEN_DIR/qemu" 7>&-) || return 1
	cp "$XEN_DIR/host/dom0-init" "$XEN_DIR/host/vif" "$XEN_DIR/host/dm-nvme" "$2/" ||
		return 1
	for host_number in $(seq "$3"); do
		start_host "$1" "$2" "$host_number"
	done
}

# FORWARD=PORT: host N has a network card on the bridge of its guests; what comes
# to this machine's own PORT+N-1 goes to 10.9.0.10, port 22. Nothing leads out.
host_network() {
	[ -n "${FORWARD:-}" ] || return 0
	printf '%s,%s -device virtio-net-pci,netdev=out' \
		"-netdev user,id=out,restrict=on,net=10.9.0.0/24" \
		"hostfwd=tcp:127.0.0.1:$((FORWARD + $1 - 1))-10.9.0.10:22"
}

# Does host N count instructions? All do where CLOCK= says so. The first one does
# where a guest has OVMF, and takes those. On a busy machine QEMU 7.2 ended three
# times in three with a failed assertion (tcg_handle_interrupt) in such a guest,
# probably where the firmware sets CR8 while its next tick waits; by that clock a
# tick does not come so early. Other guests take as long by it (five took 170 s, 163
# by the real one), so no host is kept for OVMF alone. (8 ns an instruction, shift=3,
# was tried once: OVMF and systemd-boot had started the kernel after two minutes,
# beside three other labs; ten minutes later the guest still hung in its initrd, and
# its host idled.)
host_counts() {
	[ "${CLOCK:-}" = instructions ] || [ "$1${first_counts:-}" = 11 ]
}

# Times in Xen's log, and in it what guests write to port 0xe9: their firmware
# does, and who wants a mark there. For guests that are traced (run sets it).
traces=''

# family=23: for an older AMD family Linux looks for an AGP bridge through all
# of PCI's configuration space, which takes a guest half a minute here.
start_host() {
	host_console=$XEN_LOG/host-$3.console
	host_nic=$(host_network "$3")
	host_clock=''
	! host_counts "$3" || host_clock='-icount shift=0'
	set -- "$1" "$2" -accel tcg -cpu qemu64,+svm,+npt,+x2apic,family=23 \
		-smp 1 -m "${HOST_MEMORY:-3072}" -nographic -no-reboot -net none \
		-drive "file=$1/dom0.img,if=virtio,format=raw,snapshot=on" \
		-kernel "$1/xen" \
		-append "console=com1 com1=115200,8n1 dom0_mem=1024M bootscrub=0 spec-ctrl=no xpti=0$traces" \
		-initrd "$1/vmlinuz console=hvc0 quiet mitigations=off${host_clock:+ host_counts=1},$1/initrd.gz"
	for tag in jobs disks; do
		set -- "$@" -fsdev "local,id=$tag,path=$2,security_model=none,multidevs=remap" \
			-device "virtio-9p-pci,fsdev=$tag,mount_tag=$tag"
	done
	shift 2
	# shellcheck disable=SC2086 # arguments
	"$host_qemu" "$@" $host_clock $host_nic >"$host_console" 2>&1 </dev/null &
	host_pids="$host_pids $!"
}

# Do all hosts run? A job of a host that ended would never finish.
hosts_run() {
	for machine in $host_pids; do
		kill -0 "$machine" 2>/dev/null || return 1
	done
}

# A guest without Xen: the same kernel, initrd and disks, in the background; for
# uefi its firmware and first disk, which bring the rest.
# Leaves began, console and ended in its job folder as the host would.
start_plain() {
	plain_job=$1 plain_bus=${2#qemu-}
	set -- "$3" qemu-system-x86_64 -accel tcg -nographic -no-reboot -net none
	if [ "$plain_bus" = uefi ]; then
		set -- "$@" -m 768 -bios "$plain_job/OVMF.fd" \
			-drive "file=$plain_job/disk0.img,format=raw,if=none,id=d0" \
			-device nvme,serial=nvme0,drive=d0
	else
		set -- "$@" -m 320 -kernel "$plain_job/vmlinuz" \
			-initrd "$plain_job/initrd" -append "$1"
		for plain_disk in "$plain_job"/disk*.img; do
			set -- "$@" -drive "file=$plain_disk,format=raw,if=$plain_bus"
		done
	fi
	shift
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

# A host can hang completely, with its clock; then none of its jobs ends. It is seen
# by its taking no processor time at all, six times in a row; one that waits counts
# its clock. host_idle PID FILE: FILE keeps what was seen.
host_idle() {
	idle_now=$(cut -d ' ' -f 14,15 "/proc/$1/stat" 2>/dev/null) || return 1
	idle_then='' idle_count=0
	[ ! -f "$2" ] || { read -r idle_count && read -r idle_then; } <"$2"
	[ "$idle_then" = "$idle_now" ] || idle_count=-1
	printf '%s\n' $((idle_count + 1)) "$idle_now" >"$2"
	[ $((idle_count + 1)) -ge 6 ]
}

# Or, where it still takes some, from a job that has run for twice its limit and a
# minute by this machine's clock.
job_hangs() {
	if [ ! -f "$1/began" ] || [ -f "$1/ended" ]; then
		return 1
	fi
	read -r hung_limit <"$1/limit"
	[ $(($(date +%s) - $(stat -c %Y "$1/began"))) -gt $((2 * hung_limit + 60)) ]
}

# all_is_well JOBS: every host runs, and none hangs, which is looked at every
# ten seconds: it takes a process for each host and two for each guest that runs.
well_at=0
all_is_well() {
	hosts_run || return 1
	well_now=$(date +%s)
	[ $((well_now - well_at)) -ge 10 ] || return 0
	well_at=$well_now
	for machine in $host_pids; do
		! host_idle "$machine" "${1%/*}/host-$machine" || return 1
	done
	for busy in "$1"/[0-9]*-*; do
		! job_hangs "$busy" || return 1
	done
}

# replace_hosts HOSTDIR JOBS COUNT: ends all hosts and starts new ones; jobs
# that were running count as lost, so that they are started again.
replace_hosts() {
	end_machines KILL "$host_pids"
	for busy in "$2"/[0-9]*-*; do
		if [ -d "$busy/taken" ] && [ ! -f "$busy/ended" ]; then
			echo lost >"$busy/ended"
		fi
	done
	host_pids=''
	start_hosts "$1" "$2" "$3"
}

# end_machines SIGNAL PIDS
end_machines() {
	for machine in $2; do
		kill "-$1" "$machine" 2>/dev/null
	done
	for machine in $2; do
		wait "$machine" 2>/dev/null
	done
}

# A stopped process ignores TERM; a plain guest's shell needs it.
stop_machines() {
	end_machines KILL "$host_pids"
	end_machines TERM "$plain_pids"
	host_pids='' plain_pids=''
}
