// SPDX-License-Identifier: GPL-2.0-or-later
/* What the disks of the guest say they are: IDENTIFY of ATA, page 0x83 of SCSI,
 * as QEMU fills them. names.c has what udev makes of it. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "door.h"

static void identify(unsigned int disk, uint8_t id[512], bool swapped)
{
	static const char model[] = "QEMU HARDDISK";
	char serial[24];
	unsigned int i;

	memset(id, 0, 512);
	snprintf(serial, sizeof(serial), "QM%05u%13s", disk, "");
	for (i = 0; i < 20; i++)
		id[20 + (swapped ? i ^ 1 : i)] = (uint8_t)serial[i];
	for (i = 0; i < 40; i++)
		id[54 + (swapped ? i ^ 1 : i)] =
			i < 13 ? (uint8_t)model[i] : ' ';
}

/* The drive's number as a vendor's text. */
static size_t page_83(unsigned int disk, uint8_t *page)
{
	static const uint8_t head[] = { 0, 0x83, 0, 9, 2, 0, 0, 5 };
	char text[8];

	snprintf(text, sizeof(text), "%05u", disk);
	memcpy(page, head, sizeof(head));
	memcpy(page + sizeof(head), text, 5);
	return sizeof(head) + 5;
}

size_t identity_page(unsigned int disk, uint8_t page[IDENTITY_PAGE])
{
	memset(page, 0, IDENTITY_PAGE);
	if (guest.disk[disk].kind != DISK_ATA)
		return page_83(disk, page);
	page[1] = 0x89;
	page[2] = 2;
	page[3] = 0x38;
	identify(disk, page + 60, true);
	return IDENTITY_PAGE;
}

/* Old kernels have no page in sysfs, but answer this. */
int sys_ata_identity(const struct sys *sys, const char *name, dev_t devno,
		     uint8_t identity[SYS_ATA_IDENTITY])
{
	unsigned int disk, part;

	(void)sys, (void)devno;
	door_call();
	if (!device_find(&kernel.now, name, &disk, &part))
		return -ENOENT;
	identify(disk, identity, false);
	return 0;
}
