# SPDX-License-Identifier: GPL-2.0-or-later
# Real Xen guests: the host, the guests' kernels and disks, the boot tests.

XEN := tests/xen

.PHONY: guest-kernel

## make guest-kernel SUITE=12   unpack a Debian suite's kernel (11 12 13 sid)
guest-kernel:
	$(Q)$(XEN)/kernel $(or $(SUITE),12)

.PHONY: check-xen check-all

## make check-xen  [GUEST='NAME…'] [HOST=13]  boot guests in a real Xen host
## make check-all  every guest, on the hosts of Debian 12 and 13
check-xen: $(B)/pvroot
	$(Q)tests/need --for build xen
	$(Q)$(XEN)/run check $(GUEST)
