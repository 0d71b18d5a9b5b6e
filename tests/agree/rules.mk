# SPDX-License-Identifier: GPL-2.0-or-later
# Agreement with libblkid on images of the real mkfs tools.

### Tests
## check-agree  compare pvroot with blkid on more than 200 images
.PHONY: check-agree
check-agree:
	$(Q)tests/need --for build agree
	$(Q)$(MAKE) -s --no-print-directory $(B)/pvroot
	$(Q)tests/agree/run
