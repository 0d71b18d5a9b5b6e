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
KCFLAGS  := -std=gnu11 $(WARN) -Isrc -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64 -DPVROOT_VERSION='"$(VERSION)"' \
	-ffunction-sections -fdata-sections -ftrivial-auto-var-init=zero \
	-mstack-protector-guard=global -fstack-protector-strong \
	-ffile-prefix-map=$(CURDIR)=. $(KSYS)
KLDFLAGS := -Wl,--gc-sections -Wl,--build-id=none -Wl,-z,noseparate-code \
	-Wl,-z,noexecstack

$(B)/klibc/%.o: src/%.c Makefile src/rules.mk
	$(call say,KLCC,$@)mkdir -p $(@D) && \
	$(KLCC) $(KCFLAGS) -MMD -MP -MF $(@:.o=.d) -MT $@ -c -o $@ $<

$(B)/pvroot.debug: $(OBJ)
	$(call say,LINK,$@)$(KLCC) $(KLDFLAGS) -o $@ $(OBJ)

$(B)/pvroot: $(B)/pvroot.debug
	$(call say,STRIP,$@)strip --strip-all -R .comment -R .note -o $@ $<

-include $(OBJ:.o=.d)
