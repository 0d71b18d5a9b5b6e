// SPDX-License-Identifier: GPL-2.0-or-later
/* What udev reads of the name that a vif gets: its own files in /run (or
 * /dev/.udev). Writes nothing in /etc. */
#include "twin/udev_name.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"

#define LINK_FILES "/run/systemd/network"
#define OLD_RULES  "/dev/.udev/rules.d"

/* The drivers of the cards that device models emulate (dev/controller.c). A
 * passed-through card may have the vif's MAC, to take over from it. */
#define EMULATED "e1000 e1000e 8139cp 8139too ne2k-pci pcnet32"

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

int udev_name_give(const struct sys *sys, const char *mac, const char *name)
{
	return has_run(sys) ? write_links(sys, mac, name)
			    : write_rule(sys, mac, name);
}

bool udev_name_is_given(const struct sys *sys, const char *mac,
			const char *name)
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

/* An empty file says nothing to udev, whatever its version. */
static bool empty(const struct sys *sys, const char *mac, const char *kind)
{
	char path[SYS_PATH_SIZE];

	return sys_exists(sys, link_path(path, mac, kind)) &&
	       !sys_replace(sys, path, "", 0);
}

/* The lines of other cards stay. */
static bool drop_rule(const struct sys *sys, const char *mac)
{
	static const char path[] = OLD_RULES "/72-pvroot.rules";
	char text[4096], *line, *end;

	if (sys_read(sys, path, text, sizeof(text)) <= 0 ||
	    !(line = strstr(text, mac)))
		return false;
	end = line + strcspn(line, "\n");
	end += *end == '\n';
	while (line > text && line[-1] != '\n')
		line--;
	memmove(line, end, strlen(end) + 1);
	return !sys_replace(sys, path, text, strlen(text));
}

bool udev_name_drop(const struct sys *sys, const char *mac)
{
	bool had_name = empty(sys, mac, "");

	empty(sys, mac, "-twin");
	return had_name || drop_rule(sys, mac);
}
