# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154
# Calls into the kernel that do not come back (strace stops the child in them):
# the guard ends the step at its deadline, a minute beyond wait=, and the story
# goes on. They all wait at the same time, while run does the rest. Sourced by
# run.

# hang NAME MODE PATH CALL: its result goes to $work/hang.NAME.
hang() (
	work=$work/hang-$1
	fresh_tree "ro root=LABEL=/ resume=LABEL=SWAP-hda2 pvroot=$2,wait=0"
	cp "$build/pvroot" "$work/tree/pvroot"
	echo "no module" >"$work/tree/lib/xen-blkfront.ko"
	echo /lib/xen-blkfront.ko >"$work/tree/lib/pvroot/modules"
	age_tree
	timeout -s KILL 300 strace -f -qqq -o "$work/trace" -P "$work/tree/$3" \
		-e inject="$4:signal=STOP:when=1" chroot "$work/tree" /pvroot boot \
		>"$work/out" 2>"$work/err" </dev/null
	status=$?
	verdict "$1" "$(judge "$status" "$2")$(
		grep -q 'timed out: going on after it' "$work/tree/dev/kmsg" ||
			echo "nothing hung")$(
		grep -qx "root='/dev/xvda1'" "$work/out" || echo "no root was found")"
)

hang_all() {
	hang a_read_that_never_returns_costs_its_step auto dev/sda pread64 &
	hang a_read_that_never_returns_costs_its_step_strict strict dev/sda pread64 &
	hang a_module_that_hangs_costs_its_step auto lib/xen-blkfront.ko finit_module &
	hang an_unbind_that_blocks_costs_its_step auto sys/bus/pci/drivers/ahci/unbind write &
	wait
}
