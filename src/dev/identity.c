// SPDX-License-Identifier: GPL-2.0-or-later
/* What a disk calls itself: reads sysfs, or asks the kernel. A device model and
 * its serial numbers are as little trusted as the disk's bytes. */
#include "dev/identity.h"

#include <errno.h>
#include <string.h>

#include "base/bytes.h"
#include "base/text.h"
#include "sys/attr.h"

/* ATA/ATAPI Command Set (ACS), IDENTIFY DEVICE: offsets in bytes. */
#define ATA_SERIAL	20
#define ATA_SERIAL_SIZE 20
#define ATA_MODEL	54
#define ATA_MODEL_SIZE	40
#define ATA_WORD_87	174
#define ATA_WWN		216

/* SCSI/ATA Translation, VPD page 0x89: IDENTIFY is at byte 60 of it. */
#define VPD_IDENTIFY 60
#define VPD_SIZE     1024

static bool is_word_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || (c && strchr("#+-.:=@_", c));
}

/* Appends the bytes up to the first NUL as udev writes them: without blanks at
 * both ends, one "_" for those between two words and for each byte that is
 * unsafe in a name. */
static void add_clean(char out[IDENTITY_SIZE], const char *bytes, size_t len)
{
	size_t used = strlen(out), i = 0;

	len = text_length(bytes, len);
	while (len && text_is_blank(bytes[len - 1]))
		len--;
	while (i < len && text_is_blank(bytes[i]))
		i++;
	for (; i < len && used < IDENTITY_SIZE - 1; i++) {
		if (text_is_blank(bytes[i]) && text_is_blank(bytes[i + 1]))
			continue;
		out[used++] = is_word_char(bytes[i]) ? bytes[i] : '_';
	}
	out[used] = '\0';
}

/* ---- ATA ---- */

/* The page has each pair of characters swapped, as the disk sends them. */
static void swap_text(uint8_t *text, size_t size)
{
	size_t i;

	for (i = 0; i + 1 < size; i += 2) {
		uint8_t first = text[i];

		text[i] = text[i + 1];
		text[i + 1] = first;
	}
}

/* Linux 5.5 and later show the page; before that the kernel is asked. */
static int read_identify(const struct sys *sys, const char *disk, char *id)
{
	char page[VPD_SIZE];
	int len = attr_bytes(sys, page, sizeof(page),
			     "/sys/block/%s/device/vpd_pg89", disk);

	if (len < VPD_IDENTIFY + SYS_ATA_IDENTITY)
		return sys_ata_identity(sys, disk, disk_number(sys, disk, NULL),
					(uint8_t *)id);
	memcpy(id, page + VPD_IDENTIFY, SYS_ATA_IDENTITY);
	swap_text((uint8_t *)id + ATA_SERIAL, ATA_SERIAL_SIZE);
	swap_text((uint8_t *)id + ATA_MODEL, ATA_MODEL_SIZE);
	return 0;
}

static int read_ata(const struct sys *sys, const char *disk,
		    struct identities *out)
{
	char id[SYS_ATA_IDENTITY], *name = out->at[0];
	const uint8_t *wwn = (const uint8_t *)id + ATA_WWN;
	int err = read_identify(sys, disk, id);

	if (err)
		return err;
	text_copy(name, IDENTITY_SIZE, "ata-");
	add_clean(name, id + ATA_MODEL, ATA_MODEL_SIZE);
	if (!name[4])
		return -EINVAL;
	if (id[ATA_SERIAL] && strspn(id + ATA_SERIAL, " ") < ATA_SERIAL_SIZE) {
		text_add(name, "_", IDENTITY_SIZE);
		add_clean(name, id + ATA_SERIAL, ATA_SERIAL_SIZE);
	}
	out->count = 1;
	/* Words 108 to 111 hold a name if word 87 is valid and says so. */
	if ((le16((const uint8_t *)id + ATA_WORD_87) & 0xc100) == 0x4100)
		text_format(out->at[out->count++], IDENTITY_SIZE, "wwn-0x%llx",
			    (unsigned long long)le16(wwn) << 48 |
				    (unsigned long long)le16(wwn + 2) << 32 |
				    (unsigned long long)le16(wwn + 4) << 16 |
				    le16(wwn + 6));
	return 0;
}

/* ---- SCSI ---- */

/* SCSI Primary Commands (SPC), VPD page 0x83: a header of 4 bytes, then
 * descriptors of 4 bytes and an identifier. */
#define DESCRIPTOR  4
#define CODE_BINARY 1
#define CODE_ASCII  2
#define TYPE_VENDOR 0
#define TYPE_NAA    3
#define ASSOCIATION 0x30 /* 0: the logical unit itself */

struct descriptor {
	unsigned int type, code, len;
	const char *id;
};

/* The descriptor that scsi_id takes: the highest of these types, the first of
 * its kind. */
static int choose_descriptor(const char *page, unsigned int len,
			     struct descriptor *best)
{
	const uint8_t *at = (const uint8_t *)page + DESCRIPTOR;
	const uint8_t *end = (const uint8_t *)page + len;
	bool found = false;

