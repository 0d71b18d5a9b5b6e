# SPDX-License-Identifier: GPL-2.0-or-later
# What pvroot costs and what it gives. Each part can be run alone; results are
# in build/bench/.

BENCH := $(B)/bench

$(BENCH)/%: tests/bench/%.c tests/bench/rules.mk
	$(call say,CC,$@)mkdir -p $(@D) && $(HOSTCC) -O2 $(WARN) -o $@ $<

## make bench-resolve  measure LABEL= lookup on 16 to 1024 devices (root)
.PHONY: bench-resolve
bench-resolve: $(B)/pvroot
	$(Q)tests/need --for bench
	$(Q)tests/bench/resolve

## make bench-growth   cost of `pvroot boot` on 1 to 256 disks, 4096 partitions
.PHONY: bench-growth
bench-growth:
	$(Q)tests/need --for build bench chart
	$(Q)$(MAKE) -s --no-print-directory $(B)/pvroot $(BENCH)/fixture $(BENCH)/meter
	$(Q)tests/bench/growth $(B) $(BENCH)

## make check-growth   that this cost is linear, and the memory bounded
.PHONY: check-growth
check-growth:
	$(Q)tests/need --for build
	$(Q)$(MAKE) -s --no-print-directory $(B)/pvroot $(BENCH)/fixture $(BENCH)/meter
	$(Q)tests/bench/growth $(B) $(BENCH)/gate --gate
