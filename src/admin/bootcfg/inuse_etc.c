// SPDX-License-Identifier: GPL-2.0-or-later
/* Which names of devices the configuration in /etc uses: one row for each file,
 * one function for each format. Reads only. From a line that is not understood
 * any device in it is taken. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "find/inuse.h"

#define COUNT(a)  (sizeof(a) / sizeof((a)[0]))
#define FILE_SIZE (256 * 1024) /* lvm.conf with its comments has 100 KB */

struct reader {
	struct inuse *inuse;
	const struct sys *sys;
	const char *path;
	char where[INUSE_WHERE];
	bool later;	    /* no boot needs what this line names */
	unsigned int depth; /* inside brackets (LVM); the indent below
			       ethernets: (netplan) */
};

/* Cuts the next word off *at; NULL at the end. */
static char *cut_word(char **at, const char *ends)
{
	char *word;

	while ((word = strsep(at, ends))) {
		if (*word)
			return word;
	}
	return NULL;
}

static void add_devices(struct reader *r, char *word)
{
	const char *at;

	for (at = word; *at; at++) {
		if ((at != word && !strchr("=:,|^\"", at[-1])) ||
		    !text_prefix(at, "/dev/", NULL))
			continue;
		inuse_add(r->inuse, r->where, at,
			  r->later ? INUSE_LATER : INUSE_BOOT);
	}
}

static void read_words(struct reader *r, char *line)
{
	char *word;

	while ((word = cut_word(&line, " \t")))
		add_devices(r, word);
}

/* LVM's list: "IDTYPE=devname IDNAME=/dev/sda2 DEVNAME=/dev/sda2 PVID=…". A
 * device that is known by anything but its name (sys_wwid) is lost where it is
 * another device, so no link of that name will do. */
static void read_lvm_devices(struct reader *r, char *line)
{
	char name[INUSE_NAME], *word, *type = NULL;
	const char *at;

	while ((word = cut_word(&line, " \t"))) {
		if (text_prefix(word, "IDTYPE=", &at))
			type = strcmp(at, "devname") ? word + 7 : NULL;
		else if (!type)
			add_devices(r, word);
		else if (text_prefix(word, "DEVNAME=", &at) &&
			 !text_format(name, sizeof(name), "%s:%s", at, type))
			inuse_add(r->inuse, r->where, name, INUSE_BOOT);
	}
}

static bool is_optional(const char *options)
{
	char copy[256], *rest = copy, *option;

	if (text_copy(copy, sizeof(copy), options))
		return false;
	while ((option = strsep(&rest, ","))) {
		if (!strcmp(option, "noauto") || !strcmp(option, "nofail"))
			return true;
	}
	return false;
}

/* fstab and crypttab: the options are the fourth field. What a boot does not
 * need (noauto, nofail) does not keep a twin. */
static void read_table(struct reader *r, char *line)
{
	char *field[4] = { NULL }, *rest = line;
	size_t i;

	for (i = 0; i < COUNT(field); i++)
		field[i] = cut_word(&rest, " \t");
	r->later = field[3] && is_optional(field[3]);
	for (i = 0; i < COUNT(field) && field[i]; i++)
		add_devices(r, field[i]);
}

/* "|^/dev/sda|", without the r before it. One that rejects everything says
 * nothing: who is accepted before it is. */
static void add_reject(struct reader *r, char *word)
{
	size_t len = strlen(word);

	if (len < 3 || !strcmp(word + 1, ".*"))
		return;
	word[len - 1] = '\0';
	if (strcmp(word + 1, ".*") != 0)
		inuse_add(r->inuse, r->where, word + 1, INUSE_REJECT);
}

/* filter = [ "a|^/dev/sda|", "r|.*|" ]: a device that the filter rejects is not
 * in use. */
static void read_filter(struct reader *r, char *line)
{
	const char *filter = strstr(line, "filter");
	char *word;

	if (!r->depth && (!filter || !strchr(filter, '=')))
		return;
	r->depth = !strchr(line, ']');
	strsep(&line, "\"");
	while ((word = strsep(&line, "\""))) {
		if (*word == 'r')
			add_reject(r, word + 1);
		else
			add_devices(r, word);
		strsep(&line, "\"");
	}
}

static void read_what(struct reader *r, char *line)
{
	const char *value;

	if (text_prefix(line, "What=", &value))
		add_devices(r, line + (value - line));
}

/* eth0, ens3, enp0s3, eno1, enx0016…, em1, p1p1. */
static bool is_card(const char *word)
{
	static const char *const prefixes[] = { "eth", "em",  "enp", "ens",
						"eno", "enx", "enX", "enP",
						"enc", "env" };
	const char *at;
	size_t i;

	if (strlen(word) >= NIC_NAME_SIZE)
		return false;
	for (i = 0; i < COUNT(prefixes); i++) {
		if (text_prefix(word, prefixes[i], &at) &&
		    strpbrk(at, "0123456789"))
			return true;
	}
	return word[0] == 'p' && word[1] >= '0' && word[1] <= '9' &&
	       strchr(word + 2, 'p');
}

/* How many words after this one are names of cards, whatever they look like? */
static unsigned int cards_behind(const char *word)
{
	static const struct {
		const char *word;
		unsigned int count;
	} words[] = {
		{ "iface", 1 },		 { "auto", 99 },
		{ "bridge_ports", 99 },	 { "bond-slaves", 99 },
		{ "interface-name", 1 }, { "Name", 99 },
		{ "DEVICE", 1 },	 { "interface", 1 },
	};
	size_t i;

	for (i = 0; i < COUNT(words); i++) {
		if (!strcmp(word, words[i].word))
			return words[i].count;
	}
	return text_prefix(word, "allow-", NULL) ? 99 : 0;
}

