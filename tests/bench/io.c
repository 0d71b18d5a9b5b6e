// SPDX-License-Identifier: GPL-2.0-or-later
/* Reads and writes disks past the cache and prints how fast. Each test runs on
 * one disk after the other, so that other load on the machine affects all
 * alike. OVERWRITES the disks. Prints "@fact io DISK TEST OPERATIONS BYTES
 * SECONDS".
 *
 *   io ROUNDS DISK… */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define SPAN  (48L << 20) /* bytes of the disk that are used */
#define CHUNK (64 << 10)  /* of a sequential request */
#define BLOCK 4096

static char buffer[CHUNK] __attribute__((aligned(BLOCK)));

struct test {
	const char *name;
	int size;  /* of one request, bytes */
	int count; /* of requests */
	int write, random, sync;
};

static const struct test tests[] = {
	{ "seqread", CHUNK, 64, 0, 0, 0 },
	{ "seqwrite", CHUNK, 64, 1, 0, 0 },
	{ "randread", BLOCK, 128, 0, 1, 0 },
	{ "randwrite", BLOCK, 128, 1, 1, 0 },
	{ "fsync", BLOCK, 64, 1, 1, 1 },
};

static void die(const char *what)
{
	perror(what);
	exit(1);
}

static double now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

/* The same places on every disk: each test seeds its own generator. */
static long place(const struct test *test, int i, unsigned int *seed)
{
	if (!test->random)
		return (long)i * test->size;
	*seed = *seed * 1664525 + 1013904223;
	return (long)(*seed >> 8) % (SPAN / BLOCK) * BLOCK;
}

static void one(int fd, const struct test *test, long at)
{
	ssize_t n = test->write ? pwrite(fd, buffer, (size_t)test->size, at)
				: pread(fd, buffer, (size_t)test->size, at);

	if (n != test->size || (test->sync && fsync(fd)))
		die(test->name);
}

static void run(const char *disk, const struct test *test, int round)
{
	unsigned int seed = 1 + (unsigned int)round;
	int fd = open(disk, (test->write ? O_RDWR : O_RDONLY) | O_DIRECT);
	double began;
	int i;

	if (fd < 0)
		die(disk);
	began = now();
	for (i = 0; i < test->count; i++)
		one(fd, test, place(test, i, &seed));
	printf("@fact io %s %s %d %d %.6f\n", strrchr(disk, '/') + 1,
	       test->name, test->count, test->count * test->size,
	       now() - began);
	fflush(stdout);
	close(fd);
}

int main(int argc, char **argv)
{
	size_t t;
	int round, d;

	if (argc < 3 || (round = atoi(argv[1])) < 1) {
		fprintf(stderr, "usage: io ROUNDS DISK…\n");
		return 2;
	}
	memset(buffer, 'x', sizeof(buffer));
	for (; round > 0; round--) {
		for (t = 0; t < sizeof(tests) / sizeof(tests[0]); t++) {
			for (d = 2; d < argc; d++)
				run(argv[d], &tests[t], round);
		}
	}
	return 0;
}
