// SPDX-License-Identifier: GPL-2.0-or-later
/* What disks of a fixture say they are. */
#include <stdio.h>
#include <string.h>

#include "fixture.h"

/* Pads with blanks; a disk sends each pair of characters swapped. */
static void put_text(uint8_t *at, size_t size, const char *text, bool plain)
{
	size_t i, len = strlen(text);

	for (i = 0; i < size; i++)
		at[plain ? i : i ^ 1] = i < len ? (uint8_t)text[i] : ' ';
}

void identify_bytes(uint8_t id[512], const char *model, const char *serial,
		    bool plain)
{
	memset(id, 0, 512);
	put_text(id + 20, 20, serial, plain);
	put_text(id + 54, 40, model, plain);
}

void fixture_identify(struct fixture *f, const char *name, const char *model,
		      const char *serial)
{
	uint8_t page[572] = { 0, 0x89, 2, 0x38 };
	char path[FIXTURE_PATH];

	identify_bytes(page + 60, model, serial, false);
	snprintf(path, sizeof(path), "/sys/block/%s/device/vpd_pg89", name);
	fixture_bytes(f, path, page, sizeof(page));
}
