# SPDX-License-Identifier: GPL-2.0-or-later
# Installing, and the hooks' tests. Generators and udev look for their hooks
# below /usr, whatever PREFIX is; with another PREFIX the hooks call pvroot
# there. RHEL 6 and unmerged systems: UDEVDIR=/lib/udev.

LIBDIR    := $(PREFIX)/lib/pvroot
UDEVDIR   ?= /usr/lib/udev
IRAMFSDIR ?= /usr/share/initramfs-tools
DRACUTDIR ?= /usr/lib/dracut/modules.d
# an empty PREFIX is for RHEL 5, where /usr may not be there at boot
MANDIR    ?= $(or $(PREFIX),/usr)/share/man
COMPDIR   ?= $(or $(PREFIX),/usr)/share/bash-completion/completions
UNITDIR   ?= /usr/lib/systemd/system
KINSTDIR  ?= /usr/lib/kernel/install.d

# MODE SOURCE PLACE, one a line; a place is a full path.
DOC_MAP := 644:$(B)/man/pvroot.8:$(MANDIR)/man8/pvroot.8 \
	644:hooks/man/pvroot.cmdline.7:$(MANDIR)/man7/pvroot.cmdline.7 \
	644:hooks/completion/pvroot:$(COMPDIR)/pvroot

# pvroot(8) gets the log's lines from the program's own table.
$(B)/man/pvroot.8: hooks/man/pvroot.8 hooks/man/page src/admin/check/log_lines.h
	$(call say,MAN,$@)mkdir -p $(@D) && \
	hooks/man/page hooks/man/pvroot.8 src/admin/check/log_lines.h >$@

all: $(B)/man/pvroot.8

# The first is for images with systemd that run no hooks. On the installed system
# it does nothing.
UNIT_MAP := 644:hooks/systemd/pvroot.service:$(LIBDIR)/pvroot.service

# For the installed system: each boot keeps which card has which name.
UNIT_MAP += 644:hooks/systemd/pvroot-nics.service:$(UNITDIR)/pvroot-nics.service \
	644:hooks/systemd/pvroot-nics.timer:$(UNITDIR)/pvroot-nics.timer \
	644:hooks/systemd/timers.conf:$(UNITDIR)/timers.target.d/pvroot.conf

# For mkosi-initrd, by kernel-install; needs the addon.
KINST_MAP := 755:hooks/addon:$(LIBDIR)/addon \
	755:hooks/kernel-install/55-pvroot.install:$(KINSTDIR)/55-pvroot.install

RULES_MAP := $(foreach f,59-pvroot.rules 59-pvroot-names.rules,\
	644:hooks/udev/$(f):$(UDEVDIR)/rules.d/$(f))

INSTALL_MAP := $(DOC_MAP) $(UNIT_MAP) $(KINST_MAP) \
	755:initramfs/modlist:$(LIBDIR)/modlist \
	755:hooks/image:$(LIBDIR)/image \
	644:hooks/ask:$(LIBDIR)/ask \
	$(RULES_MAP) \
	755:hooks/initramfs-tools/hook:$(IRAMFSDIR)/hooks/pvroot \
	755:hooks/initramfs-tools/init-top:$(IRAMFSDIR)/scripts/init-top/pvroot \
	755:hooks/dracut/module-setup.sh:$(DRACUTDIR)/91pvroot/module-setup.sh \
	755:hooks/dracut/pvroot-ask.sh:$(DRACUTDIR)/91pvroot/pvroot-ask.sh \
	755:hooks/dracut/pvroot-first.sh:$(DRACUTDIR)/91pvroot/pvroot-first.sh

# BUILT:PLACE, one a line: the program for people, and the images' copy.
PROGRAM_MAP := $(B)/pvroot-admin:$(PREFIX)/sbin/pvroot \
	$(B)/pvroot:$(LIBDIR)/pvroot

