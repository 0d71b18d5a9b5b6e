// SPDX-License-Identifier: GPL-2.0-or-later
/* The story: what `pvroot boot` does, in order. */
#include "story/boot.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/exit.h"
#include "twin/follow.h"
#include "base/text.h"

static void every_nic(struct boot *b)
{
	detach_nics(b, NULL);
}

static const struct {
	enum boot_step step;
	void (*run)(struct boot *b);
} steps[] = {
	{ STEP_PRELOAD, preload }, { STEP_WAIT, wait_for_disks },
	{ STEP_PAIR, pair },	   { STEP_RESOLVE, resolve },
	{ STEP_DETACH, detach },   { STEP_SETTLE, settle },
	{ STEP_NICS, every_nic },
};

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

const char *const boot_step_names[STEP_COUNT] = {
	"look",	   "preload", "wait",	"pair",
	"resolve", "detach",  "settle", "nics",
};

/* What loading modules, reading and detaching may take beyond wait=: much more
 * than they ever should, since it is only the end of a hang. */
#define GUARD_SLACK_S 60
#define GUARD_OUTPUT  1024

/* What was found, where a crash behind it cannot take it along. */
static void keep_answer(const struct boot *b, enum boot_step step)
{
	struct progress *p = b->progress;

	p->root = b->found_root;
	p->resume = b->found_resume;
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

	b->found_root.disk = b->found_resume.disk = -1;
	if (p->resolved) {
		b->found_root = p->root;
		b->found_resume = p->resume;
		b->stop = p->stop;
	} else if (p->step > STEP_RESOLVE) {
		b->unsure = true;
	}
	if (p->step > STEP_SETTLE && !p->settled)
		b->stop = b->cmd.mode == MODE_STRICT;
}

/* Runs the story from where it is; progress follows it, for the guard. */
static void run_steps(struct boot *b)
{
	enum boot_step *at = &b->progress->step;
	size_t i;

	if (*at > STEP_WAIT)
		disks_scan(&b->disks, b->sys);
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
			boot_step_names[steps[i].step],
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
static int answer(const char *key, const char *asked, const struct found *found)
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
	err |= answer("root", b->cmd.root, &b->found_root);
	err |= answer("resume", b->cmd.resume, &b->found_resume);
	if (b->found_root.refused[0])
		err |= assign("pvroot_refused", b->found_root.refused);
	return err ? EXIT_FAULT : EXIT_GO_ON;
}

/* Everything after look(): what the guard runs in a child. */
static int tell(void *ctx)
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
			boot_step_names[b->progress->step], signal);
	else
		log_say(&b->log, LOG_ERR, "step %s: %s: going on after it",
			boot_step_names[b->progress->step], log_errno(err));
}

/* A step that crashes, or hangs in a driver, is left out and the story goes on
 * behind it: only what resolve() cannot say any more stops a strict boot. */
static int guard(struct boot *b)
{
	char out[GUARD_OUTPUT];
	struct sys_child child = {
		.out = out,
		.size = sizeof(out),
		.limit_ms = (b->cmd.wait_s + GUARD_SLACK_S) * 1000,
	};
	int ret;

	while (b->progress->step < STEP_COUNT) {
		ret = sys_child_run(&child, tell, b);
		if (ret >= 0)
			return sys_print(1, out, child.len) ? EXIT_FAULT : ret;
		say_failure(b, ret, child.signal);
		if (ret != -ECHILD && ret != -ETIMEDOUT)
			return tell(b);
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
			  .image_line = line,
			  .nodes = call & BOOT_NODES,
			  .links = call & BOOT_LINKS,
			  .unit = call & BOOT_UNIT,
			  .in_image = true };
	struct progress progress = { .step = STEP_PRELOAD };
	int status;

	log_open(&b.log, sys, LOG_TO_KMSG);
	b.started_us = sys_now_us();
	status = look(&b);
	if (status > 0) {
		b.step_us[STEP_LOOK] = sys_now_us() - b.started_us;
		if (!sys->fixture)
			b.progress = sys_shared_memory(sizeof(*b.progress));
		if (b.progress) {
			*b.progress = progress;
			status = guard(&b);
		} else {
			b.progress = &progress;
			status = tell(&b);
		}
	}
	if (status < 0)
		status = EXIT_FAULT;
	if (b.unit)
		status = unit_status(&b, status);
	finish(&b);
	return status;
}
