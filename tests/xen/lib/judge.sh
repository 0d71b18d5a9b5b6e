# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# What can be expected of a guest, and how it is checked: by the facts that its
# real root printed, or by its console. Reads two files: $facts (the facts,
# prefix removed) and $console.

# phrase; judged how. In a phrase, @ is a word and * the rest of the line; they
# become $1 of the function. A phrase that is not here is an error before
# anything boots.
phrases() {
	cat <<'ROWS'
root is on @|every_fact root
root is where @ was|root_on_twin "$1"
no @|no_fact "disk $1 "
@ present|every_step "disk $1 "
@ readable|every_step "cdrom $1 readable"
swap is on @|every_step "swap $1 "
no swap on @|no_fact "swap $1 "
LABEL=/ leads to @|every_step "findfs LABEL=/ /dev/$1"
LABEL=SWAP-hda2 leads to @|every_step "findfs LABEL=SWAP-hda2 /dev/$1"
by-label leads to @ only|by_label_only "$1"
mounted: *|every_step "mount $1"
nic driver @|some_fact_matches "^nic [^ ]* $1 "
no nic driver @|no_fact_matches "^nic [^ ]* $1 "
each MAC once, on a vif|macs_once
never mounted @|never_mounted "$1"
nothing written to @|nothing_written "$1"
emulated disk @ unwritten|emulated_unwritten "$1"
log says *|log_says "$1"
log lacks *|log_lacks "$1"
log is silent|log_silent
log is one line|log_one_line
dom0 pings @|dom0_pings "$1"
console says *|console_says "$1"
console lacks *|console_lacks "$1"
report has *|report_has "$1"
fact *|some_fact "$1"
no fact *|no_fact "$1"
running @|every_fact running
ended at the awaited line|ended_as until
ended by itself|ended_as gone
ROWS
}

# A glob for a row's phrase, and its first row number; empty if unknown.
phrase_row() {
	phrases | awk -F'|' -v phrase="$1" '
	{
		pattern = $1
		gsub(/[][\\.^$+?(){}\/]/, "\\\\&", pattern)
		sub(/@/, "[^ ]+", pattern)
		sub(/\*$/, ".+", pattern)
		if (phrase ~ "^" pattern "$") { print NR; exit }
	}'
}

phrase_known() {
	[ -n "$(phrase_row "$1")" ]
}

# phrase_holds PHRASE: judges it; the reason of a failure is printed.
phrase_holds() {
	holds_row=$(phrases | sed -n "$(phrase_row "$1")p")
	holds_form=${holds_row%%|*}
	holds_before=${holds_form%%[@*]*}
	holds_word=${1#"$holds_before"}
	case $holds_form in
	*@*) holds_word=${holds_word%"${holds_form#*@}"} ;;
	*'*') ;;
	*) holds_word= ;;
	esac
	set -- "$holds_word"
	holds_call=${holds_row#*|}
	case $holds_call in
	every_fact*) every_fact "${holds_call#every_fact }" "$1" ;;
	*) eval "$holds_call" ;;
	esac
}

# Every fact KEY has this value, and there is one in each step.
every_fact() {
	awk -v key="$1" -v value="$2" '
		$1 == "step" { steps++ }
		$1 == key && substr($0, length(key) + 2) != value {
			print "it says: " $0; bad = 1 }
		$1 == key { n++ }
		END { if (!n) print "no fact " key; exit bad || n < steps || !n }' \
		"$facts"
}

# The root is on the PV disk whose twin had this name, by the record.
root_on_twin() {
	awk -v name="$1" '
		$1 == "twin" && $2 == name { pv = $3 }
		$1 == "root" { root = $2 }
		END { print "root " root ", PV disk " pv; exit !pv || index(root, pv) != 1 }' \
		"$facts"
}

# In each step some fact starts with this.
every_step() {
	awk -v start="$1" '
		function check() { if (step && !seen) { print "not in step " step; bad = 1 } }
		$1 == "step" { check(); step = $2; seen = 0 }
		index($0 " ", start) == 1 { seen = 1 }
		END { check(); exit bad || !step }' "$facts"
}

no_fact() {
	has_facts || return 1
	! awk -v start="$1" 'index($0 " ", start) == 1 { print "it says: " $0; n++ }
		END { exit !n }' "$facts"
}

some_fact() {
	awk -v start="$1" 'index($0 " ", start) == 1 { n++ } END { exit !n }' "$facts"
}

