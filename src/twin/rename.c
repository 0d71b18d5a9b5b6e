// SPDX-License-Identifier: GPL-2.0-or-later
/* Which name does a vif get? Decided by MAC, before udev names any card: later
 * two cards whose names swap would come up with each other's address. Writes
 * udev's own files in /run (or /dev/.udev), nothing in /etc. */
#include "twin/rename.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "dev/nic.h"
#include "dev/record.h"
#include "sys/attr.h"

#define FILE_SIZE  4096
#define LINK_FILES "/run/systemd/network"
#define OLD_RULES  "/dev/.udev/rules.d"
#define POLL_MS	   20

/* The drivers of the cards that device models emulate (dev/controller.c). A
 * passed-through card may have the vif's MAC, to take over from it. */
#define EMULATED "e1000 e1000e 8139cp 8139too ne2k-pci pcnet32"

/* ---- the record ---- */

/* The kernel takes more, but no configuration that we read does. */
static bool is_card_name(const char *name)
{
	return strlen(name) < NIC_NAME_SIZE && text_is_word(name, ".") &&
	       strcmp(name, ".") && strcmp(name, "..") && strcmp(name, "lo");
}

/* Cuts "MAC NAME"; false where the line is anything else. */
static bool cut_line(char *line, const char **mac, const char **name)
{
	char *rest = line;

	*mac = text_next_word(&rest);
	*name = text_next_word(&rest);
	return nic_is_mac(*mac) && is_card_name(*name) &&
	       !*text_next_word(&rest);
}

/* ---- what udev reads ---- */

static const char *link_path(char path[SYS_PATH_SIZE], const char *mac,
			     const char *kind)
{
	char *at;

	text_format(path, SYS_PATH_SIZE, LINK_FILES "/72-pvroot-%s%s.link", mac,
		    kind);
	for (at = path; *at; at++) {
		if (*at == ':')
			*at = '-';
	}
	return path;
}

/* udev since 209. By MAC alone VLANs would be meant too. A user's own file
 * comes before this one by its name, the distribution's after it. The twin
 * keeps the kernel's name until it is gone: while it holds the vif's name, the
 * vif cannot get it. */
static int write_links(const struct sys *sys, const char *mac, const char *name)
{
	char text[256], path[SYS_PATH_SIZE];
	int err;

	sys_mkdir(sys, "/run/systemd");
	err = sys_mkdir(sys, LINK_FILES);
	if (err)
		return err;
	text_format(text, sizeof(text),
		    "[Match]\nMACAddress=%s\nDriver=" EMULATED "\n[Link]\n",
		    mac);
	err = sys_replace(sys, link_path(path, mac, "-twin"), text,
			  strlen(text));
	if (err)
		return err;
	text_format(text, sizeof(text),
		    "[Match]\nMACAddress=%s\nDriver=vif\n[Link]\nName=%s\n"
		    "AlternativeNamesPolicy=database onboard slot path\n",
		    mac, name);
	return sys_replace(sys, link_path(path, mac, ""), text, strlen(text));
}

/* Older ones (RHEL 6) read rules from /dev, which the initrd hands on. */
static int write_rule(const struct sys *sys, const char *mac, const char *name)
{
	char line[192];

	sys_mkdir(sys, "/dev/.udev");
	sys_mkdir(sys, OLD_RULES);
	text_format(line, sizeof(line),
		    "SUBSYSTEM==\"net\", ACTION==\"add\", DRIVERS==\"vif\", "
		    "ATTR{address}==\"%s\", NAME=\"%s\"\n",
		    mac, name);
	return sys_append(sys, OLD_RULES "/72-pvroot.rules", line);
}

static bool has_run(const struct sys *sys)
{
	return sys_exists(sys, "/run");
}

bool rename_follows(const struct sys *sys, const char *mac, const char *name)
{
	char text[512], path[SYS_PATH_SIZE], line[64];
	size_t len = strcspn(name, ".:@");
	const char *at;

	text_format(line, sizeof(line),
		    has_run(sys) ? "Name=%.*s\n" : "NAME=\"%.*s\"\n", (int)len,
		    name);
	if (!has_run(sys))
		text_copy(path, sizeof(path), OLD_RULES "/72-pvroot.rules");
	else
		link_path(path, mac, "");
	if (sys_read(sys, path, text, sizeof(text)) < 0)
		return false;
	at = strstr(text, mac);
	return at && strstr(at, line);
}

