# SPDX-License-Identifier: GPL-2.0-or-later
# Real Xen guests: the host, the guests' kernels and disks, the boot tests.

XEN := tests/xen

.PHONY: guest-kernel

### Real guests
## guest-kernel  SUITE=12: unpack a Debian suite's kernel (11 12 13 sid)
guest-kernel:
	$(Q)$(XEN)/kernel $(or $(SUITE),12)

.PHONY: check-xen check-all demo

## check-xen  GUEST='NAME…' HOST=13: boot guests in a real Xen host
## check-all  every guest, on the hosts of Debian 12 and 13
##* demo  one disk, two initramfs: Debian's own and pvroot's
check-xen:
	$(Q)tests/need --for build xen
	$(Q)$(MAKE) --no-print-directory -s all
	$(Q)$(XEN)/run check $(GUEST)

check-all:
	$(Q)tests/need --for build xen
	$(Q)$(MAKE) --no-print-directory -s all
	$(Q)status=0; for host in 12 13; do \
		HOST=$$host $(XEN)/run all $(GUEST) || status=1; done; exit $$status

demo:
	$(Q)$(XEN)/demo
