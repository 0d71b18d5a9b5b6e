// SPDX-License-Identifier: GPL-2.0-or-later
/* A guest of many PV disks, to count what each of them costs. The first one has
 * an emulated twin; the last device of all carries LABEL=bench-root. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "fixture.h"
#include "many.h"

#define PART_SECTORS 2048

static FILE *listing;

/* xvda … xvdz xvdaa …, as the kernel counts. */
static void disk_name(char *name, unsigned int index)
{
	char letters[8];
	unsigned int n = sizeof(letters) - 1, left = index + 1;

	letters[n] = '\0';
	for (; left; left = (left - 1) / 26)
		letters[--n] = (char)('a' + (left - 1) % 26);
	sprintf(name, "xvd%s", letters + n);
}

/* The device's folder in sysfs, its node (sparse) and its line in
 * /proc/partitions. Without a label it has no file system. */
static void device(struct fixture *f, const char *dir, const char *name,
		   unsigned int minor, uint32_t sectors, const char *label)
{
	const struct image_part part = { .type = "ext2", .label = label };
	char path[FIXTURE_PATH], text[32];
	uint8_t start[4096] = { 0 };

	snprintf(text, sizeof(text), "202:%u\n", minor);
	fixture_path(f, path, "%s/dev", dir);
	fixture_file(f, path, text);
	snprintf(text, sizeof(text), "%u\n", sectors);
	fixture_path(f, path, "%s/size", dir);
	fixture_file(f, path, text);
	if (label) {
		image_superblock(&part, start, sizeof(start));
		memcpy(start + 1024 + 104, &minor, sizeof(minor)); /* UUID */
	}
	fixture_path(f, path, "/dev/%s", name);
	fixture_bytes(f, path, start, sizeof(start));
	snprintf(path, sizeof(path), "%s/dev/%s", f->dir, name);
	assert_int_equal(truncate(path, sectors * 512L), 0);
	fprintf(listing, " 202 %8u %10u %s\n", minor, sectors / 2, name);
}

static void pv_disk(struct fixture *f, unsigned int index, unsigned int parts,
		    bool last)
{
	unsigned int vbd = (1u << 28) + index * 256, minor = index * 256, i;
	char name[16], part[32], dir[128], path[FIXTURE_PATH], text[32];

	disk_name(name, index);
	fixture_vbd(f, vbd, true, "Connected");
	snprintf(dir, sizeof(dir), "/sys/devices/vbd-%u/block/%s", vbd, name);
	snprintf(text, sizeof(text), "/sys/block/%s", name);
	fixture_path(f, path, "..%s", dir + strlen("/sys"));
	fixture_link(f, text, path);
	device(f, dir, name, minor, IMAGE_SECTORS,
	       last && !parts	? "bench-root"
	       : parts && index ? NULL
				: "other");
	for (i = 1; i <= parts; i++) {
		snprintf(part, sizeof(part), "%s%u", name, i);
		fixture_path(f, path, "%s/%s", dir, part);
		device(f, path, part, minor + i, PART_SECTORS,
		       last && i == parts ? "bench-root" : "other");
		fixture_path(f, path, "%s/%s/start", dir, part);
		snprintf(text, sizeof(text), "%u\n", i * PART_SECTORS);
		fixture_file(f, path, text);
	}
}

/* The same bytes at the same place. Plain files cannot be unbound, so pvroot
 * proves it, tries, and says that it is still there. */
static void twin(struct fixture *f)
{
	const struct image bytes = {
		.whole = 1,
		.part = { { .type = "ext2", .label = "other" } },
	};

	fixture_ahci(f, 1);
	fixture_ata(f, "sda", AHCI, 1, 0, &bytes);
	fixture_remove(f, "/dev/sda");
	assert_int_equal(link("dev/xvda", "dev/sda"), 0);
}

void guest_of_many(struct fixture *f, unsigned int disks, unsigned int parts)
{
	unsigned int i;

	fixture_folder(f, "/sys/class/net");
	listing = fopen("proc/partitions", "w");
	assert_non_null(listing);
	fputs("major minor  #blocks  name\n\n", listing);
	for (i = 0; i < disks; i++)
		pv_disk(f, i, parts, i + 1 == disks);
	fclose(listing);
	twin(f);
}
