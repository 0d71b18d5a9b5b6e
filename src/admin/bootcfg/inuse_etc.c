// SPDX-License-Identifier: GPL-2.0-or-later
/* Which names of devices the configuration in /etc uses: one row for each file,
 * in etc_*.c one function for each format. Reads only. From a line that is not
 * understood any device in it is taken. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "admin/bootcfg/etc.h"
#include "base/text.h"
#include "sys/attr.h"

#define COUNT(a)  (sizeof(a) / sizeof((a)[0]))
#define FILE_SIZE (8 << 20) /* dnsmasq's lists have megabytes */
#define UNITS	  "/etc/systemd/system/"
#define OWN_UNITS "/usr/local/lib/systemd/system/"
#define JOURNALS  "/proc/fs/jbd2"

/* A path that ends in a slash is a folder: the files in it whose names begin
 * and end so are read, and those in a folder NAME.d. */
static const struct config {
	const char *path, *begins, *ends;
	etc_line_fn *read;
} configs[] = {
	/* disks */
	{ "/etc/fstab", "", "", etc_table },
	{ "/etc/fstab.sys", "", "", etc_table }, /* dracut's */
	{ "/etc/crypttab", "", "", etc_table },
	{ "/etc/crypttab.initramfs", "", "", etc_table }, /* mkinitcpio's */
	{ "/etc/veritytab", "", "", etc_words },
	{ "/etc/integritytab", "", "", etc_words },
	{ "/etc/mdadm.conf", "", "", etc_words },
	{ "/etc/mdadm.conf.d/", "", ".conf", etc_words },
	{ "/etc/mdadm/mdadm.conf", "", "", etc_words },
	{ "/etc/mdadm/mdadm.conf.d/", "", ".conf", etc_words },
	{ "/etc/raidtab", "", "", etc_words },
	{ "/etc/lvm/lvm.conf", "", "", etc_lvm_filter },
	{ "/etc/lvm/lvmlocal.conf", "", "", etc_lvm_filter },
	{ "/etc/lvm/devices/", "", ".devices", etc_lvm_devices },
	{ "/etc/multipath/wwids", "", "", etc_wwid },
	{ "/etc/initramfs-tools/initramfs.conf", "", "", etc_initramfs },
	{ "/etc/initramfs-tools/conf.d/", "", "", etc_initramfs },
	{ "/etc/uswsusp.conf", "", "", etc_words },
	{ "/etc/suspend.conf", "", "", etc_words },
	{ "/etc/dracut.conf", "", "", etc_dracut },
	{ "/etc/dracut.conf.d/", "", ".conf", etc_dracut },
	{ "/etc/overlayroot.conf", "", "", etc_service },
	{ "/etc/overlayroot.local.conf", "", "", etc_service },
	{ "/etc/conf.d/dmcrypt", "", "", etc_service }, /* OpenRC's */
	{ "/etc/udev/rules.d/", "", ".rules", etc_udev_rule },
	{ UNITS, "", ".mount", etc_unit },
	{ UNITS, "", ".swap", etc_unit },
	{ UNITS, "", ".service", etc_service },
	{ OWN_UNITS, "", ".mount", etc_unit },
	{ OWN_UNITS, "", ".swap", etc_unit },
	{ OWN_UNITS, "", ".service", etc_service },
	/* the network */
	{ "/etc/network/interfaces", "", "", etc_interfaces },
	{ "/etc/network/interfaces.d/", "", "", etc_interfaces },
	{ "/etc/netplan/", "", ".yaml", etc_netplan },
	{ "/etc/NetworkManager/system-connections/", "", "", etc_match },
	{ "/etc/systemd/network/", "", ".network", etc_match },
	{ "/etc/systemd/network/", "", ".netdev", etc_cards },
	{ "/etc/sysconfig/network-scripts/", "ifcfg-", "", etc_cards },
	{ "/etc/sysconfig/network/", "ifcfg-", "", etc_cards },
	{ "/etc/wicked/ifconfig/", "", ".xml", etc_cards },
	{ "/etc/conf.d/net", "", "", etc_cards },
	{ "/etc/init.d/", "net.", "", etc_nothing }, /* Gentoo */
	{ "/etc/dhcpcd.conf", "", "", etc_cards },
}, services[] = {
	{ "/etc/zfs/zpool.cache", "", "", etc_zpool },
	{ "/etc/drbd.conf", "", "", etc_service },
	{ "/etc/drbd.d/", "", ".res", etc_service },
	{ "/etc/", "auto.", "", etc_service }, /* autofs */
	{ "/etc/auto.master.d/", "", ".autofs", etc_service },
	{ "/etc/tgt/targets.conf", "", "", etc_service },
	{ "/etc/tgt/conf.d/", "", ".conf", etc_service },
	{ "/etc/target/saveconfig.json", "", "", etc_service },
	{ "/etc/rtslib-fb-target/saveconfig.json", "", "", etc_service },
	{ "/etc/iet/ietd.conf", "", "", etc_service },
	{ "/etc/nbd-server/config", "", "", etc_service },
	{ "/etc/nbd-server/conf.d/", "", "", etc_service },
	{ "/etc/libvirt/qemu/", "", ".xml", etc_service },
	{ "/etc/libvirt/storage/", "", ".xml", etc_service },
	{ "/etc/sysconfig/rawdevices", "", "", etc_service },
	{ "/etc/security/pam_mount.conf.xml", "", "", etc_service },
	{ "/etc/kdump.conf", "", "", etc_service },
	{ "/etc/vdoconf.yml", "", "", etc_service },
	{ "/etc/rc.local", "", "", etc_service },
	{ "/etc/rc.d/rc.local", "", "", etc_service },
	{ "/etc/nftables.conf", "", "", etc_card_words },
	{ "/etc/nftables/", "", ".nft", etc_card_words },
	{ "/etc/sysconfig/nftables.conf", "", "", etc_card_words },
	{ "/etc/sysconfig/iptables", "", "", etc_card_words },
	{ "/etc/sysconfig/ip6tables", "", "", etc_card_words },
	{ "/etc/iptables/", "rules.", "", etc_card_words },
	{ "/etc/firewalld/zones/", "", ".xml", etc_card_words },
	{ "/etc/firewalld/direct.xml", "", "", etc_card_words },
	{ "/etc/ufw/", "", ".rules", etc_card_words },
	{ "/etc/shorewall/interfaces", "", "", etc_card_words },
	{ "/etc/dnsmasq.conf", "", "", etc_card_words },
	{ "/etc/dnsmasq.d/", "", "", etc_card_words },
	{ "/etc/default/isc-dhcp-server", "", "", etc_card_words },
	{ "/etc/sysconfig/dhcpd", "", "", etc_card_words },
	{ "/etc/keepalived/keepalived.conf", "", "", etc_card_words },
	{ "/etc/radvd.conf", "", "", etc_card_words },
	{ "/etc/hostapd/hostapd.conf", "", "", etc_card_words },
	{ "/etc/frr/frr.conf", "", "", etc_card_words },
};

