# SPDX-License-Identifier: GPL-2.0-or-later
# What pvroot costs and what it gives. Each part can be run alone; results are
# in build/bench/.

BENCH := $(B)/bench

$(BENCH)/%: tests/bench/%.c tests/bench/rules.mk
	$(call say,CC,$@)mkdir -p $(@D) && $(HOSTCC) -O2 $(WARN) -o $@ $<

### Benchmarks
## bench-resolve  LABEL= among 16 to 1024 devices (root)
.PHONY: bench-resolve
bench-resolve:
	$(Q)tests/need --for build bench
	$(Q)$(MAKE) -s --no-print-directory $(B)/pvroot
	$(Q)tests/bench/resolve

## bench-growth  cost of `pvroot boot` on 1 to 256 disks, 4096 partitions
.PHONY: bench-growth
bench-growth:
	$(Q)tests/need --for build unit bench chart
	$(Q)$(MAKE) -s --no-print-directory $(B)/pvroot $(B)/unit/guest $(BENCH)/meter
	$(Q)tests/bench/growth $(B) $(BENCH)

## check-growth  test: this cost is linear, and the memory bounded
.PHONY: check-growth
check-growth:
	$(Q)tests/need --for growth
	$(Q)$(MAKE) -s --no-print-directory $(B)/pvroot $(B)/pvroot-admin $(B)/unit/guest \
		$(BENCH)/meter
	$(Q)tests/bench/growth $(B) $(BENCH)/gate --gate

## bench-disks  DISKS='1 4…': the same in real guests of 1 to 64 PV disks
.PHONY: bench-disks
bench-disks:
	$(Q)tests/need --for build bench xen
	$(Q)$(MAKE) -s --no-print-directory $(B)/pvroot $(B)/pvroot-init $(BENCH)/meter
	$(Q)tests/bench/disks $(B) $(BENCH)

# It is alone in its archive and the first process: no library, no start-up
# code.
$(BENCH)/stamp: tests/bench/stamp.c tests/bench/rules.mk
	$(call say,CC,$@)mkdir -p $(@D) && $(HOSTCC) -Os $(WARN) -nostdlib -static \
		-ffreestanding -fno-stack-protector -fcf-protection=none \
		-fno-asynchronous-unwind-tables -Wl,--build-id=none \
		-Wl,-z,noseparate-code -s -o $@ $<

## bench-boot  ROUNDS=5 VARIANTS='NAME…' BUS=ahci: boot one disk with each
##   initramfs in turn, in a real Xen: kernel to real init
.PHONY: bench-boot
bench-boot:
	$(Q)tests/need --for build bench chart xen
	$(Q)$(MAKE) -s --no-print-directory $(B)/pvroot $(B)/pvroot-init $(BENCH)/stamp
	$(Q)tests/bench/boot $(B) $(BENCH)

## bench-power  ROUNDS=3 VARIANTS='NAME…': the same from power-on, through SeaBIOS
##   and GRUB, and our own image by each compression
.PHONY: bench-power
bench-power:
	$(Q)tests/need --for build bench chart xen power
	$(Q)$(MAKE) -s --no-print-directory $(B)/pvroot $(B)/pvroot-init $(BENCH)/stamp
	$(Q)tests/bench/power $(B) $(BENCH)

## bench-size  bytes of the programs and of our own initramfs
.PHONY: bench-size
bench-size:
	$(Q)tests/need --for build chart xen
	$(Q)$(MAKE) -s --no-print-directory all
	$(Q)tests/bench/size $(B) $(BENCH)

# These run in guests, too.
$(BENCH)/io $(BENCH)/meter: $(BENCH)/%: tests/bench/%.c tests/bench/rules.mk
	$(call say,CC,$@)mkdir -p $(@D) && $(HOSTCC) -O2 $(WARN) -static -s -o $@ $<

## bench-io  ROUNDS=5: one disk by its PV and its emulated path
.PHONY: bench-io
bench-io:
	$(Q)tests/need --for build bench chart xen
	$(Q)$(MAKE) -s --no-print-directory $(B)/pvroot $(B)/pvroot-init $(BENCH)/io
	$(Q)tests/bench/io $(B) $(BENCH)

## bench-net  ROUNDS=5: one network card by its PV and its emulated path
.PHONY: bench-net
bench-net:
	$(Q)tests/need --for build bench xen
	$(Q)$(MAKE) -s --no-print-directory $(B)/pvroot $(B)/pvroot-init
	$(Q)tests/bench/net $(B) $(BENCH)

## bench  all but bench-resolve; three to five hours without KVM, quiet best
.PHONY: bench
bench: bench-growth bench-disks bench-size bench-io bench-net bench-boot bench-power
