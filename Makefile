# SPDX-License-Identifier: GPL-2.0-or-later
# pvroot: one program, one Makefile. `make help` lists what it can do.
# V=1 shows the commands. Everything that is built goes to build/.

B       := build
VERSION := 0.1.0
KLCC    ?= klcc
HOSTCC  ?= gcc
PREFIX  ?= /usr
DESTDIR ?=

Q       := $(if $(V),,@)
say      = $(if $(V),,@printf '  %-7s %s\n' '$(1)' '$(2)';)

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:

# One fragment for each folder, each with its own targets.
include src/rules.mk
include initramfs/rules.mk
include tests/rules.mk
include tests/xen/rules.mk
include hooks/rules.mk

.PHONY: all help clean
all: $(B)/pvroot

help:
	$(Q)sed -n 's/^## //p' $(MAKEFILE_LIST)

## make            build build/pvroot
## make clean      remove build/ (the cached Xen host and guests too)
clean:
	$(Q)rm -rf $(B)
