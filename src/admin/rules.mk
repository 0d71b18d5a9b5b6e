# SPDX-License-Identifier: GPL-2.0-or-later
# build/pvroot-admin: the program that is installed for people. All of src/ but
# its table of commands and what it has instead of the files in /etc, and
# src/admin/. Static and klibc too, so that it runs on any old guest; only the
# image's copy has a limit of size.

IMAGE_ONLY := cmd/commands.o find/inuse_image.o
ADMIN_SRC := $(sort $(wildcard src/admin/*.c src/admin/*/*.c))
ADMIN_OBJ := $(filter-out $(IMAGE_ONLY:%=$(B)/klibc/%),$(OBJ)) \
	$(ADMIN_SRC:src/%.c=$(B)/klibc/%.o)

all: $(B)/pvroot-admin

$(B)/klibc/admin.o: $(ADMIN_OBJ)
	$(call say,LTO,$@)$(HOSTCC) $(LTOFLAGS) -o $@ $(ADMIN_OBJ)

$(B)/pvroot-admin.debug: $(B)/klibc/admin.o
	$(call say,LINK,$@)$(KLCC) $(KLDFLAGS) -o $@ $<

$(B)/pvroot-admin: $(B)/pvroot-admin.debug
	$(call say,STRIP,$@)strip --strip-all -R .comment -R .note -o $@ $<

# For 32 bits, as build/pvroot.i386 is.
ADMIN_OBJ32 := $(filter-out $(IMAGE_ONLY:%=$(B)/i386/klibc/%),$(OBJ32)) \
	$(ADMIN_SRC:src/%.c=$(B)/i386/klibc/%.o)

i386: $(B)/pvroot-admin.i386

$(B)/i386/klibc/admin.o: $(ADMIN_OBJ32)
	$(call say,LTO32,$@)$(HOSTCC) $(LTOFLAGS) -m32 $(CODE32) -o $@ $(ADMIN_OBJ32)

$(B)/pvroot-admin.i386.debug: $(B)/i386/klibc/admin.o
	$(call say,LINK32,$@)$(SDK32)/klcc $(KLDFLAGS) -o $@ $<

$(B)/pvroot-admin.i386: $(B)/pvroot-admin.i386.debug
	$(call say,STRIP,$@)strip --strip-all -R .comment -R .note -o $@ $<

-include $(ADMIN_SRC:src/%.c=$(B)/i386/klibc/%.d)
-include $(ADMIN_SRC:src/%.c=$(B)/klibc/%.d)