some_fact_matches() {
	grep -E "$1" "$facts" >/dev/null
}

no_fact_matches() {
	has_facts && ! grep -E "$1" "$facts"
}

has_facts() {
	grep -q '^done ' "$facts" || {
		echo "the real root reported nothing"
		return 1
	}
}

by_label_only() {
	has_facts && grep -q '^by label/' "$facts" &&
		! grep '^by label/' "$facts" | grep -v " $1[0-9]*\$"
}

macs_once() {
	has_facts && awk '
		$1 == "step" { split("", seen) }
		$1 == "nic" && ($3 != "vif" || seen[$4]++) { print "it says: " $0; bad = 1 }
		$1 == "nic" { n++ }
		END { exit bad || !n }' "$facts"
}

# Needs a console that would show a mount, or a root that reported.
never_mounted() {
	if ! grep -q 'Linux version' "$console" && ! has_facts; then
		echo "cannot be judged: the kernel was quiet and no root reported"
		return 1
	fi
	! grep -E "\($1\): mounted|^.*@fact (mount|root) $1( |\$)" "$console"
}

nothing_written() {
	has_facts && ! awk -v disk="$1" '$1 == "stat" && $2 == disk && $4 > 0 {
		print "it says: " $0; n++ } END { exit !n }' "$facts"
}

# The host's file of an emulated disk, which no PV disk shares, is unchanged.
emulated_unwritten() {
	[ -f "$judge_job/emulated$1.img.sum" ] || {
		echo "that disk was not hashed"
		return 1
	}
	sha256sum <"$judge_job/emulated$1.img" | cmp -s - "$judge_job/emulated$1.img.sum"
}

# It answered dom0, which pings this address every two seconds, more than once: a
# guest whose clock counts instructions is up for six seconds or so.
dom0_pings() {
	awk -v from="from $1:" 'index($0, from) { n++ }
		END { print n + 0 " answers to dom0"; exit n < 2 }' "$judge_job/ping.$1"
}

# The program's messages: from the kernel log that the real root printed, or
# from the console where no root was reached.
log_lines() {
	sed -n 's/^log [0-9.]* *//p' "$facts" | sort -u
	sed -n 's/^.*\(\] \|^\)pvroot: //p' "$console"
}

log_says() {
	log_lines | grep -F -e "$1" >/dev/null || {
		echo "the log:"
		log_lines | sed 's/^/    /'
		return 1
	}
}

log_lacks() {
	! log_lines | grep -F -e "$1"
}

log_silent() {
	has_facts && ! log_lines | grep .
}

log_one_line() {
	has_facts || return 1
	[ "$(sed -n 's/^log [0-9.]* *//p' "$facts" | sort -u | wc -l)" -le 1 ] || {
		echo "the log:"
		log_lines | sed 's/^/    /'
		return 1
	}
}

console_says() {
	grep -F -q -e "$1" "$console"
}

console_lacks() {
	[ -s "$console" ] && ! grep -F -e "$1" "$console"
}

report_has() {
	sed -n 's/^report //p' "$facts" | tail -n 1 | base64 -d 2>/dev/null |
		grep -F -q -e "$1"
}

ended_as() {
	[ "$ended" = "$1" ] || {
		echo "it ended: $ended"
		return 1
	}
}

# judge DECLARATION CONSOLE ENDED JOB: prints each phrase that does not hold with
# its reason; 0 if all hold.  A guest that should have reported must have.
judge() {
	judge_decl=$1 console=$2 ended=$3 judge_job=$4
	facts=$judge_decl/facts
	tr -d '\r' <"$console" 2>/dev/null | sed -n 's/^.*@fact //p' >"$facts"
	judge_bad=0
	if [ -f "$judge_decl/until" ]; then
		[ "$ended" = until ] || {
			echo "the console never said: $(cat "$judge_decl/until") (ended: $ended)"
			judge_bad=1
		}
	elif ! grep -qx end "$facts"; then
		echo "no complete report from the real root (ended: $ended)"
		judge_bad=1
	fi
	[ -s "$judge_decl/want" ] || {
		echo "nothing is wanted of it: that cannot fail"
		return 1
	}
	while read -r judge_phrase; do
		judge_reason=$(phrase_holds "$judge_phrase") || {
			echo "wanted: $judge_phrase${judge_reason:+; $judge_reason}"
			judge_bad=1
		}
	done <"$judge_decl/want"
	return "$judge_bad"
}
