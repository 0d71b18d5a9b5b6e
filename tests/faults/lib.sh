# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154
# What the parts of this folder share: a fake root that is judged and set back
# after each run. $here, $build and $work (a folder for what a run leaves) are
# set before; touches $work only.

# shellcheck source=tests/tap.sh
. "$here/../tap.sh"
PATH=$PATH:/usr/sbin:/sbin

# What the run said.
tap_show() {
	for said in "$work/out" "$work/err" "$work/tree/dev/kmsg"; do
		tail -n 20 "$said"
	done
}

end() {
	[ -n "${KEEP:-}" ] || rm -rf "$work"
	finish
}

# fresh_tree [COMMAND LINE]: the guest of tests/tree/faults
fresh_tree() {
	rm -rf "$work"
	mkdir -p "$work"
	"$build/unit/guest" "$work/tree" <"$here/../tree/faults" || exit 1
	[ $# = 0 ] || echo "$1" >"$work/tree/proc/cmdline"
}

# strace and its libraries: it runs in the chroot, so that no call but the
# program's own is counted.
take_strace() {
	tool=$(command -v strace) || exit 1
	for file in "$tool" $(ldd "$tool" | grep -o '/[^ ]*'); do
		mkdir -p "$work/tree/${file%/*}"
		cp -L "$file" "$work/tree/$file"
	done
	cp "$build/pvroot" "$work/tree/pvroot"
	echo "no module" >"$work/tree/lib/xen-blkfront.ko"
	echo /lib/xen-blkfront.ko >"$work/tree/lib/pvroot/modules"
}

# Makes every file so old that what a run writes to can be told, and keeps a
# copy of all.
age_tree() {
	find "$work/tree" -type f -exec touch -d 2001-01-01 {} +
	touch -d 2002-01-01 "$work/stamp"
	cp -a "$work/tree" "$work/saved"
}

# The files that a run has written to, below the tree, but for the log.
written() {
	(cd "$work/tree" && find . -type f -newer "$work/stamp" \
		! -path ./dev/kmsg ! -path ./trace)
}

# As if nothing had been run.
set_back() {
	changed=$(written)
	# shellcheck disable=SC2086 # names without spaces
	[ -z "$changed" ] || (cd "$work/saved" &&
		cp -p --parents $changed "$work/tree/" 2>/dev/null)
	rm -rf "$work/tree/run/pvroot" "$work/tree/dev/.pvroot"
	: >"$work/tree/dev/kmsg"
}

# Nothing but these files may ever be written to on this tree: the way to let go
# of sda and eth1, whose proofs hold. A SATA disk goes alone: its controller stays.
say_forbidden_writes() {
	for file in $(written); do
		case $file in
		./run/pvroot/* | ./dev/.pvroot/*) ;;
		*/2:0:0:0/delete) ;;
		*/0000:00:04.0/driver_override | */drivers/8139cp/unbind) ;;
		*) echo "it wrote to $file" ;;
		esac
	done
}

# judge STATUS MODE: prints why the run on the tree of ./tree was wrong. It may
# give up, it may not be wrong: no other device than xvda1 and xvda2, nothing
# written that is not allowed; strict goes on with a root on a PV disk or not at
# all.
judge() {
	case $1 in
	0 | 1 | 2 | 127) ;;
	124 | 137) echo "it hangs" ;;
	*) echo "it ended with status $1" ;;
	esac
	has_root=
	while read -r answer; do
		case $answer in
		"root='/dev/xvda1'") has_root=yes ;;
		"resume='/dev/xvda2'") ;;
		*) echo "it answered: $answer" ;;
		esac
	done <"$work/out"
	say_forbidden_writes
	[ "$2$1$has_root" != strict0 ] || echo "strict goes on without a root"
}
