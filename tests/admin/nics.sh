# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# Which card has which name of the configuration: `pvroot nics`.

NICS=/var/lib/pvroot/nics

# A card of hardware, or of another hypervisor; in place of one of this name.
card() { # NAME MAC [down]
	pieces "drop $1" "nic $1 card-$1 $2 ${3:-up}"
}

nics_guest() { # NAME
	T=$WORK/nics-$1
	rm -rf "$T"
	mkdir -p "$T/var"
	card ens3 00:16:3e:00:00:01 down
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

# A rescue system's cards, or a helper machine's.
nics_of_a_chroot() {
	nics_guest chroot
	pvroot nics --record
	card ens3 52:54:00:aa:aa:aa
	mkdir -p "$T/proc/1/root"
	prints '00:16:3e:00:00:01 ens3' a_chroot_prints_what_is_recorded
	keeps '00:16:3e:00:00:01 ens3' a_chroot_changes_no_record
	put /etc/network/interfaces 'auto lo'
	prints '' a_recorded_card_that_is_not_named_is_not_printed
}

nics_moved() {
	nics_guest moved
	pvroot nics --record
	pieces 'drop ens3'
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
	rm "$T/sys/class/net/ens3/device"
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
	pieces 'pci 0000:00:06.0 8086 10ed 8086 7a11 ixgbevf' \
		'nic ens6 0000:00:06.0 00:16:3e:11:22:33 down'
	put /etc/network/interfaces 'auto ens6'
	put $NICS '00:16:3e:11:22:33 ens6'
	prints '' the_name_of_a_passed_through_card_is_its_own
	keeps '' what_was_recorded_of_that_name_goes
}

# eth0's emulated twin, which udev calls ens3.
emulated_card() {
	pieces 'pci 0000:00:03.0 8086 100e 1af4 1100 e1000' \
		'nic ens3 0000:00:03.0 00:16:3e:11:22:33 up'
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
	emulated_card
	pvroot check
	says 'eth0 (00:16:3e:11:22:33): the configuration calls it ens3' the_name_of_its_own_twin_is_free
	pieces 'drop ens3'
	ahci_twin
	put /etc/fstab 'LABEL=/ / ext4 defaults 0 1' \
		"/dev/disk/by-path/pci-$AHCI-ata-1-part2 none swap sw 0 0"
	pvroot check
	says "by-path/pci-$AHCI-ata-1-part2: /dev/xvda2" a_link_of_the_twin_is_no_finding
}

# Mistakes as those of check.sh, which runs them.

# The PV card of eth0 had this name, and is still configured by it.
recorded() { # NAME
	put /etc/network/interfaces "auto $1" "iface $1 inet dhcp"
	put /var/lib/pvroot/nics "00:16:3e:11:22:33 $1"
}

mistake_network_names_nobody() {
	put /etc/network/interfaces 'auto ens3 lan0' 'iface ens3 inet dhcp'
	finds 2 card-nobody '/etc/network/interfaces:1 ens3: no card has this name, and nothing configures the PV card eth0 (00:16:3e:11:22:33)' "$1"
}

# A firewall keeps the names of cards that are long gone.
mistake_a_firewall_names_nobody() {
	put /etc/network/interfaces 'auto lo'
	put /etc/nftables.conf 'iifname "ens3" accept'
	pvroot check
	silent_about card-nobody "$1"
	exits 0 "$1"
}

# Its driver is not there yet, or never comes: the boot does not know.
mistake_name_of_a_passed_through_card() {
	recorded ens6
	pieces 'pci 0000:00:06.0 8086 10ed 8086 7a11 -'
	finds 2 'card-refused card-nobody' 'eth0 (00:16:3e:11:22:33): the next boot does not call it ens6, as the configuration does: another card has that name' "$1"
}

mistake_two_pv_cards_of_one_mac() {
	recorded ens3
	pieces 'vif eth1 1 00:16:3e:11:22:33 down'
	finds 2 'card-refused card-nobody' 'eth1 (00:16:3e:11:22:33): the next boot does not call it ens3, as the configuration does: two PV cards have this address' "$1"
}

mistake_the_other_pv_card_is_called_so() {
	recorded enX1
	pieces 'vif eth1 1 00:16:3e:11:22:44 down'
	finds 2 'card-refused card-nobody' 'eth0 (00:16:3e:11:22:33): the next boot does not call it enX1' "$1"
}

# The emulated card of that name stays for it.
mistake_keep_names_a_card() {
	recorded ens3
	emulated_card
	menu 'root=LABEL=/ pvroot=keep=ens3'
	finds 1 'card-refused' 'eth0 (00:16:3e:11:22:33): the next boot does not call it ens3, as the configuration does: keep= asks for it' "$1"
}

# The next boot does nothing, and the kernel unplugs the emulated card.
mistake_the_next_boot_is_off() {
	recorded ens3
	menu 'root=LABEL=/ pvroot=off'
	finds 2 'line-off card-nobody' '/etc/network/interfaces:1 ens3: no card has this name' "$1"
}

# udev listens from the first moment on, where the image has systemd.
nics_checked_swap() {
	good_guest swap
	pieces 'drop eth0' 'nic eth1 vif-0 00:16:3e:11:22:33 up' \
		'vif eth0 1 00:16:3e:11:22:44 up'
	put /etc/network/interfaces 'auto eth0 eth1'
	pvroot check
	exits 0 names_that_swap_are_no_finding
	says 'eth1 (00:16:3e:11:22:33): the PV card that the configuration names' names_that_swap_are_told
	mkdir -p "$IMG/lib/systemd/system"
	: >"$IMG/lib/systemd/system/systemd-udevd-control.socket"
	pack gzip -9
	pvroot check
	exits 1 they_cannot_where_udev_listens_first
	says 'eth1 (00:16:3e:11:22:33): the next boot does not call it eth1, as the configuration does: another card has that name' and_that_is_told
}

# The image leaves it alone, and no other name means it.
nics_checked_by_mac() {
	good_guest by-mac
	put /etc/network/interfaces 'auto ens4'
	put /etc/systemd/network/lan.network '[Match]' MACAddress=00:16:3e:11:22:33
	pvroot check
	exits 0 a_pv_card_that_is_known_by_its_mac_is_no_finding
	says 'eth0 (00:16:3e:11:22:33): the configuration knows it by its MAC' a_pv_card_that_is_known_by_its_mac_is_told
}

# Recorded by a boot: `pvroot nics --boot`.
nics_boot_guest() { # NAME
	nics_guest "$1"
	card ens3 00:16:3e:00:00:01
}

# shellcheck disable=SC2154 # pvroot sets status
boot_keeps() { # LINES NAME
	pvroot nics --boot
	[ "$status" = 0 ] && [ ! -s "$WORK/out" ] && [ "$(cat "$T$NICS" 2>/dev/null)" = "$1" ]
	result $? "$2"
}

nics_boot() {
	nics_guest down
	boot_keeps '' a_boot_records_no_card_that_is_down
	nics_boot_guest booted
	boot_keeps '00:16:3e:00:00:01 ens3' a_boot_records_a_card_that_is_up
	put /etc/network/interfaces 'auto lan0'
	pieces 'drop ens3'
	card lan0 00:16:3e:00:00:01
	boot_keeps '00:16:3e:00:00:01 lan0' a_boot_replaces_a_name_that_is_no_longer_configured
	nics_boot_guest both
	put /etc/network/interfaces 'auto ens3 enX0'
	boot_keeps '00:16:3e:00:00:01 ens3' a_boot_records_before_the_move
	pieces 'drop ens3'
	card enX0 00:16:3e:00:00:01
	boot_keeps '00:16:3e:00:00:01 ens3' a_boot_keeps_a_name_that_is_still_configured
	nics_boot_guest copied
	put $NICS '00:16:3e:00:00:99 ens3'
	boot_keeps '00:16:3e:00:00:01 ens3' a_boot_of_a_clone_forgets_the_card_of_its_origin
}

# A boot that went wrong.
nics_boot_wrong() {
	two='00:16:3e:00:00:01 eth0
00:16:3e:00:00:02 eth1'
	nics_guest swapped
	put /etc/network/interfaces 'auto eth0 eth1'
	put $NICS '00:16:3e:00:00:01 eth0' '00:16:3e:00:00:02 eth1'
	pieces 'drop ens3'
	card eth1 00:16:3e:00:00:01
	card eth0 00:16:3e:00:00:02
	boot_keeps "$two" a_boot_with_swapped_names_spoils_no_record
	pieces 'drop eth1'
	boot_keeps "$two" a_boot_without_the_first_card_spoils_no_record
	nics_boot_guest new
	put $NICS '00:16:3e:00:00:05 ens3'
	card ens4 00:16:3e:00:00:05
	boot_keeps '00:16:3e:00:00:05 ens3' a_new_card_with_the_name_of_one_that_is_there_spoils_no_record
	nics_boot_guest named
	put $NICS '00:16:3e:00:00:05 ens3'
	put /run/systemd/network/72-pvroot-00-16-3e-00-00-01.link '[Match]' \
		MACAddress=00:16:3e:00:00:01 '[Link]' Name=ens3
	boot_keeps '00:16:3e:00:00:05 ens3' a_name_that_pvroot_gave_replaces_nothing
	rm "$T$NICS"
	boot_keeps '00:16:3e:00:00:01 ens3' but_it_is_recorded_where_nothing_was
}

nics_all() {
	nics_boot
	nics_boot_wrong
	nics_passed_through
	nics_checked
	nics_checked_by_mac
	nics_checked_swap
	nics_seen
	nics_moved
	nics_of_a_chroot
	nics_known
	nics_odd
}
