// SPDX-License-Identifier: GPL-2.0-or-later
/* Which device a name may mean. Reads sysfs. */
#include <stdint.h>
#include <string.h>
#include <sys/sysmacros.h>

#include "base/text.h"
#include "dev/link_form.h"
#include "dev/links.h"
#include "find/inuse.h"
#include "sys/attr.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static bool is_letter(char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* Names below /dev/ that never mean an emulated disk: those that go by content,
 * those of devices on top of others, and those that no emulated disk ever has.
 * After a word that ends in a letter only digits may follow; after xvd, vd and
 * tty anything. */
static const char *const harmless[] = {
	"disk/by-label/",
	"disk/by-uuid/",
	"disk/by-partlabel/",
	"disk/by-partuuid/",
	"disk/by-id/dm-",
	"disk/by-id/md-",
	"disk/by-id/lvm-",
	"disk/by-id/virtio-",
	"disk/by-id/usb-",
	"mapper/",
	"md/",
	"md",
	"dm-",
	"xvd",
	"vd",
	"nfs",
	"ram",
	"loop",
	"sr",
	"scd",
	"cdrom",
	"cdrw",
	"cdwriter",
	"dvd",
	"dvdrw",
	"fd",
	"floppy",
	"root",
	"null",
	"zero",
	"random",
	"urandom",
	"hwrng",
	"tty",
	"console",
	"hvc",
	"pts",
	"shm",
	"mem",
	"kmsg",
	"zvol/",
	"bcache",
	"drbd",
	"nbd",
	"rbd",
	"mmcblk",
	"st",
	"nst",
	"net/",
	"rtc",
	"watchdog",
	"hugepages",
	"mqueue",
	"zram",
};

static bool is_harmless(const char *rest)
{
	static const char *const open_ended[] = { "xvd", "vd", "tty" };
	const char *at;
	size_t i, k;

	for (i = 0; i < COUNT(harmless); i++) {
		if (!text_prefix(rest, harmless[i], &at))
			continue;
		if (!*at || !is_letter(at[-1]) || !is_letter(*at))
			return true;
		for (k = 0; k < COUNT(open_ended); k++) {
			if (!strcmp(harmless[i], open_ended[k]))
				return true;
		}
	}
	return false;
}

static bool is_alnum(char c)
{
	return (c >= '0' && c <= '9') || is_letter(c);
}

/* "sda", "sda2" and "sda[12]" of sda, not "sdaa"; and patterns that a shell or
 * a regular expression may match with it: "sd*", "sd[ab]1", "sd.*". */
static bool is_kernel_name(const char *rest, const char *disk)
{
	size_t len = strlen(disk), literal = strcspn(rest, "*?[.(\\");
	const char *at;

	if (rest[literal] && literal && literal < len &&
	    !strncmp(rest, disk, literal))
		return true;
	if (!text_prefix(rest, disk, &at))
		return false;
	if (len && disk[len - 1] >= '0' && disk[len - 1] <= '9' && *at == 'p')
		at++;
	while (*at >= '0' && *at <= '9')
		at++;
	return !is_alnum(*at);
}

bool inuse_is_kernel_name(const struct inuse_name *use, const struct disk *disk,
			  unsigned int *part)
{
	bool word = strchr(use->where, '='); /* of the command line */
	char digits[12];
	const char *at;
	uint64_t number = 0;
	size_t len = strlen(disk->name);

	if (!len || !strcmp(use->where, "md=") ||
	    !text_prefix(use->name, "/dev/", &at) ||
	    !text_prefix(at, disk->name, &at))
		return false;
	if (*at == 'p' && is_alnum(disk->name[len - 1]) &&
	    !is_letter(disk->name[len - 1]))
		at++;
	len = strspn(at, "0123456789");
	if (len >= sizeof(digits))
		return false;
	memcpy(digits, at, len);
	digits[len] = '\0';
	if (len && text_u64(digits, 10, UINT32_MAX, &number))
		return false;
	*part = (unsigned int)number;
	/* device=/dev/sda2,device=…; cryptdevice=/dev/sda2:root */
	return !at[len] || at[len] == ',' || (word && at[len] == ':');
}

/* sd*, hd*, nvme*: the name of another disk, since this disk's own names were
 * looked for before. */
static bool is_others_name(const char *rest)
{
	return text_prefix(rest, "sd", NULL) || text_prefix(rest, "hd", NULL) ||
	       text_prefix(rest, "nvme", NULL);
}

/* "8:1", up to any other character. */
static bool means_number(const struct sys *sys, const char *text,
			 const struct disk *disk)
{
	char part[2][12];
	uint64_t major, minor;
	unsigned int number;
	size_t i, len;

	for (i = 0; i < 2; i++) {
		len = strspn(text, "0123456789");
		if (len >= sizeof(part[i]))
			return true;
		memcpy(part[i], text, len);
		part[i][len] = '\0';
		text += len + !i;
	}
	if (text_u64(part[0], 10, 0xfff, &major) ||
	    text_u64(part[1], 10, 0xfffff, &minor))
		return true;
	return disk_has_number(
		sys, disk->name,
		makedev((unsigned int)major, (unsigned int)minor), &number);
}

/* udev's links of a twin lead to the PV disk once it is gone. Its by-path links
 * contain the address of its controller. Of a disk that has not appeared yet
 * only that address is known. */
