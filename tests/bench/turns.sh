# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# What the benches share that boot one disk with each initramfs in turn: the
# initramfs that Debian's generators make, the order of the boots, the medians.
# Needs variants(), which prints such rows, the first one of pvroot's own.

# name|image of tests/xen/images whose initrd it is|what it is
generators() {
	cat <<'ROWS'
tiny|bench-tiny|tiny-initramfs
dep|bench-dep|initramfs-tools, dep
most|debian12|initramfs-tools, most
dracut_host|bench-dracut-host|dracut, hostonly
dracut|bench-dracut|dracut
ROWS
}

# The rows that VARIANTS names; all without it.
chosen() {
	variants | while IFS='|' read -r name initrd what; do
		case " ${VARIANTS:-$name} " in
		*" $name "*) echo "$name|$initrd|$what" ;;
		esac
	done
}

# The variants in the order of one round: a Williams design. A guest can affect
# the next one in its host, so each variant follows each other one; equally
# often, if their number is even and divides the number of rounds.
order() {
	chosen | awk -v round="$1" '
		{ row[NR - 1] = $0 }
		END {
			for (i = 0; i < NR; i++) {
				step = i % 2 ? (i + 1) / 2 : NR - i / 2
				print row[(step + round - 1) % NR]
			}
		}'
}

# guests ROUNDS: declares them in turn, so that other load on the machine affects
# all alike. Calls guest ROUND NAME INITRD.
guests() {
	round=1
	while [ "$round" -le "$1" ]; do
		order "$round" | while IFS='|' read -r name initrd _; do
			guest "$round" "$name" "$initrd"
		done
		round=$((round + 1))
	done
}

# collect_all ROUNDS: calls collect_one ROUND NAME for each guest.
collect_all() {
	round=1
	while [ "$round" -le "$1" ]; do
		chosen | while IFS='|' read -r name _ _; do
			collect_one "$round" "$name"
		done
		round=$((round + 1))
	done
}

# For awk. spread: "median|least|most" of a[1] to a[n], which it sorts.
# shellcheck disable=SC2034 # used by the scripts that source this
AWK_SPREAD='
	function sort(a, n,   i, j, t) {
		for (i = 2; i <= n; i++)
			for (j = i; j > 1 && a[j - 1] > a[j]; j--) {
				t = a[j]; a[j] = a[j - 1]; a[j - 1] = t
			}
	}
	function spread(a, n) {
		sort(a, n)
		return a[int((n + 1) / 2)] "|" a[1] "|" a[n]
	}'

# What the initrd of the distribution finds at its partition: tiny-initramfs knows
# no labels. root_uuid IMAGE BUILD: UUID=… of partition 1.
root_uuid() {
	dir=$("$XEN/image" "$1") || return 1
	"$2/pvroot" probe "$dir/disk.img" |
		awk '/^PARTN=/ { part = $0 } /^UUID=/ && part == "PARTN=1"'
}
