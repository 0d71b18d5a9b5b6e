# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# The words that guests/* are written in.  Each word only notes what it was
# told, in a folder a guest: $DECLARED/NAME/.  README.md says what they
# mean.

guest() {
	# shellcheck disable=SC2153 # the folder of all, and the guest's in it
	declared=$DECLARED/$1
	case $1 in
	*[!a-z0-9_]*) die "guest $1: a name is made of a-z, 0-9 and _" ;;
	esac
	[ ! -d "$declared" ] || die "guest $1 is declared twice"
	mkdir -p "$declared"
	echo "$1" >>"$DECLARED/order"
}

# Notes KEY=VALUE words, one a line, after checking that the keys exist.
note() {
	note_file=$1 note_keys=$2
	shift 2
	for note_word in "$@"; do
		case " $note_keys " in
		*" ${note_word%%=*} "*) printf '%s\n' "$note_word" >>"$declared/$note_file" ;;
		*) die "guest ${declared##*/}: $note_file: no such key: $note_word" ;;
		esac
	done
}

# The value of KEY in a noted file, or the default.
noted() {
	noted_value=$(sed -n "s/^$2=//p" "$1" 2>/dev/null | tail -n 1)
	printf '%s\n' "${noted_value:-${3:-}}"
}

# A disk is a file of its own: disk.0, disk.1, ... in order.
disk() {
	disk_index=$(find "$declared" -name 'disk.*' | wc -l)
	disk_vdev=$1
	shift
	note "disk.$disk_index" "vdev image copy same hdtype devtype access" \
		"vdev=$disk_vdev" "$@"
}

# A disk that only the device model shows, behind a controller of its own.
emulated() {
	emulated_index=$(find "$declared" -name 'emulated.*' | wc -l)
	note "emulated.$emulated_index" "image copy same differ unreadable bus addr port" "$@"
}

nic() {
	nic_index=$(find "$declared" -name 'nic.*' | wc -l)
	note "nic.$nic_index" "model mac type link" "$@"
}

boot() {
	note boot "initrd early overlay kernel append memory loader" "$@"
}

# A network card that only the device model shows.
card() {
	card_index=$(find "$declared" -name 'card.*' | wc -l)
	note "card.$card_index" "model mac addr link passed" "$@"
}

# Lines of the xl configuration that no word here covers.
xl_line() {
	printf '%s\n' "$@" >>"$declared/xl"
}

# Files that are put in the root file system of the first disk's partition 1.
put() {
	printf '%s %s\n' "$1" "$2" >>"$declared/put"
}

step() {
	printf '%s\n' "$@" >>"$declared/steps"
}

# The backend of vbd 51712 (xvda) is let connect only so many seconds after the
# guest was made.
late() {
	echo "$1" >"$declared/late"
}

# The guest may reboot, and goes on then.
reboots() {
	: >"$declared/reboots"
}

# When its awaited line is there (ends), Xen's log of it and the device model's
# count of what was read are kept.
traced() {
	: >"$declared/traced"
}

limit() {
	echo "$1" >"$declared/limit"
}

# The guest is not expected to report: it ends when its console says this.
ends() {
	printf '%s\n' "$1" >"$declared/until"
}

# xen (default), qemu-virtio, qemu-ide or qemu-uefi: not a Xen guest at all.
on() {
	case $1 in
	xen | qemu-virtio | qemu-ide | qemu-uefi) echo "$1" >"$declared/on" ;;
	*) die "guest ${declared##*/}: on $1: not xen, qemu-virtio, qemu-ide, qemu-uefi" ;;
	esac
}

# The hosts that the guest makes sense on (default: every one).
hosts() {
	printf '%s\n' "$@" >"$declared/hosts"
}

# check (default): make check-xen; all: only make check-all; demo: make demo.
runs() {
	case $1 in
	check | all | demo) echo "$1" >"$declared/runs" ;;
	*) die "guest ${declared##*/}: runs $1: not check, all, demo" ;;
	esac
}

want() {
	for want_phrase in "$@"; do
		phrase_known "$want_phrase" ||
			die "guest ${declared##*/}: want \"$want_phrase\": no such phrase"
		printf '%s\n' "$want_phrase" >>"$declared/want"
	done
}

# Reads every declaration, and the one that try makes.
declare_all() {
	for declare_file in "$XEN_DIR"/guests/*.guests; do
		# shellcheck disable=SC1090 # that is what it is for
		. "$declare_file"
	done
	eval "${TRY:-}"
}

# Prints the names that a set (check, all, demo) and shell patterns choose.
# A pattern alone chooses from every set.
chosen() {
	chosen_set=$1 chosen_patterns=$2
	while read -r chosen_name; do
		chosen_runs=$(cat "$DECLARED/$chosen_name/runs" 2>/dev/null || echo check)
		if [ -f "$DECLARED/$chosen_name/hosts" ] &&
			! grep -qx "$HOST" "$DECLARED/$chosen_name/hosts"; then
			continue
		elif [ -n "$chosen_patterns" ]; then
			for chosen_pattern in $chosen_patterns; do
				# shellcheck disable=SC2254 # a pattern
				case $chosen_name in
				$chosen_pattern) echo "$chosen_name" ;;
				esac
			done
		elif [ "$chosen_runs" = "$chosen_set" ] ||
			[ "$chosen_set $chosen_runs" = "all check" ]; then
			echo "$chosen_name"
		fi
	done <"$DECLARED/order"
}
