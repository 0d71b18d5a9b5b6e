# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# The role and its playbook against hosts that are Debian roots with sshd
# (world.sh). Real: ansible-core, ssh, apt, dpkg, the package, its hook and its
# program on a fixture. STAND-INS (standin/): the reboot, the boot, the
# generator. FLEET_HOSTS=all takes twelve hosts and a failure at each place; the
# default is four hosts.
# KEEP=FOLDER keeps the playbook's output. Sourced by run. May touch: $WORK,
# build/fleet/.
# shellcheck disable=SC2154,SC2034 # variables of run and lib

KVER_OLD=5.10.0-9-amd64
ansible=$top/hooks/fleet/ansible
version=$(sed -n 's/^VERSION := //p' "$top/Makefile")
package=$top/build/pvroot_$version-1_amd64.deb
# The hosts' kind (world.sh), the root that it is made of, what that has.
host_kind=apt host_root=root host_packages=python3-apt
# shellcheck source=tests/fleet/world.sh
. "$here/world.sh"

# host NAME NUMBER [VARIABLE=…]: prepared before by plant_NAME, if there is one.
host() {
	new_host "$1"
	! command -v "plant_$1" >/dev/null || "plant_$1" "$LAYERS/$1/upper"
	echo "$1 ansible_host=192.0.2.$2 ${3:-}" >>"$WORK/hosts"
	[ "$1" = silent ] || begin_host "$1" "$2"
}

# How long Ansible waits for an answer, and the limit of the playbook (seconds);
# more arguments for the playbook; where a guest counts its boots.
play_patience=20 play_limit=600
play_vars="pvroot_last_wait=10 standin_timeout=60 pvroot_reboot_tasks=$here/standin/reboot.yml"
boots_file=/standin/boots

# play NAME ARGUMENTS…: its output is $WORK/NAME.play, and $WORK/out.
play() {
	name=$1
	shift
	in_world unshare --pid --fork --kill-child --mount-proc env -C "$WORK" \
		HOME="$WORK" ANSIBLE_CONFIG="$ansible/ansible.cfg" LC_ALL=C.UTF-8 ANSIBLE_NOCOLOR=1 ANSIBLE_PIPELINING=1 ANSIBLE_TIMEOUT=$play_patience \
		ANSIBLE_FORKS=12 ANSIBLE_LOCALHOST_WARNING=0 ANSIBLE_HOST_KEY_CHECKING=0 \
		timeout "$play_limit" ansible-playbook -i "$WORK/hosts" "$ansible/rollout.yml" \
		-e "ansible_user=root ansible_python_interpreter=/usr/bin/python3" \
		-e "ansible_ssh_private_key_file=$WORK/key $play_vars" "$@" \
		>"$WORK/out" 2>"$WORK/err" </dev/null
	status=$?
	cp "$WORK/out" "$WORK/$name.play"
	# Kept for the message of a failed assertion: failures, the summary and
	# the recap.
	sed -n -e '/^fatal/p' -e '/TASK \[.*Summary\]/,$p' "$WORK/$name.play" >"$WORK/out"
}

guest_at() { # ADDRESS PORT COMMAND
	in_world ssh -n -q -i "$WORK/key" -p "$2" -o StrictHostKeyChecking=no \
		-o ConnectTimeout="$play_patience" -o UserKnownHostsFile=/dev/null "root@$1" "$3"
}

guest() { # NAME COMMAND
	number=$(sed -n "s/^$1 ansible_host=\([0-9.]*\).*/\1/p" "$WORK/hosts")
	port=$(sed -n "s/^$1 .*ansible_port=\([0-9]*\).*/\1/p" "$WORK/hosts")
	guest_at "$number" "${port:-22}" "$2"
}

answers() { # NAME
	for try in $(seq 60); do
		guest "$1" true && return
		sleep 0.5
	done
	return 1
}