/* Makes one line of those that end in a backslash; the newline's place keeps a
 * mark, for the line numbers. */
#define JOINED '\v'

static void join_lines(char *text)
{
	for (; (text = strstr(text, "\\\n")); text += 2) {
		text[0] = ' ';
		text[1] = JOINED;
	}
}

static unsigned int count_joined(char *line)
{
	unsigned int count = 0;

	for (; (line = strchr(line, JOINED)); count++)
		*line = ' ';
	return count;
}

static void cut_comment(char *line)
{
	char *at;

	for (at = line; *at; at++) {
		if (*at == '#' &&
		    (at == line || at[-1] == ' ' || at[-1] == '\t'))
			break;
	}
	while (at > line && (at[-1] == ' ' || at[-1] == '\t' || at[-1] == '\r'))
		at--;
	*at = '\0';
}

/* "/etc/fstab:3"; of a long path only the file. In the image's list a blank
 * ends it. */
static void set_where(struct etc *etc, const char *path, unsigned int number)
{
	const char *base = strrchr(path, '/') + 1;
	char line[16] = "", *at;

	if (number)
		text_format(line, sizeof(line), ":%u", number);
	if (text_format(etc->where, sizeof(etc->where), "%s%s", path, line))
		text_format(etc->where, sizeof(etc->where), "%.40s%s", base,
			    line);
	for (at = etc->where; *at; at++)
		*at = *at == ' ' || *at == '\t' || *at == '\n' ? '_' : *at;
}

static void read_lines(struct etc *etc, const struct config *config,
		       const char *path)
{
	unsigned int number = 0, joined = 0;
	char *line, *text = etc->text;

	if (config->read == etc_udev_rule)
		join_lines(text);
	while ((line = strsep(&text, "\n"))) {
		number += 1 + joined;
		joined = count_joined(line);
		cut_comment(line);
		if (*line == ';' || !*line)
			continue;
		set_where(etc, path, config->read == etc_zpool ? 0 : number);
		if (config->read != etc_netplan)
			line += strspn(line, " \t");
		config->read(etc, line);
	}
}

/* Makes lines of the strings in a file that is not text, each path at the start
 * of one: a length before it may look like a character. */
