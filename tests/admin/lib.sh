# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# Counting and comparing: ok and not ok lines.
# May touch: $WORK only.

passed=0 failed=0

ok() { # STATUS NAME
	if [ "$1" = 0 ]; then
		passed=$((passed + 1))
		echo "ok - $2"
	else
		failed=$((failed + 1))
		echo "not ok - $2"
		sed 's/^/#   /' "$WORK/out" "$WORK/err" 2>/dev/null | head -n 40
	fi
}

# Runs pvroot on the tree $T; its output is in $WORK/out, its status in $status.
pvroot() {
	"$PROGRAM" --root "$T" "$@" >"$WORK/out" 2>"$WORK/err"
	status=$?
}

exits() { # STATUS NAME
	[ "$status" = "$1" ] || echo "status is $status, not $1" >>"$WORK/err"
	[ "$status" = "$1" ]
	ok $? "$2"
}

says() { # TEXT NAME: white space does not count
	tr -s ' \n' '  ' <"$WORK/out" | grep -qF -e "$1"
	ok $? "$2"
}

silent_about() { # TEXT NAME
	! tr -s ' \n' '  ' <"$WORK/out" | grep -qF -e "$1"
	ok $? "$2"
}

# jq finds this true in the output.
json() { # FILTER NAME
	jq -e "$1" "$WORK/out" >"$WORK/jq" 2>&1
	ok $? "$2"
}
