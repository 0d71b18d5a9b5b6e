# SPDX-License-Identifier: GPL-2.0-or-later
# build/pvroot-init: the first process of pvroot's own initramfs. A program of
# its own, so that build/pvroot stays as small as other images want it.

INIT_SRC := $(sort $(wildcard src/init/*.c))
INIT_OBJ := $(INIT_SRC:src/%.c=$(B)/klibc/%.o) \
	$(patsubst %,$(B)/klibc/%.o,sys/sys sys/kernel sys/log \
	base/text base/print base/cmdline)

all: $(B)/pvroot-init

$(B)/klibc/first.o: $(INIT_OBJ)
	$(call say,LTO,$@)$(HOSTCC) $(LTOFLAGS) -o $@ $(INIT_OBJ)

$(B)/pvroot-init.debug: $(B)/klibc/first.o
	$(call say,LINK,$@)$(KLCC) $(KLDFLAGS) -o $@ $<

$(B)/pvroot-init: $(B)/pvroot-init.debug
	$(call say,STRIP,$@)strip --strip-all -R .comment -R .note -o $@ $<

# For 32 bits, as build/pvroot.i386 is.
INIT_OBJ32 := $(INIT_OBJ:$(B)/klibc/%=$(B)/i386/klibc/%)

i386: $(B)/pvroot-init.i386

$(B)/i386/klibc/first.o: $(INIT_OBJ32)
	$(call say,LTO32,$@)$(HOSTCC) $(LTOFLAGS) -m32 $(CODE32) -o $@ $(INIT_OBJ32)

$(B)/pvroot-init.i386.debug: $(B)/i386/klibc/first.o
	$(call say,LINK32,$@)$(SDK32)/klcc $(KLDFLAGS) -o $@ $<

$(B)/pvroot-init.i386: $(B)/pvroot-init.i386.debug
	$(call say,STRIP,$@)strip --strip-all -R .comment -R .note -o $@ $<

-include $(INIT_SRC:src/%.c=$(B)/i386/klibc/%.d)
-include $(INIT_SRC:src/%.c=$(B)/klibc/%.d)
