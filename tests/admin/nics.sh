# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# Which card has which name of the configuration: `pvroot nics`.

NICS=/var/lib/pvroot/nics

# A card of hardware, or of another hypervisor.
card() { # NAME MAC
	put "/sys/class/net/$1/address" "$2"
	put "/sys/class/net/$1/addr_assign_type" 0
	mkdir -p "$T/sys/class/net/$1/device"
}

nics_guest() { # NAME
	T=$WORK/nics-$1
	rm -rf "$T"
	mkdir -p "$T/var"
	card ens3 00:16:3e:00:00:01
	put /etc/network/interfaces 'auto ens3' 'iface ens3 inet dhcp'
}

# What the image gets, and what is kept.
prints() { # LINES NAME
	pvroot nics --record
	[ "$(cat "$WORK/out")" = "$1" ]
	result $? "$2"
}

keeps() { # LINES NAME
	[ "$(cat "$T$NICS" 2>/dev/null)" = "$1" ]
	result $? "$2"
}

nics_seen() {
	nics_guest seen
	pvroot nics
	exits 0 nics_ends_well
	keeps '' nics_writes_nothing_unless_asked
	prints '00:16:3e:00:00:01 ens3' a_configured_card_is_printed
	keeps '00:16:3e:00:00:01 ens3' a_configured_card_is_recorded
	put /etc/network/interfaces 'auto ens3.100'
	prints '00:16:3e:00:00:01 ens3' a_vlan_stands_on_its_card
	put /etc/network/interfaces 'auto ens33' 'iface en* inet dhcp'
	prints '' a_card_that_is_not_named_is_not_printed
	keeps '00:16:3e:00:00:01 ens3' what_is_not_named_now_stays_recorded
}

nics_moved() {
	nics_guest moved
	pvroot nics --record
	rm -r "$T/sys/class/net/ens3"
	card enX0 00:16:3e:00:00:01
	prints '00:16:3e:00:00:01 ens3' a_moved_guest_remembers_its_name
	put /etc/network/interfaces 'auto enX0'
	prints '00:16:3e:00:00:01 enX0' the_newest_name_of_a_card_counts
	keeps '00:16:3e:00:00:01 enX0' one_card_has_one_name
	nics_guest cloned
	pvroot nics --record
	card ens3 00:16:3e:00:00:99
	prints '00:16:3e:00:00:99 ens3' a_clone_forgets_the_card_of_its_origin
}

nics_known() {
	for file in udev/rules.d/70-x.rules systemd/network/50-x.link netplan/x.yaml \
		NetworkManager/system-connections/x sysconfig/network-scripts/ifcfg-ens3; do
		nics_guest known
		put "/etc/$file" 'by 00:16:3E:00:00:01'
		prints '' "a_card_that_${file%%/*}_knows_by_its_mac_is_left_alone"
	done
}

nics_odd() {
	nics_guest odd
	put /sys/class/net/ens3/addr_assign_type 3
	prints '' an_address_that_somebody_set_is_not_the_cards
	nics_guest bond
	put /sys/class/net/ens3/bonding_slave/perm_hwaddr 00:16:3e:00:00:02
	prints '00:16:3e:00:00:02 ens3' a_bonds_port_has_its_own_address
	nics_guest twice
	card ens4 00:16:3e:00:00:01
	put /etc/network/interfaces 'auto ens3 ens4'
	prints '' two_named_cards_of_one_mac_are_not_told_apart
	nics_guest virtual
	rmdir "$T/sys/class/net/ens3/device"
	prints '' a_card_that_software_makes_is_not_recorded
	nics_guest broken
	put $NICS 'ens3' '00:16:3e:00:00:0g ens3' '00:16:3e:00:00:05' '' '00:16:3e:00:00:06 ens9'
	prints '00:16:3e:00:00:01 ens3' a_broken_record_does_no_harm
	pvroot nics more
	exits 2 nics_takes_no_other_word
	nics_guest full
	put /var/lib 'in the way'
	prints '00:16:3e:00:00:01 ens3' without_a_record_the_image_has_what_is_seen
	grep -q 'cannot write /var/lib/pvroot/nics' "$WORK/err"
	result $? 'a_record_that_cannot_be_written_is_said'
}

# It takes over from the vif, whose MAC it has; the configuration names it.
nics_passed_through() {
	good_guest passed
	pci 0000:00:06.0 8086 10ed 8086 7a11
	nic ens6 pci0000:00/0000:00:06.0 00:16:3e:11:22:33 0x1002
	put /etc/network/interfaces 'auto ens6'
	put $NICS '00:16:3e:11:22:33 ens6'
	prints '' the_name_of_a_passed_through_card_is_its_own
	keeps '' what_was_recorded_of_that_name_goes
}

# What `pvroot check` makes of it.
nics_checked() {
	good_guest cards
	put /etc/network/interfaces 'auto eth0'
	pvroot check
	exits 0 a_named_pv_card_is_no_finding
	says 'eth0 (00:16:3e:11:22:33): the PV card that the configuration names' a_named_pv_card_is_told
	put /etc/network/interfaces 'auto ens3'
	put $NICS '00:16:3e:11:22:33 ens3'
	pvroot check
	exits 0 a_recorded_name_is_no_finding
	says 'eth0 (00:16:3e:11:22:33): the configuration calls it ens3' a_recorded_name_is_told
	ahci_twin
	put /etc/fstab 'LABEL=/ / ext4 defaults 0 1' \
		"/dev/disk/by-path/pci-$AHCI-ata-1-part2 none swap sw 0 0"
	pvroot check
	says "by-path/pci-$AHCI-ata-1-part2: /dev/xvda2" a_link_of_the_twin_is_no_finding
}

nics_all() {
	nics_passed_through
	nics_checked
	nics_seen
	nics_moved
	nics_known
	nics_odd
}
