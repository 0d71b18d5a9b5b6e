# SPDX-License-Identifier: GPL-2.0-or-later
# What `make install` installs on systems other than today's Debian and Ubuntu:
# SYSTEM=rhel5, rhel6, suse11, arch, alpine, gentoo (dracut and ugrd), or fedora
# (only today's dracut); ARCH=i386 for 32 bits. SYSTEM=own: hooks/own.

### Install
## install  SYSTEM=rhel5|rhel6|suse11|arch|alpine|gentoo|fedora: its hooks instead;
##   SYSTEM=own: pvroot's own initramfs beside the distribution's image, too;
##   ARCH=i386: the 32-bit program
SYSTEM ?=
ARCH   ?=
SYSTEMS := rhel5 rhel6 suse11 arch alpine gentoo fedora own own-only

# PREFIX= (empty) where /usr may be a file system of its own: RHEL 5.
MAP_COMMON := 755:initramfs/modlist:$(LIBDIR)/modlist \
	755:hooks/image:$(LIBDIR)/image 644:hooks/ask:$(LIBDIR)/ask
MODPROBE_MAP := 644:hooks/mkinitrd-rhel5/modprobe:/etc/modprobe.d/pvroot.conf \
	755:hooks/mkinitrd-rhel5/load-emulated:$(LIBDIR)/load-emulated

MAP_rhel5 := $(MODPROBE_MAP) \
	755:hooks/mkinitrd-rhel5/pvroot.sh:/etc/sysconfig/mkinitrd/pvroot.sh \
	644:hooks/mkinitrd-rhel5/05-pvroot.rules:/etc/udev/rules.d/05-pvroot.rules

MAP_rhel6 := $(MAP_COMMON) $(MODPROBE_MAP) \
	644:hooks/dracut-004/59-pvroot.rules:$(UDEVDIR)/rules.d/59-pvroot.rules \
	$(foreach f,check install installkernel pvroot.sh,\
	755:hooks/dracut-004/$(f):/usr/share/dracut/modules.d/91pvroot/$(f))

MAP_suse11 := $(MAP_COMMON) \
	644:hooks/dracut-004/59-pvroot.rules:$(UDEVDIR)/rules.d/59-pvroot.rules \
	$(foreach f,setup-pvroot.sh boot-pvroot.sh,\
	755:hooks/mkinitrd-suse/$(f):/lib/mkinitrd/scripts/$(f))

MAP_arch := $(MAP_COMMON) \
	$(RULES_MAP) \
	755:hooks/mkinitcpio/install/pvroot:/usr/lib/initcpio/install/pvroot \
	755:hooks/mkinitcpio/hooks/pvroot:/usr/lib/initcpio/hooks/pvroot \
	644:hooks/mkinitcpio/pvroot.conf:/etc/mkinitcpio.conf.d/pvroot.conf \
	$(UNIT_MAP) $(KINST_MAP)

MAP_alpine := 644:hooks/ask:$(LIBDIR)/ask \
	644:hooks/mkinitfs/pvroot.conf:$(LIBDIR)/mkinitfs.conf \
	644:hooks/mkinitfs/pvroot.files:/etc/mkinitfs/features.d/pvroot.files \
	644:hooks/mkinitfs/pvroot.modules:/etc/mkinitfs/features.d/pvroot.modules

MAP_fedora := $(filter-out $(DOC_MAP) 755:hooks/initramfs-tools/%,$(INSTALL_MAP))

MAP_gentoo := $(MAP_fedora) \
	644:hooks/ugrd/run:$(LIBDIR)/ugrd \
	$(foreach f,pvroot.toml pvroot.py,644:hooks/ugrd/$(f):/var/lib/ugrd/$(f))

ifneq ($(filter-out own own-only,$(SYSTEM)),)
ifeq ($(filter $(SYSTEM),$(SYSTEMS)),)
$(error SYSTEM=$(SYSTEM) is not known; there are: $(SYSTEMS))
endif
INSTALL_MAP := $(DOC_MAP) $(MAP_$(SYSTEM))
endif

ifeq ($(ARCH),i386)
PROGRAM_MAP := $(B)/pvroot-admin.i386:$(PREFIX)/sbin/pvroot \
	$(B)/pvroot.i386:$(LIBDIR)/pvroot
endif
