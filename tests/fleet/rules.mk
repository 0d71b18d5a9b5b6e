# SPDX-License-Identifier: GPL-2.0-or-later
# Fleets: monitoring, inventory, the Ansible role.

## make check-fleet  metrics through node_exporter, alert rules, inventory
.PHONY: check-fleet
check-fleet:
	$(Q)tests/need --for fleet
	$(Q)$(MAKE) -s --no-print-directory $(B)/pvroot $(B)/pvroot-admin
	$(Q)B='$(B)' tests/fleet/run
