// SPDX-License-Identifier: GPL-2.0-or-later
/* Network interfaces of a guest in sysfs: vifs, and those of PCI functions. */
#include <stdio.h>
#include <string.h>

#include "fixture.h"
#include "tree.h"

void fixture_vif(struct fixture *f, unsigned int number)
{
	char target[FIXTURE_PATH];

	folder(f, "/sys/devices/vif-%u", number);
	fixture_path(f, target, "../../../devices/vif-%u", number);
	link_to(f, target, "/sys/bus/xen/devices/vif-%u", number);
	fixture_folder(f, "/sys/bus/xen/drivers/vif");
	link_to(f, "../../bus/xen/drivers/vif", "/sys/devices/vif-%u/driver",
		number);
}

void fixture_nic(struct fixture *f, const char *name, const char *device,
		 const char *mac, bool up)
{
	char target[FIXTURE_PATH], text[32];

	snprintf(text, sizeof(text), "%s\n", mac);
	file(f, text, "/sys/%s/net/%s/address", device, name);
	file(f, up ? "0x1003\n" : "0x1002\n", "/sys/%s/net/%s/flags", device,
	     name);
	file(f, "0\n", "/sys/%s/net/%s/addr_assign_type", device, name);
	fixture_path(f, target, "../../..%s", strrchr(device, '/'));
	link_to(f, target, "/sys/%s/net/%s/device", device, name);
	fixture_path(f, target, "../../%s/net/%s", device, name);
	link_to(f, target, "/sys/class/net/%s", name);
}

void fixture_rtl8139(struct fixture *f)
{
	static const struct controller_ids ids = { 0x10ec, 0x8139, QEMU_IDS };

	fixture_pci(f, RTL8139, &ids, "8139cp");
}
