// SPDX-License-Identifier: GPL-2.0-or-later
/* The whole disks that the kernel shows, and their partitions: sysfs only, no
 * device is opened. */
#include "dev/disk.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sysmacros.h>

#include "base/array.h"
#include "base/text.h"
#include "sys/attr.h"

/* Disks with these names are never PV or emulated ones: their link is not
 * read. */
static bool is_virtual(const char *name)
{
	static const char *const prefixes[] = { "loop", "ram", "dm-", "md",
						"zram", "nbd", "fd" };
	size_t i;

	for (i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
		if (text_prefix(name, prefixes[i], NULL))
			return true;
	}
	return false;
}

/* Where the file cannot be read, the drive counts as a CD-ROM, so that it
 * stays. */
static bool ide_is_cdrom(const struct sys *sys, const char *name)
{
	char media[16];

	return attr_read(sys, media, sizeof(media), "/proc/ide/%s/media",
			 name) != -ENOENT &&
	       strcmp(media, "disk");
}

/* sysfs has the attribute nsid since Linux 4.5. Where the namespace is not
 * known, the place is not known either. The controller still is, so that it is
 * not unbound while this disk is on it. */
static void read_namespace(const struct sys *sys, const char *name,
			   struct place *place)
{
	uint64_t nsid;

	if (attr_number(sys, &nsid, "/sys/block/%s/nsid", name) || !nsid ||
	    nsid > INT32_MAX)
		place->kind = PLACE_OTHER;
	else
		place->unit = (unsigned int)nsid - 1;
}

/* With NVMe multipath (Linux 4.15) a disk is below no controller. Each path to
 * it is a hidden disk below one: "nvme0c1n2" is a path to "nvme0n2". Sets head
 * to the name of the disk that this is a path to. */
static bool is_nvme_path(const char *name, char head[DISK_NAME_SIZE])
{
	const char *c = strchr(name, 'c');
	const char *n = c ? strchr(c, 'n') : NULL;

	return n && text_prefix(name, "nvme", NULL) &&
	       !text_format(head, DISK_NAME_SIZE, "%.*s%s", (int)(c - name),
			    name, n);
}

struct nvme_paths {
	const char *head;
	char name[DISK_NAME_SIZE]; /* the last one that was found */
	unsigned int count;
};

static int count_path(const char *name, void *ctx)
{
	struct nvme_paths *paths = ctx;
	char head[DISK_NAME_SIZE];

	if (is_nvme_path(name, head) && !strcmp(head, paths->head)) {
		text_copy(paths->name, sizeof(paths->name), name);
		paths->count++;
	}
	return 0;
}

/* Is there exactly one path to this disk? Where there are more, it stays when
 * one of their controllers goes, so it has no place. */
static bool has_one_path(const struct sys *sys, struct nvme_paths *paths)
{
	return !sys_list(sys, "/sys/block", count_path, paths) &&
	       paths->count == 1;
}

/* Such a path is left out of the list, since its disk is in it. */
static bool is_only_path(const struct sys *sys, const char *name)
{
	char head[DISK_NAME_SIZE];
	struct nvme_paths paths = { .head = head };

	return is_nvme_path(name, head) &&
	       attr_exists(sys, "/sys/block/%s", head) &&
	       has_one_path(sys, &paths);
}

/* Modern sysfs has a link for the disk itself, an old one for its device. */
static int read_place(const struct sys *sys, const char *name,
		      struct place *place)
{
	struct nvme_paths paths = { .head = name };
	char link[SYS_PATH_SIZE];
	int len = attr_link(sys, link, sizeof(link), "/sys/block/%s", name);

	if (len == -EINVAL)
		len = attr_link(sys, link, sizeof(link), "/sys/block/%s/device",
				name);
	if (len < 0)
		return len;
	if (text_contains(link, "/nvme-subsystem/") &&
	    has_one_path(sys, &paths) &&
	    attr_link(sys, link, sizeof(link), "/sys/block/%s", paths.name) < 0)
		return -ENOENT;
	*place = place_parse(link, name);
	if (place->kind == PLACE_NVME)
		read_namespace(sys, name, place);
	return 0;
}

bool disk_is_gone(const struct sys *sys, const struct disk *disk)
{
	struct place place;
	int err = read_place(sys, disk->name, &place);

	return err == -ENOENT ||
	       (!err && memcmp(&place, &disk->place, sizeof(place)) != 0);
}

static int find_among(const struct disks *disks, unsigned int count,
		      const char *name)
{
	unsigned int i;

	for (i = 0; i < count; i++) {
		if (!strcmp(disks->at[i].name, name))
			return (int)i;
	}
	return -1;
}

struct scan {
	struct disks *disks;
	const struct sys *sys;
	unsigned int known; /* before this scan; one directory has no name
			       twice, so that only these are searched */
};

static int add_disk(const char *name, void *ctx)
{
	struct scan *scan = ctx;
	struct disks *disks = scan->disks;
	struct disk *disk;
	int err;

	if (is_virtual(name) || strlen(name) >= DISK_NAME_SIZE ||
	    find_among(disks, scan->known, name) >= 0 ||
	    is_only_path(scan->sys, name))
		return 0;
	if (array_grow(&disks->at, disks->count, &disks->room, sizeof(*disk)))
		return -ENOMEM;
	disk = &disks->at[disks->count];
	/* A disk that went away between readdir and readlink is left out. */
	err = read_place(scan->sys, name, &disk->place);
	if (err)
		return err == -ENOMEM ? err : 0;
	text_copy(disk->name, sizeof(disk->name), name);
	disk->twin_of = -1;
	if (disk->place.kind == PLACE_VBD)
		disk->vdev = vdev_decode(disk->place.vbd);
	disk->cdrom = text_prefix(name, "sr", NULL) ||
		      text_prefix(name, "scd", NULL) ||
		      (disk->place.kind == PLACE_IDE &&
		       ide_is_cdrom(scan->sys, name));
	disks->count++;
	return 0;
}

