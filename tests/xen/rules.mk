# SPDX-License-Identifier: GPL-2.0-or-later
# Real Xen guests: the host, the guests' kernels and disks, the boot tests.

XEN := tests/xen

.PHONY: guest-kernel

## make guest-kernel SUITE=12   unpack a Debian suite's kernel (11 12 13 sid)
guest-kernel:
	$(Q)$(XEN)/kernel $(or $(SUITE),12)
