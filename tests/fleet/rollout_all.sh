# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# Twelve hosts, and a failure at each place: install, check, reboot, status. One
# host does not exist, one is a PV guest, one was done before.
# Sourced by rollout.sh. May touch: as that.
# shellcheck disable=SC2154,SC2034 # of run and rollout.sh

make_hosts() {
	number=20
	for name in canary noimage never mate gone sick late1 late2 kvm pv ready silent; do
		number=$((number + 1))
		case $name in
		mate | late1) host $name $number pvroot_file="$package" ;;
		*) host $name $number ;;
		esac
	done
	answers ready
	guest ready 'apt-get -q -y install pvroot && update-initramfs -u -k all && /standin/reboot' \
		>"$WORK/out" 2>"$WORK/err"
	sleep 1
	answers ready
	for name in noimage never mate gone sick late1 late2 ready; do
		state_of $name >"$WORK/$name.before"
	done
}

# Two of a batch fail before any reboot: the third must not be rebooted.
fails_before_reboot() {
	phase=install_and_check
	play first -e '{"pvroot_batches": [1, 3, "100%"]}'
	exits 2 "$phase: status"
	summary 'done before: 1 ready' 'done now: 1 canary' 'not Xen HVM: 2 kvm pv' 'not reached: 1 silent' \
		'failed: 2 noimage never' 'installed, not rebooted: 1 mate' 'untouched: 4 gone sick late1 late2' \
		' *noimage: at install, put back: .*' \
		' *never: at check, put back: pvroot check: .*xen_emul_unplug=never.*'
	for name in noimage never gone sick late1 late2 ready; do is_as_before $name; done
	for name in noimage never mate gone sick late1 late2; do boots $name 1; done
	boots canary 2
	boots ready 2
	guest mate 'ls /var/lib/pvroot-rollout/boot/initrd.img-*' >"$WORK/out" 2>"$WORK/err"
	result $? "$phase: mate_keeps_its_images_of_before"
}

# What an earlier run installed must be removed too, where the next one fails.
fails_after_an_earlier_run() {
	phase=left_over
	guest mate "sed -i 's/root=LABEL/xen_emul_unplug=never &/' /boot/grub/grub.cfg"
	play left --limit mate
	exits 2 "$phase: status"
	summary 'failed: 1 mate' ' *mate: at check, put back: .*'
	guest mate "sed -i 's/xen_emul_unplug=never //' /boot/grub/grub.cfg"
	is_as_before mate
}

# The connection is lost while apt runs: for Ansible that is no failure.
loses_its_connection() {
	phase=lost
	host lost 40
	answers lost
	play lost --limit lost
	exits 2 "$phase: status"
	summary 'failed: 1 lost' ' *lost: at install, NOT put back: .*'
}

# The repaired ones go on. One of the next batch stays down; the other one of
# that batch must still be checked.
does_not_come_back() {
	phase=reboot
	guest noimage "for f in /usr/lib/modules/$KVER_OLD/modules.builtin; do
		cp \$f /usr/lib/modules/$KVER/ && depmod $KVER; done" 2>"$WORK/err"
	guest never 'sed -i s/xen_emul_unplug=never// /boot/grub/grub.cfg'
	play second -e '{"pvroot_batches": [2, 2, "100%"]}'
	exits 2 "$phase: status"
	summary 'done before: 2 canary ready' 'done now: 3 noimage never mate' 'failed: 1 gone' \
		'untouched: 3 sick late1 late2' ' *gone: at reboot, NOT put back: .*'
	for name in noimage never mate; do boots $name 2; done
	for name in sick late1 late2; do is_as_before $name; done
	boots sick 1
}

# Repaired by hand, it came up with pvroot in its image: nothing is to be done.
fails_at_status() {
	phase=status
	end_host gone
	rm "$LAYERS/gone/upper/standin/stays-down"
	begin_host gone 25
	answers gone
	play third -e '{"pvroot_batches": [2, "100%"]}'
	exits 2 "$phase: status"
	summary 'done before: 6 canary noimage never mate gone ready' 'done now: 1 late1' 'failed: 1 sick' \
		'untouched: 1 late2' ' *sick: at status, put back and rebooted: pvroot status: emulated .*sda.*'
	is_as_before sick
	is_as_before late2
	boots sick 3
	boots late2 1
}

ends_well() {
	phase=end
	guest sick 'rm -r /standin/with /standin/without /fixture/sys/block/sda'
	play fourth --limit '!silent'
	exits 0 "$phase: status"
	summary 'done before: 7 canary noimage never mate gone late1 ready' 'done now: 2 sick late2' \
		'failed: 0' 'untouched: 0'
	files_of canary mate sick late1 late2 ready >"$WORK/files"
	play fifth --limit '!silent'
	exits 0 "$phase: second_run_status"
	summary 'done before: 9 canary noimage never mate gone sick late1 late2 ready' 'done now: 0'
	unchanged_in_recap canary noimage never mate gone sick late1 late2 kvm pv ready
	files_of canary mate sick late1 late2 ready | diff "$WORK/files" - >"$WORK/err"
	result $? "$phase: second_run_changes_no_file"
	guest mate 'test ! -e /var/lib/pvroot-rollout'
	result $? "$phase: nothing_is_kept_of_a_done_guest"
}

all_hosts() {
	make_hosts
	only_looks 'canary noimage never mate gone sick late1 late2 kvm pv ready' \
		'8 canary noimage never mate gone sick late1 late2'
	fails_before_reboot
	fails_after_an_earlier_run
	does_not_come_back
	fails_at_status
	ends_well
	loses_its_connection
}
