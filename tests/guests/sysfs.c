// SPDX-License-Identifier: GPL-2.0-or-later
/* sysfs, procfs and devtmpfs of the guest, as Linux has them: copied from real
 * guests, not from what pvroot asks for. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "guests.h"

static unsigned int host_of[MAX_CARDS], ata_of[MAX_CARDS];
static struct node *pci_dir[MAX_CARDS];

/* ---- cards ---- */

static unsigned int class_of(enum card_kind kind)
{
	static const unsigned int classes[] = {
		[CARD_IDE] = 0x010180,	     [CARD_AHCI] = 0x010601,
		[CARD_LSI] = 0x010000,	     [CARD_NVME] = 0x010802,
		[CARD_NIC] = 0x020000,	     [CARD_HBA] = 0x010601,
		[CARD_REAL_NVME] = 0x010802, [CARD_USB] = 0x0c0330,
		[CARD_REAL_NIC] = 0x020000,
	};

	return classes[kind];
}

struct node *sysfs_function(const char *pci, const uint16_t id[4],
			    unsigned int class)
{
	struct node *dir = tree_dir("/sys/devices/pci0000:00/%s", pci);

	tree_file(dir, "vendor", "0x%04x\n", id[0]);
	tree_file(dir, "device", "0x%04x\n", id[1]);
	tree_file(dir, "subsystem_vendor", "0x%04x\n", id[2]);
	tree_file(dir, "subsystem_device", "0x%04x\n", id[3]);
	tree_file(dir, "class", "0x%06x\n", class);
	tree_file(dir, "modalias", "pci:v%08Xd%08Xsv%08Xsd%08Xbc%02X\n", id[0],
		  id[1], id[2], id[3], class >> 16);
	tree_file(dir, "enable", "1\n");
	tree_link(tree_dir("/sys/bus/pci/devices"), dir->name, dir);
	return dir;
}

void sysfs_card(unsigned int card)
{
	const struct card *c = &guest.card[card];
	struct node *dir = sysfs_function(c->pci, c->id, class_of(c->kind)), *n;
	struct node *driver = tree_dir("/sys/bus/pci/drivers/%s", c->driver);

	pci_dir[card] = dir;
	if (!c->no_override) {
		n = tree_file(dir, "driver_override", "(null)\n");
		n->op = OP_OVERRIDE;
		n->index = (uint8_t)card;
	}
	if (!driver->child) {
		tree_file(driver, "bind", "%s", "");
		tree_file(driver, "unbind", "%s", "")->op = OP_UNBIND;
	}
}

static void add_host(unsigned int card, struct node *above, unsigned int host)
{
	struct node *dir = tree_add(above, NODE_DIR, tree_text("host%u", host));
	struct node *class, *scan;

	class = tree_add(tree_add(dir, NODE_DIR, "scsi_host"), NODE_DIR,
			 dir->name);
	tree_file(class, "proc_name", "%s\n", guest.card[card].driver);
	scan = tree_file(class, "scan", "%s", "");
	scan->op = OP_SCAN;
	scan->store = host;
	tree_link(tree_dir("/sys/class/scsi_host"), dir->name, class);
	tree_link(tree_dir("/sys/bus/scsi/devices"), dir->name, dir);
}

/* The class is "unknown" until the port was scanned. */
static void add_ata_device(unsigned int card, unsigned int port,
			   unsigned int unit, struct node *dir)
{
	unsigned int ata = ata_of[card] + port;
	const char *name = tree_text("dev%u.%u", ata, unit);
	struct node *dev, *file;

	dev = tree_add(tree_sub(dir, tree_text("link%u", ata)), NODE_DIR, name);
	dev = tree_add(tree_add(dev, NODE_DIR, "ata_device"), NODE_DIR, name);
	tree_link(tree_dir("/sys/class/ata_device"), name, dev);
	file = tree_file(dev, "class", "%s", "");
	file->op = OP_ATA_CLASS;
	file->store = port * 2 + unit;
}

