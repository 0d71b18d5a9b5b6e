// SPDX-License-Identifier: GPL-2.0-or-later
/* The story: what `pvroot boot` does, in order. */
#include "story/boot.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/exit.h"
#include "story/follow.h"
#include "twin/detach.h"
#include "twin/pair.h"
#include "base/text.h"

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
	pair_disks(b->sys, &b->log, &b->disks, false);
}

static void detach(struct boot *b)
{
	struct twins twins = twins_of(b);

	detach_all(&twins);
	forbid_unbound(b);
}

static void every_nic(struct boot *b)
{
	struct twins twins = twins_of(b);

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

/* What loading modules, reading and detaching may take beyond wait=: much more
 * than they ever should, since it is only the end of a hang. */
#define GUARD_SLACK_S 60
#define GUARD_OUTPUT  1024

/* What was found, where a crash behind it cannot take it along. */
static void keep_answer(const struct boot *b, enum boot_step step)
{
	struct progress *p = b->progress;

	p->root = b->root;
	p->resume = b->resume;
	p->stop = b->stop;
	p->resolved = true;
	p->settled = step == STEP_SETTLE;
}

/* A story that goes on behind a step that crashed: without resolve() there is
 * no answer, and nothing may go that a name might mean; strict needs settle()
 * too. */
static void recall_answer(struct boot *b)
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

/* Runs the story from where it is; progress follows it, for the guard. */
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
			keep_answer(b, *at);
		b->step_us[steps[i].step] = sys_now_us() - before;
		log_say(&b->log, LOG_DEBUG, "step %s: %u microseconds",
			step_names[steps[i].step].name,
			(unsigned int)b->step_us[steps[i].step]);
	}
}

static int assign(const char *key, const char *value)
{
	char line[CMDLINE_VALUE];

	/* It always fits: names of devices are short. */
	text_format(line, sizeof(line), "%s='%s'\n", key, value);
	return sys_print(1, line, strlen(line));
}

/* Standard output is for the hook to eval: only what changed, and nothing that
 * a shell could take for more than a word. Device names are the kernel's; one
 * with any other byte is not passed on. */
static int print_answer(const char *key, const char *asked,
			const struct answer *found)
{
	char path[DISK_NAME_SIZE + 8];

	if (!text_is_word(found->device, ""))
		return 0;
	text_format(path, sizeof(path), "/dev/%s", found->device);
	return strcmp(path, asked) ? assign(key, path) : 0;
}

/* Returns the exit status: an answer that does not arrive is none. */
static int give_answers(struct boot *b)
{
	int err = 0;

	if (b->stop)
		return EXIT_STOP;
	if (b->links || b->unit)
		err = unit_links(b);
	if (b->unit)
		return err ? EXIT_FAULT : EXIT_GO_ON;
	err |= print_answer("root", b->asked.cmd.root, &b->root);
	err |= print_answer("resume", b->asked.cmd.resume, &b->resume);
	if (b->root.refused[0])
		err |= assign("pvroot_refused", b->root.refused);
	return err ? EXIT_FAULT : EXIT_GO_ON;
}

/* Everything after look(): what the guard runs in a child. */
static int tell_story(void *ctx)
{
	struct boot *b = ctx;

	recall_answer(b);
	run_steps(b);
	if (b->nodes)
		make_nodes(b);
	report(b);
	follow_remember(b);
	follow_mark_old(b);
	return give_answers(b);
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

/* A step that crashes, or hangs in a driver, is left out and the story goes on
 * behind it: only what resolve() cannot say any more stops a strict boot. */
static int guard(struct boot *b)
{
	char out[GUARD_OUTPUT];
	struct sys_child child = {
		.out = out,
		.size = sizeof(out),
		.limit_ms = (b->asked.cmd.wait_s + GUARD_SLACK_S) * 1000,
	};
	int ret;

	while (b->progress->step < STEP_COUNT) {
		ret = sys_child_run(&child, tell_story, b);
		if (ret >= 0)
			return sys_print(1, out, child.len) ? EXIT_FAULT : ret;
		say_failure(b, ret, child.signal);
		if (ret != -ECHILD && ret != -ETIMEDOUT)
			return tell_story(b);
		++b->progress->step;
	}
	recall_answer(b);
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
			status = guard(&b);
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