int disks_scan(struct disks *disks, const struct sys *sys)
{
	struct scan scan = { disks, sys, disks->count };
	int err = sys_list(sys, "/sys/block", add_disk, &scan);

	if (err)
		disks_free(disks);
	return err;
}

void disks_free(struct disks *disks)
{
	free(disks->at);
	memset(disks, 0, sizeof(*disks));
}

int disks_find(const struct disks *disks, const char *name)
{
	return find_among(disks, disks->count, name);
}

bool disks_have_pv(const struct disks *disks)
{
	unsigned int i;

	for (i = 0; i < disks->count; i++) {
		if (disk_is_pv(&disks->at[i]))
			return true;
	}
	return false;
}

int disk_sectors(const struct sys *sys, const char *name, uint64_t *sectors)
{
	return attr_number(sys, sectors, "/sys/block/%s/size", name);
}

dev_t disk_number(const struct sys *sys, const char *disk, const char *part)
{
	uint64_t major, minor;
	char text[32], *colon;

	if (attr_read(sys, text, sizeof(text), "/sys/block/%s%s%s/dev", disk,
		      part ? "/" : "", part ? part : "") < 0)
		return 0;
	colon = strchr(text, ':');
	if (!colon)
		return 0;
	*colon++ = '\0';
	if (text_u64(text, 10, 0xfff, &major) ||
	    text_u64(colon, 10, 0xfffff, &minor))
		return 0;
	return makedev((unsigned int)major, (unsigned int)minor);
}

struct part_scan {
	struct partitions *parts;
	const char *disk;
};

/* "xvda1" of "xvda", "nvme0n1p1" of "nvme0n1". */
static int add_partition(const char *name, void *ctx)
{
	struct part_scan *scan = ctx;
	struct partitions *parts = scan->parts;
	struct partition *part;
	const char *digits;
	uint64_t number;

	if (!text_prefix(name, scan->disk, &digits))
		return 0;
	if (*digits == 'p')
		digits++;
	if (text_u64(digits, 10, 0xffff, &number) || !number ||
	    strlen(name) >= DISK_NAME_SIZE)
		return 0;
	if (array_grow(&parts->at, parts->count, &parts->room, sizeof(*part)))
		return -ENOMEM;
	/* Insertion sort by number: the kernel's list is nearly in order
	 * already. */
	part = &parts->at[parts->count++];
	for (; part > parts->at && part[-1].number > number; part--)
		part[0] = part[-1];
	text_copy(part->name, sizeof(part->name), name);
	part->number = (unsigned int)number;
	return 0;
}

int partitions_scan(struct partitions *parts, const struct sys *sys,
		    const char *disk)
{
	struct part_scan scan = { parts, disk };
	char path[SYS_PATH_SIZE];
	int err;

	memset(parts, 0, sizeof(*parts));
	if (text_format(path, sizeof(path), "/sys/block/%s", disk))
		return -ENAMETOOLONG;
	err = sys_list(sys, path, add_partition, &scan);
	if (err) {
		partitions_free(parts);
		return err;
	}
	return 0;
}

void partitions_free(struct partitions *parts)
{
	free(parts->at);
	memset(parts, 0, sizeof(*parts));
}

int partition_start(const struct sys *sys, const char *disk, const char *part,
		    uint64_t *start)
{
	return attr_number(sys, start, "/sys/block/%s/%s/start", disk, part);
}

void disk_part_name(char out[DISK_NAME_SIZE], const char *disk,
		    unsigned int part)
{
	char last = disk[0] ? disk[strlen(disk) - 1] : '\0';
	const char *p = last >= '0' && last <= '9' ? "p" : "";

	if (part)
		text_format(out, DISK_NAME_SIZE, "%s%s%u", disk, p, part);
	else
		text_copy(out, DISK_NAME_SIZE, disk);
}

bool disk_has_number(const struct sys *sys, const char *disk, dev_t number,
		     unsigned int *part)
{
	struct partitions parts;
	bool found = disk_number(sys, disk, NULL) == number;
	unsigned int i;

	*part = 0;
	if (found || partitions_scan(&parts, sys, disk))
		return found;
	for (i = 0; !found && i < parts.count; i++) {
		found = disk_number(sys, disk, parts.at[i].name) == number;
		*part = parts.at[i].number;
	}
	partitions_free(&parts);
	return found;
}

int partition_disk(const struct sys *sys, const char *part,
		   char disk[DISK_NAME_SIZE])
{
	char link[SYS_PATH_SIZE], *end, *start;
	int len =
		attr_link(sys, link, sizeof(link), "/sys/class/block/%s", part);

	if (len < 0)
		return len;
	end = strrchr(link, '/');
	if (end)
		*end = '\0';
	start = end ? strrchr(link, '/') : NULL;
	return start ? text_copy(disk, DISK_NAME_SIZE, start + 1) : -EINVAL;
}
