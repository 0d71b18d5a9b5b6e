# SPDX-License-Identifier: GPL-2.0-or-later
# Tests. Each tests/unit/test_NAME.c is one cmocka program, linked with all of
# src/ but main.c, built by gcc with AddressSanitizer and UBSan.

-include tests/fuzz/rules.mk tests/bench/rules.mk tests/initramfs/rules.mk
-include tests/agree/rules.mk

UNIT_CFLAGS := -std=gnu11 -g -O1 $(WARN) -Isrc -Itests/unit -D_GNU_SOURCE \
	-D_FILE_OFFSET_BITS=64 -DPVROOT_VERSION='"$(VERSION)"' \
	-fsanitize=address,undefined -fno-sanitize-recover=all \
	-fno-omit-frame-pointer
# The kernel's answer to a write into sysfs is played by fixture.c.
UNIT_LDFLAGS := -Wl,--wrap=sys_write -lcmocka
UNIT_OBJ := $(patsubst src/%.c,$(B)/unit/src/%.o,$(filter-out src/main.c,$(SRC)))
UNIT_HELP := $(patsubst tests/unit/%.c,$(B)/unit/%.o,\
	$(filter-out tests/unit/test_%.c,$(wildcard tests/unit/*.c)))
UNIT_TESTS := $(patsubst tests/unit/%.c,$(B)/unit/%,$(wildcard tests/unit/test_*.c))

$(B)/unit/src/%.o: src/%.c Makefile src/rules.mk tests/rules.mk
	$(call say,CC,$@)mkdir -p $(@D) && \
	$(HOSTCC) $(UNIT_CFLAGS) -MMD -MP -c -o $@ $<

$(B)/unit/%.o: tests/unit/%.c Makefile tests/rules.mk
	$(call say,CC,$@)mkdir -p $(@D) && \
	$(HOSTCC) $(UNIT_CFLAGS) -MMD -MP -c -o $@ $<

$(B)/unit/test_%: $(B)/unit/test_%.o $(UNIT_HELP) $(UNIT_OBJ)
	$(call say,LINK,$@)$(HOSTCC) $(UNIT_CFLAGS) -o $@ $^ $(UNIT_LDFLAGS)

# The program itself with the sanitizers, for tests that run it.
$(B)/unit/pvroot: $(UNIT_OBJ) $(B)/unit/src/main.o
	$(call say,LINK,$@)$(HOSTCC) $(UNIT_CFLAGS) -o $@ $^

.SECONDARY: $(UNIT_OBJ) $(UNIT_HELP) $(UNIT_TESTS:=.o)
-include $(UNIT_OBJ:.o=.d) $(UNIT_HELP:.o=.d) $(UNIT_TESTS:=.d)

## make check      install what is missing, run every test
## make check-unit the fast tests: under a minute, no guest
## make lint       shellcheck, clang-format, file and function sizes
.PHONY: check check-unit lint unit-programs
unit-programs: $(UNIT_TESTS) $(B)/unit/pvroot

check-unit:
	$(Q)tests/need --for unit
	$(Q)$(MAKE) --no-print-directory -j2 all unit-programs
	$(Q)tests/run unit

check:
	$(Q)tests/run all

lint:
	$(Q)tests/lint
