# SPDX-License-Identifier: GPL-2.0-or-later
# The system calls of Linux 2.6.18, simulated, for both shipped programs.

OLD      := $(B)/oldsys
# Plain objects: a test links only the parts that it tests.
OLD_CFLAGS := $(filter-out -flto -fno-fat-lto-objects,$(KCFLAGS))
OLD_SRC  := tests/oldsys/calls.c src/base/text.c \
	$(patsubst %,src/sys/%.c,canary child kernel stat sys)

$(OLD)/launch: tests/oldsys/launch.c tests/oldsys/rules.mk
	$(call say,CC,$@)mkdir -p $(@D) && $(HOSTCC) -O2 $(WARN) -o $@ $<

# $(1) width, $(2) compiler, $(3) flags
define old_calls
$(OLD)/$(1)/tests/oldsys/%.o: tests/oldsys/%.c $(wildcard src/*/*.h) src/rules.mk
	$$(call say,KLCC,$$@)mkdir -p $$(@D) && $(2) $(OLD_CFLAGS) $(3) -c -o $$@ $$<
$(OLD)/$(1)/%.o: src/%.c $(wildcard src/*/*.h) src/rules.mk
	$$(call say,KLCC,$$@)mkdir -p $$(@D) && $(2) $(OLD_CFLAGS) $(3) -c -o $$@ $$<
$(OLD)/calls$(1): $(patsubst %.c,$(OLD)/$(1)/%.o,$(OLD_SRC:src/%=%))
	$$(call say,LINK,$$@)$(2) $(KLDFLAGS) -o $$@ $$^
endef
$(eval $(call old_calls,64,$(KLCC),$(KSYS)))
$(eval $(call old_calls,32,$(SDK32)/klcc,$(KSYS32) $(CODE32)))

### Tests
## check-oldsys  both programs under the system calls of Linux 2.6.18
.PHONY: check-oldsys
check-oldsys:
	$(Q)tests/need --for i386 oldsys initramfs qemu
	$(Q)$(MAKE) -s --no-print-directory \
		$(foreach p,pvroot pvroot-admin pvroot-init,$(B)/$(p) $(B)/$(p).i386) \
		$(OLD)/launch $(OLD)/calls64 $(OLD)/calls32 $(B)/unit/guest
	$(Q)tests/oldsys/run $(B)
