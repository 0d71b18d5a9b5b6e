# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# Every command of both programs with its output on a full disk: an answer that
# cannot be written must not count as one. Sourced by run. May touch: $WORK
# only.
# shellcheck disable=SC2154 # the variables of run

# full WORDS...: status 2, for a call that prints something and ends with
# another status otherwise.
full() {
	"$PROGRAM" --root "$T" "$@" >"$WORK/out" 2>"$WORK/err"
	[ $? != 2 ] && [ -s "$WORK/out" ]
	result $? "says_something_${PROGRAM##*/}: $*"
	"$PROGRAM" --root "$T" "$@" >/dev/full 2>"$WORK/err"
	# shellcheck disable=SC2034 # exits() reads it
	status=$?
	exits 2 "full_disk_${PROGRAM##*/}: $*"
}

# full_help TABLE: the help of every command that the program has.
full_help() {
	full --help
	full --version
	sed -n 's/^	{ "\(.*\)", cmd_.*/\1/p' "$top/$1" >"$WORK/commands"
	while read -r word; do
		full "$word" --help
	done <"$WORK/commands"
}

full_common() {
	full resolve LABEL=/
	full resolve LABEL=SWAP-hda2
	full resolve /dev/xvda1
	full probe /dev/xvda
	full probe /dev/nowhere /dev/xvda1
	ahci_twin
	full twin --udev sda
	full boot
}

full_admin() {
	for form in '' --json --prometheus; do
		# shellcheck disable=SC2086 # no word where it is empty
		full status $form
		# shellcheck disable=SC2086
		full check $form
	done
	full check --quiet --json
	full check --boot-log
	menu 'root=LABEL=/ pvroot=strikt'
	full check --quiet
	rm "$T/run/pvroot/report.json"
	full check --boot-log
}

full_all() { # IMAGE'S-PROGRAM INSTALLED-PROGRAM
	good_guest full
	PROGRAM=$1
	full_help src/cmd/commands.c
	full_common
	good_guest full
	PROGRAM=$2
	full_help src/admin/commands.c
	full_common
	full_admin
}
