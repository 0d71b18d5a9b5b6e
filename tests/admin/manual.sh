# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# Manual pages, help, completion, and what `make install` installs.
# Sourced by run. May touch: $WORK only.
# shellcheck disable=SC2154 # the variables of run

manual_pages() {
	for page in "$top/$B/man/pvroot.8" "$top/hooks/man/pvroot.cmdline.7" \
		"$top/hooks/man/pvroot-initramfs.8"; do
		# "not found": the other page is not installed on this machine.
		mandoc -T lint "$page" 2>&1 |
			grep -v -e 'referenced manual not found' -e 'outdated mandoc.db' >"$WORK/out"
		[ ! -s "$WORK/out" ]
		result $? "mandoc_accepts_${page##*/}"
		mandoc -T utf8 -O width=80 "$page" | col -b >>"$WORK/pages"
	done
	sed -n 's/^	{ "\(.*\)", cmd_.*/\1/p' "$top/src/admin/commands.c" >"$WORK/commands"
	while read -r word; do
		grep -q "pvroot.*$word" "$WORK/pages"
		result $? "manual_has_command_$word"
		"$PROGRAM" "$word" --help >"$WORK/out"
		says "usage: pvroot $word" "help_of_$word"
		"$PROGRAM" --help >"$WORK/out"
		says " $word" "help_lists_$word"
	done <"$WORK/commands"
	for word in auto strict off wait= keep= debug; do
		grep -q "^ *$word" "$WORK/pages"
		result $? "manual_has_option_$word"
	done
}

# Every key that the programs print is in the manual.
manual_keys() {
	good_guest keys
	for command in status check; do
		pvroot $command --json
		jq -r 'del(.disks[].areas[].called) | [paths | map(select(type == "string"))[]] | unique[]' \
			"$WORK/out" 2>/dev/null >"$WORK/keylist" ||
			jq -r '[paths | map(select(type == "string"))[]] | unique[]' "$WORK/out" >"$WORK/keylist"
		while read -r key; do
			grep -qw -e "$key" "$WORK/pages" || echo "$key"
		done <"$WORK/keylist" >"$WORK/out"
		[ ! -s "$WORK/out" ] && [ -s "$WORK/keylist" ]
		result $? "manual_has_every_key_of_$command"
	done
	pvroot status --prometheus
	sed -n 's/^# TYPE \([a-z_]*\).*/\1/p' "$WORK/out" >"$WORK/keylist"
	while read -r key; do
		grep -q "$key" "$WORK/pages" || echo "$key"
	done <"$WORK/keylist" >"$WORK/out"
	[ ! -s "$WORK/out" ] && [ -s "$WORK/keylist" ]
	result $? 'manual_has_every_metric'
}

# Each id of a finding is in the manual, and no other.
manual_findings() {
	cat "$top"/src/admin/check/*.c | tr '\n\t' '  ' |
		grep -oE '(check_add|add_idle)\([^"]*"[a-z][a-z-]*"' |
		grep -oE '"[a-z-]*"' | tr -d '"' | sort -u >"$WORK/ids"
	sed -n '/^.Ss Findings of check/,/^.El/s/^.It Cm //p' "$top/hooks/man/pvroot.8" |
		sort >"$WORK/told"
	diff "$WORK/ids" "$WORK/told" >"$WORK/out" && [ "$(wc -l <"$WORK/ids")" -ge 35 ]
	result $? 'every_id_of_a_finding_is_in_the_manual_and_no_other'
}

# The log's lines are only in the program: the manual must have each of them,
# and the program must explain each example with its own row.
manual_log_lines() {
	"$top/hooks/man/page" --list "$top/src/admin/check/log_lines.h" >"$WORK/rows"
	good_guest lines
	put /run/pvroot/report.json '{"mode": "auto", "stopped": false, "log": [' \
		"$(cut -f 1 "$WORK/rows" | sed 's/"/\\"/g; s/.*/"&"/; $!s/$/,/')" ']}'
	pvroot check --boot-log
	tr -s ' \n' ' ' <"$WORK/out" >"$WORK/told"
	mandoc -T ascii "$top/$B/man/pvroot.8" | col -bx | tr -s ' \n' ' ' >"$WORK/page"
	while IFS='	' read -r example means; do
		grep -qF -e "$example $means" "$WORK/told" || echo "not explained so: $example"
		grep -qF -e "$example $means" "$WORK/page" || echo "not in the manual: $example"
	done <"$WORK/rows" >"$WORK/out"
	[ ! -s "$WORK/out" ] && [ "$(wc -l <"$WORK/rows")" -ge 40 ]
	ok $? 'every_line_of_the_log_is_explained_by_program_and_manual'
}

completes() { # NAME WANT WORD…
	name=$1 want=$2 script=$3
	shift 2
	# shellcheck disable=SC2016 # bash's variables
	PVROOT_BOOT=$WORK/boot bash -c '. "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
		"_${1//-/_}"
		printf "%s\n" "${COMPREPLY[@]}"' - "$top/hooks/completion/$script" "$@" >"$WORK/out"
	grep -qx -e "$want" "$WORK/out"
	result $? "$name"
}

manual_completion() {
	completes completion_of_a_command status pvroot sta
	completes completion_of_an_option --prometheus pvroot status --p
	completes completion_of_names names pvroot na
	completes completion_of_boot --links pvroot boot --l
	completes completion_after_root --boot-log pvroot --root / check --b
	mkdir -p "$WORK/boot" && touch "$WORK/boot/vmlinuz-6.1-2"
	completes completion_of_initramfs_commands retry pvroot-initramfs re
	completes completion_of_kernels 6.1-2 pvroot-initramfs update 6
}

manual_install() {
	make -s -C "$top" install DESTDIR="$WORK/dest" >"$WORK/out" 2>&1
	"$WORK/dest/usr/sbin/pvroot" status --help >"$WORK/out" 2>&1
	says 'usage: pvroot status' 'installed_program_has_status'
	"$WORK/dest/usr/lib/pvroot/pvroot" status --help >"$WORK/out" 2>&1
	silent_about 'usage: pvroot status' 'images_copy_has_no_status'
	"$WORK/dest/usr/lib/pvroot/pvroot" boot --help >"$WORK/out" 2>&1
	says 'usage: pvroot boot' 'images_copy_has_boot'
	is 'manual_and_completion_are_installed' ls "$WORK/dest/usr/share/man/man8/pvroot.8" \
		"$WORK/dest/usr/share/man/man7/pvroot.cmdline.7" \
		"$WORK/dest/usr/share/bash-completion/completions/pvroot"
	make -s -C "$top" uninstall DESTDIR="$WORK/dest" >"$WORK/out" 2>&1
	[ -z "$(find "$WORK/dest" -type f)" ]
	result $? 'uninstall_leaves_no_file'
}

manual_all() {
	manual_pages
	manual_keys
	manual_findings
	manual_log_lines
	manual_completion
	manual_install
}
