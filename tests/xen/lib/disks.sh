# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# Writes a disk image with an MBR, sector by sector, without loop devices and
# without mounting anything.  Recipes in images/ call these.
#
# part SIZE_MIB KIND [LABEL] [TREE]  notes a partition: KIND is a file system
#                                    that mke2fs makes, btrfs (empty), swap, or
#                                    none
# write_disk FILE                    makes the image from what was noted

parts=

part() {
	parts="$parts$1 $2 ${3:--} ${4:--}
"
}

# part_file NUMBER KIND LABEL TREE SIZE_MIB OFFSET_MIB FILE
part_write() {
	case $2 in
	none) ;;
	swap)
		truncate -s "${5}M" "$7.swap" &&
			mkswap -q -L "$3" "$7.swap" &&
			dd if="$7.swap" of="$7" bs=1M seek="$6" conv=notrunc,sparse \
				status=none && rm "$7.swap"
		;;
	btrfs)
		truncate -s "${5}M" "$7.btrfs" &&
			mkfs.btrfs -q -L "$3" "$7.btrfs" &&
			dd if="$7.btrfs" of="$7" bs=1M seek="$6" conv=notrunc,sparse \
				status=none && rm "$7.btrfs"
		;;
	*)
		set -- "$@" "-t $2 -E offset=$(($6 * 1048576))"
		[ "$3" = - ] || set -- "$1" "$2" "$3" "$4" "$5" "$6" "$7" "$8 -L $3"
		[ "$4" = - ] || set -- "$1" "$2" "$3" "$4" "$5" "$6" "$7" "$8 -d $4"
		# shellcheck disable=SC2086 # options
		mke2fs -q -F $8 "$7" "${5}M"
		;;
	esac
}

write_disk() {
	disk_file=$1 disk_offset=1 disk_number=0
	rm -f "$disk_file"
	disk_table=$(printf '%s' "$parts" | awk '
		BEGIN { at = 2048; print "label: dos\nlabel-id: 0x70767274" }
		{ print "start=" at ", size=" $1 * 2048 ", type=" \
			($2 == "swap" ? "82" : "83"); at += $1 * 2048 }')
	disk_size=$(printf '%s' "$parts" | awk '{ n += $1 } END { print n + 2 }')
	truncate -s "${disk_size}M" "$disk_file" &&
		printf '%s\n' "$disk_table" | sfdisk --quiet "$disk_file" || return 1
	while read -r size kind label from; do
		disk_number=$((disk_number + 1))
		part_write "$disk_number" "$kind" "$label" "$from" "$size" \
			"$disk_offset" "$disk_file" || return 1
		disk_offset=$((disk_offset + size))
	done <<-PARTS
		${parts%?}
	PARTS
}
