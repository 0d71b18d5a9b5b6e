// SPDX-License-Identifier: GPL-2.0-or-later
/* Sysfs as guests have it: xenbus, PCI functions, disks with their whole device
 * path. Paths and links are from real guests, those of 2.6.18 from its
 * source. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fixture.h"
#include "tree.h"

#define PCI_ROOT "/sys/devices/pci0000:00"

void fixture_cmdline(struct fixture *f, const char *text)
{
	char line[8192];

	snprintf(line, sizeof(line), "BOOT_IMAGE=/vmlinuz %s\n", text);
	fixture_file(f, "/proc/cmdline", line);
}

void fixture_not_xen(struct fixture *f)
{
	fixture_remove(f, "/sys/hypervisor");
	fixture_remove(f, "/sys/bus/xen");
	fixture_remove(f, "/sys/bus/pci/devices/0000:00:02.0");
}

void fixture_vbd(struct fixture *f, uint32_t number, bool accepted,
		 const char *state)
{
	char target[FIXTURE_PATH], text[64];

	file(f, "vbd\n", "/sys/devices/vbd-%u/devtype", number);
	file(f, "xen:vbd\n", "/sys/devices/vbd-%u/modalias", number);
	snprintf(text, sizeof(text), "%s\n", state);
	file(f, text, "/sys/devices/vbd-%u/state", number);
	snprintf(text, sizeof(text), "device/vbd/%u\n", number);
	file(f, text, "/sys/devices/vbd-%u/nodename", number);
	fixture_path(f, target, "../../../devices/vbd-%u", number);
	link_to(f, target, "/sys/bus/xen/devices/vbd-%u", number);
	if (!accepted)
		return;
	link_to(f, "../../bus/xen/drivers/vbd", "/sys/devices/vbd-%u/driver",
		number);
	fixture_file(f, "/sys/bus/xen/drivers/vbd/unbind", "");
}

/* In 2.6.18 there is no file that tells a partition's number. */
static void partition_dir(struct fixture *f, const char *dir, const char *name,
			  unsigned int number, const char *devno, bool old)
{
	unsigned int major = 0, minor = 0;
	const char *p = strchr(name, 'n') ? "p" : "";
	char text[64];

	sscanf(devno, "%u:%u", &major, &minor);
	snprintf(text, sizeof(text), "%u\n", number);
	if (!old)
		file(f, text, "%s/%s%s%u/partition", dir, name, p, number);
	snprintf(text, sizeof(text), "%u\n",
		 IMAGE_START + (number - 1) * IMAGE_LENGTH);
	file(f, text, "%s/%s%s%u/start", dir, name, p, number);
	snprintf(text, sizeof(text), "%u\n", IMAGE_LENGTH);
	file(f, text, "%s/%s%s%u/size", dir, name, p, number);
	snprintf(text, sizeof(text), "%u:%u\n", major, minor + number);
	file(f, text, "%s/%s%s%u/dev", dir, name, p, number);
}

/* The attributes of a disk and its partitions in dir, and their nodes. */
static void disk_dir(struct fixture *f, const char *dir, const char *name,
		     const char *devno, const struct image *image, bool old)
{
	const char *p = strchr(name, 'n') ? "p" : "";
	char text[64], path[FIXTURE_PATH];
	unsigned int i;

	snprintf(text, sizeof(text), "%u\n", image ? image_sectors(image) : 0);
	file(f, text, "%s/size", dir);
	snprintf(text, sizeof(text), "%s\n", devno);
	file(f, text, "%s/dev", dir);
	if (!image)
		return;
	fixture_folder(f, "/dev");
	fixture_path(f, path, "%s/dev/%s", f->dir, name);
	image_write(image, path);
	for (i = 0; !image->whole && i < IMAGE_PARTS; i++) {
		if (!image->part[i].type)
			continue;
		partition_dir(f, dir, name, i + 1, devno, old);
		fixture_path(f, path, "%s/dev/%s%s%u", f->dir, name, p, i + 1);
		image_write_part(image, i + 1, path);
	}
}

/* A disk and its partitions in /sys/class/block; path is below /sys. */
static void class_block(struct fixture *f, const char *path,
			const struct image *image)
{
	const char *name = strrchr(path, '/') + 1;
	const char *p = strchr(name, 'n') ? "p" : "";
	char target[FIXTURE_PATH];
	unsigned int i;

	fixture_path(f, target, "../../%s", path);
	link_to(f, target, "/sys/class/block/%s", name);
	for (i = 0; image && !image->whole && i < IMAGE_PARTS; i++) {
		if (!image->part[i].type)
			continue;
		fixture_path(f, target, "../../%s/%s%s%u", path, name, p,
			     i + 1);
		link_to(f, target, "/sys/class/block/%s%s%u", name, p, i + 1);
	}
}

