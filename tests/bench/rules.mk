# SPDX-License-Identifier: GPL-2.0-or-later
# What resolution costs, against findfs of util-linux and of busybox.

## make bench-resolve  measure LABEL= lookup on 16 to 1024 devices (root)
.PHONY: bench-resolve
bench-resolve: $(B)/pvroot
	$(Q)tests/need --for bench
	$(Q)tests/bench/resolve
