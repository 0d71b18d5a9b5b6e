#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
#%stage: boot
#%depends: start storage
#%provides: dm
#%programs: /usr/sbin/pvroot
#%modules: $pvroot_modules
#
##### Root on the paravirtual disk of a Xen HVM guest
##
## Loads the PV drivers, takes emulated twins away and finds root= and resume=
## on a PV disk.
##
## Command line parameters
## -----------------------
##
## pvroot	auto (default), strict, off; see pvroot.cmdline(7)
##
# For mkinitrd of openSUSE 11.x: after storage, which reads root=, and before
# udev, which depends on dm: hence "provides". Sourced by the image's init. May
# touch: rootdev, resumedev.
load_modules

if [ -r /lib/pvroot/ask ]; then
	# shellcheck source=hooks/ask
	. /lib/pvroot/ask
	# shellcheck disable=SC2154 # init's variables
	pvroot_root=$root pvroot_resume=$resume
	until pvroot_ask; do
		echo "pvroot=strict: the root is on no PV disk (dmesg says why)."
		echo "exit tries again -- starting /bin/sh"
		PATH=$PATH PS1='$ ' /bin/sh -i
	done
	# shellcheck disable=SC2034 # for the scripts that follow
	[ "$root" = "$pvroot_root" ] || rootdev=$root
	# shellcheck disable=SC2034
	[ "$resume" = "$pvroot_resume" ] || resumedev=$resume
fi