void fixture_disk(struct fixture *f, const char *name, const char *device,
		  const char *devno, const struct image *image)
{
	char dir[FIXTURE_PATH], target[FIXTURE_PATH];

	fixture_path(f, dir, "/sys/%s/block/%s", device, name);
	disk_dir(f, dir, name, devno, image, false);
	link_to(f, "../..", "%s/device", dir);
	fixture_path(f, target, "../%s/block/%s", device, name);
	link_to(f, target, "/sys/block/%s", name);
	class_block(f, target + strlen("../"), image);
}

void fixture_stacked(struct fixture *f, const char *name, const char *below,
		     const struct image *image)
{
	char dir[FIXTURE_PATH], target[FIXTURE_PATH];
	struct image top = *image;

	top.whole = 1;
	fixture_path(f, dir, "/sys/devices/virtual/block/%s", name);
	disk_dir(f, dir, name, "253:0", &top, false);
	folder(f, "%s/slaves/%s", dir, below);
	fixture_path(f, target, "../devices/virtual/block/%s", name);
	link_to(f, target, "/sys/block/%s", name);
	class_block(f, target + strlen("../"), &top);
}

void fixture_old_disk(struct fixture *f, const char *name, const char *device,
		      const char *devno, const struct image *image)
{
	char dir[FIXTURE_PATH], target[FIXTURE_PATH];

	fixture_path(f, dir, "/sys/block/%s", name);
	disk_dir(f, dir, name, devno, image, true);
	folder(f, "/sys/%s", device);
	fixture_path(f, target, "../../%s", device);
	link_to(f, target, "%s/device", dir);
}

void fixture_pv(struct fixture *f, const char *name, uint32_t number,
		const struct image *image)
{
	char device[FIXTURE_PATH], devno[32];

	fixture_vbd(f, number, true, "Connected");
	fixture_path(f, device, "devices/vbd-%u", number);
	/* An extended number has the minor in itself (xen-blkfront.c). */
	snprintf(devno, sizeof(devno), "202:%u",
		 number & 1U << 28 ? number & 0xfffff : (name[3] - 'a') * 16U);
	fixture_disk(f, name, device, devno, image);
}

void fixture_bring_back(struct fixture *f, const struct image *image)
{
	if (fixture_exists(f, "/sys/block/xvda"))
		return;
	fixture_remove(f, "/sys/bus/xen/devices/vbd-51712");
	fixture_remove(f, "/sys/devices/vbd-51712");
	fixture_pv(f, "xvda", 51712, image);
}

static void bind_driver(struct fixture *f, const char *pci, const char *driver)
{
	char target[FIXTURE_PATH];

	file(f, "", "/sys/bus/pci/drivers/%s/unbind", driver);
	file(f, "", "/sys/bus/pci/drivers/%s/bind", driver);
	fixture_path(f, target, "../../../../devices/pci0000:00/%s", pci);
	link_to(f, target, "/sys/bus/pci/drivers/%s/%s", driver, pci);
	fixture_path(f, target, "../../../bus/pci/drivers/%s", driver);
	link_to(f, target, PCI_ROOT "/%s/driver", pci);
}

/* What lspci calls the class: IDE, SATA, SCSI, NVMe, or Ethernet. */
static const char *class_of(const struct controller_ids *ids)
{
	if (ids->vendor == 0x1000)
		return "0x010000\n";
	switch (ids->device) {
	case 0x7010:
	case 0x7111:
		return "0x010180\n";
	case 0x2922:
		return "0x010601\n";
	case 0x5845:
	case 0x0010:
		return "0x010802\n";
	default:
		return ids->vendor == 0x5853 ? "0xff8000\n" : "0x020000\n";
	}
}

void fixture_pci(struct fixture *f, const char *pci,
		 const struct controller_ids *ids, const char *driver)
{
	char target[FIXTURE_PATH], text[FIXTURE_PATH];

	file(f, class_of(ids), PCI_ROOT "/%s/class", pci);
	fixture_path(f, text, "0x%04x\n", ids->vendor);
	file(f, text, PCI_ROOT "/%s/vendor", pci);
	fixture_path(f, text, "pci:v%08Xd%08Xsv%08Xsd%08Xbc01sc06i01\n",
		     ids->vendor, ids->device, ids->subvendor, ids->subdevice);
	file(f, text, PCI_ROOT "/%s/modalias", pci);
	file(f, "(null)\n", PCI_ROOT "/%s/driver_override", pci);
	fixture_path(f, target, "../../../devices/pci0000:00/%s", pci);
	link_to(f, target, "/sys/bus/pci/devices/%s", pci);
	if (*driver)
		bind_driver(f, pci, driver);
}

static void make_ports(struct fixture *f, const char *pci, unsigned int ata,
		       unsigned int count)
{
	for (; count; count--, ata++) {
		folder(f, PCI_ROOT "/%s/ata%u/host%u", pci, ata, ata - 1);
		file(f, "", "/sys/class/scsi_host/host%u/scan", ata - 1);
	}
}

