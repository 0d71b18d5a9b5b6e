# SPDX-License-Identifier: GPL-2.0-or-later
# build/pvroot-admin: the program that is installed for people. All of src/ but
# its table of commands, and src/admin/. Static and klibc too, so that it runs
# on any old guest; only the image's copy has a limit of size.

ADMIN_SRC := $(sort $(wildcard src/admin/*.c))
ADMIN_OBJ := $(filter-out $(B)/klibc/commands.o,$(OBJ)) \
	$(ADMIN_SRC:src/%.c=$(B)/klibc/%.o)

all: $(B)/pvroot-admin

$(B)/klibc/admin.o: $(ADMIN_OBJ)
	$(call say,LTO,$@)$(HOSTCC) $(LTOFLAGS) -o $@ $(ADMIN_OBJ)

$(B)/pvroot-admin.debug: $(B)/klibc/admin.o
	$(call say,LINK,$@)$(KLCC) $(KLDFLAGS) -o $@ $<

$(B)/pvroot-admin: $(B)/pvroot-admin.debug
	$(call say,STRIP,$@)strip --strip-all -R .comment -R .note -o $@ $<

-include $(ADMIN_SRC:src/%.c=$(B)/klibc/%.d)
