# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154
# A signal at each system call in turn: the run may die but must do nothing
# wrong, and a second run must finish the work. Sourced by run; one in $every
# calls is tried.

# boot_under WORDS OF STRACE…: the shipped program in the chroot; sets status.
boot_under() {
	timeout -k 1 20 chroot "$work/tree" "$tool" -f -qqq -o /trace "$@" \
		/pvroot boot >"$work/out" 2>"$work/err" </dev/null
	status=$?
}

# say_second: what is wrong after a second run, on the tree that the first one
# left.
say_second() {
	timeout -k 1 20 chroot "$work/tree" /pvroot boot >"$work/out" 2>"$work/err"
	judge $? "$mode"
	grep -qx "root='/dev/xvda1'" "$work/out" || echo "the second run finds no root"
}

# A signal ends the program with 128 and its number; any other status is
# checked.
say_first() {
	case $status in
	143 | 137 | 141) say_forbidden_writes ;;
	*) judge "$status" auto ;;
	esac
}

calls_of_a_boot() {
	boot_under -e trace=all
	grep -c '^[0-9]* *[a-z_0-9]*(' "$work/tree/trace"
	set_back
}

# signal_everywhere SIGNAL MODE NAME
signal_everywhere() {
	mode=$2
	fresh_tree "ro root=LABEL=/ resume=LABEL=SWAP-hda2 pvroot=$mode,wait=1"
	take_strace
	age_tree
	last=$(calls_of_a_boot) place=1 wrong=
	while [ "$place" -le "$last" ] && [ -z "$wrong" ]; do
		boot_under --seccomp-bpf -e trace=all \
			-e inject="all:signal=$1:when=$place"
		wrong="$(say_first)$(say_second)"
		[ -z "$wrong" ] || wrong="at call $place: $wrong"
		set_back
		place=$((place + every))
	done
	verdict "$3" "$wrong"
}

signal_everywhere KILL auto killed_anywhere_a_second_run_finishes_the_job
signal_everywhere TERM strict terminated_anywhere_a_second_run_finishes_the_job
end