void fixture_piix(struct fixture *f, unsigned int ata)
{
	static const struct controller_ids ids = { 0x8086, 0x7010, QEMU_IDS };

	fixture_pci(f, PIIX, &ids, "ata_piix");
	make_ports(f, PIIX, ata, 2);
}

void fixture_ahci(struct fixture *f, unsigned int ata)
{
	static const struct controller_ids ids = { 0x8086, 0x2922, QEMU_IDS };

	fixture_pci(f, AHCI, &ids, "ahci");
	make_ports(f, AHCI, ata, 6);
}

void fixture_lsi(struct fixture *f)
{
	static const struct controller_ids ids = { 0x1000, 0x0012, QEMU_IDS };

	fixture_pci(f, LSI, &ids, "sym53c8xx");
}

/* The SCSI device at a path below /sys, and its name on the SCSI bus. */
static void scsi_device(struct fixture *f, const char *device, const char *type)
{
	const char *name = strrchr(device, '/') + 1;
	char target[FIXTURE_PATH], text[8];

	snprintf(text, sizeof(text), "%s\n", type);
	file(f, text, "/sys/%s/type", device);
	file(f, "", "/sys/%s/delete", device);
	fixture_path(f, target, "../../../%s", device);
	link_to(f, target, "/sys/bus/scsi/devices/%s", name);
}

static void scsi_devno(const char *name, char devno[32])
{
	if (!strncmp(name, "sr", 2))
		snprintf(devno, 32, "11:%c", name[2]);
	else
		snprintf(devno, 32, "8:%u", (name[2] - 'a') * 16U);
}

static void ata_path(struct fixture *f, char device[FIXTURE_PATH],
		     const char *pci, unsigned int ata, unsigned int unit)
{
	fixture_path(f, device,
		     "devices/pci0000:00/%s/ata%u/host%u/target%u:0:%u/"
		     "%u:0:%u:0",
		     pci, ata, ata - 1, ata - 1, unit, ata - 1, unit);
}

void fixture_scsi_device(struct fixture *f, const char *pci, unsigned int ata,
			 unsigned int unit, const char *type)
{
	char device[FIXTURE_PATH];

	ata_path(f, device, pci, ata, unit);
	scsi_device(f, device, type);
}

void fixture_ata(struct fixture *f, const char *name, const char *pci,
		 unsigned int ata, unsigned int unit, const struct image *image)
{
	char device[FIXTURE_PATH], devno[32];

	ata_path(f, device, pci, ata, unit);
	scsi_device(f, device, strncmp(name, "sr", 2) ? "0" : "5");
	scsi_devno(name, devno);
	fixture_disk(f, name, device, devno, image);
}

void fixture_scsi(struct fixture *f, const char *name, const char *pci,
		  unsigned int host, unsigned int target,
		  const struct image *image)
{
	char device[FIXTURE_PATH], devno[32];

	fixture_path(f, device,
		     "devices/pci0000:00/%s/host%u/target%u:0:%u/%u:0:%u:0",
		     pci, host, host, target, host, target);
	scsi_device(f, device, "0");
	scsi_devno(name, devno);
	fixture_disk(f, name, device, devno, image);
}

void fixture_nvme(struct fixture *f, const char *name, const char *pci,
		  const char *controller, const struct image *image)
{
	char dir[FIXTURE_PATH], target[FIXTURE_PATH], nsid[16], devno[16];

	fixture_path(f, dir, PCI_ROOT "/%s/nvme/%s/%s", pci, controller, name);
	snprintf(devno, sizeof(devno), "259:%d",
		 8 * (atoi(strrchr(name, 'n') + 1) - 1));
	disk_dir(f, dir, name, devno, image, false);
	link_to(f, "..", "%s/device", dir);
	snprintf(nsid, sizeof(nsid), "%s\n", strrchr(name, 'n') + 1);
	file(f, nsid, "%s/nsid", dir);
	fixture_path(f, target, "../devices/pci0000:00/%s/nvme/%s/%s", pci,
		     controller, name);
	link_to(f, target, "/sys/block/%s", name);
	class_block(f, target + strlen("../"), image);
}

void fixture_ide(struct fixture *f, const char *name, const char *pci,
		 unsigned int channel, unsigned int unit, const char *media,
		 const struct image *image)
{
	static const char *const devno[] = { "3:0", "3:64", "22:0", "22:64" };
	char device[FIXTURE_PATH], text[32];

	fixture_path(f, device, "devices/pci0000:00/%s/ide%u/%u.%u", pci,
		     channel, channel, unit);
	fixture_old_disk(f, name, device, devno[channel * 2 + unit], image);
	snprintf(text, sizeof(text), "%s\n", media);
	file(f, text, "/proc/ide/%s/media", name);
}
