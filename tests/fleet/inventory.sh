# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# The inventory of definitions: what it lists, what it ignores, and hostile
# files. Sourced by run. May touch: $WORK only.
# shellcheck disable=SC2154,SC2034 # variables of run and lib

inventory() {
	timeout 60 "$top/hooks/fleet/inventory" "$@" >"$WORK/out" 2>"$WORK/err"
	status=$?
}

# The ids that one definition's guest has.
finds() { # FILE IDS NAME
	got=$(jq -r --arg f "$1" '[.guests[] | select(.definition | endswith("/" + $f)) |
		.findings[].id] | join(" ")' "$WORK/out")
	[ "$got" = "$2" ] || echo "$1: \"$got\", not \"$2\"" >>"$WORK/err"
	[ "$got" = "$2" ]
	result $? "$3"
}

inventory_lists() {
	inventory --json --all "$here/definitions"
	exits 1 'findings_are_status_1'
	finds good.cfg '' 'xvd_and_cdrom_are_well_and_what_stands_in_target_is_no_vdev'
	finds old.cfg 'vdev' 'words_of_2008_with_a_cdrom_and_an_xvd'
	finds numbers.cfg 'vdev' 'only_the_number_of_hda_is_emulated'
	finds ahci.cfg 'ahci' 'hdtype_ahci'
	finds platform.cfg 'no-platform' 'no_platform_device'
	finds direct.cfg 'unnecessary' 'unnecessary_among_others_in_a_direct_boot'
	finds never.cfg 'never' 'never_in_cmdline'
	finds good.xml '' 'libvirt_with_bus_xen_is_well'
	finds buses.xml 'vdev vdev vdev unnecessary' 'libvirt_ide_scsi_sata_and_command_line'
	json '[.guests[].name] | index("virt <buses>")' 'libvirt_name_is_the_one_of_the_domain'
	json '.seen == 9 and .listed == 7' 'pv_kvm_and_what_is_no_guest_are_not_counted'
	inventory --json "$here/definitions"
	json '.guests | length == 7' 'without_all_only_guests_with_findings'
	inventory "$here/definitions"
	says 'platform no-platform' 'table_names_guest_and_finding'
	says '7 of 9 HVM guest(s) have a finding' 'table_ends_with_the_count'
	inventory "$here/definitions/good.cfg"
	exits 0 'no_finding_is_status_0'
}

# Each of these files gives status 2 and is named.
refuses() { # FILE NAME
	inventory --json "$WORK/definitions"
	exits 2 "$2: exit status"
	grep -qF "${1##*/}: " "$WORK/err" && jq -e '.guests[] | select(.name == "platform")' \
		"$WORK/out" >/dev/null
	result $? "$2: it is named, and the others are listed"
	rm -f "$WORK/definitions/$1"
}

inventory_hostile() {
	mkdir "$WORK/definitions" "$WORK/definitions/below"
	cp "$here/definitions/platform.cfg" "$WORK/definitions"
	cp "$here/definitions/never.cfg" "$WORK/definitions/below"
	printf 'type = "hvm"\ndisk = [ "/a,raw,hda\n' >"$WORK/definitions/open.cfg"
	refuses open.cfg 'a_string_without_end'
	printf 'x = \001\ntype = "hvm"\n' >"$WORK/definitions/wild.cfg"
	refuses wild.cfg 'no_value_before_the_type'
	printf '<domain type="xen"><os><type>hvm</type></os><name>x' >"$WORK/definitions/torn.xml"
	refuses torn.xml 'a_torn_xml_file'
	yes '# 4567890' | head -c 70000 >"$WORK/definitions/large.cfg"
	refuses large.cfg 'a_file_too_large'
	yes '<a>' | head -c 65000 >"$WORK/definitions/deep.xml"
	refuses deep.xml 'a_deep_xml_file'
	mkfifo "$WORK/definitions/pipe"
	refuses pipe 'a_pipe_is_not_waited_for'
	ln -s /dev/zero "$WORK/definitions/zero"
	refuses zero 'a_device_is_not_read'
	head -c 60000 "$B/pvroot" >"$WORK/definitions/binary"
	inventory --json "$WORK/definitions"
	jq -e '.seen == 1' "$WORK/out" >/dev/null
	result $? 'binary_files_and_folders_below_are_passed_over'
	printf 'type="hvm"\nname="a\tb\033[2J\\"c\303"\nxen_platform_pci=0\n' \
		>"$WORK/definitions/$(printf 'n=1\n\033.cfg')"
	inventory --json "$WORK/definitions"
	json '[.guests[].name] | index("a?b?[2J\"c?")' 'control_characters_are_not_passed_on'
	inventory "$WORK/definitions"
	! tr -d '\n' <"$WORK/out" | grep -q '[^ -~]'
	result $? 'nor_in_the_table'
}

# Debian's default, the small one, and GNU's.
inventory_awks() {
	"$top/hooks/fleet/inventory" --json --all "$here/definitions" >"$WORK/first"
	mkdir "$WORK/awk"
	for awk in mawk gawk busybox; do
		ln -sf "$(command -v $awk)" "$WORK/awk/awk"
		PATH=$WORK/awk:$PATH "$top/hooks/fleet/inventory" --json --all \
			"$here/definitions" >"$WORK/out" 2>"$WORK/err"
		cmp -s "$WORK/out" "$WORK/first"
		result $? "the_same_answer_from_$awk"
	done
}

inventory_calls() {
	inventory --help
	exits 0 'help_is_no_failure'
	says 'exit status: 0 no guest has a finding' 'help_tells_the_exit_status'
	inventory --jsn
	exits 2 'an_unknown_option'
	inventory "$WORK/nowhere"
	exits 2 'a_file_that_is_not_there'
	inventory "$here/definitions/pv.cfg"
	exits 2 'a_named_file_that_is_no_hvm_guest'
	cksum "$here"/definitions/* >"$WORK/before"
	inventory "$here/definitions"
	cksum "$here"/definitions/* | cmp -s - "$WORK/before"
	result $? 'nothing_is_changed'
}

inventory_all() {
	inventory_lists
	inventory_hostile
	inventory_awks
	inventory_calls
}
