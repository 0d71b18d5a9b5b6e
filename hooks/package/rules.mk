# SPDX-License-Identifier: GPL-2.0-or-later
# Packages, made from the source tarball alone: the same bytes from one commit,
# wherever and whenever.

PKG  := hooks/package
DIST := $(B)/pvroot-$(VERSION).tar.gz

.PHONY: dist deb
## make dist       build/pvroot-VERSION.tar.gz, which builds without git
dist:
	$(call say,DIST,$(DIST))$(PKG)/dist pvroot-$(VERSION) $(DIST)

## make deb        build/pvroot_VERSION_*.deb, for Debian and Ubuntu
DEB_ARCHS ?= amd64 i386
deb: dist
	$(Q)tests/need --for deb
	$(Q)$(if $(filter i386,$(DEB_ARCHS)),$(MAKE) -s --no-print-directory $(SDK32)/klcc)
	$(call say,DEB,$(DEB_ARCHS))$(PKG)/deb $(DIST) $(B) $(DEB_ARCHS)
