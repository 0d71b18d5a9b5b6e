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

# Each folder has a fragment with its own targets.
include src/rules.mk
include initramfs/rules.mk
include tests/rules.mk
include tests/xen/rules.mk
include hooks/rules.mk

.PHONY: all help help-all clean
all: $(B)/pvroot

# `##* TARGET  text` is for newcomers, `## TARGET  text` for help-all too, where
# `### text` names the group of what follows; `##   text` goes on.
HELP = awk '/^\#\#\# / { group = substr($$0, 5); if (!seen[group]++) order[++n] = group; next } \
	/^\#\#\*? [a-z]/ { shown = all || /^\#\#\*/; target = $$2; $$1 = $$2 = ""; \
		if (shown) text[group] = text[group] sprintf("  make %-20s %s\n", target, substr($$0, 3)); next } \
	/^\#\#   / && shown { text[group] = text[group] sprintf("%27s %s\n", "", substr($$0, 6)) } \
	END { for (i = 1; i <= n; i++) if (text[order[i]] != "") \
		printf "%s%s", all ? (i > 1 ? "\n" : "") order[i] ":\n" : "", text[order[i]] }'
help:
	$(Q)$(HELP) all=0 $(filter %.mk Makefile,$(MAKEFILE_LIST))
	$(Q)echo '  make help-all             the rest, in groups'
help-all:
	$(Q)$(HELP) all=1 $(filter %.mk Makefile,$(MAKEFILE_LIST))

### Build
##* all  build the programs: build/pvroot, pvroot-admin, pvroot-init
##* clean  remove build/ (the cached Xen host and guests too)
clean:
	$(Q)rm -rf $(B)
