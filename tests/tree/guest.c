// SPDX-License-Identifier: GPL-2.0-or-later
/* Builds the fake root of a guest from a description, for tests in shell: the
 * same pieces that the unit tests build theirs of (tests/unit/tree.c). Touches
 * DIR only.
 *
 *   guest DIR <DESCRIPTION    one piece a line, see README.md */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/crc.h"
#include "fixture.h"
#include "many.h"

#define WORDS  6
#define IMAGES 8

static struct {
	char name[32], type[8], label[32], swap[32], uuid[40];
	struct image image;
} images[IMAGES];

static unsigned int image_count;

static _Noreturn void refuse(const char *what, const char *which)
{
	fprintf(stderr, "guest: %s: %s\n", what, which);
	exit(2);
}

/* "-" is none. */
static const struct image *image_of(const char *name)
{
	unsigned int i;

	for (i = 0; i < image_count; i++)
		if (!strcmp(images[i].name, name))
			return &images[i].image;
	if (strcmp(name, "-"))
		refuse("no such image", name);
	return NULL;
}

/* Its UUID and signature are made of its name, so that another run of this
 * program writes the same bytes. */
static void take_image(struct fixture *f, char **word)
{
	const uint8_t *name = (const uint8_t *)word[0];
	uint32_t id = crc32_update(0, name, strlen(word[0]));
	struct image *image = &images[image_count].image;

	(void)f;
	if (image_count == IMAGES)
		refuse("too many images", word[0]);
	snprintf(images[image_count].name, 32, "%s", word[0]);
	snprintf(images[image_count].type, 8, "%s", word[1]);
	snprintf(images[image_count].label, 32, "%s", word[2]);
	snprintf(images[image_count].swap, 32, "%s", word[3]);
	snprintf(images[image_count].uuid, 40,
		 "abcdef01-2345-4678-9abc-0000%08x", id);
	image->signature = id;
	image->part[0].type = images[image_count].type;
	image->part[0].label = images[image_count].label;
	image->part[0].uuid = images[image_count].uuid;
	image->part[1].type = "swap";
	image->part[1].label = images[image_count].swap;
	image_count++;
}

static uint32_t number_of_base(const char *text, int base)
{
	char *end;
	unsigned long n = strtoul(text, &end, base);

	if (end == text || *end)
		refuse("no number", text);
	return (uint32_t)n;
}

static uint32_t number(const char *text)
{
	return number_of_base(text, 10);
}

/* Below /sys: what begins with a PCI address is behind that function. */
static void device_path(char path[FIXTURE_PATH], const char *device)
{
	snprintf(path, FIXTURE_PATH, "devices/%s%s",
		 strncmp(device, "0000:", 5) ? "" : "pci0000:00/", device);
}

/* Any other word than these is a mistake in the description. */
static bool is_first(const char *word, const char *first, const char *second)
{
	if (strcmp(word, first) && strcmp(word, second))
		refuse("no such word", word);
	return !strcmp(word, first);
}

static void take_modern(struct fixture *f, char **word)
{
	(void)word;
	fixture_modern(f);
}

static void take_rhel5(struct fixture *f, char **word)
{
	fixture_modern(f);
	fixture_rhel5(f, image_of(word[0]));
	/* None of these is there yet in 2.6.18. */
	fixture_remove(f, "/run");
	fixture_remove(f, "/dev/kmsg");
	fixture_remove(f, "/sys/bus/pci/drivers_probe");
}

static void take_pv(struct fixture *f, char **word)
{
	fixture_pv(f, word[0], number(word[1]), image_of(word[2]));
}

static void take_piix(struct fixture *f, char **word)
{
	fixture_piix(f, number(word[0]));
}

static void take_ahci(struct fixture *f, char **word)
{
	fixture_ahci(f, number(word[0]));
}

/* One that no driver took: a CD-ROM's, or before the driver is loaded. */
static void take_vbd(struct fixture *f, char **word)
{
	fixture_vbd(f, number(word[0]), false, "Initialising");
}

static void take_pci(struct fixture *f, char **word)
{
	const struct controller_ids ids = {
		(uint16_t)number_of_base(word[1], 16),
		(uint16_t)number_of_base(word[2], 16),
		(uint16_t)number_of_base(word[3], 16),
		(uint16_t)number_of_base(word[4], 16),
	};

	fixture_pci(f, word[0], &ids, strcmp(word[5], "-") ? word[5] : "");
}

static void take_nvme(struct fixture *f, char **word)
{
	static const struct controller_ids ids = { 0x1b36, 0x0010, 0x1af4,
						   0x1100 };

	(void)word;
	fixture_pci(f, NVME, &ids, "nvme");
}

static void take_rtl8139(struct fixture *f, char **word)
{
	(void)word;
	fixture_rtl8139(f);
}

static void take_ata(struct fixture *f, char **word)
{
	const char *pci = is_first(word[1], "ahci", "piix") ? AHCI : PIIX;

	fixture_ata(f, word[0], pci, number(word[2]), number(word[3]),
		    image_of(word[4]));
}

