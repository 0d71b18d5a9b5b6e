# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2034 # counted for who sources this
# "ok" and "not ok" lines, counted in $passed and $failed. Sourced; touches
# nothing.

passed=0 failed=0

ok() {
	echo "ok - $1"
	passed=$((passed + 1))
}

# not_ok NAME [TEXT]: the text says what was found.
not_ok() {
	echo "not ok - $1"
	failed=$((failed + 1))
	[ -z "${2:-}" ] || echo "$2" | sed 's/^/#   /'
}

# check NAME COMMAND…: passes where the command succeeds.
check() {
	name=$1
	shift
	if output=$("$@" 2>&1); then ok "$name"; else not_ok "$name" "$output"; fi
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