static void add_port(unsigned int card, unsigned int port)
{
	const struct card *c = &guest.card[card];
	unsigned int ata = ata_of[card] + port, unit;
	struct node *dir, *class;

	if (c->old_ide) {
		tree_add(pci_dir[card], NODE_DIR, tree_text("ide%u", port));
		return;
	}
	dir = tree_add(pci_dir[card], NODE_DIR, tree_text("ata%u", ata));
	class = tree_add(tree_add(dir, NODE_DIR, "ata_port"), NODE_DIR,
			 dir->name);
	tree_file(class, "port_no", "%u\n", port + 1);
	tree_link(tree_dir("/sys/class/ata_port"), dir->name, class);
	for (unit = 0; unit < (c->kind == CARD_IDE ? 2 : 1); unit++)
		add_ata_device(card, port, unit, dir);
	add_host(card, dir, host_of[card] + port);
}

void sysfs_bound(unsigned int card, unsigned int host, unsigned int ata)
{
	const struct card *c = &guest.card[card];
	struct node *driver = tree_dir("/sys/bus/pci/drivers/%s", c->driver);
	unsigned int i;

	host_of[card] = host;
	ata_of[card] = ata;
	tree_own(OWNED_BY_CARD, card);
	tree_link(pci_dir[card], "driver", driver);
	tree_link(driver, pci_dir[card]->name, pci_dir[card]);
	if (c->kind == CARD_LSI)
		add_host(card, pci_dir[card], host);
	for (i = 0; c->kind != CARD_LSI && c->kind != CARD_USB && i < c->ports;
	     i++)
		add_port(card, i);
	tree_own(OWNED_BY_ALL, 0);
}

/* ---- block devices ---- */

/* Makes the device that the disk's "device" link leads to. */
static struct node *add_scsi(unsigned int disk, struct node *host,
			     unsigned int number)
{
	const struct disk *d = &guest.disk[disk];
	struct node *target, *dev, *del;

	/* The target stays: it may have another LUN. */
	tree_own(OWNED_BY_CARD, (unsigned int)d->card);
	target = tree_sub(host, tree_text("target%u:%u:%u", number, d->channel,
					  d->target));
	tree_own(OWNED_BY_DISK, disk);
	dev = tree_add(target, NODE_DIR,
		       tree_text("%u:%u:%u:%u", number, d->channel, d->target,
				 d->lun));
	tree_file(dev, "type", "%d\n", d->cdrom ? 5 : 0);
	tree_file(dev, "vendor", "%s\n",
		  d->kind == DISK_ATA ? "ATA     " : "QEMU    ");
	tree_file(dev, "model", "%s\n",
		  d->cdrom ? "QEMU DVD-ROM    " : "QEMU HARDDISK   ");
	tree_file(dev, "state", "running\n");
	if (!d->cdrom && !guest.old_kernel) {
		del = tree_file(dev,
				d->kind == DISK_ATA ? "vpd_pg89" : "vpd_pg83",
				"%s", "");
		del->op = OP_IDENTITY;
		del->index = (uint8_t)disk;
	}
	del = tree_file(dev, "delete", "%s", "");
	del->op = OP_DELETE;
	tree_link(tree_dir("/sys/bus/scsi/devices"), dev->name, dev);
	tree_link(tree_dir("/sys/bus/scsi/devices"), target->name, target);
	return dev;
}

static struct node *add_device(unsigned int disk)
{
	const struct disk *d = &guest.disk[disk];
	unsigned int card = (unsigned int)d->card, host;
	struct node *dir, *up;

