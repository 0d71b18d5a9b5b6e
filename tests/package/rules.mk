# SPDX-License-Identifier: GPL-2.0-or-later
# The packages: what is in them, that they are reproducible, what they do.

## make check-package  build the packages twice, look into them, run their scripts
SHIPPED := $(foreach p,pvroot pvroot-admin,$(B)/$(p) $(B)/$(p).i386)
.PHONY: check-package check-package-rpm check-package-roots
check-package:
	$(Q)tests/need --for package
	$(Q)$(MAKE) -s --no-print-directory -j2 deb $(SHIPPED)
	$(Q)tests/package/run hardening deb reproducible:dist,deb

## make check-package-rpm  the RPM packages of RPM_SYSTEMS and RPM_ARCHS, and the
##                 recipes for Arch and Alpine
COMMA := ,
EMPTY :=
check-package-rpm:
	$(Q)tests/need --for package-rpm
	$(Q)$(MAKE) -s --no-print-directory rpm $(SHIPPED)
	$(Q)tests/package/run recipes reproducible:dist,rpm \
		rpm:$(subst $(EMPTY) $(EMPTY),$(COMMA),$(strip $(RPM_ALL)))

## make check-package-roots  throw-away Debians: install, a second kernel, upgrade,
##                 removal, purge, a failure; SUITES="bookworm bookworm-dracut" …
check-package-roots:
	$(Q)tests/need --for deb xen
	$(Q)$(MAKE) -s --no-print-directory deb DEB_ARCHS=amd64
	$(Q)tests/package/run $(SUITES:%=roots:%)
