# SPDX-License-Identifier: GPL-2.0-or-later
# Disks with partition tables: the entries must be those of libblkid, which
# partx shows. Sourced by run.
# shellcheck shell=sh disable=SC2154,SC2034

# One line a partition, with the escapes of either tool decoded.
table_by_partx() {
	partx -P -o NR,NAME,UUID "$@" "$img" 2>/dev/null | perl -ne '
		s/\\x([0-9a-f]{2})/chr hex $1/ge;
		/^NR="(\d+)" NAME="(.*)" UUID="(.*)"$/s or next;
		print "$1|$2|$3\n"'
}
table_by_pvroot() {
	"$pvroot" probe "$img" 2>/dev/null | perl -00 -ne '
		/^PARTN=(\d+)$/m or next; $n = $1;
		($l) = /^PARTLABEL=(.*)$/m; ($u) = /^PARTUUID=(.*)$/m;
		for ($l) {
			s/M-\^(.)|M-\\?(.)/chr(128 + (defined $1 ?
				ord($1) ^ 64 : ord $2))/ge;
			s/\\(.)/$1/g;
		}
		print "$n|$l|$u\n"; undef $l; undef $u'
}

# table NAME SIZE PARTX-OPTIONS COMMAND…: partitions compared.
table() {
	begin "$1" "$2" || return 0
	options=$3
	shift 3
	echo "== $name: $*" >>"$log"
	"$@" >>"$log" 2>&1 || echo "# $name: not made"
	# shellcheck disable=SC2086 # options are words
	table_by_partx $options >"$work/blkid"
	table_by_pvroot >"$work/pvroot"
	if [ -s "$work/blkid" ]; then
		judge "$name"
	else
		not_ok "$name" "partx sees nothing in it: a bad case"
	fi
	[ -n "${KEEP:-}" ] || rm -f "$img"
}

dos() {
	printf 'label: dos\n%s\n' "$1" | sed 's/;/\n/g' | sfdisk -q "$img"
}
gpt() {
	sgdisk "$@" "$img"
}
table dos-one 64M '' dos 'label-id: 0xcafe0001;,32M'
table dos-four 64M '' dos ',8M;,8M;,8M;,8M'
table dos-gap 64M '' dos '1: size=8M;4: size=8M'
table dos-logical 128M '' dos ',8M;,,E;,8M;,8M;,8M;,8M'
table dos-logical-first 128M '' dos '1: size=64M,type=E;2: size=8M;5: size=8M;6: size=8M'
table dos-linux-extended 128M '' dos ',8M;,,85;,8M;,8M'
table dos-many 256M '' dos ",,E$(yes ';,2M' | head -40 | tr -d '\n')"
table dos-no-signature 64M '' dos 'label-id: 0x0;,8M'
table gpt-one 64M '' gpt -n 1:2048:0 -c 1:root
table gpt-names 64M '' gpt -n 1:0:+8M -c 1:'a b/c' -n 2:0:+8M -c 2:'Größe' \
	-n 3:0:+8M -c 3:'q"u'\''o$`' -n 4:0:+8M -c 4:'back\slash' -n 5:0:+8M
table gpt-full-name 64M '' gpt -n 1:0:0 \
	-c 1:0123456789abcdefghijklmnopqrstuvwxyz
table gpt-gap 64M '' gpt -n 3:0:+8M -c 3:three -n 7:0:+8M -c 7:seven
table gpt-guid 64M '' gpt -n 1:0:0 -u 1:01234567-89AB-CDEF-0123-456789ABCDEF
table gpt-many 64M '' gpt -S 256 -n 1:0:+1M -n 200:0:+1M -c 200:last

# The backup is used where the first header is gone.
gpt_backup() {
	gpt -n 1:0:0 -c 1:backup &&
		dd if=/dev/zero of="$img" bs=512 seek=1 count=33 conv=notrunc
}
table gpt-backup 64M '' gpt_backup
gpt_broken_table() {
	gpt -n 1:0:0 -c 1:rest && printf X |
		dd of="$img" bs=1 seek=1100 conv=notrunc
}
table gpt-broken-table 64M '' gpt_broken_table

# 4096-byte sectors: partitioned through a loop device that has them.
gpt_4096() {
	loop=$(losetup -f --show -b 4096 "$img") || return 1
	printf 'label: gpt\nsize=16M,name=four\nsize=8M,name="k sectors"\n' |
		sfdisk -q "$loop"
	status=$?
	losetup -d "$loop"
	return $status
}
if losetup -f >/dev/null 2>&1; then
	table gpt-sector-4096 128M '--sector-size 4096' gpt_4096
else
	skip gpt-sector-4096 "no loop device is to be had"
fi

# What blkid says of a whole disk and of a file system inside it.
whole() {
	printf 'label: %s\n,32M\n' "$1" | sfdisk -q "$img" &&
		mkfs.ext4 -q -F -E offset=1048576 -L inside "$img" 16M
}
one whole-dos 64M whole dos
one whole-gpt 64M whole gpt
if begin inside-dos 64M && whole dos >>"$log" 2>&1; then
	echo "== $name" >>"$log"
	made=$((made + 1))
	ask_blkid -O 1048576 -S 33554432 "$img" >"$work/blkid"
	"$pvroot" probe "$img" | perl -00 -ne 'print if /^PARTN=1$/m' |
		grep -E '^(TYPE|LABEL|UUID|PTTYPE)=' | sort >"$work/pvroot"
	judge "$name"
fi
