// SPDX-License-Identifier: GPL-2.0-or-later
/* Reads a disk's place out of its sysfs path. Pure. */
#include "dev/place.h"

#include <string.h>

#include "base/text.h"

#define COMPONENT_SIZE 64

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

bool place_is_pci(const char *name, unsigned int len)
{
	static const char shape[] = "xxxx:xx:xx.x";
	unsigned int i;

	if (len != sizeof(shape) - 1)
		return false;
	for (i = 0; i < len; i++) {
		if (shape[i] == 'x' ? !is_hex(name[i]) : name[i] != shape[i])
			return false;
	}
	return true;
}

/* Parses a decimal number of s up to end (or the end of s). */
static bool number_until(const char *s, char end, unsigned int *out,
			 const char **rest)
{
	char digits[11];
	const char *stop = strchr(s, end);
	size_t len = stop ? (size_t)(stop - s) : strlen(s);
	uint64_t value;

	if (len >= sizeof(digits))
		return false;
	memcpy(digits, s, len);
	digits[len] = '\0';
	if (text_u64(digits, 10, UINT32_MAX, &value))
		return false;
	*out = (unsigned int)value;
	*rest = stop ? stop + 1 : s + len;
	return true;
}

/* "2:0:1:0" is host, channel, target, lun: the target is the unit, and only
 * channel 0 and lun 0 are places that a device model gives to a disk. */
static bool parse_scsi(const char *name, struct place *place)
{
	unsigned int host, channel, target, lun;
	const char *s = name;

	if (!strchr(name, ':') ||
	    place_is_pci(name, (unsigned int)strlen(name)))
		return false;
	if (!number_until(s, ':', &host, &s) ||
	    !number_until(s, ':', &channel, &s) ||
	    !number_until(s, ':', &target, &s) ||
	    !number_until(s, ':', &lun, &s) || *s || channel || lun)
		return false;
	place->kind = PLACE_SCSI;
	place->unit = target;
	return true;
}

/* "0.1" below "ide0": channel and unit. */
static bool parse_ide(const char *name, struct place *place)
{
	unsigned int channel, unit;
	const char *s = name;

	if (!text_prefix(place->port, "ide", NULL) || !strchr(name, '.'))
		return false;
	if (!number_until(s, '.', &channel, &s) ||
	    !number_until(s, '.', &unit, &s) || *s || unit > 1)
		return false;
	place->kind = PLACE_IDE;
	place->unit = unit;
	return true;
}

/* "nvme0n1": the controller's number and a running number that Linux gives;
 * neither is the namespace. "nvme0c0n1" is one of several paths to a disk. */
static bool is_nvme_disk(const char *name)
{
	unsigned int controller, count;
	const char *s;

	return text_prefix(name, "nvme", &s) &&
	       number_until(s, 'n', &controller, &s) &&
	       number_until(s, '\n', &count, &s) && !*s && count;
}

static bool parse_vbd(const char *name, struct place *place)
{
	const char *digits;
	uint64_t number;

	if (!text_prefix(name, "vbd-", &digits) ||
	    text_u64(digits, 10, UINT32_MAX, &number))
		return false;
	place->kind = PLACE_VBD;
	place->vbd = (uint32_t)number;
	return true;
}

static void take_component(const char *name, struct place *place)
{
	size_t len = strlen(name);

	if (place_is_pci(name, (unsigned int)len)) {
		/* The last PCI address in the path is the controller's. */
		memcpy(place->pci, name, PLACE_PCI_SIZE);
		place->port[0] = '\0';
	} else if (place->pci[0] &&
		   (!place->port[0] || !strcmp(place->port, "nvme"))) {
		/* "nvme" is only the folder of nvme0. */
		text_copy(place->port, sizeof(place->port), name);
	} else if (place->pci[0] && place->kind == PLACE_OTHER) {
		if (!parse_scsi(name, place))
			parse_ide(name, place);
	}
}

struct place place_parse(const char *path, const char *disk)
{
	struct place place = { .kind = PLACE_OTHER };
	char name[COMPONENT_SIZE];

	while (*path) {
		const char *end = strchr(path, '/');
		size_t len = end ? (size_t)(end - path) : strlen(path);

		if (len && len < sizeof(name)) {
			memcpy(name, path, len);
			name[len] = '\0';
			if (parse_vbd(name, &place))
				return place;
			take_component(name, &place);
		}
		path += len;
		while (*path == '/')
			path++;
	}
	if (place.kind == PLACE_OTHER && place.pci[0] &&
	    text_prefix(place.port, "nvme", NULL) && is_nvme_disk(disk))
		place.kind = PLACE_NVME;
	return place;
}