# The state that putting back must restore.
# shellcheck disable=SC2016 # dpkg's and the guest's
list_packages='dpkg-query -W -f "\${Package} \${Version} \${Status}\n"'
state_of() { # NAME
	guest "$1" "cksum /boot/init*; $list_packages
		ls -d /usr/sbin/pvroot.real /usr/lib/pvroot /var/lib/pvroot-rollout 2>&1"
}

# Every file of a host's layer, except those that a login, apt or dnf changes:
# caches, logs, dnf's history (which opening copies into the layer), databases'
# shared memory, and what is in memory or in /tmp on a real guest.
files_of() { # NAME…
	for name; do
		(cd "$LAYERS/$name/upper" && find . -type f ! -path './run/*' ! -path './var/log/*' \
			! -path './tmp/*' ! -path './var/cache/apt/*' ! -path './var/cache/dnf/*' \
			! -path './var/lib/dnf/history.*' ! -name 'rpmdb.sqlite-*' \
			-exec cksum {} + | LC_ALL=C sort)
	done
}

summary() { # TEXT… : each is a line of it
	for text; do
		grep -qE "^ +\"$text\",?\$" "$WORK/out"
		result $? "$phase: $text"
	done
}

unchanged_in_recap() { # NAME…
	for name; do
		grep -qE "^$name +: .*changed=0 .*failed=0" "$WORK/out"
		result $? "$phase: recap_of_${name}_says_changed_0"
	done
}

is_as_before() { # NAME
	state_of "$1" >"$WORK/after"
	diff "$WORK/$1.before" "$WORK/after" >"$WORK/out" 2>"$WORK/err"
	result $? "$phase: $1_has_the_images_and_packages_of_before"
}

boots() { # NAME NUMBER
	found=$(guest "$1" "wc -l <$boots_file")
	[ "$found" = "$2" ] || echo "$found boots" >>"$WORK/err"
	[ "$found" = "$2" ]
	result $? "$phase: $1_has_booted_$2_times"
}

# Of RHEL 5's shape: neither /run nor /sys/hypervisor.
plant_canary() {
	mkdir -p "$1/fixture/sys" && mknod "$1/fixture/run" c 0 0 &&
		mknod "$1/fixture/sys/hypervisor" c 0 0
}

plant_kvm() {
	mkdir -p "$1/fixture/sys/hypervisor" && echo kvm >"$1/fixture/sys/hypervisor/type"
}

plant_pv() {
	mkdir -p "$1/fixture/sys/hypervisor" && echo PV >"$1/fixture/sys/hypervisor/guest_type"
}

# The hook finds no PV disk driver, as in a kernel that lacks it.
plant_noimage() {
	mkdir -p "$1/usr/lib/modules/$KVER"
	: >"$1/usr/lib/modules/$KVER/modules.builtin"
	: >"$1/usr/lib/modules/$KVER/modules.builtin.bin"
	: >"$1/usr/lib/modules/$KVER/modules.builtin.alias.bin"
}

plant_never() {
	mkdir -p "$1/boot/grub"
	sed 's/root=LABEL/xen_emul_unplug=never &/' "$LAYERS/base/upper/boot/grub/grub.cfg" \
		>"$1/boot/grub/grub.cfg"
}

plant_gone() {
	mkdir -p "$1/standin" && touch "$1/standin/stays-down"
}

plant_lost() {
	mkdir -p "$1/usr/sbin"
	printf '#!/bin/sh\ntouch /standin/stays-down\nexec /standin/reboot\n' \
		>"$1/usr/sbin/update-initramfs"
	chmod 755 "$1/usr/sbin/update-initramfs"
}

# With pvroot in the image its root is on the twin; without pvroot it boots as
# before.
plant_sick() {
	mkdir -p "$1/standin"
	T=$1/standin/with
	ahci_twin
	mounts 8:1 /dev/sda1 /dev/sda2
	T=$1/standin/without
	mounts 202:1 /dev/xvda1 /dev/xvda2
}

