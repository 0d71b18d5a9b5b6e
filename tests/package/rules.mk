# SPDX-License-Identifier: GPL-2.0-or-later
# The packages: what is in them, that they are reproducible, what they do.

## make check-package  build the packages twice, look into them, run their scripts
SHIPPED := $(foreach p,pvroot pvroot-admin,$(B)/$(p) $(B)/$(p).i386)
.PHONY: check-package
check-package:
	$(Q)tests/need --for package
	$(Q)$(MAKE) -s --no-print-directory -j2 deb $(SHIPPED)
	$(Q)tests/package/run hardening deb reproducible:dist,deb
