# SPDX-License-Identifier: GPL-2.0-or-later
# Packages, made from the source tarball alone: the same bytes from one commit,
# wherever and whenever.

PKG  := hooks/package
DIST := $(B)/pvroot-$(VERSION).tar.gz

.PHONY: dist deb rpm
### Packages
## dist  build/pvroot-VERSION.tar.gz, which builds without git
dist:
	$(call say,DIST,$(DIST))$(PKG)/dist pvroot-$(VERSION) $(DIST)

##* deb  build/pvroot_VERSION_*.deb, for Debian and Ubuntu
DEB_ARCHS ?= amd64 i386
deb: dist
	$(Q)tests/need --for deb
	$(Q)$(if $(filter i386,$(DEB_ARCHS)),$(MAKE) -s --no-print-directory $(SDK32)/klcc)
	$(call say,DEB,$(DEB_ARCHS))$(PKG)/deb $(DIST) $(B) $(DEB_ARCHS)

##* rpm  build/pvroot-VERSION-1.SYSTEM.ARCH.rpm; RPM_SYSTEMS="fedora rhel6 rhel5
##   suse11" RPM_ARCHS="x86_64 i686"
RPM_SYSTEMS ?= fedora rhel6 rhel5 suse11
RPM_ARCHS   ?= x86_64 i686
RPM_ALL      = $(foreach s,$(RPM_SYSTEMS),$(foreach a,$(RPM_ARCHS),$(s):$(a)))
rpm: dist
	$(Q)tests/need --for rpm
	$(Q)$(if $(filter i686,$(RPM_ARCHS)),$(MAKE) -s --no-print-directory $(SDK32)/klcc)
	$(call say,RPM,$(RPM_SYSTEMS))$(PKG)/rpm $(DIST) $(B) $(RPM_ALL)
