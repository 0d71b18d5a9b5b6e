# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154,SC2030,SC2031
# Calls into the kernel that do not come back (strace stops the child in them):
# the guard ends the step at its deadline, a minute beyond wait=, and the story
# goes on. An unbind has a child of its own, left behind after half a minute:
# strace waits for that one, so that it only takes very long. They all wait at
# the same time, while run does the rest. Sourced by run.

# hang NAME MODE PATH CALL HOW SAID: its result goes to $work/hang.NAME.
hang() (
	work=$work/hang-$1
	fresh_tree "ro root=LABEL=/ resume=LABEL=SWAP-hda2 pvroot=$2,wait=0"
	cp "$build/pvroot" "$work/tree/pvroot"
	echo "no module" >"$work/tree/lib/xen-blkfront.ko"
	echo /lib/xen-blkfront.ko >"$work/tree/lib/pvroot/modules"
	age_tree
	timeout -s KILL 300 strace -f -qqq -o "$work/trace" -P "$work/tree/$3" \
		-e inject="$4:$5:when=1" chroot "$work/tree" /pvroot boot \
		>"$work/out" 2>"$work/err" </dev/null
	status=$?
	verdict "$1" "$(judge "$status" "$2")$(
		grep -q "$6" "$work/tree/dev/kmsg" || echo "nothing hung")$(
		grep -qx "root='/dev/xvda1'" "$work/out" || echo "no root was found")"
)

hang_all() {
	stop=signal=STOP guard='timed out: going on after it'
	hang a_read_that_never_returns_costs_its_step auto dev/sda pread64 $stop "$guard" &
	hang a_read_that_never_returns_costs_its_step_strict strict dev/sda pread64 $stop "$guard" &
	hang a_module_that_hangs_costs_its_step auto lib/xen-blkfront.ko finit_module $stop "$guard" &
	hang an_unbind_that_blocks_keeps_the_twin_loudly auto sys/bus/pci/drivers/8139cp/unbind \
		write delay_enter=40000000 'the kernel keeps it: .*timed out' &
	wait
	echo 1..4
}

hang_all
rm -rf "$work"