/* ---- may it have the name? ---- */

/* The one vif with this MAC; NULL where there is none, or two. */
static const struct nic *find_vif(const struct nics *nics, const char *mac)
{
	const struct nic *found = NULL;
	unsigned int i;

	for (i = 0; i < nics->count; i++) {
		if (!nics->at[i].vif || strcmp(nics->at[i].mac, mac))
			continue;
		if (found)
			return NULL;
		found = &nics->at[i];
	}
	return found;
}

/* Has another card the name, one that does not go? */
static bool is_taken(const struct sys *sys, const char *name, const char *mac)
{
	char other[2 * NIC_MAC_SIZE];

	if (!attr_exists(sys, "/sys/class/net/%s", name))
		return false;
	return attr_read(sys, other, sizeof(other), "/sys/class/net/%s/address",
			 name) < 0 ||
	       strcmp(other, mac);
}

/* An emulated card of this MAC that stays needs its name itself. */
static bool has_twin_that_stays(const struct twins *t, const struct nics *nics,
				const char *mac)
{
	unsigned int i;

	for (i = 0; i < nics->count; i++) {
		const struct nic *nic = &nics->at[i];

		if (!nic->vif && !strcmp(nic->mac, mac) &&
		    (nic->used || cmdline_keeps(t->cmd, nic->name, nic->pci)))
			return true;
	}
	return false;
}

static const char *why_not(const struct twins *t, const struct nics *nics,
			   const struct nic *vif, const char *name)
{
	if (cmdline_keeps(t->cmd, name, vif->name))
		return "keep= asks for it";
	if (has_twin_that_stays(t, nics, vif->mac))
		return "its emulated twin is up, or keep= holds it";
	if (nic_is_up(t->sys, vif->name))
		return "it is up already";
	if (is_taken(t->sys, name, vif->mac))
		return "another card has that name";
	return NULL;
}

static void rename_one(const struct twins *t, const struct nics *nics,
		       const char *mac, const char *name)
{
	const struct nic *vif = find_vif(nics, mac);
	const char *why;
	int err;

	if (!vif)
		return;
	why = why_not(t, nics, vif, name);
	if (why) {
		log_say(t->log, LOG_WARN,
			"%s (%s) is not called %s, as the configuration does: "
			"%s",
			vif->name, mac, name, why);
		return;
	}
	err = has_run(t->sys) ? write_links(t->sys, mac, name)
			      : write_rule(t->sys, mac, name);
	if (err)
		log_say(t->log, LOG_ERR, "%s (%s) cannot be called %s: %s",
			vif->name, mac, name, log_errno(err));
	else
		log_say(t->log, LOG_INFO,
			"%s is the PV card (vif, %s) from now on", name, mac);
}

/* ---- all of them ---- */

struct vifs {
	const struct sys *sys;
};

/* A vif that its driver has accepted, and that is no card yet. */
static int is_coming(const char *name, void *ctx)
{
	const struct vifs *vifs = ctx;

	return text_prefix(name, "vif-", NULL) &&
	       attr_exists(vifs->sys, "/sys/bus/xen/devices/%s/driver", name) &&
	       !attr_exists(vifs->sys, "/sys/bus/xen/devices/%s/net", name);
}

static void wait_for_vifs(const struct sys *sys)
{
	struct vifs vifs = { sys };
	unsigned int waited;

	for (waited = 0; waited < RENAME_WAIT_MS; waited += POLL_MS) {
		if (sys_list(sys, "/sys/bus/xen/devices", is_coming, &vifs) !=
		    1)
			return;
		sys_sleep_ms(POLL_MS);
	}
}

void rename_vifs(const struct twins *t)
{
	char text[FILE_SIZE], *rest = text, *line;
	const char *mac, *name;
	struct nics nics;

	if (sys_read(t->sys, RENAME_FILE, text, sizeof(text)) <= 0)
		return;
	wait_for_vifs(t->sys);
	if (!nics_scan(&nics, t->sys)) {
		while ((line = text_next_line(&rest))) {
			if (cut_line(line, &mac, &name))
				rename_one(t, &nics, mac, name);
		}
	}
	nics_free(&nics);
}