static void cut_strings(char *text, int len)
{
	int i;

	for (i = 0; i < len; i++) {
		if (text[i] <= ' ' || text[i] >= 0x7f)
			text[i] = '\n';
		else if (i && text_prefix(text + i, "/dev/", NULL))
			text[i - 1] = '\n';
	}
}

static void read_file(struct etc *etc, const struct config *config,
		      const char *path)
{
	int len = etc->text ? sys_read(etc->sys, path, etc->text, FILE_SIZE)
			    : -ENOMEM;

	etc->later = false;
	etc->depth = 0;
	if (len < 0 && len != -ENOENT && len != -ENOTDIR && len != -EISDIR)
		etc->inuse->lost = true;
	if (len > 0 && config->read == etc_zpool)
		cut_strings(etc->text, len);
	if (len > 0)
		read_lines(etc, config, path);
}

/* ifcfg-ens3 and net.ens3 configure ens3, whatever is in them. */
static void add_file_name(struct etc *etc, const char *path, const char *name)
{
	const char *card;

	if (!text_prefix(name, "ifcfg-", &card) &&
	    !text_prefix(name, "net.", &card))
		return;
	set_where(etc, path, 0);
	inuse_add(etc->inuse, etc->where, card, INUSE_NIC);
}

struct folder {
	struct etc *etc;
	const struct config *config;
	const char *path; /* ends in a slash */
	bool dropins;	  /* of one file: each .conf counts */
};

static void read_folder(const struct folder *folder);

/* Backups of editors and package managers are not read by the system. */
static bool is_backup(const char *name)
{
	return name[strlen(name) - 1] == '~' || text_contains(name, ".bak") ||
	       text_contains(name, ".rpm") || text_contains(name, ".dpkg");
}

static bool is_of(const struct config *config, const char *name,
		  const char *more)
{
	char end[32];

	return text_prefix(name, config->begins, NULL) &&
	       !text_format(end, sizeof(end), "%s%s", config->ends, more) &&
	       text_ends_with(name, end);
}

static int read_entry(const char *name, void *ctx)
{
	const struct folder *folder = ctx;
	const struct config *config = folder->config;
	char path[SYS_PATH_SIZE];

	if (is_backup(name) ||
	    text_format(path, sizeof(path), "%s%s", folder->path, name))
		return 0;
	if (folder->dropins) {
		if (text_ends_with(name, ".conf"))
			read_file(folder->etc, config, path);
	} else if (*config->ends && is_of(config, name, ".d") &&
		   !text_format(path, sizeof(path), "%s%s/", folder->path,
				name)) {
		read_folder(
			&(struct folder){ folder->etc, config, path, true });
	} else if (is_of(config, name, "")) {
		add_file_name(folder->etc, path, name);
		read_file(folder->etc, config, path);
	}
	return 0;
}

static void read_folder(const struct folder *folder)
{
	struct folder copy = *folder;
	int err = sys_list(folder->etc->sys, folder->path, read_entry, &copy);

	if (err && err != -ENOENT && err != -ENOTDIR)
		folder->etc->inuse->lost = true;
}

static void read_all(struct etc *etc, const struct config *config, size_t count)
{
	for (; count--; config++) {
		const struct folder folder = { etc, config, config->path,
					       false };

		if (text_ends_with(config->path, "/"))
			read_folder(&folder);
		else
			read_file(etc, config, config->path);
	}
}

/* "sdb1", where it is the journal of a file system on another device: one in
 * the file system itself is called "sda1-8". Its number is in the superblock.
 */
static int read_journal(const char *name, void *ctx)
{
	struct etc *etc = ctx;
	char number[16], path[32];

	if (attr_read(etc->sys, number, sizeof(number),
		      "/sys/class/block/%s/dev", name) <= 0 ||
	    text_format(path, sizeof(path), "/dev/block/%s", number))
		return 0;
	inuse_add(etc->inuse, JOURNALS, path, INUSE_BOOT);
	return 0;
}

void inuse_add_etc(struct inuse *inuse, const struct sys *sys)
{
	struct etc etc = { .inuse = inuse,
			   .sys = sys,
			   .text = malloc(FILE_SIZE) };

	read_all(&etc, configs, COUNT(configs));
	read_all(&etc, services, COUNT(services));
	sys_list(sys, JOURNALS, read_journal, &etc);
	free(etc.text);
}

bool etc_is_service(const char *where)
{
	const char *rest;
	size_t i;

	for (i = 0; i < COUNT(services); i++) {
		if (text_prefix(where, services[i].path, &rest) &&
		    (rest[-1] == '/' || !*rest || *rest == ':') &&
		    (rest[-1] != '/' ||
		     text_prefix(rest, services[i].begins, NULL)))
			return true;
	}
	return text_ends_with(where, ".service") ||
	       text_contains(where, ".service:");
}
