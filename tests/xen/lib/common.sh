# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# What every script of this folder shares: paths, progress output, and checks
# whether a cached file is still valid. Writes under build/xen only.

# shellcheck disable=SC2034 # used by the scripts that source this
XEN_DIR=$TOP/tests/xen
XEN_OUT=$TOP/build/xen
XEN_LOG=$XEN_OUT/log
mkdir -p "$XEN_LOG"

die() {
	printf '%s: %s\n' "${0##*/}" "$*" >&2
	exit 1
}

say() {
	printf '  %-7s %s\n' "$1" "$2"
}

# Shows once a second (on a terminal) or every ten (elsewhere) how long the
# stage that is running has taken.  Runs until it is killed.
tick() {
	ticks=0
	while sleep 1; do
		ticks=$((ticks + 1))
		if [ -t 1 ]; then
			printf '\r  %-7s %s (%d s) ' "$1" "$2" "$ticks"
		elif [ $((ticks % 10)) -eq 0 ]; then
			say "$1" "$2 ... $ticks s"
		fi
	done
}

# stage WORD TEXT COMMAND...: runs COMMAND with its output in a log, showing
# the seconds.  A failure shows the end of the log and is returned.
stage() {
	stage_word=$1 stage_text=$2
	shift 2
	stage_log=$XEN_LOG/stage.$stage_word.$$
	stage_start=$(date +%s)
	tick "$stage_word" "$stage_text" &
	stage_ticker=$!
	stage_status=0
	("$@") >"$stage_log" 2>&1 </dev/null || stage_status=$?
	kill "$stage_ticker" 2>/dev/null
	wait "$stage_ticker" 2>/dev/null
	[ ! -t 1 ] || printf '\r\033[K'
	say "$stage_word" "$stage_text ($(($(date +%s) - stage_start)) s)"
	if [ "$stage_status" -ne 0 ]; then
		tail -n 20 "$stage_log" >&2
		die "$stage_text: failed with status $stage_status"
	fi
	rm -f "$stage_log"
}

# Prints one hash over the files and the words given: files by content (a
# directory by all that is in it), anything else as it is.
hash_of() {
	for hash_item in "$@"; do
		if [ -d "$hash_item" ]; then
			(cd "$hash_item" && find . -type f | sort |
				xargs -r sha256sum)
		elif [ -f "$hash_item" ]; then
			sha256sum <"$hash_item"
		else
			printf '%s\n' "$hash_item"
		fi
	done | sha256sum | cut -c1-16
}

# is_fresh PATH HASH: PATH is there and was built from the recipe HASH.
is_fresh() {
	[ -e "$1" ] && [ "$(cat "$1.stamp" 2>/dev/null)" = "$2" ]
}

mark_fresh() {
	printf '%s\n' "$2" >"$1.stamp"
}

suite_name() {
	case $1 in
	11) echo bullseye ;;
	12) echo bookworm ;;
	13) echo trixie ;;
	sid) echo unstable ;;
	*) die "suite $1: not one of 11 12 13 sid" ;;
	esac
}

# The archive that this machine itself gets its Debian from.
debian_mirror() {
	# shellcheck disable=SC2016 # apt's own words
	apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' |
		grep -v -i security | head -n 1
}
