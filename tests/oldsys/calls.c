// SPDX-License-Identifier: GPL-2.0-or-later
/* Runs what `pvroot boot --root` leaves out, on the real system: the kernel's
 * events, the clock, a child that crashes and one that hangs. Linked with the
 * program's own src/sys/. Asks the kernel to repeat the event of /dev/null,
 * which changes nothing; touches nothing else. */
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "sys/sys.h"

#define NULL_DEVICE "/devices/virtual/mem/null"

static int checks, failures;

static void say(const char *text)
{
	sys_print(1, text, strlen(text));
}

static void check(const char *what, int is)
{
	say(is ? "ok - " : "not ok - ");
	say(sizeof(void *) == 8 ? "64 bits: " : "32 bits: ");
	say(what);
	say("\n");
	checks++;
	failures += !is;
}

/* How many there were: prove wants to know that none is missing. */
static void say_plan(void)
{
	char plan[] = "1..00\n";

	plan[3] += checks / 10;
	plan[4] += checks % 10;
	say(plan);
}

/* Other devices may have events meanwhile. */
static int next_is_ours(int fd)
{
	char event[4096];
	int i, len;

	for (i = 0; i < 100; i++) {
		len = sys_uevent_next(fd, event, sizeof(event), 2000);
		if (len < 0)
			return 0;
		if (len > 0 && strstr(event, "@" NULL_DEVICE) &&
		    !strncmp(event, "change", 6))
			return 1;
	}
	return 0;
}

static void check_events(const struct sys *sys)
{
	char event[256];
	int fd = sys_uevent_open(sys);

	check("the socket of kernel events opens", fd >= 0);
	if (fd < 0)
		return;
	check("the kernel is asked for an event",
	      !sys_write(sys, "/sys" NULL_DEVICE "/uevent", "change"));
	check("and it arrives", next_is_ours(fd));
	while (sys_uevent_next(fd, event, sizeof(event), 0) >= 0)
		;
	check("where there is none, waiting ends at its time",
	      sys_uevent_next(fd, event, sizeof(event), 20) < 0);
	sys_fd_close(fd);
}

static void check_cards(const struct sys *sys)
{
	check("a card that is not there is not renamed",
	      sys_card_rename(sys, "nocard0", "nocard1") == -ENODEV);
}

static void check_clock(void)
{
	uint64_t before = sys_now_us();

	sys_sleep_ms(20);
	check("the clock goes forward by what was slept",
	      before && sys_now_us() - before >= 20000);
}

static int crash(void *ctx)
{
	(void)ctx;
	kill(getpid(), SIGSEGV);
	return 0;
}

static int hang(void *ctx)
{
	(void)ctx;
	for (;;)
		sys_sleep_ms(1000);
	return 0;
}

static int speak(void *ctx)
{
	sys_print(1, ctx, strlen(ctx));
	return 7;
}

static void check_children(void)
{
	char out[16], word[] = "hello";
	struct sys_child child = { .out = out,
				   .size = sizeof(out),
				   .limit_ms = 5000 };

	check("a child's status and words come back",
	      sys_child_run(&child, speak, word) == 7 && child.len == 5 &&
		      !memcmp(out, word, 5));
	check("a child that crashes is told from one that ends",
	      sys_child_run(&child, crash, NULL) < 0 &&
		      child.signal == SIGSEGV);
	child.limit_ms = 50;
	check("a child that hangs is ended",
	      sys_child_run(&child, hang, NULL) < 0 && !child.signal);
	check("memory is shared with a child", sys_shared_memory(64) != NULL);
}

int main(void)
{
	struct sys sys;

	alarm(60); /* a wait that never ends fails, too */
	check("the root opens", !sys_open(&sys, NULL));
	check_events(&sys);
	check_cards(&sys);
	check_clock();
	check_children();
	sys_close(&sys);
	say_plan();
	return failures ? 1 : 0;
}