# The scripts have paths for PREFIX=/usr; this changes them.
INSTALL_EDIT := -e 's|/usr/sbin/pvroot|$(PREFIX)/sbin/pvroot|g' \
	-e 's|^lib=/usr/lib/pvroot |lib=$(LIBDIR) |' \
	-e 's|/usr/lib/pvroot/|$(LIBDIR)/|g' \
	-e 's|/usr/lib/udev/rules.d/|$(UDEVDIR)/rules.d/|g'

map_mode  = $(word 1,$(subst :, ,$(1)))
map_from  = $(word 2,$(subst :, ,$(1)))
map_place = $(word 3,$(subst :, ,$(1)))

.PHONY: install uninstall check-hooks

### Install
##* install  DESTDIR= PREFIX=/usr: pvroot, and its hooks for initramfs-tools and
##   dracut; the next image has them
install:
	$(call say,INSTALL,$(DESTDIR)$(PREFIX)/sbin/pvroot)$(foreach p,$(PROGRAM_MAP), \
		install -D -m 755 $(subst :, ',$(subst :,:$(DESTDIR),$(p)))' &&) :
	$(Q)set -e; $(foreach m,$(INSTALL_MAP), \
		to='$(DESTDIR)$(call map_place,$(m))'; \
		install -d "$${to%/*}"; \
		sed $(INSTALL_EDIT) '$(call map_from,$(m))' >"$$to.new"; \
		chmod $(call map_mode,$(m)) "$$to.new"; \
		mv "$$to.new" "$$to";)

## uninstall  DESTDIR= PREFIX=/usr: the same files go; then build images again
uninstall:
	$(call say,REMOVE,$(DESTDIR)$(PREFIX)/sbin/pvroot)rm -f \
		$(foreach p,$(PROGRAM_MAP),'$(DESTDIR)$(lastword $(subst :, ,$(p)))') \
		$(foreach m,$(INSTALL_MAP),'$(DESTDIR)$(call map_place,$(m))')
	$(Q)rmdir '$(DESTDIR)$(LIBDIR)' '$(DESTDIR)$(DRACUTDIR)/91pvroot' 2>/dev/null || :

## addon  KVER=… OUT=build/pvroot.addon.img MODDIR= ROOT= UKIFY=: a small archive
##   for an image that nobody may build again; hooks/systemd/README.md
.PHONY: addon
OUT ?=
addon:
	$(Q)tests/need --for build initramfs
	$(Q)$(MAKE) -s $(B)/pvroot $(B)/pvroot-admin
	$(Q)PROGRAM=$(B)/pvroot ADMIN=$(B)/pvroot-admin RULE=hooks/udev/59-pvroot.rules \
		UNIT=hooks/systemd/pvroot.service MODLIST=initramfs/modlist \
		ROOT='$(ROOT)' UKIFY='$(UKIFY)' \
		hooks/addon '$(or $(OUT),$(B)/pvroot.addon.img)' '$(KVER)' '$(MODDIR)'

### Tests of hooks, packages and fleets
## check-hooks  the hooks: boot scripts, udev rule, and what is in images that
##   Debian made; SUITES="bookworm trixie bullseye" (trixie: mkosi-initrd's too)
##   GENERATORS="initramfs-tools dracut dracut-nosystemd dracut-bare"
SUITES     ?= bookworm
GENERATORS ?= initramfs-tools dracut-nosystemd dracut-bare
check-hooks:
	$(Q)tests/need --for build initramfs xen
	$(Q)$(MAKE) -s --no-print-directory $(B)/pvroot $(B)/pvroot-admin
	$(Q)GENERATORS='$(GENERATORS)' tests/hooks/run scripts rule addon kernel-install own \
		$(SUITES:%=images:%) $(if $(filter trixie,$(SUITES)),mkosi)

-include hooks/old.mk hooks/fleet/rules.mk
include hooks/own/rules.mk
# Builds what it installs, for one width only.
install: $(B)/man/pvroot.8 $(foreach p,$(PROGRAM_MAP),$(firstword $(subst :, ,$(p))))
include hooks/package/rules.mk