	switch (d->kind) {
	case DISK_PV:
		return tree_dir("/sys/devices/%svbd-%u",
				guest.old_kernel ? "xen/" : "", d->number);
	case DISK_ATA:
		host = host_of[card] + d->port;
		up = tree_dir("/sys/devices/pci0000:00/%s/ata%u/host%u",
			      guest.card[card].pci, ata_of[card] + d->port,
			      host);
		return add_scsi(disk, up, host);
	case DISK_SCSI:
		host = host_of[card];
		up = tree_dir("/sys/devices/pci0000:00/%s/host%u",
			      guest.card[card].pci, host);
		return add_scsi(disk, up, host);
	case DISK_USB:
		host = host_of[card];
		tree_own(OWNED_BY_CARD, card);
		up = tree_dir("/sys/devices/pci0000:00/%s/usb1/1-1/1-1:1.0/"
			      "host%u",
			      guest.card[card].pci, host);
		return add_scsi(disk, up, host);
	case DISK_IDE:
		dir = tree_dir("/sys/devices/pci0000:00/%s/ide%u/%u.%u",
			       guest.card[card].pci, d->port, d->port,
			       d->target);
		tree_link(tree_dir("/sys/bus/ide/devices"), dir->name, dir);
		tree_file(tree_dir("/proc/ide/%s", kernel.now.disk[disk].name),
			  "media", "%s\n", d->cdrom ? "cdrom" : "disk");
		return dir;
	default:
		tree_own(OWNED_BY_CARD, card);
		dir = tree_dir("/sys/devices/pci0000:00/%s/nvme/nvme%u",
			       guest.card[card].pci, host_of[card]);
		if (!tree_find(tree_text("/sys/devices/pci0000:00/%s/nvme/"
					 "nvme%u/model",
					 guest.card[card].pci, host_of[card]),
			       true)) {
			tree_file(dir, "model", "QEMU NVMe Ctrl        \n");
			tree_file(dir, "serial", "%u  \n", card);
		}
		tree_own(OWNED_BY_DISK, disk);
		return dir;
	}
}

/* Where the disk's folder is: below its device, or in /sys/block itself. */
static struct node *add_folder(unsigned int disk, struct node *dev)
{
	const char *name = tree_text("%s", kernel.now.disk[disk].name);
	struct node *block = tree_dir("/sys/block"), *dir;

	if (guest.old_kernel) {
		dir = tree_add(block, NODE_DIR, name);
	} else {
		if (guest.disk[disk].kind != DISK_NVME)
			dev = tree_add(dev, NODE_DIR, "block");
		dir = tree_add(dev, NODE_DIR, name);
		tree_link(block, name, dir);
	}
	return dir;
}

static void add_numbers(struct node *dir, unsigned int major,
			unsigned int minor)
{
	const char *dev = tree_text("%u:%u", major, minor);

	tree_file(dir, "dev", "%s\n", dev);
	if (guest.old_kernel)
		return;
	tree_link(tree_dir("/sys/dev/block"), dev, dir);
	tree_link(tree_dir("/sys/class/block"), dir->name, dir);
	tree_add(tree_dir("/dev"), NODE_FILE, dir->name)->op = OP_NODE;
}

static void add_uevent(struct node *dir, unsigned int disk)
{
	struct node *file;

	if (!is_pv(disk))
		return;
	file = tree_file(dir, "uevent", "%s", "");
	file->op = OP_UEVENT;
	file->index = (uint8_t)disk;
}

static void add_part(unsigned int disk, unsigned int part, struct node *above)
{
	const struct disk_state *s = &kernel.now.disk[disk];
	const struct content *c =
		&guest.content[guest.file[guest.disk[disk].file]];
	char name[NAME_SIZE + 8];
	struct node *dir;

	device_name(&kernel.now, disk, part, name);
	dir = tree_add(above, NODE_DIR, tree_text("%s", name));
	tree_file(dir, "start", "%llu\n", (unsigned long long)part_at(part));
	tree_file(dir, "size", "%llu\n",
		  (unsigned long long)part_size(c, part) / 512);
	tree_file(dir, "partition", "%u\n", part);
	tree_add(dir, NODE_DIR, "holders");
	add_uevent(dir, disk);
	add_numbers(dir, s->major, s->minor + part);
}

/* Shows what uses the disk: in holders/, or only in a loop device's own
 * folder. */
static void add_use(unsigned int disk, struct node *dir)
{
	static unsigned int number;
	enum use use = guest.disk[disk].use;
	struct node *holder;

	if (use != USE_DM && use != USE_MD && use != USE_LOOP)
		return;
	number = disk;
	holder = tree_dir("/sys/devices/virtual/block/%s%u",
			  use == USE_DM	  ? "dm-"
			  : use == USE_MD ? "md"
					  : "loop",
			  number);
	tree_file(holder, "dev", "%u:%u\n", use == USE_LOOP ? 7 : 253, number);
	tree_file(holder, "size", "1000\n");
	tree_link(tree_dir("/sys/block"), holder->name, holder);
	if (use == USE_LOOP) {
		tree_file(tree_add(holder, NODE_DIR, "loop"), "backing_file",
			  "/dev/%s\n", dir->name);
		return;
	}
	tree_link(tree_add(holder, NODE_DIR, "slaves"), dir->name, dir);
	tree_link(
		tree_find(tree_text("/sys/block/%s/holders", dir->name), true),
		holder->name, holder);
}

