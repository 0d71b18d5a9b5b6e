// SPDX-License-Identifier: GPL-2.0-or-later
/* `pvroot resolve TAG`: which PV device does this tag name now? Prints what
 * `pvroot boot` would answer, but neither waits nor detaches. Reads only. */
#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "cmd/command.h"
#include "find/search.h"
#include "find/seen.h"
#include "find/tag.h"
#include "sys/log.h"
#include "twin/pair.h"

static int say_result(struct log *log, const char *text, const struct search *s)
{
	char line[DISK_NAME_SIZE + 8];

	if (s->count == 1) {
		text_format(line, sizeof(line), "/dev/%s\n",
			    s->match[0].device);
		return sys_print(1, line, strlen(line)) ? EXIT_FAULT
							: EXIT_GO_ON;
	}
	if (s->count > 1) {
		log_say(log, LOG_ERR, "%.200s: on %u PV devices: %s, %s%s",
			text, s->count, s->match[0].device, s->match[1].device,
			s->count > 2 ? " and more" : "");
		return EXIT_STOP;
	}
	log_say(log, LOG_ERR, "%.200s: on no PV disk", text);
	seen_say_all(log, s->disks);
	return EXIT_STOP;
}

static int search_for(const struct sys *sys, struct log *log,
		      struct disks *disks, const char *text,
		      const struct tag *tag)
{
	struct search s = { .sys = sys, .disks = disks, .tag = tag };
	int err;

	err = disks_scan(disks, sys);
	if (err) {
		log_say(log, LOG_ERR, "/sys/block: %s: is /sys mounted?",
			log_errno(err));
		return EXIT_STOP;
	}
	if (tag->kind >= TAG_DISK)
		pair_disks(sys, log, disks);
	err = search_pv(&s);
	if (!err && !s.count) { /* resume= names a swap area */
		s.usage = PROBE_SWAP;
		err = search_pv(&s);
	}
	if (err) {
		log_say(log, LOG_ERR, "%.200s: %s", text, log_errno(err));
		return EXIT_STOP;
	}
	return say_result(log, text, &s);
}

int cmd_resolve(const struct sys *sys, int argc, char **argv)
{
	struct disks disks = { 0 };
	struct log log;
	struct tag tag;
	int status;

	if (argc != 2)
		return usage_error("resolve", "takes one tag, such as LABEL=/",
				   argc > 2 ? argv[2] : NULL);
	if (tag_parse(argv[1], &tag) || !tag_is_sought(&tag))
		return usage_error("resolve",
				   "takes a tag such as LABEL=/, not", argv[1]);
	log_open(&log, sys, LOG_TO_STDERR);
	status = search_for(sys, &log, &disks, argv[1], &tag);
	disks_free(&disks);
	log_close(&log);
	return status;
}
