// SPDX-License-Identifier: GPL-2.0-or-later
/* The story: what `pvroot boot` does, in order. */
#include "boot.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "text.h"

static const struct {
	enum boot_step step;
	void (*run)(struct boot *b);
} steps[] = {
	{ STEP_PRELOAD, preload }, { STEP_WAIT, wait_for_disks },
	{ STEP_PAIR, pair },	   { STEP_DETACH, detach },
	{ STEP_RESOLVE, resolve },
};

static void run_steps(struct boot *b)
{
	size_t i;

	for (i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		uint64_t before = sys_now_us();

		steps[i].run(b);
		b->step_us[steps[i].step] = sys_now_us() - before;
	}
}

static void assign(const char *key, const char *value)
{
	char line[CMDLINE_VALUE];

	if (!text_format(line, sizeof(line), "%s='%s'\n", key, value))
		sys_print(1, line, strlen(line));
}

/* Standard output is for the hook to eval: only what changed, and nothing that
 * a shell could take for more than a word. Device names are the kernel's; one
 * with any other byte is not passed on. */
static void answer(const char *key, const char *asked, const struct found *found)
{
	static const char safe[] = "abcdefghijklmnopqrstuvwxyz"
				   "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				   "0123456789-_";
	char path[DISK_NAME_SIZE + 8];

	if (!found->device[0] ||
	    found->device[strspn(found->device, safe)])
		return;
	text_format(path, sizeof(path), "/dev/%s", found->device);
	if (strcmp(path, asked))
		assign(key, path);
}

static void finish(struct boot *b)
{
	if (b->uevents >= 0)
		sys_fd_close(b->uevents);
	disks_free(&b->disks);
	free(b->vbds.at);
	log_close(&b->log);
}

static void say_times(struct boot *b)
{
	log_say(&b->log, LOG_DEBUG,
		"look %llu, preload %llu, wait %llu, pair %llu, detach %llu, "
		"resolve %llu microseconds",
		(unsigned long long)b->step_us[STEP_LOOK],
		(unsigned long long)b->step_us[STEP_PRELOAD],
		(unsigned long long)b->step_us[STEP_WAIT],
		(unsigned long long)b->step_us[STEP_PAIR],
		(unsigned long long)b->step_us[STEP_DETACH],
		(unsigned long long)b->step_us[STEP_RESOLVE]);
}

int boot(const struct sys *sys)
{
	struct boot b = { .sys = sys, .uevents = -1 };
	int go_on;

	log_open(&b.log, sys, LOG_TO_KMSG);
	b.started_us = sys_now_us();
	go_on = look(&b);
	b.step_us[STEP_LOOK] = sys_now_us() - b.started_us;
	if (go_on) {
		run_steps(&b);
		say_times(&b);
		report(&b);
	}
	if (go_on && !b.stop) {
		answer("root", b.cmd.root, &b.found_root);
		answer("resume", b.cmd.resume, &b.found_resume);
		if (b.found_root.refused[0])
			assign("pvroot_refused", b.found_root.refused);
	}
	finish(&b);
	return b.stop ? 1 : 0;
}

int cmd_boot(const struct sys *sys, int argc, char **argv)
{
	if (argc > 1)
		return usage_error("boot", "takes no words:", argv[1]);
	return boot(sys);
}
