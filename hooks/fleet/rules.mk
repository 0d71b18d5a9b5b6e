# SPDX-License-Identifier: GPL-2.0-or-later
# Monitoring: the program that writes the metrics is always installed; what
# starts it, a timer or a cron line, only with FLEET=1 (Alpine's cron has no
# cron.d). ansible/ is not installed: it is used from a checkout on the control
# machine.

### Install
## install  FLEET=1: also a timer and a cron line that write metrics for
##   node_exporter; FLEET=timer: the timer alone
FLEET   ?=
CRONDIR ?= /etc/cron.d

FLEET_units := $(foreach f,service timer,\
	644:hooks/fleet/pvroot-textfile.$(f):$(UNITDIR)/pvroot-textfile.$(f))
FLEET_cron := 644:hooks/fleet/pvroot.cron:$(CRONDIR)/pvroot

FLEET_rhel5  := $(FLEET_cron)
FLEET_rhel6  := $(FLEET_cron)
FLEET_suse11 := $(FLEET_cron)
FLEET_arch   := $(FLEET_units)
FLEET_own    := $(FLEET_units) $(FLEET_cron)

INSTALL_MAP += 755:hooks/fleet/textfile:$(LIBDIR)/textfile \
	$(if $(FLEET),$(if $(SYSTEM),$(FLEET_$(SYSTEM)),$(FLEET_units) \
	$(if $(filter timer,$(FLEET)),,$(FLEET_cron))))
