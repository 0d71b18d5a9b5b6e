// SPDX-License-Identifier: GPL-2.0-or-later
/* Logs what each device holds, for a person. Opens disks read-only. */
#include "find/seen.h"

#include <errno.h>

#include "dev/listing.h"
#include "find/candidate.h"
#include "probe/probe.h"

static int say_one(const struct candidate *c, void *ctx)
{
	struct log *log = ctx;
	struct probe_result what;
	struct source source;
	int ret = candidate_open(log->sys, c, &source);

	if (ret) {
		log_say(log, LOG_WARN, "seen: %s: cannot be read: %s",
			candidate_name(c), log_errno(ret));
		return 0;
	}
	ret = probe_superblock(&source.bytes, &what);
	source_close(&source);
	if (ret < 0)
		log_say(log, LOG_WARN, "seen: %s: %s", candidate_name(c),
			ret == -EUCLEAN ? "claimed by two formats: not used"
					: log_errno(ret));
	else if (ret)
		log_say(log, LOG_WARN, "seen: %s: %s LABEL=\"%.100s\" UUID=%s",
			candidate_name(c), what.type, what.label, what.uuid);
	else
		log_say(log, LOG_WARN, "seen: %s: nothing known",
			candidate_name(c));
	return 0;
}

void seen_say_all(struct log *log, const struct disks *disks)
{
	struct listing listing;
	unsigned int i;

	listing_read(&listing, log->sys);
	for (i = 0; i < disks->count; i++) {
		if (!disks->at[i].cdrom)
			candidates_on_disk(log->sys, &listing, &disks->at[i],
					   say_one, log);
	}
	listing_free(&listing);
	if (!disks->count)
		log_say(log, LOG_WARN, "seen: no disk at all");
}
