# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# pvroot status on fixture trees. Sourced by run. May touch: $WORK only.

status_good() {
	good_guest good
	pvroot status
	exits 0 'good_guest_exits_0'
	says 'xvda1 PV / LABEL=/ (root=, fstab)' 'root_is_named_with_what_calls_it'
	says 'xvda2 PV swap LABEL=SWAP-hda2 (resume=, fstab)' 'swap_is_named_with_what_calls_it'
	says 'CD-ROM, which has no PV path' 'cdrom_is_said_to_have_no_pv_path'
	says 'eth0 PV up 00:16:3e:11:22:33' 'vif_is_pv_and_up'
	says 'Good: nothing in use has a better path' 'good_verdict'
	awk 'length > 80 { exit 1 }' "$WORK/out"
	result $? 'table_fits_80_columns'
	! grep -q "$(printf '\033')" "$WORK/out"
	result $? 'no_colour_in_a_pipe'
	pvroot status --json
	json '.format == 1 and .xen_hvm and .verdict == "good" and .exit == 0' 'json_verdict_good'
	json '.disks[] | select(.name == "xvda") | .path == "pv" and .vbd == 51712 and .in_use' 'json_disk_pv'
	json '.disks[] | select(.name == "xvda") | .areas[0] | .used_for == ["/"] and .called == ["LABEL=/ (root=)", "LABEL=/ (fstab)"] and .type == "ext4"' 'json_area'
	json '[.nics[] | .name, .path, .up] == ["eth0", "pv", true]' 'json_nic'
	pvroot status --prometheus
	promtool check metrics <"$WORK/out" >"$WORK/err" 2>&1
	result $? 'promtool_accepts_the_metrics'
	grep -qx 'pvroot_emulated_in_use 0' "$WORK/out"
	result $? 'prometheus_counts_none_emulated'
}

status_colour() {
	good_guest colour
	script -qec "TERM=xterm $PROGRAM --root $T status" /dev/null >"$WORK/out" </dev/null
	grep -q "$(printf '\033\\[32m')" "$WORK/out"
	result $? 'colour_on_a_terminal'
	script -qec "NO_COLOR=1 TERM=xterm $PROGRAM --root $T status" /dev/null >"$WORK/out" </dev/null
	! grep -q "$(printf '\033')" "$WORK/out"
	result $? 'no_color_is_honoured'
}

status_emulated() {
	good_guest off
	ahci_twin
	cmdline 'root=LABEL=/ pvroot=off'
	rm "$T/run/pvroot/report.json"
	mounts 8:1 /dev/sda1 /dev/sda2
	pvroot status
	exits 1 'root_on_the_twin_exits_1'
	says 'sda1 emulated / LABEL=/ (root=, fstab)' 'twin_is_called_as_its_pv_disk_is'
	says 'Emulated, though a PV path exists: sda (the twin of xvda)' 'twin_is_named'
	says 'pvroot=off' 'off_is_said'
	pvroot status --json
	json '.exit == 1 and .verdict == "emulated" and (.emulated | length) == 1' 'json_verdict_emulated'
	json '.disks[] | select(.name == "sda") | .twin == "proven" and .twin_of == "xvda"' 'json_twin_is_proven'
	pvroot status --prometheus
	grep -qx 'pvroot_emulated_in_use 1' "$WORK/out"
	result $? 'prometheus_counts_one_emulated'
	put /proc/swaps 'Filename Type Size Used Priority' '/dev/xvda2 partition 6140 0 -2'
	pvroot status
	says 'BOTH IN USE' 'both_paths_in_use_is_shouted'
}

status_twins() {
	good_guest idle
	ahci_twin
	pvroot status
	exits 0 'idle_twin_exits_0'
	says 'its twin sda is still there' 'idle_twin_is_named'
	good_guest other
	ahci_twin other.img
	put /proc/swaps 'Filename Type Size Used Priority' '/dev/sda2 partition 6140 0 -2'
	pvroot status
	exits 0 'disk_with_other_bytes_is_no_twin'
	says "in xvda's place, but not the same disk" 'other_bytes_are_said'
	good_guest second
	pieces 'ata sdb piix 1 1 other.img'
	put /proc/self/mountinfo '21 1 202:1 / / rw - ext4 /dev/xvda1 rw' \
		'22 1 8:17 / /data rw - ext4 /dev/sdb1 rw'
	pvroot status
	exits 0 'untwinned_disk_in_use_exits_0'
	says 'no PV disk in its place' 'untwinned_disk_is_said_to_have_no_pv_path'
	pieces 'vbd 832'
	pvroot status
	exits 1 'vbd_that_no_driver_took_is_a_pv_path'
	says 'vbd-832 in its place, no PV driver took it' 'offered_vbd_is_named'
}

