// SPDX-License-Identifier: GPL-2.0-or-later
/* The names of the PV disk driver. Pure. */
#include "admin/bootcfg/module.h"

#include <string.h>

#include "admin/lib/words.h"
#include "base/text.h"

/* In Linux; in RHEL 5 and SUSE's KMP; in classic Xen. Without the platform
 * device's driver there is no xenbus, so it counts too. */
static const char *const names[] = { "xen-blkfront", "xen-vbd", "xenblk",
				     "xen-platform-pci" };
#define DISK_DRIVERS 3

static bool is_one_of(const char *name, size_t len, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		if (strlen(names[i]) == len &&
		    module_is_same(names[i], name, len))
			return true;
	}
	return false;
}

bool module_is_pv_disk(const char *name, size_t len)
{
	return is_one_of(name, len, DISK_DRIVERS);
}

bool module_is_pv_disk_file(const char *path)
{
	const char *name = strrchr(path, '/'), *end;

	name = name ? name + 1 : path;
	end = strstr(name, ".ko");
	return end && module_is_pv_disk(name, (size_t)(end - name));
}

bool module_in_list(const char *list)
{
	while (*list) {
		size_t len = strcspn(list, ",");

		if (is_one_of(list, len, sizeof(names) / sizeof(names[0])))
			return true;
		list += len;
		list += *list == ',';
	}
	return false;
}

/* "blacklist xen-blkfront", "install xen-blkfront /bin/true". */
static bool forbids(char *line)
{
	char *verb = text_next_word(&line), *name = text_next_word(&line);

	if (!is_one_of(name, strlen(name), sizeof(names) / sizeof(names[0])))
		return false;
	if (!strcmp(verb, "blacklist"))
		return true;
	return !strcmp(verb, "install") &&
	       (strstr(line, "/true") || strstr(line, "/false") ||
		text_prefix(line, "true", NULL) ||
		text_prefix(line, "false", NULL));
}

const char *module_forbidden(char *text)
{
	char copy[256], *line;

	while ((line = text_next_line(&text))) {
		if (!text_copy(copy, sizeof(copy), line) && forbids(copy))
			return line;
	}
	return NULL;
}

bool module_is_same(const char *a, const char *b, size_t len)
{
	for (; len; a++, b++, len--) {
		char c = *a == '-' ? '_' : *a, d = *b == '-' ? '_' : *b;

		if (c != d || !c)
			return false;
	}
	return true;
}
