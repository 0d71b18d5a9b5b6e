# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# The same role against three real guests in Xen, each booted by GRUB on its own
# disk, reached over ssh through its host, with real reboots: one with an AHCI
# twin, a plain one, and one whose twin is held (hold-twin) as soon as an image
# with pvroot is made, so that it fails its health check and is put back. There
# are no stand-ins. Up to an hour on two cores: not part of make check.
# KEEP=FOLDER keeps the output of the playbook and the boot tests.
# Sourced by run. May touch: $WORK, build/xen/, three ports of this machine.
# shellcheck disable=SC2154,SC2034 # variables of run and rollout.sh

# shellcheck source=tests/fleet/rollout.sh
. "$here/rollout.sh"
xen_pid='' first_port=$((21000 + $$ % 4000 * 3))

# These guests are reached through this machine's own network.
in_world() {
	"$@"
}

fleet_guest() { # NAME DISK…
	echo "$1" >"$WORK/name.$1"
	printf '%s\n' "guest fleet_$1" "disk $2 image=debian12-fleet" 'runs demo' 'limit 7200' \
		'nic model=e1000 type=vif link=yes' 'boot loader=bios memory=512' \
		reboots "put $WORK/name.$1 /fleet-name"
}

# The firmware reads AHCI and SCSI disks by DMA, but IDE ones word by word,
# which takes minutes. The kernel unplugs an emulated SCSI disk as it does an
# IDE one.
all_guests() {
	fleet_guest twin 'xvda hdtype=ahci'
	echo 'want "root is on xvda1" "swap is on xvda2" "no sda" "by-label leads to xvda only"'
	fleet_guest plain sda
	echo 'want "root is on xvda1" "swap is on xvda2" "no sda" "log lacks twin"'
	fleet_guest sick 'xvda hdtype=ahci'
	echo 'put tests/fleet/hold-twin /etc/initramfs-tools/scripts/init-top/hold-twin'
	echo 'want "no fact log" "sda present"'
}

begin_guests() {
	TRY=$(all_guests) FORWARD=$first_port WORKERS=3 \
		"$top/tests/xen/run" demo 'fleet_*' >"$WORK/xen" 2>&1 </dev/null &
	xen_pid=$!
}

# Which guest is on which host is known only when it answers; all three have 20
# minutes.
find_guests() {
	: >"$WORK/hosts"
	for try in $(seq 120); do
		for port in $first_port $((first_port + 1)) $((first_port + 2)); do
			grep -q "port=$port\$" "$WORK/hosts" && continue
			name=$(guest_at 127.0.0.1 "$port" 'cat /fleet-name' 2>/dev/null) || continue
			echo "$name ansible_host=127.0.0.1 pvroot_file=$package ansible_port=$port" >>"$WORK/hosts"
			echo "# $name answers"
		done
		[ "$(wc -l <"$WORK/hosts")" != 3 ] || return 0
		kill -0 $xen_pid 2>/dev/null || break
		sleep 10
	done
	cat "$WORK/xen" >"$WORK/err"
	return 1
}

# The first batch is two guests, one with a twin; then comes the one that fails.
rolls_out() {
	phase=xen
	for name in twin plain sick; do state_of $name >"$WORK/$name.before"; done
	# The batches follow the order of the inventory.
	for name in twin plain sick; do grep "^$name " "$WORK/hosts"; done >"$WORK/sorted"
	mv "$WORK/sorted" "$WORK/hosts"
	play xen -e '{"pvroot_batches": [2, "100%"]}'
	exits 2 'xen: a_failure_is_the_status'
	summary 'done now: 2 twin plain' 'failed: 1 sick' 'untouched: 0' \
		' *sick: at status, put back and rebooted: pvroot status: emulated .*sda.*'
	is_as_before sick
	boots twin 2
	boots plain 2
	boots sick 3
	phase=xen_again
	play xen_again --limit twin,plain
	exits 0 'xen_again: status'
	summary 'done before: 2 twin plain' 'done now: 0' 'failed: 0'
	unchanged_in_recap twin plain
	boots twin 2
	boots plain 2
}

# Each reports what it sees and powers off; tests/xen/run checks the reports.
judged_by_xen() {
	for name in twin plain sick; do
		guest $name 'systemctl start --no-block xen-facts' 2>"$WORK/err"
		result $? "xen: ${name}_is_told_to_report"
	done
	wait $xen_pid
	status=$?
	xen_pid=''
	cp "$WORK/xen" "$WORK/out"
	exits 0 'xen: twin_and_plain_are_on_xvda1_in_the_end_and_sick_has_no_pvroot'
}

rollout_xen_all() {
	trap '[ -z "$xen_pid" ] || kill "$xen_pid"; [ -z "${KEEP:-}" ] || cp -R "$WORK" "$KEEP"
		rm -rf "$WORK"' EXIT
	play_patience=60 play_limit=5400 boots_file=/fleet-boots
	play_vars='pvroot_last_wait=600 pvroot_reboot_timeout=1800'
	image=$("$top/tests/xen/image" debian12-fleet) && cp "$image/key" "$WORK/key"
	result $? 'xen: the_guests_disk_can_be_made'
	begin_guests
	find_guests
	status=$?
	result $status 'xen: three_guests_answer'
	[ $status = 0 ] || return
	rolls_out
	judged_by_xen
}
