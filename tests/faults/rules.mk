# SPDX-License-Identifier: GPL-2.0-or-later
# Faults around the shipped program, and the table that says which test proves
# which outcome.

### Tests
## check-faults  the fault table, and a selection of failing system calls
## faults-all  every system call of a boot fails once
## soak  BOOTS=100: boot a guest with a twin again and again, its backend late
.PHONY: check-faults faults-all soak
check-faults:
	$(Q)tests/need --for unit faults
	$(Q)$(MAKE) -s --no-print-directory -j2 $(B)/pvroot unit-programs
	$(Q)tests/faults/run $(B)

faults-all:
	$(Q)tests/need --for faults
	$(Q)$(MAKE) -s --no-print-directory $(B)/pvroot $(B)/unit/guest
	$(Q)tests/faults/inject $(B) all auto strict

soak:
	$(Q)tests/need --for build xen
	$(Q)$(MAKE) --no-print-directory -s all
	$(Q)tests/faults/soak $(or $(BOOTS),100)

check-all: faults-all