static void add_block(unsigned int disk, struct node *dev)
{
	const struct disk_state *s = &kernel.now.disk[disk];
	const struct disk *d = &guest.disk[disk];
	const struct content *c = &guest.content[guest.file[d->file]];
	struct node *dir = add_folder(disk, dev);
	unsigned int part;

	tree_file(dir, "size", "%llu\n", (unsigned long long)c->size / 512);
	tree_file(dir, "removable", "%d\n", d->cdrom);
	tree_file(dir, "ro", "%d\n", d->cdrom);
	if (d->kind == DISK_NVME)
		tree_file(dir, "nsid", "%u\n", d->nsid);
	tree_add(dir, NODE_DIR, "holders");
	tree_add(dir, NODE_DIR, "slaves");
	tree_link(dir, "device", dev);
	add_uevent(dir, disk);
	add_numbers(dir, s->major, s->minor);
	for (part = 1; part <= disk_parts(disk); part++)
		add_part(disk, part, dir);
	add_use(disk, dir);
}

void sysfs_plug(unsigned int disk)
{
	struct node *dev;

	tree_own(OWNED_BY_DISK, disk);
	dev = add_device(disk);
	if (!guest.disk[disk].no_node)
		add_block(disk, dev);
	tree_own(OWNED_BY_ALL, 0);
}

/* ---- xenbus ---- */

void sysfs_vbd(unsigned int disk)
{
	const struct disk *d = &guest.disk[disk];
	struct node *dir = tree_dir("/sys/devices/%svbd-%u",
				    guest.old_kernel ? "xen/" : "", d->number);
	struct node *driver;

	tree_file(dir, "nodename", "device/vbd/%u\n", d->number);
	tree_file(dir, "devtype", "vbd\n");
	if (!guest.old_kernel) {
		tree_file(dir, "modalias", "xen:vbd\n");
		tree_file(dir, "state", "%s\n",
			  d->refused ? "Initialising" : "Connected");
	}
	tree_link(tree_dir("/sys/bus/xen/devices"), dir->name, dir);
	tree_own(OWNED_BY_PV_DRIVER, 0);
	driver = tree_dir("/sys/bus/xen/drivers/vbd");
	if (!driver->child)
		tree_file(driver, "unbind", "%s", "")->op = OP_UNBIND;
	if (!d->refused) {
		tree_link(dir, "driver", driver);
		tree_link(driver, dir->name, dir);
	}
	tree_own(OWNED_BY_ALL, 0);
}

void sysfs_nic(unsigned int nic)
{
	const struct nic *n = &guest.nic[nic];
	struct node *dev, *dir;

	tree_own(OWNED_BY_NIC, nic);
	dev = n->card < 0 ? tree_dir("/sys/devices/%svif-%u",
				     guest.old_kernel ? "xen/" : "", n->mac)
			  : pci_dir[n->card];
	dir = tree_add(tree_add(dev, NODE_DIR, "net"), NODE_DIR, n->name);
	tree_file(dir, "address", "00:16:3e:00:00:%02x\n", n->mac);
	tree_file(dir, "flags", "0x100%d\n", n->up ? 3 : 2);
	tree_file(dir, "operstate", "%s\n", n->up ? "up" : "down");
	tree_file(dir, "ifindex", "%u\n", nic + 2);
	tree_file(dir, "type", "1\n");
	tree_link(dir, "device", dev);
	if (n->enslaved)
		tree_link(dir, "master",
			  tree_dir("/sys/devices/virtual/net/bond0"));
	tree_link(tree_dir("/sys/class/net"), n->name, dir);
	tree_own(OWNED_BY_ALL, 0);
}
