// SPDX-License-Identifier: GPL-2.0-or-later
/* Hands the links of a twin on to its PV disk. Writes to pvroot's own folder
 * and to uevent files. */
#include "twin/inherit.h"

#include <string.h>

#include "base/text.h"
#include "dev/link_form.h"
#include "dev/links.h"
#include "dev/record.h"
#include "sys/attr.h"

/* A property for each: udev would join two values of one. */
#define LINE_SIZE (LINK_SIZE + sizeof("PVROOT_NAME_8=\n"))

/* udev must read the partitions for these names before its own rules do, at
 * every event: only for who uses one. */
static bool uses_content(const struct inuse *inuse)
{
	const char *rest;
	unsigned int i;

	for (i = 0; i < inuse->count; i++) {
		if (text_prefix(inuse->at[i].name, "/dev/", &rest) &&
		    link_is_by_content(rest))
			return true;
	}
	return false;
}

int inherit_links(const struct sys *sys, const struct disk *twin,
		  const char *pv, const struct inuse *inuse)
{
	char text[(LINKS_MAX + 1) * LINE_SIZE];
	struct links links;
	size_t used = 0;
	unsigned int i;

	if (links_read(sys, twin, &links))
		return 0;
	text[0] = '\0';
	for (i = 0; i < links.count; i++) {
		text_format(text + used, sizeof(text) - used,
			    "PVROOT_NAME_%u=%s\n", i + 1, links.at[i]);
		used += strlen(text + used);
	}
	/* The first is the path as udev writes it since then. */
	if (links.count && uses_content(inuse))
		text_format(text + used, sizeof(text) - used,
			    "PVROOT_PATH=%s\n", links.at[0]);
	return record_replace_in(sys, RECORD_NAMES, pv, text);
}

void inherit_nothing(const struct sys *sys, const char *pv)
{
	char path[RECORD_PATH_SIZE];

	if (sys_exists(sys, record_path_in(sys, path, RECORD_NAMES, pv)))
		record_replace_in(sys, RECORD_NAMES, pv, "");
}

void inherit_announce(const struct sys *sys, const char *pv)
{
	struct partitions parts;
	unsigned int i;

	if (!sys_exists(sys, "/run/udev") && !sys_exists(sys, "/dev/.udev"))
		return;
	attr_write(sys, "change", "/sys/block/%s/uevent", pv);
	if (partitions_scan(&parts, sys, pv))
		return;
	for (i = 0; i < parts.count; i++)
		attr_write(sys, "change", "/sys/block/%s/%s/uevent", pv,
			   parts.at[i].name);
	partitions_free(&parts);
}
