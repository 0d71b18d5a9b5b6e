# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# Runs pvroot and compares what it says. $top is the top folder.
# May touch: $WORK only.

# shellcheck source=tests/tap.sh disable=SC2154
. "$top/tests/tap.sh"

tap_show() {
	cat "$WORK/out" "$WORK/err"
}

# Runs pvroot on the tree $T; its output is in $WORK/out, its status in $status.
pvroot() {
	"$PROGRAM" --root "$T" "$@" >"$WORK/out" 2>"$WORK/err"
	status=$?
}

exits() { # STATUS NAME
	[ "$status" = "$1" ] || echo "status is $status, not $1" >>"$WORK/err"
	[ "$status" = "$1" ]
	result $? "$2"
}

says() { # TEXT NAME: white space does not count
	tr -s ' \n' '  ' <"$WORK/out" | grep -qF -e "$1"
	result $? "$2"
}

silent_about() { # TEXT NAME
	! tr -s ' \n' '  ' <"$WORK/out" | grep -qF -e "$1"
	result $? "$2"
}

# jq finds this true in the output.
json() { # FILTER NAME
	jq -e "$1" "$WORK/out" >"$WORK/jq" 2>&1
	result $? "$2"
}
