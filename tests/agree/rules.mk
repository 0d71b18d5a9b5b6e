# SPDX-License-Identifier: GPL-2.0-or-later
# Agreement with libblkid on images of the real mkfs tools.

### Tests
## check-agree  compare pvroot with blkid on more than 200 images
.PHONY: check-agree
check-agree: $(B)/pvroot
	$(Q)tests/need --for agree
	$(Q)tests/agree/run
