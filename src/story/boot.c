// SPDX-License-Identifier: GPL-2.0-or-later
/* The story: what `pvroot boot` does, in order. */
#include "story/boot.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/exit.h"
#include "base/text.h"
#include "story/follow.h"
#include "twin/detach.h"
#include "twin/pair.h"
#include "twin/rename.h"

static struct twins twins_of(struct boot *b)
{
	return (struct twins){ .sys = b->sys,
			       .log = &b->log,
			       .cmd = &b->asked.cmd,
			       .disks = &b->disks,
			       .inuse = &b->inuse };
}

static void pair(struct boot *b)
{
	pair_disks(b->sys, &b->log, &b->disks);
}

static void detach(struct boot *b)
{
	struct twins twins = twins_of(b);

	detach_all(&twins);
	forbid_unbound(b);
	if (!b->nodes) /* make_nodes() hides them from nash */
		set_aside(b, &twins);
}

static void every_nic(struct boot *b)
{
	struct twins twins = twins_of(b);

	rename_vifs(&twins);
	detach_nics(&twins, NULL);
}

static const struct {
	enum boot_step step;
	void (*run)(struct boot *b);
} steps[] = {
	{ STEP_PRELOAD, preload }, { STEP_WAIT, wait_for_disks },
	{ STEP_SCAN, scan },	   { STEP_PAIR, pair },
	{ STEP_RESOLVE, resolve }, { STEP_DETACH, detach },
	{ STEP_SETTLE, settle },   { STEP_NICS, every_nic },
};

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* Runs the steps from progress->step on, and keeps that up to date for the
 * guard. */
static void run_steps(struct boot *b)
{
	enum boot_step *at = &b->progress->step;
	size_t i;

	if (*at > STEP_SCAN)
		scan(b);
	for (i = 0; i < COUNT(steps); i++) {
		uint64_t before = sys_now_us();

		if (steps[i].step < *at)
			continue;
		*at = steps[i].step;
		steps[i].run(b);
		if (*at == STEP_RESOLVE || *at == STEP_SETTLE)
			guard_keep(b, *at);
		b->step_us[steps[i].step] = sys_now_us() - before;
		log_say(&b->log, LOG_DEBUG, "step %s: %u microseconds",
			step_names[steps[i].step].name,
			(unsigned int)b->step_us[steps[i].step]);
	}
}

/* Everything after look(). The guard runs it in a child. */
static int tell_story(void *ctx)
{
	struct boot *b = ctx;

	guard_recall(b);
	run_steps(b);
	if (b->nodes)
		make_nodes(b);
	report(b);
	keep_names(b);
	follow_remember(b);
	follow_mark_old(b);
	return give_answers(b);
}

static void finish(struct boot *b)
{
	if (b->uevents >= 0)
		sys_fd_close(b->uevents);
	disks_free(&b->disks);
	inuse_free(&b->inuse);
	free(b->vbds.at);
	log_close(&b->log);
}

int boot(const struct sys *sys, unsigned int call, const char *line)
{
	struct boot b = { .sys = sys,
			  .uevents = -1,
			  .nodes = call & BOOT_NODES,
			  .links = call & BOOT_LINKS,
			  .unit = call & BOOT_UNIT,
			  .image_line = line };
	struct progress progress = { .step = STEP_PRELOAD };
	int status;

	log_open(&b.log, sys, LOG_TO_KMSG);
	b.started_us = sys_now_us();
	status = look(sys, &b.log, b.image_line, &b.asked);
	if (status > 0) {
		b.step_us[STEP_LOOK] = sys_now_us() - b.started_us;
		if (!sys->fixture)
			b.progress = sys_shared_memory(sizeof(*b.progress));
		if (b.progress) {
			*b.progress = progress;
			status = guard(&b, tell_story);
		} else {
			b.progress = &progress;
			status = tell_story(&b);
		}
	}
	if (status < 0)
		status = EXIT_FAULT;
	if (b.unit)
		status = unit_status(&b, status);
	finish(&b);
	return status;
}
