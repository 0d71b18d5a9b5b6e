// SPDX-License-Identifier: GPL-2.0-or-later
/* Looks for a MAC in the files of /etc that may name a card. Reads only. */
#include "admin/bootcfg/mac.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#define FILE_SIZE (64 * 1024)

static const char *const folders[] = {
	"/etc/udev/rules.d",
	"/etc/systemd/network",
	"/etc/netplan",
	"/etc/NetworkManager/system-connections",
	"/etc/sysconfig/network-scripts",
	"/etc/sysconfig/network",
	"/etc/network/interfaces.d",
	"/etc/network", /* the file interfaces */
};

struct hunt {
	const struct sys *sys;
	const char *mac, *folder;
	char *text;
};

/* In large or small letters; with "-" as networkd takes it too. */
static bool contains(const char *text, const char *mac)
{
	size_t i;

	for (; *text; text++) {
		for (i = 0; mac[i]; i++) {
			char c = text[i];

			if (c >= 'A' && c <= 'F')
				c = (char)(c | 0x20);
			if (c != mac[i] && !(mac[i] == ':' && c == '-'))
				break;
		}
		if (!mac[i])
			return true;
	}
	return false;
}

static int look_into(const char *name, void *ctx)
{
	struct hunt *hunt = ctx;
	char path[SYS_PATH_SIZE];
	int len;

	if (text_format(path, sizeof(path), "%s/%s", hunt->folder, name))
		return 0;
	len = sys_read(hunt->sys, path, hunt->text, FILE_SIZE);
	if (len == -EISDIR || len == -ENOENT)
		return 0;
	return len < 0 || contains(hunt->text, hunt->mac);
}

bool mac_is_configured(const struct sys *sys, const char *mac)
{
	struct hunt hunt = { .sys = sys, .mac = mac };
	bool found = false;
	size_t i;

	hunt.text = malloc(FILE_SIZE);
	if (!hunt.text)
		return true;
	for (i = 0; !found && i < sizeof(folders) / sizeof(folders[0]); i++) {
		hunt.folder = folders[i];
		found = sys_list(sys, folders[i], look_into, &hunt) == 1;
	}
	free(hunt.text);
	return found;
}
