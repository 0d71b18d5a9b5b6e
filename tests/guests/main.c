// SPDX-License-Identifier: GPL-2.0-or-later
/* guests run COUNT [FIRST]: that many random guests, and what was found.
 * guests check FILE COUNT: those of a file and so many more, as tests.
 * guests say SEED: one guest, its log, its findings. */
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "guests.h"

#define KINDS 512
#define FRESH                                                                  \
	1000000000 /* the first guest that no run of a million has seen        \
		    */
#define SHOWN 5

/* One row for each rule and kind that was broken. */
static struct tally {
	enum rule rule;
	char kind[64];
	unsigned long count;
	uint64_t seed; /* of the smallest guest that shows it */
	unsigned int size;
} tallies[KINDS];
static unsigned int tally_count;

static unsigned int guest_size(void)
{
	unsigned int i, size = 2 * guest.cards + 3 * guest.disks + guest.nics +
			       2 * guest.names + 3 * guest.old_kernel;

	for (i = 0; i < guest.disks; i++)
		size += (guest.disk[i].delay_us != 0) + 2 * guest.disk[i].use;
	return size;
}

static void add_finding(const struct finding *f)
{
	unsigned int i, size = guest_size();
	struct tally *t;

	for (i = 0; i < tally_count; i++)
		if (tallies[i].rule == f->rule &&
		    !strcmp(tallies[i].kind, f->kind))
			break;
	if (i == KINDS)
		return;
	t = &tallies[i];
	if (i == tally_count) {
		tally_count++;
		t->rule = f->rule;
		memcpy(t->kind, f->kind, sizeof(t->kind));
		t->size = ~0U;
	}
	t->count++;
	if (size < t->size) {
		t->size = size;
		t->seed = guest.seed;
	}
}

static void run_guest(uint64_t seed)
{
	finding_count = 0;
	guest_draw(seed);
	story_run();
}

static void crashed(int sig)
{
	char text[96];
	int len = snprintf(text, sizeof(text),
			   "not ok - guest %llu ends with signal %d\n",
			   (unsigned long long)guest.seed, sig);

	if (write(1, text, (size_t)len) < 0)
		_exit(3);
	_exit(2);
}

static int by_rule(const void *a, const void *b)
{
	const struct tally *x = a, *y = b;

	return x->rule != y->rule ? (int)x->rule - (int)y->rule
				  : strcmp(x->kind, y->kind);
}

static unsigned int percent(unsigned long of, unsigned long all)
{
	return all ? (unsigned int)(100 * of / all) : 100;
}

static void say_counts(void)
{
	printf("# %lu guests; free twins that went: %u %% of %lu; tags on one "
	       "PV device answered: %u %% of %lu\n",
	       counts.guests, percent(counts.went, counts.provable),
	       counts.provable, percent(counts.answered, counts.resolvable),
	       counts.resolvable);
}

static void say_tallies(void)
{
	unsigned int i;

	qsort(tallies, tally_count, sizeof(tallies[0]), by_rule);
	for (i = 0; i < tally_count; i++)
		printf("%-20llu # %s: %s (%lu)\n",
		       (unsigned long long)tallies[i].seed,
		       rule_names[tallies[i].rule], tallies[i].kind,
		       tallies[i].count);
}

static int run_many(unsigned long count, uint64_t first)
{
	unsigned long i;
	unsigned int k;

	for (i = 0; i < count; i++) {
		run_guest(first + i);
		for (k = 0; k < finding_count; k++)
			add_finding(&findings[k]);
	}
	say_tallies();
	say_counts();
	return tally_count ? 1 : 0;
}

static void say_findings(void)
{
	unsigned int i;

	guest_say();
	for (i = 0; i < finding_count; i++)
		printf("  FAULT    %s: %s (%s)\n", rule_names[findings[i].rule],
		       findings[i].text, findings[i].kind);
}

static int say_one(uint64_t seed)
{
	run_guest(seed);
	kernel.log[kernel.logs] = '\0';
	printf("%s", kernel.log);
	say_findings();
	return finding_count ? 1 : 0;
}

static unsigned int passed, failed;

static void count(bool ok, const char *title, const char *what)
{
	printf("%sok - %s%s\n", ok ? "" : "not ", title, what);
	passed += ok;
	failed += !ok;
}

static void check_file(const char *path)
{
	FILE *file = fopen(path, "r");
	char line[256];

	if (!file)
		count(false, "cannot be read: ", path);
	while (file && fgets(line, sizeof(line), file)) {
		char *end;
		uint64_t seed = strtoull(line, &end, 10);

		line[strcspn(line, "\n")] = '\0';
		if (end == line)
			continue;
		run_guest(seed);
		count(!finding_count, "once a finding: ", line);
		if (finding_count)
			say_findings();
	}
	if (file)
		fclose(file);
}

/* One test of many guests; the first few that fail it are shown. */
static void check_fresh(unsigned long guests)
{
	unsigned long i, bad = 0;
	char text[64];

	for (i = 0; i < guests; i++) {
		run_guest(FRESH + i);
		if (!finding_count || bad++ >= SHOWN)
			continue;
		say_findings();
	}
	snprintf(text, sizeof(text), "%lu of %lu", bad, guests);
	count(!bad, "fresh guests that break a rule: ", text);
}

/* A pvroot that does nothing breaks no rule; these shares show that it
 * works. */
static void check_share(const char *what, unsigned long of, unsigned long all,
			unsigned int least)
{
	bool ok = all > 100 && percent(of, all) >= least;

	printf("%sok - %s: %u %% of %lu, at least %u %%\n", ok ? "" : "not ",
	       what, percent(of, all), all, least);
	passed += ok;
	failed += !ok;
}

static int check(const char *path, unsigned long guests)
{
	check_file(path);
	check_fresh(guests);
	check_share("free twins go", counts.went, counts.provable, 60);
	check_share("tags on one PV device are answered", counts.answered,
		    counts.resolvable, 80);
	printf("1..%u\n", passed + failed);
	return failed ? 1 : 0;
}

int main(int argc, char **argv)
{
	const char *verb = argc > 1 ? argv[1] : "";

	signal(SIGSEGV, crashed);
	signal(SIGABRT, crashed);
	signal(SIGFPE, crashed);
	/* Freed memory is needed again at once, a million times. */
	mallopt(M_MMAP_THRESHOLD, 1 << 24);
	mallopt(M_TRIM_THRESHOLD, 1 << 26);
	setvbuf(stdout, NULL, _IOLBF, 0);
	if (!strcmp(verb, "run") && argc > 2)
		return run_many(strtoul(argv[2], NULL, 10),
				argc > 3 ? strtoull(argv[3], NULL, 10) : 1);
	if (!strcmp(verb, "check") && argc > 3)
		return check(argv[2], strtoul(argv[3], NULL, 10));
	if (!strcmp(verb, "say") && argc > 2)
		return say_one(strtoull(argv[2], NULL, 10));
	fprintf(stderr, "usage: guests run COUNT [FIRST] | check FILE COUNT | "
			"say SEED\n");
	return 2;
}
