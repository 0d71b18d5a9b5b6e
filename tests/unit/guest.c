// SPDX-License-Identifier: GPL-2.0-or-later
/* Whole guests, made of the pieces of tree.c. */
#include "fixture.h"

#define PCI_PIIX     "/sys/devices/pci0000:00/" PIIX
#define PCI_PLATFORM "/sys/devices/pci0000:00/0000:00:02.0"

void fixture_modern(struct fixture *f)
{
	static const struct controller_ids platform = { 0x5853, 0x0001, 0x5853,
							0x0001 };

	fixture_file(f, "/sys/hypervisor/type", "xen\n");
	fixture_file(f, "/sys/hypervisor/guest_type", "HVM\n");
	fixture_folder(f, "/sys/bus/xen/devices");
	fixture_folder(f, "/sys/bus/xen/drivers/vbd");
	fixture_folder(f, "/sys/bus/scsi/devices");
	fixture_file(f, "/sys/bus/pci/drivers_probe", "");
	fixture_folder(f, "/sys/block");
	fixture_folder(f, "/sys/class/block");
	fixture_pci(f, "0000:00:02.0", &platform, "xen-platform-pci");
	fixture_file(f, "/dev/kmsg", "");
	fixture_folder(f, "/run");
	fixture_cmdline(f, "root=LABEL=/ ro");
}

void fixture_rhel5(struct fixture *f, const struct image *image)
{
	static const struct controller_ids piix = { 0x8086, 0x7010, 0x5853,
						    0x0001 };

	fixture_remove(f, "/sys/hypervisor");
	fixture_pci(f, PIIX, &piix, "PIIX_IDE");
	fixture_remove(f, PCI_PIIX "/driver_override");
	fixture_remove(f, PCI_PLATFORM "/driver_override");
	fixture_folder(f, PCI_PIIX "/ide1");
	fixture_ide(f, "hda", PIIX, 0, 0, "disk", image);
	fixture_file(f, "/sys/devices/xen/vbd-51712/devtype", "vbd\n");
	fixture_file(f, "/sys/devices/xen/vbd-51712/nodename",
		     "device/vbd/51712\n");
	fixture_link(f, "/sys/devices/xen/vbd-51712/driver",
		     "../../../bus/xen/drivers/vbd");
	fixture_link(f, "/sys/bus/xen/devices/vbd-51712",
		     "../../../devices/xen/vbd-51712");
	fixture_old_disk(f, "xvda", "devices/xen/vbd-51712", "202:0", image);
}

const struct image fixture_slash = {
	.signature = 0x12345678,
	.part = { { "ext3", "/", "11111111-2222-3333-4444-555555555555", 0 },
		  { "swap", "SWAP-hda2", 0, 0 } },
};

void fixture_twin(struct fixture *f, const struct image *image)
{
	fixture_pv(f, "xvda", 51712, image);
	fixture_ahci(f, 3);
	fixture_ata(f, "sda", AHCI, 3, 0, image);
}
