# SPDX-License-Identifier: GPL-2.0-or-later
# build/pvroot: static, klibc. Always -c then link, so that no object file
# lands beside the sources.

SRC      := $(sort $(wildcard src/*.c src/probe/*.c))
OBJ      := $(SRC:src/%.c=$(B)/klibc/%.o)
KINC     := /usr/lib/klibc/include
WARN     := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
	-Wpointer-arith -Wwrite-strings -Wundef -Wformat=2 -Wvla
# klibc's own headers are not ours to warn about.
KSYS     := $(foreach d,$(KINC)/arch/x86_64 $(KINC)/bits64 $(KINC),-Wp,-isystem,$(d))
# A -O of our own replaces all of klcc's size flags, so they stand here too.
# Guards: arrays on the stack only; what -strong adds costs 3 KiB here.
KCODE    := -Oz -fomit-frame-pointer -mno-sse -fno-asynchronous-unwind-tables \
	-falign-functions=1 -falign-jumps=1 -falign-loops=1 \
	-ffunction-sections -fdata-sections -flto \
	-mstack-protector-guard=global -fstack-protector
KCFLAGS  := -std=gnu11 $(WARN) $(KCODE) -fno-fat-lto-objects -Isrc \
	-D_GNU_SOURCE -D_FILE_OFFSET_BITS=64 \
	-DPVROOT_VERSION='"$(VERSION)"' -ffile-prefix-map=$(CURDIR)=. $(KSYS)
KLDFLAGS := -Wl,--gc-sections -Wl,--build-id=none -Wl,-z,noseparate-code \
	-Wl,-z,noexecstack

$(B)/klibc/%.o: src/%.c Makefile src/rules.mk
	$(call say,KLCC,$@)mkdir -p $(@D) && \
	$(KLCC) $(KCFLAGS) -MMD -MP -MF $(@:.o=.d) -MT $@ -c -o $@ $<

# klcc cannot link link-time-optimised objects itself: gcc makes one plain
# object of them first, in which only main is seen from outside. Saves 4 %.
LTOFLAGS := $(KCODE) -fwrapv -fno-PIE -r -nostdlib -flinker-output=nolto-rel -fwhole-program

$(B)/klibc/whole.o: $(OBJ)
	$(call say,LTO,$@)$(HOSTCC) $(LTOFLAGS) -o $@ $(OBJ)

$(B)/pvroot.debug: $(B)/klibc/whole.o
	$(call say,LINK,$@)$(KLCC) $(KLDFLAGS) -o $@ $<

$(B)/pvroot: $(B)/pvroot.debug
	$(call say,STRIP,$@)strip --strip-all -R .comment -R .note -o $@ $<

-include $(OBJ:.o=.d)
