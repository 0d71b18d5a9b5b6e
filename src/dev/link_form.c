// SPDX-License-Identifier: GPL-2.0-or-later
/* The forms of udev's links below /dev/disk: text in, yes or no out. Pure. */
#include "dev/link_form.h"

#include <stdint.h>
#include <string.h>

#include "base/text.h"
#include "dev/place.h"

#define DIGITS "0123456789"

bool link_ends(const char *rest, unsigned int *part)
{
	const char *digits;
	char number[12];
	uint64_t value = 0;
	size_t len;

	if (text_prefix(rest, "-part", &digits)) {
		len = strspn(digits, DIGITS);
		if (!len || len >= sizeof(number))
			return false;
		memcpy(number, digits, len);
		number[len] = '\0';
		if (text_u64(number, 10, UINT32_MAX, &value))
			return false;
		rest = digits + len;
	}
	*part = (unsigned int)value;
	return !*rest || strchr(",:;=|$\"' ", *rest);
}

/* Skips "1.0" and "0:0:1:0". */
static const char *skip_numbers(const char *at)
{
	at += strspn(at, DIGITS);
	while ((*at == '.' || *at == ':') && strspn(at + 1, DIGITS))
		at += 1 + strspn(at + 1, DIGITS);
	return at;
}

/* "-ata-1.0", "-scsi-0:0:1:0", "-nvme-1" after the address. */
static bool is_place(const char *at)
{
	static const char *const kinds[] = { "-ata-", "-scsi-", "-nvme-" };
	unsigned int part;
	const char *rest;
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (text_prefix(at, kinds[i], &rest) && strspn(rest, DIGITS))
			return link_ends(skip_numbers(rest), &part);
	}
	return false;
}

static bool is_path(const char *name)
{
	const char *at;

	return text_prefix(name, "disk/by-path/pci-", &at) &&
	       strlen(at) >= PLACE_PCI_SIZE - 1 &&
	       place_is_pci(at, PLACE_PCI_SIZE - 1) &&
	       is_place(at + PLACE_PCI_SIZE - 1);
}

/* sg3-utils makes others of its own, such as scsi-S…, which are not ours. */
static bool is_id(const char *name, bool certain)
{
	static const char *const ids[] = { "ata-", "nvme-", "wwn-0x",
					   "scsi-0QEMU_", "scsi-3" };
	unsigned int i, count = certain ? 2 : sizeof(ids) / sizeof(ids[0]);
	const char *id;

	if (!text_prefix(name, "disk/by-id/", &id))
		return false;
	for (i = 0; i < count; i++) {
		if (text_prefix(id, ids[i], NULL))
			return true;
	}
	return false;
}

bool link_has_form(const char *name)
{
	return is_path(name) || is_id(name, false);
}

bool link_is_certain(const char *name)
{
	return is_path(name) || is_id(name, true);
}

bool link_is_by_content(const char *name)
{
	static const char *const kinds[] = { "partnum/", "partuuid/",
					     "partlabel/", "uuid/", "label/" };
	const char *at = strstr(name, "-part/by-"), *value;
	char path[PLACE_PCI_SIZE + 64];
	size_t i;

	if (!at || (size_t)(at - name) >= sizeof(path))
		return false;
	memcpy(path, name, (size_t)(at - name));
	path[at - name] = '\0';
	if (!is_path(path))
		return false;
	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (text_prefix(at + strlen("-part/by-"), kinds[i], &value))
			return *value && !strchr(value, '/');
	}
	return false;
}
