# SPDX-License-Identifier: GPL-2.0-or-later
# Tests of what a person sees: status, check, manual pages, completion. The
# program runs on fixture trees, as it is shipped and with the sanitizers.

$(U)/pvroot-admin: $(filter-out $(IMAGE_ONLY:%=$(U)/src/%),$(UNIT_OBJ)) $(U)/src/cmd/main.o \
		$(ADMIN_SRC:src/%.c=$(U)/src/%.o)
	$(call say,LINK,$@)$(HOSTCC) $(UNIT_CFLAGS) -o $@ $^

-include $(ADMIN_SRC:src/%.c=$(U)/src/%.d)

### Tests
## check-admin  status and check on fixture trees, manual pages, completion
.PHONY: check-admin
check-admin:
	$(Q)tests/need --for admin
	$(Q)$(MAKE) --no-print-directory -j2 $(B)/pvroot $(B)/pvroot-admin \
		$(U)/pvroot-admin $(B)/man/pvroot.8
	$(Q)B='$(B)' U='$(U)' tests/admin/run
