# SPDX-License-Identifier: GPL-2.0-or-later
# The packages: what is in them, that they are reproducible, what they do.

# Built first, alone: this also fetches klibc for i386.
SHIPPED := $(foreach p,pvroot pvroot-admin,$(B)/$(p) $(B)/$(p).i386)

### Tests of hooks, packages and fleets
## check-package  build the packages twice, look into them, run their scripts:
##   both .debs, one .rpm, the recipes
.PHONY: check-package check-package-rpm check-package-roots
check-package:
	$(Q)tests/need --for package
	$(Q)$(MAKE) -s --no-print-directory -j2 $(SHIPPED)
	$(Q)$(MAKE) -s --no-print-directory -j2 deb rpm RPM_SYSTEMS=fedora RPM_ARCHS=x86_64
	$(Q)tests/package/run hardening removal deb reproducible:dist,deb rpm:fedora:x86_64 recipes

## check-package-rpm  the RPM packages of RPM_SYSTEMS and RPM_ARCHS, one of them
##   by dnf and zypper from a repository, and the recipes for Arch and Alpine
COMMA := ,
EMPTY :=
RPM_LIST = $(subst $(EMPTY) $(EMPTY),$(COMMA),$(strip $(RPM_ALL)))
check-package-rpm:
	$(Q)tests/need --for package-rpm
	$(Q)$(MAKE) -s --no-print-directory -j2 $(SHIPPED)
	$(Q)$(MAKE) -s --no-print-directory rpm
	$(Q)tests/package/run recipes removal makepkg reproducible:dist,$(RPM_LIST) rpm:$(RPM_LIST) repository

## check-package-roots  throw-away Debians. In bare ones README's commands, the
##   unit tests and the packages: BARE="bookworm trixie unstable". The .deb:
##   install, a second kernel, upgrade, removal, purge, a failure:
##   SUITES="bookworm bookworm-dracut" …
BARE ?= bookworm trixie unstable
check-package-roots:
	$(Q)tests/need --for deb xen
	$(Q)$(MAKE) -s --no-print-directory deb DEB_ARCHS=amd64
	$(Q)tests/package/run $(BARE:%=builds:%) $(SUITES:%=roots:%)