	for (; end - at >= DESCRIPTOR && end - at >= DESCRIPTOR + at[3];
	     at += DESCRIPTOR + at[3]) {
		unsigned int type = at[1] & 0xf;

		if (at[1] & ASSOCIATION || type > TYPE_NAA || !at[3] ||
		    (found && type <= best->type))
			continue;
		found = true;
		*best = (struct descriptor){ type, at[0] & 0xf, at[3],
					     (const char *)at + DESCRIPTOR };
	}
	return found ? 0 : -ENOENT;
}

static void add_hex(char *out, size_t size, const char *bytes, unsigned int len)
{
	char pair[3];
	unsigned int i;

	for (i = 0; i < len; i++) {
		text_format(pair, sizeof(pair), "%02x", (uint8_t)bytes[i]);
		text_add(out, pair, size);
	}
}

/* A vendor's own number is unique only together with vendor and model. */
static int add_vendor(const struct sys *sys, const char *disk, char *raw,
		      size_t size)
{
	char vendor[16], model[32];
	int len = attr_read(sys, vendor, sizeof(vendor),
			    "/sys/block/%s/device/vendor", disk);

	if (len >= 0)
		len = attr_read(sys, model, sizeof(model),
				"/sys/block/%s/device/model", disk);
	return len < 0 ? len
		       : text_format(raw + 1, size - 1, "%-8s%-16s", vendor,
				     model);
}

static int read_scsi(const struct sys *sys, const char *disk,
		     struct identities *out)
{
	char page[VPD_SIZE], raw[2 * IDENTITY_SIZE], text[256];
	struct descriptor best = { 0 };
	int len = attr_bytes(sys, page, sizeof(page),
			     "/sys/block/%s/device/vpd_pg83", disk);

	if (len < 0)
		return len;
	if (choose_descriptor(page, (unsigned int)len, &best))
		return -ENOENT;
	text_format(raw, sizeof(raw), "%u", best.type);
	if (best.type == TYPE_VENDOR) {
		len = add_vendor(sys, disk, raw, sizeof(raw));
		if (len)
			return len;
	}
	if (best.code == CODE_BINARY) {
		add_hex(raw, sizeof(raw), best.id, best.len);
	} else if (best.code == CODE_ASCII) {
		memcpy(text, best.id, best.len);
		text[best.len] = '\0';
		text_add(raw, text, sizeof(raw));
	} else {
		return -EINVAL;
	}
	text_copy(out->at[0], IDENTITY_SIZE, "scsi-");
	add_clean(out->at[0], raw, sizeof(raw));
	out->count = 1;
	if (best.type == TYPE_NAA && best.code == CODE_BINARY) {
		text_copy(out->at[1], IDENTITY_SIZE, "wwn-0x");
		add_hex(out->at[out->count++], IDENTITY_SIZE, best.id,
			best.len);
	}
	return 0;
}

/* ---- NVMe ---- */

static int read_nvme(const struct sys *sys, const char *disk,
		     struct identities *out)
{
	char model[64], serial[32], wwid[128], *name;
	uint64_t nsid;
	int len = attr_read(sys, model, sizeof(model),
			    "/sys/block/%s/device/model", disk);

	if (len >= 0)
		len = attr_read(sys, serial, sizeof(serial),
				"/sys/block/%s/device/serial", disk);
	if (len >= 0)
		len = attr_number(sys, &nsid, "/sys/block/%s/nsid", disk);
	if (len < 0)
		return len;
	name = out->at[out->count++];
	text_copy(name, IDENTITY_SIZE, "nvme-");
	add_clean(name, model, sizeof(model));
	text_add(name, "_", IDENTITY_SIZE);
	add_clean(name, serial, sizeof(serial));
	text_format(out->at[out->count++], IDENTITY_SIZE, "%s_%llu", name,
		    (unsigned long long)nsid);
	if (attr_read(sys, wwid, sizeof(wwid), "/sys/block/%s/wwid", disk) >
	    0) {
		name = out->at[out->count++];
		text_copy(name, IDENTITY_SIZE, "nvme-");
		add_clean(name, wwid, sizeof(wwid));
	}
	return 0;
}

int identity_read(const struct sys *sys, const char *disk,
		  enum controller_kind kind, struct identities *out)
{
	static int (*const readers[])(const struct sys *sys, const char *disk,
				      struct identities *out) = {
		[CONTROLLER_IDE] = read_ata,   [CONTROLLER_AHCI] = read_ata,
		[CONTROLLER_SCSI] = read_scsi, [CONTROLLER_NVME] = read_nvme,
		[CONTROLLER_NIC] = NULL,
	};
	unsigned int i;
	int err;

	out->count = 0;
	if (!readers[kind])
		return -EOPNOTSUPP;
	err = readers[kind](sys, disk, out);
	/* One that was cut would be another name. */
	for (i = 0; !err && i < out->count; i++) {
		if (strlen(out->at[i]) == IDENTITY_SIZE - 1)
			err = -ENAMETOOLONG;
	}
	return err;
}