static bool means_link(const struct sys *sys, const char *rest,
		       const struct disk *disk)
{
	struct links links;
	const char *path;
	bool by_path = text_prefix(rest, "disk/by-path/", &path);

	if (by_path && !text_contains(path, disk->place.pci))
		return false;
	if (disk->kept)
		return true;
	if (link_is_by_content(rest))
		return disk->name[0] && links_read(sys, disk, &links);
	if (!disk->name[0])
		return !link_is_certain(rest);
	return !link_has_form(rest) || links_read(sys, disk, &links) ||
	       (!by_path && !links.identified);
}

bool inuse_means_disk(const struct sys *sys, const char *name,
		      const struct disk *disk)
{
	const char *rest = name, *number;

	if (!text_prefix(name, "/dev/", &rest))
		return is_kernel_name(name, disk->name);
	if (text_contains(rest, "../"))
		return true;
	/* "/dev/" alone, or before a pattern that matches everything. */
	if (!*rest || *rest == '*' || *rest == '.' || is_harmless(rest))
		return false;
	if (text_prefix(rest, "block/", &number))
		return means_number(sys, number, disk);
	if (text_prefix(rest, "disk/", NULL))
		return means_link(sys, rest, disk);
	if (is_kernel_name(rest, disk->name))
		return true;
	/* /dev/VG/LV is LVM's; any other name may be a link to anything. */
	return !is_others_name(rest) && !strchr(rest, '/');
}

/* A pattern of a kernel's name ("^/dev/sd", not "/dev/disk/by-id/ata-") matches
 * no link of udev's. */
static bool is_of_kernel_names(const char *pattern)
{
	const char *rest = pattern + (*pattern == '^');

	return text_prefix(rest, "/dev/", &rest) && is_alnum(*rest) &&
	       !text_prefix(rest, "disk", NULL);
}

/* May the pattern match this path? The part before its first special character
 * decides; one that does not begin with /dev/ may match anything. */
static bool may_match(const char *pattern, const char *path)
{
	size_t len;

	if (!is_of_kernel_names(pattern))
		return true;
	pattern += *pattern == '^';
	len = strcspn(pattern, "*?[.(\\|$+{");
	return !strncmp(pattern, path, len);
}

bool inuse_follows(const struct inuse *inuse, const struct inuse_name *use)
{
	unsigned int i;

	if (use->kind != INUSE_LATER)
		return use->kind == INUSE_BOOT;
	for (i = 0; i < inuse->count; i++) {
		if (inuse->at[i].kind == INUSE_REJECT &&
		    may_match(inuse->at[i].name, use->name))
			return false;
	}
	return true;
}

bool inuse_rejects_links(const struct inuse *inuse)
{
	unsigned int i;

	for (i = 0; i < inuse->count; i++) {
		if (inuse->at[i].kind == INUSE_REJECT &&
		    !is_of_kernel_names(inuse->at[i].name))
			return true;
	}
	return false;
}

/* What udev calls an emulated disk, and never a PV one. */
static bool is_emulated_link(const char *rest)
{
	static const char *const prefixes[] = {
		"disk/by-path/pci-", "disk/by-id/ata-",	 "disk/by-id/scsi-",
		"disk/by-id/wwn-",   "disk/by-id/nvme-",
	};
	size_t i;

	for (i = 0; i < COUNT(prefixes); i++) {
		if (text_prefix(rest, prefixes[i], NULL))
			return true;
	}
	return false;
}

bool inuse_may_mean_pv(const char *name)
{
	const char *rest = name;

	if (!text_prefix(name, "/dev/", &rest))
		return !is_others_name(name);
	if (text_contains(rest, "../") || text_prefix(rest, "xvd", NULL))
		return true;
	if (text_prefix(rest, "block/", NULL) ||
	    text_prefix(rest, "disk/", NULL))
		return !is_harmless(rest) && !is_emulated_link(rest);
	return !is_others_name(rest) && !is_harmless(rest) &&
	       !strchr(rest, '/');
}

/* eth0: what a kernel calls a card before anybody renames it. */
static bool is_kernel_card(const char *name)
{
	const char *digits;

	return text_prefix(name, "eth", &digits) && *digits >= '0' &&
	       *digits <= '9';
}

/* Names of cards that software makes: an emulated card never has one. */
static bool is_software_card(const char *name)
{
	static const char *const prefixes[] = {
		"lo",	      "br",	"bond", "team", "vlan", "dummy",
		"tun",	      "tap",	"wg",	"wl",	"ww",	"vir",
		"vnet",	      "docker", "ppp",	"veth", "sit",	"macv",
		"gre",	      "ipv",	"ovs",	"enX",	"dhcp", "auto",
		"on",	      "off",	"any",	"none", "ibft", "either6",
		"link-local", "both",
	};
	size_t i;

	for (i = 0; i < COUNT(prefixes); i++) {
		if (text_prefix(name, prefixes[i], NULL))
			return true;
	}
	return false;
}

bool inuse_means_nic(const struct sys *sys, const char *name,
		     const struct nic *nic, const struct nic *vif)
{
	char base[INUSE_NAME], *colon;
	size_t literal;

	/* ens3.100 and ens3:0 stand on ens3. */
	text_copy(base, sizeof(base), name);
	colon = base + strcspn(base, ".:@");
	*colon = '\0';
	if (!strcmp(base, nic->name))
		return true;
	/* udev 250 and later may call a vif eth0 enX0, older ones do not: "en*"
	 * then takes the emulated card alone. */
	literal = strcspn(base, "*?[");
	if (base[literal])
		return strncmp(base, vif->name, literal);
	if (!is_kernel_card(nic->name) || is_kernel_card(base) ||
	    is_software_card(base))
		return false;
	return !attr_exists(sys, "/sys/class/net/%s", base);
}
