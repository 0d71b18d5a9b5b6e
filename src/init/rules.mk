# SPDX-License-Identifier: GPL-2.0-or-later
# build/pvroot-init: the first process of pvroot's own initramfs. A program of
# its own, so that build/pvroot stays as small as other images want it.

INIT_SRC := $(sort $(wildcard src/init/*.c))

all: $(B)/pvroot-init
$(call both_widths,pvroot-init,$(INIT_SRC:src/%.c=%) \
	sys/sys sys/kernel sys/stat sys/log base/text base/print base/cmdline)
