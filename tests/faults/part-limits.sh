# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154
# Little memory, little stack, closed descriptors, a clock that jumps, folders
# that are not there or cannot be written to. Sourced by run.

line="ro root=LABEL=/ resume=LABEL=SWAP-hda2"

# boot WORDS…: the program after a prefix such as prlimit; sets status.
boot() {
	timeout -k 1 20 "$@" "$build/pvroot" --root "$work/tree" boot \
		>"$work/out" 2>"$work/err" </dev/null
	status=$?
}

has_root() {
	grep -qx "root='/dev/xvda1'" "$work/out" || echo "no root was found"
}

# The least address space in which the program starts at all, in KiB.
least_memory() {
	kib=64
	until prlimit --as=$((kib * 1024)) "$build/pvroot" --version >/dev/null 2>&1; do
		kib=$((kib + 4))
		[ $kib -lt 4096 ] || break
	done
	echo $kib
}

# memory_at_every_point MODE: page by page, up to the size that is enough.
memory_at_every_point() {
	fresh_tree "$line pvroot=$1,wait=1"
	age_tree
	kib=$(least_memory 2>/dev/null) most=$((kib + 400)) wrong=
	while [ "$kib" -le $most ] && [ -z "$wrong" ]; do
		boot prlimit --as=$((kib * 1024))
		wrong=$(judge "$status" "$1")
		[ -z "$wrong" ] || wrong="with $kib KiB: $wrong"
		set_back
		kib=$((kib + 8))
	done
	verdict "memory_that_ends_at_any_point_errs_nowhere_$1" \
		"$wrong$(boot prlimit --as=$((kib * 1024)) && has_root)"
}

# There must be one line, or an answer. Without memory for the list of disks,
# pvroot must not log that there is no disk.
short_memory_is_said() {
	fresh_tree "$line pvroot=wait=1"
	age_tree
	least=$(least_memory 2>/dev/null) kib=$least wrong=
	while [ "$kib" -le $((least + 400)) ] && [ -z "$wrong" ]; do
		boot prlimit --as=$((kib * 1024))
		if [ "$status" = 2 ]; then
			[ "$(cat "$work/err" "$work/out" "$work/tree/dev/kmsg")" = \
				"pvroot: out of memory" ] || wrong="another line"
		else
			wrong=$(has_root)
		fi
		wrong=${wrong:+"with $kib KiB: status $status, $wrong"}
		set_back
		kib=$((kib + 8))
	done
	verdict too_little_memory_is_one_line_and_status_2 "$wrong"
	# With less the kernel cannot map the program and ends it.
	strace -f -qqq -o "$work/trace" -e trace=execve \
		prlimit --as=$(((least - 4) * 1024)) "$build/pvroot" --version \
		>"$work/out" 2>"$work/err"
	wrong=
	grep -q 'execve.*/pvroot.* = -1 ENOMEM' "$work/trace" ||
		wrong=$(cat "$work/trace")
	verdict with_less_no_program_starts "$wrong"
}

stack_of_64_kib() {
	fresh_tree "$line"
	age_tree
	boot prlimit --stack=65536:65536
	verdict a_stack_of_64_KiB_is_enough "$(judge "$status" auto)$(has_root)"
}

# closed MODE: without standard input, output, error, in turn.
closed() {
	fresh_tree "$line pvroot=$1"
	age_tree
	wrong=
	for descriptor in 0 1 2; do
		boot sh -c "exec \"\$@\" $descriptor>&-" sh
		wrong=$wrong$(judge "$status" "$1")
		set_back
	done
	verdict "closed_descriptors_err_nowhere_$1" "$wrong"
}

# The reader of the answer is gone: pvroot must end by a signal or with status
# 2.
broken_pipe() {
	fresh_tree "$line pvroot=strict"
	age_tree
	: >"$work/out"
	{
		sleep 0.3
		"$build/pvroot" --root "$work/tree" boot 2>"$work/err"
		echo $? >"$work/status"
	} | true
	case $(cat "$work/status") in
	2 | 141) verdict a_broken_pipe_is_no_success "$(say_forbidden_writes)" ;;
	*) not_ok a_broken_pipe_is_no_success "status $(cat "$work/status")" ;;
	esac
}

# Seconds and nanoseconds of the clock, as strace writes them over the answer.
jump() {
	printf 'clock_gettime:poke_exit=@arg2=%s00000000:when=%s' "$1" "$2"
}

clock_that_jumps() {
	fresh_tree "$line pvroot=wait=1"
	age_tree
	wrong=
	for when in 2 5 8 9+ 3+2; do
		for seconds in 000000000000 ffffffff0000 ffffffffffff; do
			boot strace -qqq -o "$work/trace" -e trace=clock_gettime \
				-e inject="$(jump $seconds $when)"
			wrong=$wrong$(judge "$status" auto)$(has_root)
			set_back
		done
	done
	verdict a_clock_that_jumps_loses_nothing "$wrong"
}

# without FOLDER MODE, read_only MODE
without() {
	fresh_tree "$line pvroot=$2,wait=1"
	age_tree
	mv "$work/tree/$1" "$work/away"
	boot env
	case $1$2 in
	sysstrict) reasons=$(judge "$status" auto) ;; # no Xen guest is seen
	*) reasons=$(judge "$status" "$2") ;;
	esac
	mv "$work/away" "$work/tree/$1"
	verdict "without_${1}_it_errs_nowhere_$2" "$reasons"
}

read_only() {
	fresh_tree "$line pvroot=$1,wait=1"
	age_tree
	cp "$build/pvroot" "$work/tree/pvroot"
	touch -d 2001-01-01 "$work/tree/pvroot"
	# shellcheck disable=SC2016 # the inner shell's
	timeout -k 1 20 unshare -m sh -c '
		mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" &&
		exec chroot "$1" /pvroot boot' sh "$work/tree" \
		>"$work/out" 2>"$work/err"
	verdict "where_nothing_can_be_written_root_is_found_$1" \
		"$(judge $? "$1")$(has_root)"
}

# No disk may be opened for writing, in any mode.
disks_read_only() {
	fresh_tree "$line"
	age_tree
	boot strace -f -qqq -o "$work/trace" -e trace=open,openat
	verdict disks_are_opened_for_reading_only "$(grep '"dev/[a-z]' "$work/trace" |
		grep -v '"dev/kmsg"' | grep -v 'O_RDONLY')$(
		grep -q '"dev/sda".*O_RDONLY' "$work/trace" || echo "sda was never opened")"
}

for mode in auto strict; do
	memory_at_every_point $mode
	closed $mode
	for folder in proc sys dev run; do
		without $folder $mode
	done
	read_only $mode
done
short_memory_is_said
stack_of_64_kib
broken_pipe
clock_that_jumps
disks_read_only
end
