# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# Tests in shell speak TAP (prove counts it): a line for each test, and at the
# end, by finish, the plan: how many there were. Sourced; touches nothing.

passed=0 failed=0

# What is shown of a test that failed; who sources this may define it anew.
# shellcheck disable=SC2317 # called below
tap_show() {
	:
}

ok() {
	echo "ok - $1"
	passed=$((passed + 1))
}

# not_ok NAME [TEXT]: the text says what was found.
not_ok() {
	echo "not ok - $1"
	failed=$((failed + 1))
	{
		[ -z "${2:-}" ] || printf '%s\n' "$2"
		tap_show 2>/dev/null
	} | cut -c1-200 | head -n 60 | sed 's/^/#   /'
}

# skip NAME WHY: neither passed nor failed.
skip() {
	echo "ok - $1 # SKIP $2"
	passed=$((passed + 1))
}

# result STATUS NAME: passes where the status is 0.
result() {
	if [ "$1" = 0 ]; then ok "$2"; else not_ok "$2"; fi
}

# verdict NAME REASONS: passes where there are none.
verdict() {
	if [ -z "$2" ]; then ok "$1"; else not_ok "$1" "$2"; fi
}

# check NAME COMMAND…: passes where the command succeeds.
check() {
	tap_name=$1
	shift
	if tap_output=$("$@" 2>&1); then ok "$tap_name"; else not_ok "$tap_name" "$tap_output"; fi
}

# is NAME COMMAND…, isnt NAME COMMAND…: it succeeds, or fails, and runs here.
is() {
	tap_name=$1
	shift
	"$@" >/dev/null 2>&1
	result $? "$tap_name"
}

isnt() {
	tap_name=$1
	shift
	! "$@" >/dev/null 2>&1
	result $? "$tap_name"
}

# equal NAME GOT WANTED
equal() {
	if [ "$2" = "$3" ]; then
		ok "$1"
	else
		not_ok "$1" "wanted: $3
got:    $2"
	fi
}

# The plan. Its status is the script's: 0 where none failed.
finish() {
	echo "1..$((passed + failed))"
	[ "$failed" = 0 ]
}
