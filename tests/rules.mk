# SPDX-License-Identifier: GPL-2.0-or-later
# Tests. Each tests/unit/test_NAME.c is one cmocka program, linked with all of
# src/ but main.c, built by gcc with AddressSanitizer and UBSan.

-include tests/fuzz/rules.mk tests/bench/rules.mk tests/initramfs/rules.mk
-include tests/agree/rules.mk tests/oldsys/rules.mk
-include tests/oldhooks/rules.mk tests/package/rules.mk tests/fleet/rules.mk
-include tests/faults/rules.mk tests/guests/rules.mk

# The coverage build is the same, in another folder and with other flags.
U        := $(B)/unit
UNIT_SAN := -O1 -fsanitize=address,undefined -fno-sanitize-recover=all
# A test that main() does not list is an error.
UNIT_CFLAGS := -std=gnu11 -g $(WARN) -Werror=unused-function -iquote src \
	-Itests/unit -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64 -DPVROOT_VERSION='"$(VERSION)"' \
	-fno-omit-frame-pointer $(UNIT_SAN)
# tests/unit/kernel.c simulates the kernel by these.
UNIT_WRAP := sys_write sys_disk_open sys_module_load sys_uevent_open \
	sys_uevent_next sys_now_us sys_sleep_ms sys_print sys_make_node \
	sys_read sys_list sys_readlink sys_disk_read \
	probe_bytes sys_nvme_namespaces sys_ata_identity \
	sys_partition_delete sys_can_hold sys_hold sys_hold_end \
	sys_card_rename
UNIT_LDFLAGS := $(UNIT_WRAP:%=-Wl,--wrap=%) -lcmocka
# The image's copy, except that it reads /etc like the installed program.
ETC_SRC  := $(addprefix src/admin/bootcfg/,inuse_etc.c fstab.c) $(wildcard src/admin/bootcfg/etc_*.c)
UNIT_OBJ := $(patsubst src/%.c,$(U)/src/%.o,$(filter-out src/cmd/main.c,$(SRC))) \
	$(ETC_SRC:src/%.c=$(U)/src/%.o)
UNIT_OBJ := $(filter-out $(U)/src/find/inuse_image.o,$(UNIT_OBJ))
UNIT_HELP := $(patsubst tests/unit/%.c,$(U)/%.o,\
	$(filter-out tests/unit/test_%.c tests/unit/initrd.c,\
	$(wildcard tests/unit/*.c)))
UNIT_TESTS := $(patsubst tests/unit/%.c,$(U)/%,$(wildcard tests/unit/test_*.c))

$(U)/src/%.o: src/%.c Makefile src/rules.mk tests/rules.mk
	$(call say,CC,$@)mkdir -p $(@D) && \
	$(HOSTCC) $(UNIT_CFLAGS) -MMD -MP -c -o $@ $<

$(U)/%.o: tests/unit/%.c Makefile tests/rules.mk
	$(call say,CC,$@)mkdir -p $(@D) && \
	$(HOSTCC) $(UNIT_CFLAGS) -MMD -MP -c -o $@ $<

$(U)/test_admin_image $(U)/test_admin_parts: $(U)/initrd.o
$(U)/test_%: $(U)/test_%.o $(UNIT_HELP) $(UNIT_OBJ)
	$(call say,LINK,$@)$(HOSTCC) $(UNIT_CFLAGS) -o $@ $^ $(UNIT_LDFLAGS)

# The story in a guest in memory, which replaces SYS_DOOR.
$(U)/fuzz/%.o: tests/fuzz/%.c $(wildcard tests/fuzz/*.h) Makefile tests/rules.mk
	$(call say,CC,$@)mkdir -p $(@D) && \
	$(HOSTCC) $(UNIT_CFLAGS) -Itests/fuzz -MMD -MP -c -o $@ $<

$(U)/test_fuzz_boot: $(U)/test_fuzz_boot.o $(U)/image.o $(U)/corpus.o \
		$(FUZZ_WORLD:tests/fuzz/%.c=$(U)/fuzz/%.o) \
		$(filter-out $(SYS_DOOR:%.c=$(U)/%.o),$(UNIT_OBJ))
	$(call say,LINK,$@)$(HOSTCC) $(UNIT_CFLAGS) -o $@ $^ -lcmocka

# The program itself with the sanitizers, for tests that run it.
$(U)/pvroot: $(UNIT_OBJ) $(U)/src/cmd/main.o
	$(call say,LINK,$@)$(HOSTCC) $(UNIT_CFLAGS) -o $@ $^

.SECONDARY: $(UNIT_OBJ) $(UNIT_HELP) $(UNIT_TESTS:=.o)
-include $(UNIT_OBJ:.o=.d) $(UNIT_HELP:.o=.d) $(U)/initrd.d $(UNIT_TESTS:=.d) $(wildcard $(U)/fuzz/*.d)

### Tests
##* check  install what is missing, run every test
##* check-unit  the fast tests: under a minute, no guest
##* lint  shellcheck, clang-format, sizes of files and functions
## mutate  break the code in many places; see the unit tests fail
.PHONY: check check-unit lint mutate unit-tests unit-programs
unit-tests: $(UNIT_TESTS)
unit-programs: $(UNIT_TESTS) $(U)/pvroot $(U)/guest

check-unit:
	$(Q)tests/need --for unit
	$(Q)$(MAKE) --no-print-directory -j2 all unit-programs
	$(Q)tests/run unit

check:
	$(Q)tests/run all

lint:
	$(Q)tests/lint

## coverage  lines and branches of src/ that the unit tests reach
.PHONY: coverage
coverage:
	$(Q)tests/need --for build unit
	$(Q)tests/coverage

mutate:
	$(Q)tests/need --for unit
	$(Q)tests/mutate

include tests/admin/rules.mk tests/tree/rules.mk