static void read_cards(struct reader *r, char *line)
{
	unsigned int left = 0;
	char *word;

	while ((word = cut_word(&line, " \t=,;\"'{}/()"))) {
		if (left || is_card(word))
			inuse_add(r->inuse, r->where, word, INUSE_NIC);
		left -= left > 0;
		if (!left)
			left = cards_behind(word);
	}
}

/* netplan: the keys directly below ethernets: are names, or ids with a
 * match:. */
static void read_netplan(struct reader *r, char *line)
{
	unsigned int indent = (unsigned int)strspn(line, " ");
	char *key = line + indent;
	size_t len = strlen(key);

	if (!strcmp(key, "ethernets:")) {
		r->depth = 1;
	} else if (r->depth && len > 1 && key[len - 1] == ':') {
		if (r->depth == 1)
			r->depth = indent + 1;
		if (indent + 1 < r->depth)
			r->depth = 0;
		if (indent + 1 == r->depth) {
			key[len - 1] = '\0';
			inuse_add(r->inuse, r->where, key, INUSE_NIC);
			return;
		}
	}
	while ((key = cut_word(&line, " :,\"'[]{}-"))) {
		if (is_card(key))
			inuse_add(r->inuse, r->where, key, INUSE_NIC);
	}
}

/* A path that ends in a slash is a folder: the files in it whose names begin
 * and end so are read. */
static const struct config {
	const char *path, *begins, *ends;
	void (*read)(struct reader *r, char *line);
} configs[] = {
	{ "/etc/fstab", "", "", read_table },
	{ "/etc/crypttab", "", "", read_table },
	{ "/etc/mdadm.conf", "", "", read_words },
	{ "/etc/mdadm/mdadm.conf", "", "", read_words },
	{ "/etc/raidtab", "", "", read_words },
	{ "/etc/lvm/lvm.conf", "", "", read_filter },
	{ "/etc/lvm/lvmlocal.conf", "", "", read_filter },
	{ "/etc/lvm/devices/system.devices", "", "", read_lvm_devices },
	{ "/etc/systemd/system/", "", ".mount", read_what },
	{ "/etc/systemd/system/", "", ".swap", read_what },
	{ "/etc/network/interfaces", "", "", read_cards },
	{ "/etc/network/interfaces.d/", "", "", read_cards },
	{ "/etc/netplan/", "", ".yaml", read_netplan },
	{ "/etc/NetworkManager/system-connections/", "", "", read_cards },
	{ "/etc/systemd/network/", "", ".network", read_cards },
	{ "/etc/systemd/network/", "", ".netdev", read_cards },
	{ "/etc/sysconfig/network-scripts/", "ifcfg-", "", read_cards },
	{ "/etc/sysconfig/network/", "ifcfg-", "", read_cards },
	{ "/etc/conf.d/net", "", "", read_cards },
	{ "/etc/dhcpcd.conf", "", "", read_cards },
};

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

static void read_lines(struct reader *r, const struct config *config,
		       char *text)
{
	unsigned int number = 0;
	char *line;

	while ((line = strsep(&text, "\n"))) {
		number++;
		cut_comment(line);
		if (*line == ';' || !*line)
			continue;
		if (text_format(r->where, sizeof(r->where), "%s:%u", r->path,
				number))
			text_copy(r->where, sizeof(r->where), "a file in /etc");
		if (config->read != read_netplan)
			line += strspn(line, " \t");
		config->read(r, line);
	}
}

static void read_file(struct reader *r, const struct config *config,
		      const char *path)
{
	char *text = malloc(FILE_SIZE);
	int len = -ENOMEM;

	r->path = path;
	r->later = false;
	r->depth = 0;
	if (text)
		len = sys_read(r->sys, path, text, FILE_SIZE);
	if (len < 0 && len != -ENOENT && len != -ENOTDIR)
		r->inuse->lost = true;
	if (len > 0)
		read_lines(r, config, text);
	free(text);
}

struct folder {
	struct reader *reader;
	const struct config *config;
};

/* ifcfg-ens3 configures ens3, with or without DEVICE=. */
static void add_file_name(struct reader *r, const char *path, const char *name)
{
	const char *card;

	if (!text_prefix(name, "ifcfg-", &card))
		return;
	if (text_copy(r->where, sizeof(r->where), path))
		text_format(r->where, sizeof(r->where), "%.40s", name);
	inuse_add(r->inuse, r->where, card, INUSE_NIC);
}

static int read_entry(const char *name, void *ctx)
{
	struct folder *folder = ctx;
	size_t len = strlen(name), end = strlen(folder->config->ends);
	char path[SYS_PATH_SIZE];

	/* Backups of editors and package managers are not read by the
	 * system. */
	if (len < end || strcmp(name + len - end, folder->config->ends) ||
	    !text_prefix(name, folder->config->begins, NULL) ||
	    name[len - 1] == '~' || text_contains(name, ".bak") ||
	    text_contains(name, ".rpm") || text_contains(name, ".dpkg") ||
	    text_format(path, sizeof(path), "%s%s", folder->config->path, name))
		return 0;
	add_file_name(folder->reader, path, name);
	read_file(folder->reader, folder->config, path);
	return 0;
}

void inuse_add_etc(struct inuse *inuse, const struct sys *sys)
{
	struct reader reader = { .inuse = inuse, .sys = sys };
	size_t i;

	for (i = 0; i < COUNT(configs); i++) {
		const char *path = configs[i].path;
		struct folder folder = { &reader, &configs[i] };
		int err = 0;

		if (path[strlen(path) - 1] == '/')
			err = sys_list(sys, path, read_entry, &folder);
		else
			read_file(&reader, &configs[i], path);
		if (err && err != -ENOENT && err != -ENOTDIR)
			inuse->lost = true;
	}
}