status_taken() {
	good_guest taken
	put /run/pvroot/twins "deleted sda $AHCI ata3 0" "unbound eth1 0000:00:04.0 - 0"
	put /run/pvroot/report.json '{"mode": "auto", "step_us": {"look": 5, "wait": 1500000},' \
		'"disks": [{"name": "xvda", "pv": true}, {"name": "sda", "twin": "detached", "twin_of": "xvda"}]}'
	pvroot status
	says 'its twin sda was taken away (deleted)' 'detached_twin_is_told_at_its_pv_disk'
	says 'Taken away since the boot: eth1 (unbound, PCI 0000:00:04.0)' 'detached_nic_is_told'
	put /run/pvroot/names/xvda 'PVROOT_NAME_1=disk/by-id/ata-QEMU_HARDDISK_QM00001' \
		'PVROOT_NAME_2=disk/by-path/pci-0000:00:05.0-ata-1'
	pvroot status
	says 'was taken away (deleted); its 2 links lead here' 'inherited_links_are_told'
	pvroot status --json
	json '[.disks[] | select(.name == "xvda")][0].inherits ==
		["disk/by-id/ata-QEMU_HARDDISK_QM00001", "disk/by-path/pci-0000:00:05.0-ata-1"]' \
		inherited_links_are_listed
	put /run/pvroot/links/xvda2 'PVROOT_LINK_3=sda2'
	pvroot status --json
	json '[.disks[] | select(.name == "xvda")][0].inherits[2] == "sda2"' \
		inherited_kernel_names_are_listed
	pvroot status --prometheus
	grep -qx 'pvroot_twins_taken_away 2' "$WORK/out" &&
		grep -qx 'pvroot_boot_step_seconds{step="wait"} 1.500000' "$WORK/out"
	result $? 'prometheus_counts_and_times'
	put /run/pvroot/report.json '{"disks": [{"name": "sda", "twin_of": "' "$(head -c 70000 /dev/zero | tr '\0' '[')"
	pvroot status
	exits 0 'broken_report_does_no_harm'
}

# Records of six words give the PV disk of a twin, even without a report.
status_recorded() {
	good_guest recorded
	put /run/pvroot/twins "deleted sda $AHCI ata3 0 xvda" "unbound eth1 0000:00:04.0 - 0 eth0"
	pvroot status
	says 'its twin sda was taken away (deleted)' 'a_record_says_whose_twin_it_was'
	says 'Taken away since the boot: eth1 (unbound, PCI 0000:00:04.0), the twin of eth0' 'a_record_says_which_vif_it_was'
	silent_about 'since the boot: sda' 'a_disk_is_told_at_its_pv_disk_only'
}

# reported TWIN: a report in which fstab names sda.
reported() {
	put /run/pvroot/report.json '{"mode": "auto", "disks": [' \
		'{"name": "xvda", "pv": true, "named_by": "/etc/fstab:3", "named": "/dev/sda2"},' \
		"{\"name\": \"sda\", \"twin\": \"$1\", \"twin_of\": \"xvda\"$2}]}"
}

# xvda was put aside, since a name keeps sda.
put_aside() {
	ahci_twin
	without_xvda
	pieces 'vbd 51712'
	put /run/pvroot/old/xvda ''
	put /proc/self/mountinfo '21 1 8:1 / / rw - ext4 /dev/sda1 rw'
	put /run/pvroot/report.json '{"mode": "auto", "disks": [' \
		'{"name": "xvda", "pv": true, "named_by": "/etc/fstab:3", "named": "/dev/sda2"},' \
		'{"name": "sda", "twin": "left", "twin_of": "xvda", "named_by": "/etc/fstab:3", "named": "/dev/sda2"}]}'
}

status_aside() {
	good_guest aside
	put_aside
	pvroot status
	exits 1 'disk_on_its_old_path_exits_1'
	says 'left on its old path, vbd-51712 is put aside; /etc/fstab:3 names it (/dev/sda2): UUID= there lets it go' 'pv_path_that_is_put_aside_is_told'
}

status_kept() {
	good_guest named
	ahci_twin
	reported left ', "named_by": "/etc/fstab:3", "named": "/dev/sda2"'
	pvroot status
	says 'the twin of xvda; /etc/fstab:3 names it (/dev/sda2): UUID= there lets it go' 'what_names_a_twin_is_told_with_the_cure'
	says 'its twin sda is still there; /etc/fstab:3 names it' 'and_at_its_pv_disk'
	pvroot status --json
	json '.disks[] | select(.name == "sda") | .named_by == "/etc/fstab:3" and .named == "/dev/sda2"' 'json_says_what_names_a_twin'
	reported hidden ''
	pvroot status
	says 'the twin of xvda, hidden: its IDE driver cannot let it go' 'a_hidden_twin_is_told'
}

