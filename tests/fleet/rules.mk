# SPDX-License-Identifier: GPL-2.0-or-later
# Fleets: monitoring, inventory, the Ansible role.

### Tests of hooks, packages and fleets
## check-fleet  metrics through node_exporter, alert rules, inventory, the
##   Ansible role on four hosts in network namespaces
## check-rollout  the role on twelve hosts, and each place of failure; by dnf on
##   six hosts
## check-rollout-xen  the role on three real guests in Xen (an hour)
FLEET_NEEDS = $(Q)tests/need --for fleet && \
	$(MAKE) -s --no-print-directory $(B)/pvroot $(B)/pvroot-admin $(U)/guest \
		deb DEB_ARCHS=amd64
.PHONY: check-fleet check-rollout check-rollout-xen
check-fleet:
	$(FLEET_NEEDS)
	$(Q)B='$(B)' U='$(U)' tests/fleet/run

check-rollout:
	$(FLEET_NEEDS)
	$(Q)$(MAKE) -s --no-print-directory rpm RPM_SYSTEMS=fedora RPM_ARCHS=x86_64
	$(Q)B='$(B)' U='$(U)' FLEET_HOSTS=all tests/fleet/run rollout rollout_dnf

check-rollout-xen:
	$(Q)tests/need --for fleet xen
	$(FLEET_NEEDS)
	$(Q)B='$(B)' U='$(U)' tests/fleet/run rollout_xen

check-all: check-rollout check-rollout-xen
