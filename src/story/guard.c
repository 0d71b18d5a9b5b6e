// SPDX-License-Identifier: GPL-2.0-or-later
/* Limits a crash or hang to one step: the story runs in a child, and after such
 * a step it goes on in another one. */
#include "story/boot.h"

#include <errno.h>

#include "base/exit.h"

/* What loading modules, reading and detaching may take beyond wait=: much more
 * than they need, since this only limits a hang. */
#define GUARD_SLACK_S 60
#define GUARD_OUTPUT  1024

void guard_keep(const struct boot *b, enum boot_step step)
{
	struct progress *p = b->progress;

	p->root = b->root;
	p->resume = b->resume;
	p->stop = b->stop;
	p->resolved = true;
	p->settled = step == STEP_SETTLE;
}

void guard_recall(struct boot *b)
{
	const struct progress *p = b->progress;

	b->root.disk = b->resume.disk = -1;
	if (p->resolved) {
		b->root = p->root;
		b->resume = p->resume;
		b->stop = p->stop;
	} else if (p->step > STEP_RESOLVE) {
		b->inuse.lost = true;
	}
	if (p->step > STEP_SETTLE && !p->settled)
		b->stop = b->asked.cmd.mode == MODE_STRICT;
}

static void say_failure(struct boot *b, int err, int signal)
{
	if (err == -ECHILD)
		log_say(&b->log, LOG_ERR,
			"step %s: signal %d: going on after it",
			step_names[b->progress->step].name, signal);
	else
		log_say(&b->log, LOG_ERR, "step %s: %s: going on after it",
			step_names[b->progress->step].name, log_errno(err));
}

/* A step that crashes, or hangs in a driver, is skipped. A strict boot
 * stops where resolve() or settle() did not end. */
int guard(struct boot *b, int (*story)(void *ctx))
{
	char out[GUARD_OUTPUT];
	struct sys_child child = {
		.out = out,
		.size = sizeof(out),
		.limit_ms = (b->asked.cmd.wait_s + GUARD_SLACK_S) * 1000,
	};
	int ret;

	while (b->progress->step < STEP_COUNT) {
		ret = sys_child_run(&child, story, b);
		if (ret >= 0)
			return sys_print(1, out, child.len) ? EXIT_FAULT : ret;
		say_failure(b, ret, child.signal);
		if (ret != -ECHILD && ret != -ETIMEDOUT)
			return story(b);
		++b->progress->step;
	}
	guard_recall(b);
	return give_answers(b);
}