static void take_lsi(struct fixture *f, char **word)
{
	(void)word;
	fixture_lsi(f);
}

static void take_scsi(struct fixture *f, char **word)
{
	fixture_scsi(f, word[0], LSI, 2, number(word[1]), image_of(word[2]));
}

static void take_namespace(struct fixture *f, char **word)
{
	fixture_nvme(f, word[0], NVME, "nvme0", image_of(word[1]));
}

static void take_disk(struct fixture *f, char **word)
{
	char device[FIXTURE_PATH];

	device_path(device, word[1]);
	fixture_disk(f, word[0], device, word[2], image_of(word[3]));
}

static void take_stacked(struct fixture *f, char **word)
{
	fixture_stacked(f, word[0], word[1], image_of(word[2]));
}

static void take_ide(struct fixture *f, char **word)
{
	fixture_ide(f, word[0], PIIX, number(word[1]), number(word[2]), word[3],
		    image_of(word[4]));
}

static void take_nic(struct fixture *f, char **word)
{
	char device[FIXTURE_PATH];

	device_path(device, word[1]);
	fixture_nic(f, word[0], device, word[2],
		    is_first(word[3], "up", "down"));
}

static void take_vif(struct fixture *f, char **word)
{
	char device[FIXTURE_PATH];

	fixture_vif(f, number(word[1]));
	snprintf(device, sizeof(device), "devices/vif-%s", word[1]);
	fixture_nic(f, word[0], device, word[2],
		    is_first(word[3], "up", "down"));
}

static void take_drop(struct fixture *f, char **word)
{
	fixture_drop_disk(f, word[0]);
	fixture_drop_nic(f, word[0]);
}

static void take_drop_vbd(struct fixture *f, char **word)
{
	fixture_drop_vbd(f, number(word[0]));
}

static void take_not_xen(struct fixture *f, char **word)
{
	(void)word;
	fixture_not_xen(f);
}

static void take_file(struct fixture *f, char **word)
{
	char text[4096];

	snprintf(text, sizeof(text), "%s%s", word[1], *word[1] ? "\n" : "");
	fixture_file(f, word[0], text);
}

static void take_folder(struct fixture *f, char **word)
{
	fixture_folder(f, word[0]);
}

static void take_link(struct fixture *f, char **word)
{
	fixture_link(f, word[0], word[1]);
}

static void take_many(struct fixture *f, char **word)
{
	guest_of_many(f, number(word[0]), number(word[1]));
}

static const struct piece {
	const char *name;
	unsigned int words; /* the last one is the rest of the line */
	void (*take)(struct fixture *f, char **word);
} pieces[] = {
	{ "modern", 0, take_modern },	  { "rhel5", 1, take_rhel5 },
	{ "image", 4, take_image },	  { "pv", 3, take_pv },
	{ "piix", 1, take_piix },	  { "ahci", 1, take_ahci },
	{ "nvme", 0, take_nvme },	  { "rtl8139", 0, take_rtl8139 },
	{ "ata", 5, take_ata },		  { "namespace", 2, take_namespace },
	{ "nic", 4, take_nic },		  { "file", 2, take_file },
	{ "folder", 1, take_folder },	  { "link", 2, take_link },
	{ "many", 2, take_many },	  { "lsi", 0, take_lsi },
	{ "scsi", 3, take_scsi },	  { "vbd", 1, take_vbd },
	{ "pci", 6, take_pci },		  { "disk", 4, take_disk },
	{ "ide", 5, take_ide },		  { "stacked", 3, take_stacked },
	{ "vif", 4, take_vif },		  { "drop", 1, take_drop },
	{ "drop_vbd", 1, take_drop_vbd }, { "not_xen", 0, take_not_xen },
};

static void take(struct fixture *f, char *line)
{
	char *word[WORDS] = { 0 }, *name = strsep(&line, " ");
	static char none[] = "";
	unsigned int i, n;

	for (i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
		if (strcmp(name, pieces[i].name))
			continue;
		for (n = 0; n < pieces[i].words; n++) {
			bool last = n + 1 == pieces[i].words;

			word[n] = last ? line : strsep(&line, " ");
			if (!word[n] && strcmp(name, "file"))
				refuse("a word is missing", name);
			if (!word[n])
				word[n] = none;
		}
		pieces[i].take(f, word);
		return;
	}
	refuse("no such piece", name);
}

int main(int argc, char **argv)
{
	static struct fixture fixture = { .dir = "." };
	char line[8192];

	if (argc != 2) {
		fprintf(stderr, "usage: guest DIR <DESCRIPTION\n");
		return 2;
	}
	mkdir(argv[1], 0755);
	if (chdir(argv[1]))
		refuse("no such folder", argv[1]);
	while (fgets(line, sizeof(line), stdin)) {
		line[strcspn(line, "\n")] = '\0';
		if (line[0] && line[0] != '#')
			take(&fixture, line);
	}
	return 0;
}
