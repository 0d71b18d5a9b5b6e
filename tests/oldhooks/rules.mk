# SPDX-License-Identifier: GPL-2.0-or-later
# The hooks of old systems, Arch, Alpine and Gentoo, with stand-ins for their generators.

### Tests of hooks, packages and fleets
## check-oldhooks  hooks of RHEL 5 and 6, openSUSE 11, Arch, Alpine, ugrd: what is in
##   the image and in which order it runs
.PHONY: check-oldhooks
check-oldhooks:
	$(Q)tests/need --for build oldhooks
	$(Q)$(MAKE) -s --no-print-directory $(B)/pvroot $(B)/pvroot-admin
	$(Q)tests/oldhooks/run
