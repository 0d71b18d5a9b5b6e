// SPDX-License-Identifier: GPL-2.0-or-later
/* The rest of the guest's tree: procfs, the folders that are always there, and
 * the image's own files, with the names in use. */
#include <string.h>

#include "guests.h"

static void add_plain_files(void)
{
	static const char *const folders[] = {
		"/dev",
		"/run",
		"/sys/block",
		"/sys/bus/scsi/devices",
		"/sys/bus/xen/devices",
		"/sys/bus/xen/drivers",
		"/sys/class/net",
		"/sys/class/scsi_host",
		"/sys/devices/virtual/block",
		"/sys/devices/virtual/net/bond0",
	};
	static const char *const ages[2][4] = {
		{ "/sys/class/block", "/sys/class/ata_port",
		  "/sys/class/ata_device", "/sys/dev/block" },
		{ "/sys/bus/ide/devices", "/proc/ide", "/proc/xen",
		  "/sys/bus/ide/drivers" },
	};
	unsigned int i;
	struct node *proc = tree_dir("/proc"), *hv;

	tree_add(proc, NODE_FILE, "cmdline")->op = OP_CMDLINE;
	tree_add(proc, NODE_FILE, "partitions")->op = OP_PARTITIONS;
	tree_add(proc, NODE_FILE, "mounts")->op = OP_MOUNTS;
	tree_add(proc, NODE_FILE, "swaps")->op = OP_SWAPS;
	tree_add(tree_dir("/sys/bus/pci"), NODE_FILE, "drivers_probe")->op =
		OP_PROBE;
	for (i = 0; i < COUNT(folders); i++)
		tree_dir("%s", folders[i]);
	for (i = 0; i < COUNT(ages[0]); i++)
		tree_dir("%s", ages[guest.old_kernel][i]);
	if (guest.old_kernel)
		return;
	hv = tree_dir("/sys/hypervisor");
	tree_file(hv, "type", "xen\n");
	tree_file(hv, "guest_type", "HVM\n");
}

static void add_image_files(void)
{
	unsigned int i, k;

	if (*guest.nic_name)
		tree_add(tree_dir("/lib/pvroot"), NODE_FILE, "names")->text =
			tree_text("/etc/network/interfaces:4 nic %s\n",
				  guest.nic_name);
	if (guest.knowns)
		tree_add(tree_dir("/lib/pvroot"), NODE_FILE, "nics")->text =
			record_text();
	if (guest.pv_driver_late)
		tree_file(tree_dir("/lib/pvroot"), "modules",
			  "/lib/modules/xen-blkfront.ko\n");
	for (i = 0; i < name_place_count; i++) {
		const struct name_place *p = &name_places[i];
		const char *last, *text = "";
		struct node *dir;

		for (k = 0; p->kind == WHERE_FILE && k < guest.names; k++) {
			if (guest.name[k].where == i)
				text = tree_text("%s%s%s%s\n", text, p->before,
						 guest.name[k].text, p->after);
		}
		if (!*text)
			continue;
		if (tree_find(p->file, true)) { /* two rows of one file */
			tree_find(p->file, true)->text = tree_text(
				"%s%s", tree_find(p->file, true)->text, text);
			continue;
		}
		tree_dir("%.*s", (int)(strrchr(p->file, '/') - p->file),
			 p->file);
		dir = tree_parent(p->file, &last);
		tree_add(dir, NODE_FILE, last)->text = text;
	}
}

/* The generator copies files from the root's /etc into the image; `pvroot
 * names`, which the hook runs when the image is built, reads the same /etc. */
static void add_collected_names(void)
{
	static const char list[] = "/lib/pvroot/names";
	unsigned int i;

	for (i = 0; i < guest.names; i++) {
		const struct name_place *p = &name_places[guest.name[i].where];
		struct node *node = tree_find(list, true);

		if (p->kind != WHERE_FILE || !strcmp(p->file, list))
			continue;
		if (!node)
			node = tree_add(tree_dir("/lib/pvroot"), NODE_FILE,
					"names");
		node->text =
			tree_text("%s%s:1 %s\n", node->text ? node->text : "",
				  p->file, guest.name[i].text);
	}
}

void sysfs_start(void)
{
	static const uint16_t platform[4] = { 0x5853, 1, 0x5853, 1 };
	unsigned int i;

	tree_reset();
	add_plain_files();
	sysfs_function("0000:00:02.0", platform, 0xff8000);
	for (i = 0; i < guest.cards; i++)
		sysfs_card(i);
	for (i = 0; i < guest.disks; i++)
		if (is_pv(i))
			sysfs_vbd(i);
	for (i = 0; i < guest.nics; i++)
		sysfs_nic(i);
	add_image_files();
	add_collected_names();
}
