// SPDX-License-Identifier: GPL-2.0-or-later
/* Makes a root for `pvroot --root DIR boot`: /proc, /sys and /dev of a Xen HVM
 * guest with many PV disks, all of plain files. The first disk has an emulated
 * twin, sda behind an AHCI controller. Touches DIR only.
 *
 *   fixture DIR DISKS PARTS   PARTS on each disk (0: whole disks); the last
 *                             partition of all carries LABEL=bench-root */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH_SIZE 256
#define DISK_SIZE (16 << 20)
#define PART_SIZE (1 << 20)
#define PCI	  "devices/pci0000:00/0000:00:05.0"
#define SDA	  PCI "/ata1/host0/target0:0:0/0:0:0:0/block/sda"

static void die(const char *path) __attribute__((noreturn));

static void die(const char *path)
{
	fprintf(stderr, "fixture: %s: %s\n", path, strerror(errno));
	exit(1);
}

/* Returns a formatted path, valid for the next three calls. */
static const char *at(const char *fmt, ...)
	__attribute__((format(printf, 1, 2)));

static const char *at(const char *fmt, ...)
{
	static char paths[4][PATH_SIZE];
	static unsigned int turn;
	char *path = paths[turn++ % 4];
	va_list args;

	va_start(args, fmt);
	if (vsnprintf(path, PATH_SIZE, fmt, args) >= PATH_SIZE) {
		errno = ENAMETOOLONG;
		die(fmt);
	}
	va_end(args);
	return path;
}

/* Makes every folder above the last part of the path. */
static void make_folders(const char *path)
{
	char part[PATH_SIZE];
	char *slash = part;

	snprintf(part, sizeof(part), "%s", path);
	while ((slash = strchr(slash + 1, '/'))) {
		*slash = '\0';
		if (mkdir(part, 0755) && errno != EEXIST)
			die(part);
		*slash = '/';
	}
}

static void folder(const char *path)
{
	make_folders(path);
	if (mkdir(path, 0755) && errno != EEXIST)
		die(path);
}

static void file(const char *path, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

static void file(const char *path, const char *fmt, ...)
{
	va_list args;
	FILE *f;

	make_folders(path);
	f = fopen(path, "w");
	if (!f)
		die(path);
	va_start(args, fmt);
	vfprintf(f, fmt, args);
	va_end(args);
	if (fclose(f))
		die(path);
}

static void link_to(const char *target, const char *path)
{
	make_folders(path);
	if (symlink(target, path))
		die(path);
}

/* An ext2 superblock with the fields that a probe reads (ext2_fs.h): blocks at
 * 4, magic at 56, UUID at 104, label at 120. */
static void write_ext(FILE *f, const char *label, unsigned int number)
{
	unsigned char super[1024] = { 0 };

	super[4] = 0xff;
	super[56] = 0x53;
	super[57] = 0xef;
	memcpy(super + 104, &number, sizeof(number));
	memcpy(super + 120, label, strlen(label));
	fseek(f, 1024, SEEK_SET);
	fwrite(super, sizeof(super), 1, f);
}

/* A sparse disk or partition; number 0 has no file system. */
static void device(const char *name, long size, const char *label,
		   unsigned int number)
{
	const char *path = at("dev/%s", name);
	FILE *f = fopen(path, "w");

	if (!f)
		die(path);
	if (number)
		write_ext(f, label, number);
	if (fflush(f) || ftruncate(fileno(f), size))
		die(path);
	fclose(f);
}

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

static void sys_device(const char *in, unsigned int minor, long size)
{
	file(at("%s/dev", in), "202:%u\n", minor);
	file(at("%s/size", in), "%ld\n", size / 512);
}

static void partition(FILE *listing, const char *disk, const char *in,
		      unsigned int minor, unsigned int number, int wanted)
{
	const char *name = at("%s%u", disk, number);
	char path[PATH_SIZE];

	strcpy(path, at("%s/%s", in, name));
	fprintf(listing, " 202 %8u %10d %s\n", minor, PART_SIZE / 1024, name);
	device(name, PART_SIZE, wanted ? "bench-root" : "other", minor + 1);
	sys_device(path, minor, PART_SIZE);
	file(at("%s/start", path), "%u\n", number * 2048);
}

static void pv_disk(FILE *listing, unsigned int index, unsigned int parts,
		    int last)
{
	unsigned int vbd = (1u << 28) + index * 256, minor = index * 256, i;
	char name[16], path[PATH_SIZE];

	disk_name(name, index);
	folder(at("sys/bus/xen/devices/vbd-%u/driver", vbd));
	link_to(at("../devices/vbd-%u/block/%s", vbd, name),
		at("sys/block/%s", name));
	strcpy(path, at("sys/devices/vbd-%u/block/%s", vbd, name));
	folder(path);
	sys_device(path, minor, DISK_SIZE);
	device(name, DISK_SIZE, last && !parts ? "bench-root" : "other",
	       parts && index ? 0 : minor + 1);
	fprintf(listing, " 202 %8u %10d %s\n", minor, DISK_SIZE / 1024, name);
	for (i = 1; i <= parts; i++)
		partition(listing, name, path, minor + i, i,
			  last && i == parts);
}

/* The twin of the first disk: same place, same bytes. Plain files cannot be
 * unbound, so pvroot proves it, tries to unbind it, and logs that it is still
 * there. */
static void twin(int whole, int last)
{
	file("sys/" PCI "/vendor", "0x8086\n");
	file("sys/" PCI "/device", "0x2922\n");
	file("sys/" PCI "/subsystem_vendor", "0x1af4\n");
	file("sys/" PCI "/subsystem_device", "0x1100\n");
	file("sys/" PCI "/driver_override", "(null)\n");
	file("sys/" PCI "/driver/unbind", "%s", "");
	folder("sys/bus/scsi/devices");
	folder("sys/bus/pci/devices");
	link_to("../../../" PCI, "sys/bus/pci/devices/0000:00:05.0");
	folder("sys/" SDA);
	sys_device("sys/" SDA, 0, DISK_SIZE);
	link_to("../" SDA, "sys/block/sda");
	device("sda", DISK_SIZE, whole && last ? "bench-root" : "other", 1);
}

int main(int argc, char **argv)
{
	unsigned int disks, parts, i;
	FILE *listing;

	if (argc != 4 || !(disks = (unsigned int)atoi(argv[2]))) {
		fprintf(stderr, "usage: fixture DIR DISKS PARTS\n");
		return 2;
	}
	parts = (unsigned int)atoi(argv[3]);
	folder(argv[1]);
	if (chdir(argv[1]))
		die(argv[1]);
	folder("dev");
	folder("run");
	folder("sys/class/net");
	file("dev/kmsg", "%s", "");
	file("proc/cmdline", "ro root=LABEL=bench-root\n");
	file("sys/hypervisor/type", "xen\n");
	file("sys/hypervisor/guest_type", "HVM\n");
	listing = fopen("proc/partitions", "w");
	if (!listing)
		die("proc/partitions");
	fputs("major minor  #blocks  name\n\n", listing);
	for (i = 0; i < disks; i++)
		pv_disk(listing, i, parts, i + 1 == disks);
	twin(!parts, disks == 1);
	return fclose(listing) ? 1 : 0;
}
