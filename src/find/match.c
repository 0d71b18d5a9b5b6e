// SPDX-License-Identifier: GPL-2.0-or-later
/* Compares tags with what devices hold. Pure. */
#include "find/match.h"

#include <string.h>

#include "base/text.h"

bool match_superblock(const struct tag *tag, const struct probe_result *what,
		      enum probe_usage usage)
{
	if ((tag->kind != TAG_LABEL && tag->kind != TAG_UUID) ||
	    !what->type[0] || what->usage != usage)
		return false;
	return probe_carries(what,
			     tag->kind == TAG_UUID ? PROBE_UUID : PROBE_LABEL,
			     tag->value);
}

bool match_partition(const struct tag *tag, const char *uuid, const char *name)
{
	if (tag->kind == TAG_PARTUUID)
		return uuid[0] && text_same(uuid, tag->value);
	return tag->kind == TAG_PARTLABEL && name[0] &&
	       !strcmp(name, tag->value);
}

enum match_relation match_btrfs(const char *uuid, const char *uuid_sub,
				const struct probe_result *what)
{
	if (strcmp(what->type, "btrfs") || !what->uuid[0] ||
	    strcmp(uuid, what->uuid))
		return MATCH_OTHER;
	return strcmp(uuid_sub, what->uuid_sub) ? MATCH_SISTER : MATCH_CLONE;
}