# RHEL 5 and 6 have no /run: the record is in /dev, which the initrd passes on.
status_without_run() {
	good_guest norun
	rm -r "$T/run"
	pvroot status
	says 'pvroot did not run' 'without_run_and_report_it_did_not_run'
	put /dev/.pvroot/twins "deleted sda $AHCI ata3 0"
	put /dev/.pvroot/report.json '{"mode": "auto", "step_us": {"wait": 1500000},' \
		'"disks": [{"name": "sda", "twin": "detached", "twin_of": "xvda"}]}'
	pvroot status
	exits 0 'without_run_status_exits_0'
	says 'pvroot ran in this boot' 'without_run_the_report_is_found_in_dev'
	says 'its twin sda was taken away (deleted)' 'without_run_the_record_is_found_in_dev'
	pvroot status --json
	json '.ran' 'without_run_the_gate_sees_that_it_ran'
	pvroot status --prometheus
	grep -qx 'pvroot_boot_ran 1' "$WORK/out" &&
		grep -qx 'pvroot_boot_step_seconds{step="wait"} 1.500000' "$WORK/out"
	result $? 'without_run_the_metrics_are_there'
	pvroot check --quiet
	exits 0 'without_run_check_is_content'
	pvroot check --boot-log
	says 'pvroot ran in mode auto' 'without_run_the_boot_log_is_explained'
	pvroot twin --restore sdz
	grep -q 'see /dev/.pvroot/twins' "$WORK/err"
	result $? 'without_run_restore_looks_in_dev'
}

status_nics() {
	good_guest nics
	pieces 'pci 0000:00:04.0 8086 100e 1af4 1100 e1000' \
		'nic eth1 0000:00:04.0 00:16:3e:11:22:33 down'
	pvroot status
	exits 0 'idle_nic_twin_exits_0'
	says 'eth1 emulated down 00:16:3e:11:22:33, PCI 0000:00:04.0; the twin of eth0' 'nic_twin_is_named'
	put /sys/class/net/eth1/flags 0x1003
	pvroot status
	exits 1 'nic_twin_that_is_up_exits_1'
	pieces 'pci 0000:00:06.0 8086 1521 8086 0001 igb' \
		'nic eth2 0000:00:06.0 a0:36:9f:00:00:01 up'
	pvroot status --json
	json '.nics[] | select(.name == "eth2") | .path == "passed-through"' 'passed_through_nic_is_told_apart'
}

status_stacked() {
	good_guest lvm
	pieces 'stacked dm-0 xvda1 disk.img'
	link /dev/mapper/vg-root ../dm-0
	put /proc/self/mountinfo '21 1 253:0 / / rw - ext4 /dev/mapper/vg-root rw'
	pvroot status
	says 'dm-0 stacked /' 'device_mapper_root_is_shown'
	exits 0 'device_mapper_on_pv_exits_0'
}

status_elsewhere() {
	good_guest metal
	pieces not_xen
	rm -r "$T/run/pvroot"
	pvroot status
	exits 0 'not_xen_exits_0'
	says 'Not a Xen HVM guest' 'not_xen_is_said'
	T=$WORK/empty
	mkdir -p "$T"
	pvroot status
	says '/proc/mounts: no such file' 'what_cannot_be_read_is_said'
	exits 2 'nothing_to_read_exits_2'
	pvroot status --jason
	exits 2 'wrong_option_exits_2'
	good_guest full
	"$PROGRAM" --root "$T" status >/dev/full 2>/dev/null
	status=$?
	exits 2 'a_full_disk_is_no_success'
}

# The disks may not be opened; udev's database says what is on them.
status_unprivileged() {
	good_guest plain
	ahci_twin
	mounts 8:1 /dev/sda1 /dev/sda2
	put /run/udev/data/b202:1 'E:ID_FS_TYPE=ext4' 'E:ID_FS_LABEL_ENC=\x2f' 'E:ID_FS_UUID=1234'
	chmod 600 "$T"/dev/*
	chmod 755 "$T" "$WORK"
	setpriv --reuid=65534 --regid=65534 --clear-groups \
		"$PROGRAM" --root "$T" status >"$WORK/out" 2>"$WORK/err"
	# shellcheck disable=SC2034 # exits reads it
	status=$?
	exits 2 'unprivileged_could_not_tell'
	says 'could not be compared: permission denied' 'unprivileged_says_why'
	says 'xvda1 PV - LABEL=/ (root=, fstab)' 'unprivileged_asks_udev'
}

# It would take again what `twin --restore` brought back.
boot_in_a_running_system() {
	"$PROGRAM" boot >"$WORK/out" 2>"$WORK/err"
	equal "boot_is_for_the_initrd_only" $? 2
	equal "and_says_so" "$(cat "$WORK/err")" \
		"pvroot boot: is for the initrd only: nothing was done; see pvroot --help"
}

status_all() {
	boot_in_a_running_system
	status_good
	status_colour
	status_emulated
	status_twins
	status_taken
	status_recorded
	status_kept
	status_without_run
	status_nics
	status_stacked
	status_elsewhere
	status_unprivileged
}
