# SPDX-License-Identifier: GPL-2.0-or-later
# Tests of what a person sees: status, check, manual pages, completion. The
# program runs on fixture trees, as shipped and with the sanitizers.

$(U)/pvroot-admin: $(filter-out $(IMAGE_ONLY:%=$(U)/src/%),$(UNIT_OBJ)) $(U)/src/cmd/main.o \
		$(ADMIN_SRC:src/%.c=$(U)/src/%.o)
	$(call say,LINK,$@)$(HOSTCC) $(UNIT_CFLAGS) -o $@ $^

# What the unit tests take of this program: what reads files.
ADMIN_READERS := $(patsubst src/%.c,$(U)/src/%.o,$(filter-out $(ETC_SRC),\
	$(wildcard src/admin/bootcfg/*.c src/admin/lib/*.c)))
$(filter $(U)/test_admin_%,$(UNIT_TESTS)): $(ADMIN_READERS)

# The target that is fuzzed, on files in memory in place of src/sys/.
$(U)/test_fuzz_admin: $(U)/test_fuzz_admin.o $(U)/corpus.o \
		$(FUZZ_FILES:tests/fuzz/%.c=$(U)/fuzz/%.o) $(FUZZ_READS:%.c=$(U)/%.o)
	$(call say,LINK,$@)$(HOSTCC) $(UNIT_CFLAGS) -o $@ $^ -lcmocka

-include $(ADMIN_SRC:src/%.c=$(U)/src/%.d)

### Tests
## check-admin  status and check on fixture trees, manual pages, completion
.PHONY: check-admin
check-admin:
	$(Q)tests/need --for admin
	$(Q)$(MAKE) --no-print-directory -j2 $(B)/pvroot $(B)/pvroot-admin \
		$(U)/pvroot-admin $(U)/guest $(B)/man/pvroot.8
	$(Q)B='$(B)' U='$(U)' tests/admin/run
