# SPDX-License-Identifier: GPL-2.0-or-later
# How a program is made: static, klibc, for 64 and for 32 bits. Always -c then
# link, so that no object file lands beside the sources. This file also
# builds build/pvroot.

# The rooms of the image's copy, from the lowest floor up (src/README.md). A file
# may include from its own floor and from those below: tests/lint holds that.
ROOMS    := base sys dev probe probe/part find policy twin story cmd
SRC      := $(sort $(wildcard $(ROOMS:%=src/%/*.c)))
# The files that a simulated kernel replaces in tests.
SYS_DOOR := $(filter-out src/sys/attr.c src/sys/log.c,$(wildcard src/sys/*.c))
KINC     := /usr/lib/klibc/include
WARN     := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
	-Wpointer-arith -Wwrite-strings -Wundef -Wformat=2 -Wvla
# klibc's own headers are not ours to warn about: klib_headers,FOLDER,ARCH,BITS.
klib_headers = $(foreach d,$(1)/arch/$(2) $(1)/bits$(3) $(1),-Wp,-isystem,$(d))
KSYS     := $(call klib_headers,$(KINC),x86_64,64)
# With an -O of our own klcc drops all of its size flags, so they are repeated
# here. The stack protector guards arrays only: -strong costs 3 KiB more here.
KCODE    := -Oz -fomit-frame-pointer -fno-asynchronous-unwind-tables \
	-ffunction-sections -fdata-sections -flto \
	-mstack-protector-guard=global -fstack-protector
KCFLAGS  := -std=gnu11 $(WARN) $(KCODE) -fno-fat-lto-objects -Wp,-iquote,src \
	-D_GNU_SOURCE -D_FILE_OFFSET_BITS=64 \
	-DPVROOT_VERSION='"$(VERSION)"' -ffile-prefix-map=$(CURDIR)=.
# In the order of their alignment sections need no padding: saves 200 bytes of an
# image.
KLDFLAGS := -Wl,--gc-sections -Wl,--build-id=none -Wl,-z,noseparate-code \
	-Wl,-z,noexecstack -Wl,--sort-section=alignment

# klcc cannot link link-time-optimised objects itself, so gcc turns them into
# one plain object first. Saves 4 %. No -fwhole-program here: from gcc 14 on it
# drops main, which only klibc's start code calls.
LTOFLAGS := $(KCODE) -flto-partition=one -fwrapv -fno-PIE -r -nostdlib \
	-flinker-output=nolto-rel

# Every program is built for 64 and for 32 bits (RHEL 5, and i386 everywhere).
# klibc for i386 is unpacked below build/; without it `make` says why, and
# builds the 64-bit programs only. RHEL 5 runs on i586 too. klibc itself passes
# three arguments in registers.
SDK32    := $(B)/i386/sdk
KSYS32   := $(call klib_headers,$(SDK32)/usr/lib/klibc/include,i386,32)
CODE32   := -march=i386 -mregparm=3 -mpreferred-stack-boundary=2

$(SDK32)/klcc: src/sdk-i386
	$(call say,FETCH,klibc for i386)mkdir -p $(@D) && src/sdk-i386 $(@D) && touch $@

# What differs between the widths: objects' folder, compiler, its flags, the
# end of the program's name.
DIR64    := $(B)/klibc
DIR32    := $(B)/i386/klibc
KLCC64   := $(KLCC)
KLCC32   := $(SDK32)/klcc
KSYS64   := $(KSYS)
END32    := .i386

# Compiles a source. $(1) width
define objects
$(DIR$(1))/%.o: src/%.c Makefile src/rules.mk \
		$(filter $(SDK32)/%,$(KLCC$(1)))
	$$(call say,KLCC,$$@)mkdir -p $$(@D) && \
	$(KLCC$(1)) $$(KCFLAGS) $(KSYS$(1)) $(CODE$(1)) \
		-MMD -MP -MF $$(@:.o=.d) -MT $$@ -c -o $$@ $$<
endef

# Makes build/NAME of its objects. $(1) width, $(2) name, $(3) sources as
# ROOM/FILE, without src/ and .c
define program
$(DIR$(1))/$(2).o: $(3:%=$(DIR$(1))/%.o) $(wildcard src/rules.mk src/*/rules.mk)
	$$(call say,LTO,$$@)$$(HOSTCC) $$(LTOFLAGS) -m$(1) $(CODE$(1)) -o $$@ $$(filter %.o,$$^)

$(B)/$(2)$(END$(1)).debug: $(DIR$(1))/$(2).o
	$$(call say,LINK,$$@)$(KLCC$(1)) $$(KLDFLAGS) -o $$@ $$<

$(B)/$(2)$(END$(1)): $(B)/$(2)$(END$(1)).debug
	$$(call say,STRIP,$$@)strip --strip-all -R .comment -R .note -o $$@ $$<

-include $(3:%=$(DIR$(1))/%.d)
endef
both_widths = $(foreach w,64 32,$(eval $(call program,$(w),$(1),$(2))))

$(foreach w,64 32,$(eval $(call objects,$(w))))
$(call both_widths,pvroot,$(SRC:src/%.c=%))

# The program that is installed for people.
include src/admin/rules.mk
# The first process of pvroot's own initramfs.
include src/init/rules.mk

### Build
## i386  the same programs for 32 bits, installing what that needs
.PHONY: i386 try-i386
all: try-i386
i386:
	$(Q)tests/need --for i386
	$(Q)$(MAKE) --no-print-directory $(B)/pvroot.i386 \
		$(B)/pvroot-admin.i386 $(B)/pvroot-init.i386

# What `make` does: without the 32-bit compiler it builds the 64-bit program
# only and prints the reason.
try-i386: $(B)/pvroot
	$(Q)if [ -e $(SDK32)/klcc ] || src/sdk-i386 $(SDK32); then \
		$(MAKE) --no-print-directory $(B)/pvroot.i386; \
	fi
