# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# Initrds with every compression, broken ones, and those of real generators.
# Sourced by run, as tree.sh and lib.sh are. May touch: $WORK only.
# shellcheck disable=SC2154,SC2153,SC2034 # their variables

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

# What may be wrong in an archive is for tests/unit/test_admin_cpio.c.
images_broken() {
	good_guest broken
	pack cat
	# After the last trailer there is only padding.
	size=$(grep -abo 'TRAILER!!!' "$T/boot/initrd.img-$KVER" | tail -n 1 | cut -d: -f1)
	head -c "$size" "$T/boot/initrd.img-$KVER" >"$WORK/part"
	cp "$WORK/part" "$T/boot/initrd.img-$KVER"
	pvroot check
	exits 2 'an_image_that_is_cut_off_is_a_problem'
	says "$KVER: no whole archive: cut short, or damaged" 'and_it_is_said'
	mkfifo "$T/boot/initrd.img-pipe"
	timeout 30 "$PROGRAM" --root "$T" check >"$WORK/out" 2>"$WORK/err"
	status=$?
	exits 2 'a_pipe_in_boot_does_not_hang'
}

# The decompressor is missing: check must name it.
images_without_tool() {
	good_guest tool
	printf '\211LZO and more' >"$T/boot/initrd.img-$KVER"
	if ! command -v lzop >/dev/null; then
		finds 1 image-unread 'lzop is missing' 'missing_decompressor_is_named'
	fi
}

# Images that initramfs-tools and dracut made for the boot tests, if they are
# kept: those whose recipe depends on the hooks must have pvroot, but for the one
# that was killed before its new image was whole.
images_real() {
	for real in "$top"/build/xen/image/debian*/initrd.img; do
		[ -f "$real" ] || continue
		recipe=${real%/initrd.img}
		recipe=${recipe##*/}
		[ -f "$top/tests/xen/images/$recipe" ] || continue
		T=$WORK/real
		rm -rf "$T"
		put /boot/none
		cp "$real" "$T/boot/initrd.img-guest"
		pvroot check
		if [ "$recipe" != debian12-deb-killed ] &&
			grep -q '^# depends:.* hooks[/ ]' "$top/tests/xen/images/$recipe"; then
			says 'ok /boot/initrd.img-guest: has pvroot and xen-blkfront.ko' \
				"image_of_${recipe}_is_good"
		else
			says 'problem /boot/initrd.img-guest: pvroot is not in it' \
				"image_of_${recipe}_lacks_pvroot"
		fi
	done
}

images_all() {
	images_packed
	images_broken
	images_without_tool
	images_real
}
