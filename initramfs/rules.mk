# SPDX-License-Identifier: GPL-2.0-or-later
# The standalone image, and its tests.

## make initramfs  [KVER= MODDIR= OUT= FS= EARLY= EXTRA= COMPRESS=] a small
##                 initramfs for one kernel (initramfs/build explains them)
.PHONY: initramfs check-initramfs
INITRAMFS_VARS := KVER MODDIR OUT FS BUSYBOX COMPRESS
initramfs: $(B)/pvroot
	$(Q)tests/need --for initramfs
	$(Q)initramfs/build PVROOT='$(B)/pvroot' \
		$(foreach v,$(INITRAMFS_VARS),'$(v)=$($(v))') \
		$(foreach v,EARLY EXTRA,$(if $(filter undefined,$(origin $(v))),,'$(v)=$($(v))'))

## make check-initramfs   test that image: content, and boots in plain QEMU
check-initramfs: $(B)/pvroot
	$(Q)tests/need --for build initramfs qemu xen
	$(Q)tests/initramfs/run
