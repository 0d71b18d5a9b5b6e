# SPDX-License-Identifier: GPL-2.0-or-later
# pvroot's own initramfs beside the distribution's image: with pvroot (SYSTEM=own),
# or for a package that stands on pvroot's (SYSTEM=own-only).

OWN_MAP := 755:initramfs/build:$(LIBDIR)/initramfs \
	644:hooks/own/line.awk:$(LIBDIR)/line.awk \
	755:hooks/own/pvroot-initramfs:$(PREFIX)/sbin/pvroot-initramfs \
	755:hooks/own/grub:/etc/grub.d/42_pvroot \
	$(foreach d,kernel/postinst.d kernel/postrm.d initramfs/post-update.d,\
	755:hooks/own/kernel-hook:/etc/$(d)/pvroot-initramfs) \
	755:hooks/own/95-pvroot-initramfs.install:$(KINSTDIR)/95-pvroot-initramfs.install \
	644:hooks/own/pvroot-initramfs.service:$(UNITDIR)/pvroot-initramfs.service \
	644:hooks/own/multi-user.conf:$(UNITDIR)/multi-user.target.d/pvroot-initramfs.conf \
	644:hooks/completion/pvroot-initramfs:$(COMPDIR)/pvroot-initramfs \
	644:hooks/man/pvroot-initramfs.8:$(MANDIR)/man8/pvroot-initramfs.8
INIT_MAP := $(B)/pvroot-init$(if $(filter i386,$(ARCH)),.i386):$(LIBDIR)/pvroot-init

ifeq ($(SYSTEM),own)
INSTALL_MAP += $(OWN_MAP)
PROGRAM_MAP += $(INIT_MAP)
else ifeq ($(SYSTEM),own-only)
INSTALL_MAP := $(OWN_MAP)
PROGRAM_MAP := $(INIT_MAP)
endif
