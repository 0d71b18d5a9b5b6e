# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# Temporary Debian roots for tests/package/roots: $layer over $root, which has a
# kernel, a generator and the package of a second kernel. May touch:
# build/package/, and build/hooks/roots/ through debian_root.
# shellcheck disable=SC2016,SC2034,SC2154 # for the inner shells; of the sourcing

# Packages are fetched once. initramfs-tools is set to take only listed modules,
# so that images are small; pvroot's hook adds its own. dracut 051 would write
# into the image what the layer is mounted from. An old suite's security archive
# may list a kernel that it no longer has (seen for bullseye): then the second
# kernel is the main archive's.
prepare_root='export DEBIAN_FRONTEND=noninteractive
	echo MODULES=list >/etc/initramfs-tools/conf.d/quick
	echo COMPRESS=gzip >>/etc/initramfs-tools/conf.d/quick
	mkdir -p /etc/dracut.conf.d
	printf "%s\n" compress=cat hostonly_cmdline=no >/etc/dracut.conf.d/quick.conf
	apt-get -q -y update || exit 1
	case $(cat /out/generator) in
	dracut) apt-get -q -y --no-install-recommends install dracut ;;
	*) update-initramfs -u ;;
	esac || exit 1
	fetch="apt-get -q -y --no-install-recommends -d install linux-image-cloud-amd64"
	$fetch || { sed -i /-security/d /etc/apt/sources.list && apt-get -q -y update && $fetch; }'

# package_root SUITE GENERATOR: prints the folders, the upper ones first.
package_root() {
	base=$(debian_root "$1") || return 1
	made=$build/package/roots/$1-$2
	if [ ! -e "$made/ready" ]; then
		echo "  ROOT    $2 and a second kernel for $1 (once)" >&2
		rm -rf "$made" && mkdir -p "$made/out" && echo "$2" >"$made/out/generator"
		in_root "$base" "$made" "$prepare_root" >"$made/log" 2>&1 || {
			tail -n 5 "$made/log" >&2
			return 1
		}
		touch "$made/ready"
	fi
	echo "$made/upper:$base"
}

# Both versions of the package lie in the layer's /out.
new_layer() {
	mkdir -p "$layer/out"
	cp "$work/pvroot.deb" "$work/pvroot-old.deb" "$layer/out/" &&
		cp "$(deb amd64 | sed 's|/pvroot_|/pvroot-initramfs_|')" "$layer/out/pvroot-initramfs.deb"
}

# in_layer COMMAND: runs by a shell in the layer; its output is in $layer/log.
in_layer() {
	in_root "$root" "$layer" "export DEBIAN_FRONTEND=noninteractive
		$1" >"$layer/log" 2>&1 </dev/null || {
		tail -n 5 "$layer/log"
		return 1
	}
}

# An older version from the same source: its number, a file that the newer one
# lacks, and one that differs.
make_old_deb() {
	rm -rf "$work/old" && dpkg-deb -R "$(deb amd64)" "$work/old" &&
		sed -i 's/^Version:.*/Version: 0.0.1-1/' "$work/old/DEBIAN/control" &&
		echo 'only in the old one' >"$work/old/usr/lib/pvroot/only-in-old" &&
		echo '# of the old version' >>"$work/old/usr/lib/pvroot/ask" &&
		sed -i '/lib\/pvroot\/ask$/d' "$work/old/DEBIAN/md5sums" &&
		dpkg-deb --root-owner-group -b "$work/old" "$work/pvroot-old.deb" >/dev/null &&
		cp "$(deb amd64)" "$work/pvroot.deb" || return 1
	old_ask=$(sha256sum <"$work/old/usr/lib/pvroot/ask" | cut -d' ' -f1)
	rm -rf "$work/old"
}

# SUM PATH, MODE TYPE PATH TARGET of all below a folder of the layer.
# shellcheck disable=SC2016 # for the inner shell
list_files='find . -xdev \( -path ./proc -o -path ./dev -o -path ./out -o -path ./tmp \) -prune \
	-o -printf "%m %U:%G %y %p %l\n" -o -quit
	find . -xdev \( -path ./proc -o -path ./dev -o -path ./out -o -path ./tmp \) -prune \
	-o -type f -exec sha256sum {} +'

# image_files KERNEL: what is in that kernel's image, one a line. Uses the tool
# of the image's own generator: unmkinitramfs takes an uncompressed image for
# the early part of one.
image_files() {
	in_layer "image=/boot/initrd.img-$1
		[ -s \$image ] || exit 1
		rm -rf /out/image && mkdir /out/image && cd /out/image &&
		if [ $generator = dracut ]; then
			lsinitrd --unpack \$image
		else
			unmkinitramfs \$image .
		fi >/dev/null && { $list_files; } >/out/listing; cd / && rm -rf /out/image" >&2
	LC_ALL=C sort "$layer/out/listing"
	rm -f "$layer/out/listing"
}

# Every file of the layer, except those that any use of apt, dpkg or the
# generator changes: logs, caches, old states. An image is compared by its
# content, so its sum, and the sum that initramfs-tools keeps of it, are left
# out.
layer_files() {
	in_layer "cd / && { $list_files; } >/out/tree" >&2
	LC_ALL=C sort "$layer/out/tree" | grep -v -E \
		-e ' \./(run|var/log|var/cache)/' -e ' \./var/lib/(dpkg|apt)/[a-z_-]*-old ' \
		-e ' \./var/lib/dpkg/status-old$' -e '^[0-9a-f]* .*\./boot/initrd\.img-' \
		-e '^[0-9a-f]* .*\./var/lib/initramfs-tools/'
	rm -f "$layer/out/tree"
}