# With pvroot in the image it boots without its second address. (iproute2 is a
# STAND-IN here.)
plant_strayed() {
	mkdir -p "$1/usr/sbin" "$1/fixture" "$1/standin/with" "$1/standin/without"
	printf '#!/bin/sh\nexec cat /fixture/addresses\n' >"$1/usr/sbin/ip"
	chmod 755 "$1/usr/sbin/ip"
	echo '2: eth0    inet 192.0.2.15/24 scope global eth0' >"$1/standin/with/addresses"
	{
		cat "$1/standin/with/addresses"
		echo '3: eth1    inet 198.51.100.7/24 scope global eth1'
	} | tee "$1/fixture/addresses" >"$1/standin/without/addresses"
}

lint_playbook() {
	ansible-playbook --syntax-check -i localhost, "$ansible/rollout.yml" >"$WORK/out" 2>"$WORK/err"
	result $? 'ansible_accepts_the_playbook'
	! grep -rhoE '^ +[a-z_]+\.[a-z_]+\.[a-z_]+:' "$ansible" | grep -v ansible.builtin. >"$WORK/out"
	result $? 'builtin_modules_only'
	command -v ansible-lint >/dev/null || return 0
	(cd "$ansible" && HOME=$WORK ansible-lint --offline --nocolor rollout.yml) >"$WORK/out" 2>"$WORK/err"
	result $? 'ansible_lint_is_content'
}

# --check must change nothing and print what would be done.
only_looks() { # NAMES TO_DO
	phase=check_mode
	# shellcheck disable=SC2086 # a list of names
	files_of $1 >"$WORK/files"
	play dry --check --limit '!silent'
	exits 0 'check_mode: exit status'
	summary "to do: $2" 'done now: 0' 'failed: 0'
	# shellcheck disable=SC2086
	files_of $1 | diff "$WORK/files" - >"$WORK/err"
	result $? 'check_mode: no_file_of_any_host_changed'
}

few_hosts() {
	host canary 11 pvroot_version="$version"
	host sick 12 pvroot_file="$package"
	host next 13
	host kvm 14
	for name in sick next; do answers $name && state_of $name >"$WORK/$name.before"; done
	only_looks 'canary sick next kvm' '3 canary sick next'
	phase=stop
	play stop -e '{"pvroot_batches": [1, 1, "100%"]}'
	exits 2 'stop: a_failure_is_the_status'
	summary 'done now: 1 canary' 'not Xen HVM: 1 kvm' 'failed: 1 sick' 'untouched: 1 next' \
		' *sick: at status, put back and rebooted: pvroot status: emulated .*sda.*'
	is_as_before sick
	is_as_before next
	boots canary 2
	boots sick 3
	boots next 1
	phase=again
	play again --limit canary,kvm
	exits 0 'again: exit status'
	summary 'done before: 1 canary' 'done now: 0' 'failed: 0'
	unchanged_in_recap canary kvm
	boots canary 2
	phase=strayed
	host strayed 15
	answers strayed && state_of strayed >"$WORK/strayed.before"
	play strayed --limit strayed -e pvroot_address_wait=2
	exits 2 'strayed: a_lost_address_is_a_failure'
	summary ' *strayed: at address, put back and rebooted: it no longer has the address 198.51.100.7'
	is_as_before strayed
}

begin_rollout() {
	trap 'end_world; [ -z "${KEEP:-}" ] || cp -R "$WORK" "$KEEP"; rm -rf "$WORK"' EXIT
	rm -rf "$LAYERS" "$WORK/hosts"
	debian_host && base_layer && begin_world
	status=$?
	result $status "$host_kind: hosts_can_be_made"
	return $status
}

rollout_all() {
	lint_playbook
	begin_rollout || return
	if [ "${FLEET_HOSTS:-few}" = all ]; then
		# shellcheck source=tests/fleet/rollout_all.sh
		. "$here/rollout_all.sh"
		all_hosts
	else
		few_hosts
	fi
	end_world
}
