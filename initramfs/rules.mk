# SPDX-License-Identifier: GPL-2.0-or-later
# The standalone image, and its tests.

### Build
##* initramfs  KVER=…: our own small initramfs for one kernel; initramfs/build
##   explains MODDIR OUT FS EARLY EXTRA BUSYBOX INIT COMPRESS
.PHONY: initramfs check-initramfs
INITRAMFS_VARS := KVER MODDIR OUT FS BUSYBOX INIT COMPRESS
# Installs packages first: the compiler is one of them.
initramfs:
	$(Q)tests/need --for build initramfs
	$(Q)$(MAKE) -s $(B)/pvroot $(B)/pvroot-init
	$(Q)initramfs/build PVROOT='$(B)/pvroot' \
		$(foreach v,$(INITRAMFS_VARS),'$(v)=$($(v))') \
		$(foreach v,EARLY EXTRA,$(if $(filter undefined,$(origin $(v))),,'$(v)=$($(v))'))

### Tests
## check-initramfs  test that image: content, and boots in plain QEMU
check-initramfs:
	$(Q)tests/need --for build initramfs qemu xen
	$(Q)$(MAKE) -s $(B)/pvroot $(B)/pvroot-init
	$(Q)tests/initramfs/run
