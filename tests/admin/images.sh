# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# Initrds of every packing, broken ones, and those of real generators.
# Sourced by run. May touch: $WORK only.

images_packed() {
	good_guest packed
	for packer in 'cat' 'gzip -1' 'xz --check=crc32' 'zstd -q' 'lz4 -lq' 'bzip2'; do
		# shellcheck disable=SC2086 # a command with its words
		command -v ${packer%% *} >/dev/null || continue
		# shellcheck disable=SC2086
		pack $packer
		pvroot check
		exits 0 "image_packed_by_${packer%% *}"
	done
	printf '\135\0\0' >"$T/boot/initrd.img-$KVER"
	pvroot check
	exits 2 'a_bare_magic_is_no_image'
}

# Cut at every odd place: never a crash, never "has pvroot".
images_broken() {
	good_guest broken
	pack cat
	cp "$T/boot/initrd.img-$KVER" "$WORK/whole"
	# Behind the last trailer there is nothing but padding.
	size=$(grep -abo 'TRAILER!!!' "$WORK/whole" | tail -n 1 | cut -d: -f1)
	bad=0 cut=1
	while [ $cut -lt "$size" ]; do
		head -c $cut "$WORK/whole" >"$T/boot/initrd.img-$KVER"
		pvroot check
		[ "$status" = 2 ] && [ ! -s "$WORK/err" ] || bad=$((bad + 1))
		cut=$((cut + 97))
	done
	[ $bad = 0 ]
	ok $? 'an_image_cut_anywhere_is_a_problem'
	bad=0
	for field in 54 94; do # file size, name size
		cp "$WORK/whole" "$T/boot/initrd.img-$KVER"
		printf ffffffff | dd of="$T/boot/initrd.img-$KVER" bs=1 conv=notrunc \
			seek=$field status=none
		pvroot check
		[ "$status" = 2 ] && [ ! -s "$WORK/err" ] || bad=$((bad + 1))
	done
	[ $bad = 0 ]
	ok $? 'absurd_sizes_are_a_problem'
	mkfifo "$T/boot/initrd.img-pipe"
	timeout 30 "$PROGRAM" --root "$T" check >"$WORK/out" 2>"$WORK/err"
	status=$?
	exits 2 'a_pipe_in_boot_does_not_hang'
}

# The decompressor is not there: said by name.
images_without_tool() {
	good_guest tool
	printf '\211LZO and more' >"$T/boot/initrd.img-$KVER"
	if ! command -v lzop >/dev/null; then
		finds 1 image-unread 'lzop is missing' 'missing_decompressor_is_named'
	fi
}

# Images that the distribution's own commands made, where they are cached.
images_real() {
	for root in "$here"/../../build/hooks/roots/* "$here"/../../build/hooks/ov-*/u; do
		for real in "$root"/boot/initrd* "$root"/boot/initramfs*; do
			[ -f "$real" ] && [ ! -L "$real" ] || continue
			name=${real##*/}
			kver=$(echo "$name" | sed 's/^[a-z.]*-//; s/\.img$//')
			good_guest real
			rm "$T/boot/initrd.img-$KVER" "$T/boot/grub/grub.cfg"
			cp "$real" "$T/boot/$name"
			pvroot check
			want=0
			lsinitramfs -l "$real" 2>/dev/null | grep -q 'sbin/pvroot$' || want=2
			exits $want "real_image_${root##*hooks/}_$kver"
		done
	done
}

images_all() {
	images_packed
	images_broken
	images_without_tool
	images_real
}
